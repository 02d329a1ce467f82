#!/usr/bin/python3
# Lines that are more than a product and its price: a note, goods that nobody entered, a bag to take off.
import pathlib
import re
import tempfile

from harness import main, QUAYCTL, quayctl, run, shoot, wait_until
from sell import NOODLES, PORK, TEABAGS, dong, finish, open_pay, pass_guard, shop, total


def receipt(app, number):
    """The words of a receipt, as quayctl prints it while the till is open."""
    return run(QUAYCTL, '--data', app.folder, 'receipt', number, '--format', 'text')


def test_note_is_kept_and_printed():
    with shop() as app:
        app.scan(NOODLES, TEABAGS)
        total(app, 215000)
        # The last line is the chosen one.
        app.key('F6')
        app.find('Ghi chú', 'text')
        app.type('goi qua cho khach')
        app.key('Return')
        app.gone('Ghi chú', 'text')
        open_pay(app)
        finish(app, 1)
        assert app.query('SELECT name, note FROM sale_line ORDER BY line') == [
            {'name': 'Miến dong Tài Hoan 500 g', 'note': None},
            {'name': 'Trà hoa vàng túi lọc 20 túi', 'note': 'goi qua cho khach'}]
        assert receipt(app, 'QT1A-000001').count('goi qua cho khach') == 1


def new_price(app, sku, price):
    """As an import at another desk would do it, while the till is open."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'price.csv'
        path.write_text(f'sku,price\n{sku},{price}\n')
        assert quayctl(app.folder, 'import', path)[0]['changed'] == 1


def test_changed_price_is_marked_and_the_old_one_counts():
    with shop() as app:
        app.scan(NOODLES, TEABAGS)
        total(app, 215000)
        new_price(app, 'OCOP001', 70000)
        app.wait_any_text('giá đã đổi, nay 70.000')
        app.wait_any_text('1 dòng còn tính giá cũ')
        total(app, 215000)
        shoot(app, 'price-changed')
        # The next one of the same product has the new price, on a line of its own.
        app.scan(NOODLES)
        total(app, 285000)
        app.key('F8')
        total(app, 0)
        app.key('F8')
        app.wait_any_text('có giá đã đổi')
        shoot(app, 'price-changed-held')
        pass_guard(app)
        app.key('Return')
        total(app, 285000)
        app.wait_any_text('giá đã đổi, nay 70.000')
        app.key('F5')
        total(app, 290000)
        app.gone('giá đã đổi, nay 70.000\u00a0₫')
        open_pay(app)
        finish(app, 1)
        assert app.value('SELECT total FROM sale') == 290000


def test_whole_sale_is_thrown_away_only_with_a_word():
    with shop() as app:
        app.scan(NOODLES, TEABAGS)
        total(app, 215000)
        app.key('shift+Delete')
        app.find('Bỏ đơn')
        app.key('Escape')
        app.gone('Bỏ đơn')
        total(app, 215000)
        app.key('shift+Delete')
        app.press('Bỏ đơn')
        total(app, 0)
        # Both lines left a trace, and nothing was sold.
        wait_until(lambda: app.value("SELECT count(*) FROM audit WHERE kind = 'cart.removed'") == 2,
                   'the trace of both lines')
        assert app.value('SELECT count(*) FROM sale') == 0


def test_item_without_catalogue_entry_is_sold():
    with shop() as app:
        app.scan(NOODLES)
        total(app, 65000)
        app.key('F7')
        app.find('Tên', 'text')
        app.type('ro tre')
        app.key('Tab')
        app.type('35k')
        app.key('Return')
        total(app, 100000)
        open_pay(app)
        finish(app, 1)
        assert app.query('SELECT name, qty, price, amount, product = zeroblob(16) AS free FROM sale_line'
                         ' ORDER BY line') == [
            {'name': 'Miến dong Tài Hoan 500 g', 'qty': 1000, 'price': 65000, 'amount': 65000, 'free': 0},
            {'name': 'ro tre', 'qty': 1000, 'price': 35000, 'amount': 35000, 'free': 1}]
        # What is no product has no stock to move.
        assert app.value("SELECT count(*) FROM stock_move WHERE kind = 'sale'") == 1
        assert 'ro tre' in receipt(app, 'QT1A-000001')


def test_item_without_catalogue_entry_needs_name_and_price():
    with shop() as app:
        app.key('F7')
        app.find('Tên', 'text')
        app.key('Return')
        app.wait_any_text('Nhập giá lớn hơn 0.')
        app.key('Escape')
        app.gone('Tên', 'text')
        total(app, 0)


def test_row_that_is_used_again_has_room_for_its_words():
    with shop() as app:
        app.scan(NOODLES)
        total(app, 65000)
        app.key('shift+Delete')
        app.press('Bỏ đơn')
        total(app, 0)
        # Name, price and quantity are all longer than those that the row showed before.
        app.scan(PORK)
        app.find('Khối lượng (gam)')
        app.type('485')
        app.key('Return')
        total(app, 106700)
        row = re.compile('^Thịt lợn rừng lai Phúc Thơm, 0,485')
        used = app.find(row).area()
        wait_until(lambda: '485' in (app.value('SELECT body FROM draft') or ''), 'the cart on disk')
        app.kill()
        app.start()
        total(app, 106700)
        app.press('Đóng')
        wait_until(lambda: app.find(row).area() == used, f'the row at {used}')


def test_tare_comes_off_the_weight():
    with shop() as app:
        before = app.value('SELECT sum(qty) FROM stock_balance JOIN item USING (product) WHERE sku = ?', 'OCOP041')
        app.scan(PORK)
        app.find('Khối lượng (gam)')
        app.type('500')
        app.wait_text('Thành tiền', dong(110000))
        app.key('Tab')
        app.type('15')
        app.wait_text('Thành tiền', dong(106700))
        app.key('Return')
        total(app, 106700)
        open_pay(app)
        finish(app, 1)
        assert app.query('SELECT qty, tare, amount FROM sale_line') == [{'qty': 485, 'tare': 15, 'amount': 106700}]
        after = app.value('SELECT sum(qty) FROM stock_balance JOIN item USING (product) WHERE sku = ?', 'OCOP041')
        assert before - after == 485


def test_tare_above_the_weight_is_not_taken():
    with shop() as app:
        app.scan(PORK)
        app.find('Khối lượng (gam)')
        app.type('100')
        app.key('Tab')
        app.type('100')
        app.key('Return')
        app.wait_any_text('Nhập khối lượng bằng gam, lớn hơn')
        app.key('Escape')
        app.gone('Khối lượng (gam)')
        total(app, 0)


if __name__ == '__main__':
    main(globals())
