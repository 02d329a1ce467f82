#!/usr/bin/python3
# Goods come in by scanner and keyboard alone, are issued and taken back; the printed forms say what
# the file has.
import re
import subprocess

from harness import App, main, shoot, wait_until

NOODLES = '2900000000018'  # Miến dong Tài Hoan 500 g
TEA = '2900000000049'
VERMICELLI = '2900000000025'

RECEIVE = 'Nhập hàng'
SCAN = 'Sản phẩm cần thêm'
PARTY = 'Người giao hàng'
FOUND = 'Số lượng thực nhập'
PRICE = 'Đơn giá'
EXPIRES = 'Hạn sử dụng'

LINES = ('SELECT l.sku, l.qty, l.price, l.amount, t.code, t.expires FROM voucher_line l'
         ' JOIN lot t ON t.lot = l.lot ORDER BY l.no')


def open_tab(app, name):
    app.press(name, 'toggle button', shown=False)
    app.think(0.3)


def fill(app, *texts):
    """Field by field, Enter after each, as a person without a mouse."""
    for text in texts:
        if text:
            app.type(text)
        app.key('Return')
    app.think(0.2)


def dong(amount):
    return f'{amount:,}'.replace(',', '.')


def pdf_text(path):
    return subprocess.run(['pdftotext', '-layout', str(path), '-'], check=True, capture_output=True,
                          text=True).stdout


def print_form(app, number):
    """Ctrl+P; the file is there once it is whole."""
    path = app.folder / 'forms' / f'{number}.pdf'
    app.key('ctrl+p')
    wait_until(path.exists, 'the form')
    return pdf_text(path)


def receive_three(app):
    """Three lots of two products, from a supplier who was not known."""
    open_tab(app, RECEIVE)
    app.find(SCAN, 'text')
    fill(app, 'HTX Na Muong', 'HD 77', '301126')
    app.scan(NOODLES)
    app.find(FOUND, 'text')
    fill(app, '2x12', '', '40000', 'L1', '', '311227', '')
    app.scan(TEA)
    fill(app, '10', '9', '35k', 'T1', '011026', '010627', '')
    app.scan(NOODLES)
    fill(app, '', '6', '41000', 'L2', '', '30/06/2027', '')


def test_three_lots_by_scanner_and_keyboard():
    with App('--page', 'stock', sample=True) as app:
        receive_three(app)
        shoot(app, 'receive-lines')
        app.key('ctrl+s')
        app.wait_any_text('Người giao hàng mới?')
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM voucher')
        number = app.value('SELECT number FROM voucher')
        rows = app.query(LINES)
        assert [row[1:] for row in rows] == [
            (24000, 40000, 960000, 'L1', 20271231),
            (9000, 35000, 315000, 'T1', 20270601),
            (6000, 41000, 246000, 'L2', 20270630),
        ], rows
        total = app.value('SELECT total FROM voucher')
        assert total == sum(row[3] for row in rows)
        assert app.value("SELECT n FROM running WHERE what = 'owed'") == total
        text = print_form(app, number)
        for part in ('Mẫu số 01-VT', 'PHIẾU NHẬP KHO', number, 'HTX Na Muong', 'HD 77', dong(total)):
            assert part in text, (part, text)
        for sku, qty, price, amount, code, _expires in rows:
            line = next(line for line in text.splitlines() if sku in line and dong(amount) in line)
            assert dong(price) in line and str(qty // 1000) in line, line
            assert code in text


def test_faults_are_told_at_their_fields():
    with App('--page', 'stock', sample=True) as app:
        open_tab(app, RECEIVE)
        fill(app, 'HTX Na Muong', '', '')
        app.scan('2900000000046')
        app.wait_any_text(re.compile('Số cuối|chữ số cuối|không khớp|Không có sản phẩm'))
        app.scan(TEA)
        app.find(FOUND, 'text')
        fill(app, '3 ta', '', '40000', '', '', '', '')
        app.wait_any_text(re.compile('không có đơn vị này'))
        app.key('ctrl+a')
        fill(app, '3', '', '', '', '010627', '010127')
        fill(app, '')
        app.wait_any_text(re.compile('Ngày này chưa tới'))
        app.key('ctrl+s')
        assert app.value('SELECT count(*) FROM voucher') == 0


def test_a_kill_loses_no_line():
    with App('--page', 'stock', sample=True) as app:
        receive_three(app)
        app.wait_any_text('L2 · 30/06/2027')
        kept = "SELECT value FROM local WHERE key = 'goods.draft.receive'"
        wait_until(lambda: 'L2' in (app.value(kept) or ''), 'the draft on disk')
        app.kill()
        app.start()
        open_tab(app, RECEIVE)
        app.wait_any_text('L1 · 31/12/2027')
        app.wait_any_text('L2 · 30/06/2027')
        app.key('ctrl+s')
        app.wait_any_text('Người giao hàng mới?')
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM voucher')
        wait_until(lambda: app.value(kept) is None, 'the draft to be gone')


main(globals())
