#!/usr/bin/python3
# The manager's round in one piece: three lots come in by scanner, a sale goes across two of them,
# a count with a sale in between finds one missing, the producer is settled with and paid; the form
# of the settlement, read back, is what the file has.
import re
import subprocess

from harness import App, main, shoot, wait_until
from sell import finish, open_pay

RICE = '2900000000377'  # Gạo nếp Tân Sơn, OCOP037, 80.000
FOUND = 'Số lượng thực nhập'
SETTLE = re.compile('^Thanh toán$')
POST = re.compile('^Ghi sổ thanh toán')
PRINT = re.compile('^In mẫu 01-BH')
SUMS = 'SELECT coalesce(sum(n), 0) FROM lot_sum WHERE what = ?'


def dong(amount):
    return f'{amount:,}'.replace(',', '.')


def tab(app, name):
    app.press(name, shown=False)
    app.think(0.3)


def press(app, name):
    app.press(name, 'push button', shown=False)


def fill(app, *texts):
    for text in texts:
        if text:
            app.type(text)
        app.key('Return')
    app.think(0.2)


def receive(app):
    """Three lots at 15 % commission, by scanner and keyboard; the second expires first."""
    tab(app, 'Nhập hàng')
    app.find('Sản phẩm cần thêm', 'text')
    fill(app, 'HTX Na Muong', 'PG 12', '011226')
    app.key('F4')
    for qty, lot, expires in (('4', 'A1', '311227'), ('3', 'B1', '300627'), ('5', 'C1', '311228')):
        app.scan(RICE)
        app.find(FOUND, 'text')
        fill(app, '', qty, '15', '', lot, '', expires, '')
    shoot(app, 'round-receive')
    app.key('ctrl+s')
    app.wait_any_text('Người giao hàng mới?')
    app.key('Return')
    app.wait_value(1, "SELECT count(*) FROM voucher WHERE kind = 'goods.received'")
    lots = app.query('SELECT code, terms, commission, qty, expires FROM lot ORDER BY no')
    assert [tuple(lot.values()) for lot in lots] == [
        ('A1', 2, 1500, 4000, 20271231), ('B1', 2, 1500, 3000, 20270630), ('C1', 2, 1500, 5000, 20281231)], lots


def sell(app, *codes):
    app.key('alt+1')
    before = app.value('SELECT count(*) FROM sale')
    app.scan(*codes)
    open_pay(app)
    finish(app, before + 1)
    app.key('Escape')


def count(app):
    """One is missing; one more is sold before the difference is approved."""
    there = app.value("SELECT sum(b.qty) FROM stock_balance b JOIN item i USING (product)"
                      " WHERE i.sku = 'OCOP037'") // 1000
    app.key('alt+3')
    tab(app, 'Kiểm kê')
    press(app, 'Kiểm kê mới')
    app.find('Tên', 'text', shown=False)
    press(app, 'Bắt đầu đếm')
    app.find('Quét hoặc gõ tên hàng', 'text', shown=False)
    app.scan(RICE)
    app.wait_text('Số lượng', '1', 'text', shown=False)
    app.key('ctrl+a')
    app.type(str(there - 1))
    app.key('Return')
    app.wait_value((there - 1) * 1000, 'SELECT qty FROM count_line')
    sell(app, RICE)
    app.key('alt+3')
    app.wait_any_text('chênh lệch: 1', shown=False)
    press(app, 'Duyệt')
    app.wait_any_text('Ghi chênh lệch vào sổ?', shown=False)
    app.key('Return')
    app.wait_value(1, "SELECT count(*) FROM voucher WHERE kind = 'goods.counted'")
    assert app.value("SELECT l.qty FROM voucher_line l JOIN voucher v ON v.id = l.voucher"
                     " WHERE v.kind = 'goods.counted'") == -1000


def settle(app):
    press(app, 'Ký gửi')
    app.find('Tìm cơ sở', 'text').focus()
    app.type('na muong')
    app.wait_any_text(re.compile('^1 cơ sở$'))
    press(app, SETTLE)
    app.find(POST, 'push button', shown=False)
    shoot(app, 'round-settle')
    app.key('Return')
    app.wait_value(1, 'SELECT count(*) FROM settlement')
    press(app, PRINT)
    path = app.folder / 'forms' / 'QT1A-QT26-0001.pdf'
    wait_until(path.exists, 'the form')
    return re.sub(r'\s+', ' ', subprocess.run(['pdftotext', '-layout', str(path), '-'], check=True,
                                              capture_output=True, text=True).stdout)


def check_form(app, text):
    lots = app.query('SELECT opening, received, sold, back, loss, waste, amount FROM settled_lot ORDER BY line')
    assert lots and sum(lot['sold'] for lot in lots) == app.value(SUMS, 'sold'), lots
    for lot in lots:
        assert dong(lot['amount']) in text, (lot, text)
    amount, cost = app.query('SELECT amount, cost FROM settlement')[0].values()
    assert (amount, cost) == (app.value(SUMS, 'amount'), app.value(SUMS, 'cost'))
    assert 'Mẫu số 01-BH' in text and f'(IV = 6 − II − III): {dong(cost)} đ' in text, text


def test_from_receipt_to_pay_out():
    with App('--page', 'stock', sample=True) as app:
        receive(app)
        # Five across two lots: the three that expire first, and two of the next.
        sell(app, *[RICE] * 5)
        took = app.query("SELECT l.code, s.n FROM lot_sum s JOIN lot l USING (lot) WHERE s.what = 'sold'"
                         ' ORDER BY l.expires')
        assert [tuple(row.values()) for row in took] == [('B1', 3000), ('A1', 2000)], took
        assert app.value(SUMS, 'cost') == 5 * 68000
        count(app)
        # Six sold and one lost, which the shop bears.
        assert (app.value(SUMS, 'sold'), app.value(SUMS, 'loss')) == (6000, 1000)
        owed = 7 * 68000
        text = settle(app)
        check_form(app, text)
        assert app.value('SELECT cost FROM settlement') == owed
        drawer = app.value("SELECT sum(n) FROM running WHERE what = 'drawer'")
        app.find_all(re.compile('^Chi trả'), 'push button')[-1].press()
        app.find('Hình thức', 'combo box')
        app.key('Return')
        app.wait_value(0, "SELECT n FROM running WHERE what = 'owed'")
        assert app.value("SELECT sum(n) FROM running WHERE what = 'drawer'") == drawer - owed
        assert app.value("SELECT number FROM entry WHERE kind = 'payout'") == 'QT1A-PC26-0001'


main(globals())
