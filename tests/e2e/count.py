#!/usr/bin/python3
# Counting stock while selling goes on, moving goods, a till at a fair.
import re

from harness import App, main, shoot
from sell import NOODLES, TEA, finish, open_pay

COUNT = 'Kiểm kê'
MOVE = 'Chuyển / Hội chợ'
STOCK_OF = ("SELECT coalesce(sum(b.qty), 0) FROM stock_balance b JOIN item i USING (product)"
            " WHERE i.sku = 'OCOP001' AND b.loc = (SELECT entity FROM fact WHERE kind = 'location'"
            " AND field = 'name' AND value = ?)")
FLOOR = 'Quầy bán hàng'
QUANTITY = 'Số lượng'
SEEN = 'SELECT count(*) FROM count_line'


def tab(app, name):
    app.press(name, shown=False)


def press(app, name):
    """A button's parts hide it from the eye that looks for what is on top."""
    app.press(name, 'push button', shown=False)


def start_count(app):
    tab(app, COUNT)
    press(app, 'Kiểm kê mới')
    app.find('Tên', 'text', shown=False)
    press(app, 'Bắt đầu đếm')
    app.wait_value(1, "SELECT count(*) FROM fact WHERE kind = 'count' AND field = 'name'")
    app.find('Quét hoặc gõ tên hàng', 'text')


def test_count_with_a_sale_in_between():
    with App('--page', 'stock', sample=True) as app:
        there = app.value(STOCK_OF, FLOOR) // 1000
        assert there > 5
        start_count(app)
        # Scanned one by one: three; the rest is typed over it.
        app.scan(NOODLES, NOODLES, NOODLES)
        app.wait_text(QUANTITY, '3', 'text', shown=False)
        found = there - 2
        app.key('ctrl+a')
        app.type(str(found))
        app.key('Return')
        app.wait_value(found * 1000, 'SELECT qty FROM count_line')
        app.wait_any_text('chênh lệch: 1', shown=False)
        # Sold meanwhile: the difference stays what it was.
        app.key('alt+1')
        app.scan(NOODLES)
        open_pay(app)
        finish(app, 1)
        app.key('Escape')
        app.key('alt+3')
        app.wait_any_text('chênh lệch: 1', shown=False)
        shoot(app, 'count')
        press(app, 'Duyệt')
        app.wait_any_text('Ghi chênh lệch vào sổ?', shown=False)
        app.key('Return')
        app.wait_value(1, "SELECT count(*) FROM voucher WHERE kind = 'goods.counted'")
        assert app.value('SELECT qty FROM voucher_line') == -2000
        assert app.value('SELECT other FROM voucher_line') == there * 1000
        app.wait_value((found - 1) * 1000, STOCK_OF, FLOOR)


def test_another_product_records_the_one_before():
    with App('--page', 'stock', sample=True) as app:
        start_count(app)
        app.scan(NOODLES, NOODLES)
        app.wait_text(QUANTITY, '2', 'text', shown=False)
        app.scan(TEA)
        app.wait_value(1, SEEN)
        assert app.value('SELECT qty FROM count_line') == 2000
        app.wait_text(QUANTITY, '1', 'text', shown=False)
        # What stands in the line is not lost when somebody leaves the page.
        app.key('alt+1')
        app.wait_value(2, SEEN)


def test_blind_count_hides_the_books():
    with App('--page', 'stock', sample=True) as app:
        there = app.value(STOCK_OF, FLOOR) // 1000
        tab(app, COUNT)
        press(app, 'Kiểm kê mới')
        # GTK 4.8 lets assistive technology press no check box: by the keyboard, from the name on.
        app.find('Tên', 'text', shown=False)
        app.key('Tab', 'Tab', 'Tab', 'space')
        press(app, 'Bắt đầu đếm')
        app.wait_value(1, "SELECT value FROM fact WHERE kind = 'count' AND field = 'blind'")
        app.find('Quét hoặc gõ tên hàng', 'text')
        app.scan(NOODLES)
        app.wait_text(QUANTITY, '1', 'text', shown=False)
        app.key('Return')
        app.wait_value(1, SEEN)
        assert not any('chênh lệch' in text for text in app.root.texts())
        tab(app, 'Hiện số sổ')
        app.wait_any_text('chênh lệch: 1', shown=False)
        assert str(there) in app.root.texts()
        tab(app, 'Chưa đếm')
        app.wait_any_text('chưa đếm', shown=False)


def test_moving_to_nowhere_is_refused():
    with App('--page', 'stock', sample=True) as app:
        there = app.value(STOCK_OF, FLOOR)
        tab(app, MOVE)
        press(app, 'Nơi mới')
        app.find('Tên nơi để hàng', 'text', shown=False)
        app.type('Kho sau')
        app.key('Return')
        app.wait_value(1, "SELECT count(*) FROM fact WHERE kind = 'location' AND value = 'Kho sau'")
        app.press('Chuyển hàng', 'push button', shown=False)
        app.find('Quét hoặc gõ tên hàng', 'text')
        app.scan(NOODLES, NOODLES)
        app.wait_text(QUANTITY, '2', 'text', shown=False)
        # What stands in the line goes with the rest.
        press(app, 'Chuyển hàng đi')
        # From the storeroom, which was chosen, to nowhere: told at once, and nothing is done.
        app.wait_any_text('hai nơi khác nhau', shown=False)
        assert app.value('SELECT count(*) FROM voucher') == 0
        assert app.value(STOCK_OF, FLOOR) == there


def test_goods_go_to_a_fair_and_a_till_with_them():
    with App('--page', 'stock', sample=True) as app:
        there = app.value(STOCK_OF, FLOOR)
        tab(app, MOVE)
        press(app, 'Hội chợ mới')
        app.find('Tên hội chợ', 'text', shown=False)
        app.key('Return')
        app.wait_any_text('Hãy gõ tên', shown=False)
        app.type('Hoi cho')
        app.find('Ngày đầu', 'text', shown=False).set_text('05/12/2026')
        app.find('Ngày cuối', 'text', shown=False).set_text('07/12/2026')
        press(app, 'Lưu')
        app.wait_any_text('Chưa ghi thông báo', shown=False)
        press(app, 'Mang hàng đi')
        app.find('Quét hoặc gõ tên hàng', 'text')
        app.scan(NOODLES, NOODLES)
        app.wait_text(QUANTITY, '2', 'text', shown=False)
        press(app, 'Chuyển hàng đi')
        app.wait_value(2000, STOCK_OF, 'Hoi cho')
        press(app, 'Để sau')
        press(app, 'Máy này đi hội chợ')
        app.wait_any_text('bán tại: Hoi cho', shown=False)
        app.key('alt+1')
        app.scan(NOODLES)
        open_pay(app)
        finish(app, 1)
        app.wait_value(1000, STOCK_OF, 'Hoi cho')
        assert app.value(STOCK_OF, FLOOR) == there - 2000


main(globals())
