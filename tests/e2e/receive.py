#!/usr/bin/python3
# Goods come in by scanner and keyboard alone, are issued and taken back; the printed forms say what
# the file has.
import os
import pathlib
import re
import subprocess

from harness import App, main, quayctl, shoot, wait_until

NOODLES = '2900000000018'  # Miến dong Tài Hoan 500 g
TEA = '2900000000049'
TURMERIC = '2900000000056'  # 140.000; 18 in stock
VERMICELLI = '2900000000025'

SCAN = 'Sản phẩm cần thêm'
PARTY = 'Người giao hàng'
FOUND = 'Số lượng thực nhập'
PRICE = 'Đơn giá'
EXPIRES = 'Hạn sử dụng'

LINES = ('SELECT l.sku, l.qty, l.price, l.amount, t.code, t.expires FROM voucher_line l'
         ' JOIN lot t ON t.lot = l.lot ORDER BY l.no')


def open_tab(app, name):
    app.press(re.compile(f'^{name}$'), shown=False)
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
    if 'QUAY_SHOTS_DIR' in os.environ:
        picture = pathlib.Path(os.environ['QUAY_SHOTS_DIR']) / path.stem
        subprocess.run(['pdftoppm', '-r', '75', '-png', '-singlefile', path, picture], check=True)
    return pdf_text(path)


def receive_three(app):
    """Three lots of two products, from a supplier who was not known."""
    open_tab(app, 'Nhập hàng')
    app.find(SCAN, 'text')
    fill(app, 'HTX Na Muong', 'HD 77', '301126')
    app.scan(NOODLES)
    app.find(FOUND, 'text')
    shoot(app, 'receive-line')
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
        rows = [tuple(row.values()) for row in app.query(LINES)]
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
        open_tab(app, 'Nhập hàng')
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
        shoot(app, 'receive-fault')
        app.key('ctrl+s')
        assert app.value('SELECT count(*) FROM voucher') == 0


def test_goods_sold_before_their_receipt_are_asked_about():
    app = App(sample=True)
    quayctl(app.folder, 'sell', f'{TURMERIC}:30')
    with app:
        app.key('alt+3')
        open_tab(app, 'Nhập hàng')
        fill(app, 'HTX Na Muong', '', '')
        app.key('F4')
        app.scan(TURMERIC)
        app.find(FOUND, 'text')
        fill(app, '', '20', '15', '', 'N-07', '', '010128', '')
        app.key('ctrl+s')
        app.wait_any_text('Người giao hàng mới?')
        app.key('Return')
        app.wait_any_text('Đã bán trước khi nhập')
        shoot(app, 'receive-late')
        app.key('Return')
        app.wait_value(12000, "SELECT n FROM lot_sum WHERE what = 'sold'")
        assert app.value("SELECT n FROM lot_sum WHERE what = 'cost'") == 12 * 119000


def test_bought_at_the_door_and_paid():
    with App('--page', 'stock', sample=True) as app:
        open_tab(app, 'Nhập hàng')
        fill(app, 'Ba Mai', '', '')
        app.key('F4')
        app.key('F4')
        app.scan(TEA)
        app.find('Khối lượng cân', 'text')
        fill(app, '12,5', '4', '30000')
        shoot(app, 'receive-door')
        fill(app, '', '', '')
        app.find('Trả ngay bằng tiền két', 'text').set_text('360000')
        app.key('ctrl+s')
        app.wait_any_text('Người giao hàng mới?')
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM voucher')
        line = app.query('SELECT qty, other, deduct, amount FROM voucher_line')[0]
        assert line == {'qty': 12000, 'other': 12500, 'deduct': 400, 'amount': 360000}, line
        assert app.value('SELECT sum(amount) FROM entry') == 0
        assert app.value('SELECT amount FROM cash_move') == -360000
        text = print_form(app, app.value('SELECT number FROM voucher'))
        for part in ('Mẫu số 06-VT', 'BẢNG KÊ MUA HÀNG', 'Ba Mai', '360.000', 'trừ 4%'):
            assert part in text, (part, text)


def test_issued_and_taken_back():
    with App('--page', 'stock', sample=True) as app:
        receive_three(app)
        app.key('ctrl+s')
        app.wait_any_text('Người giao hàng mới?')
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM voucher')
        open_tab(app, 'Xuất hàng')
        app.find('Diễn giải', 'text')
        fill(app, 'roi vo')
        app.scan(NOODLES)
        app.find('Số lượng xuất', 'text')
        shoot(app, 'issue-line')
        fill(app, '8')
        app.key('ctrl+s')
        app.wait_value(2, 'SELECT count(*) FROM voucher')
        assert app.query("SELECT qty, other FROM voucher_line ORDER BY no DESC LIMIT 2") == [
            {'qty': 2000, 'other': 2000}, {'qty': 6000, 'other': 6000}]  # first the lot that expires first
        text = print_form(app, app.value("SELECT number FROM voucher WHERE number LIKE '%PXK%'"))
        for part in ('Mẫu số 02-VT', 'PHIẾU XUẤT KHO', 'Hàng hỏng: roi vo', 'lô L2', '326.000'):
            assert part in text, (part, text)
        open_tab(app, 'Phiếu')
        app.wait_any_text('Phiếu xuất')
        shoot(app, 'documents')
        app.key('ctrl+d')
        app.find('Lý do huỷ', 'text')
        fill(app, 'ghi nham')
        app.wait_value(3, 'SELECT count(*) FROM voucher')
        left = "SELECT n FROM lot_sum WHERE what = 'loss'"
        assert {row['n'] for row in app.query(left)} == {0}


def test_a_kill_loses_no_line():
    with App('--page', 'stock', sample=True) as app:
        receive_three(app)
        app.wait_any_text('L2 · 30/06/2027')
        kept = "SELECT value FROM local WHERE key = 'goods.draft.receive'"
        wait_until(lambda: 'L2' in (app.value(kept) or ''), 'the draft on disk')
        # Half a line, with what no quantity can be in its field.
        app.scan(TEA)
        app.find(FOUND, 'text')
        fill(app, '5', 'bon', '35k')
        line = "SELECT value FROM local WHERE key = 'goods.draft.receive.line'"
        wait_until(lambda: 'found=bon' in (app.value(line) or ''), 'the half line on disk')
        app.kill()
        app.start()
        open_tab(app, 'Nhập hàng')
        app.wait_any_text('L1 · 31/12/2027')
        app.wait_any_text('L2 · 30/06/2027')
        app.wait_text(FOUND, 'bon', 'text')
        shoot(app, 'receive-half-line')
        app.find(FOUND, 'text').set_text('4')
        app.key('ctrl+s')
        app.wait_any_text('Người giao hàng mới?')
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM voucher')
        assert app.value('SELECT qty FROM voucher_line ORDER BY no DESC LIMIT 1') == 4000
        wait_until(lambda: app.value(kept) is None and app.value(line) is None, 'the draft to be gone')


def test_from_a_receipt_to_its_lots_and_their_sales():
    with App('--page', 'stock', sample=True) as app:
        receive_three(app)
        app.key('ctrl+s')
        app.wait_any_text('Người giao hàng mới?')
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM voucher')
        open_tab(app, 'Phiếu')
        app.wait_any_text('Phiếu nhập')
        app.press('In tem cho các lô', 'push button', shown=False)
        app.wait_any_text('Tem lô: 39', shown=False)  # 24 + 9 + 6
        shoot(app, 'document-labels')
        app.key('Escape')
        app.think()
        app.key('ctrl+l')
        app.wait_any_text('Các lô của ', shown=False)
        assert {'L1', 'L2', 'T1'} <= set(app.root.texts())
        shoot(app, 'receipt-lots')
        app.key('Return')
        app.wait_any_text('Lô này chưa bán', shown=False)
        shoot(app, 'receipt-recall')


main(globals())
