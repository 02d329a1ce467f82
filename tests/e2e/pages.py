#!/usr/bin/python3
# The pages beside the counter: first run, the catalogue's form and import, past sales.
import pathlib
import re
import sqlite3
import tempfile

from chooser import choose_file
from harness import App, main, quayctl, run, shoot, wait_until

NOODLES = '2900000000018'  # Miến dong Tài Hoan 500 g, OCOP001, 65.000

PRODUCTS = 'Sản phẩm'
RECEIPTS = 'Phiếu bán'
FIGURES = 'Báo cáo'
SELL = 'Bán hàng'
TO_PAY = 'Khách trả'
SEARCH = 'Tìm sản phẩm'
COUNT = 'Số sản phẩm'
SAVE = 'Lưu'
NUMBER = 'Số phiếu'

PRICE_NOW = ('SELECT price FROM price JOIN item USING (product) WHERE sku = ?'
             ' ORDER BY day DESC LIMIT 1')


def dong(amount):
    return f'{amount:,}'.replace(',', '.') + '\u00a0₫'


def shop_with(*sales):
    """A sample shop, not started yet, in which something was sold."""
    app = App(sample=True)
    app.sold = [quayctl(app.folder, 'sell', item)[0] for item in sales]
    return app


def press(app, name):
    """A button's parts hide it from the eye that looks for what is on top."""
    app.press(name, 'push button', shown=False)


def click(node):
    """The mouse, on its middle."""
    x, y, width, height = node.area()
    run('xdotool', 'mousemove', x + width // 2, y + height // 2, 'click', 1)


def fill(app, name, text):
    """Writes over what a field holds, as a person would."""
    click(app.find(name, 'text'))
    app.key('ctrl+a')
    app.type(text)


def choose(app, name, *keys):
    """Opens a list of choices and moves in it with keys."""
    click(app.find(name, 'combo box'))
    app.think(0.3)
    for key in (*keys, 'Return'):
        app.key(key)


def open_product(app, words):
    press(app, PRODUCTS)
    app.find(SEARCH, 'text').focus()
    app.type(words)
    app.wait_text(COUNT, re.compile('^1 '))
    app.key('Return')
    app.find(SAVE, 'push button', shown=False)


def wait_for_shop(app, items):
    """Waits until the shop is made, without looking at the window, which is another one afterwards."""
    def made():
        try:
            return app.value('SELECT count(*) FROM item') == items
        except sqlite3.Error:
            return False
    wait_until(made, f'a shop of {items} products')
    app.find(FIGURES, 'push button', shown=False)


def test_first_run_makes_a_shop():
    with App() as app:
        press(app, 'Tiếng Việt')
        app.find('Tên cửa hàng')
        # Bad input is told at its field, and nothing is made.
        press(app, 'Tiếp')
        app.wait_any_text('Cửa hàng cần có tên.')
        fill(app, 'Tên cửa hàng', 'Cua hang ban')
        fill(app, 'Mã máy này', 'b-2')
        press(app, 'Tiếp')
        app.wait_any_text('Từ 1 đến 6 chữ')
        assert app.database() is None
        fill(app, 'Mã máy này', 'b2')
        press(app, 'Tiếp')
        app.find('Giấy in phiếu', 'label')
        press(app, '58 mm')
        press(app, 'Tạo cửa hàng')
        wait_for_shop(app, 0)
        assert app.value("SELECT value FROM local WHERE key = 'till.receipt_width'") == '58'
        assert app.value('SELECT code FROM chain') == 'B2'


def test_first_run_with_the_sample_shop():
    with App() as app:
        press(app, 'Tiếng Việt')
        press(app, 'Dùng thử ngay với cửa hàng mẫu')
        wait_for_shop(app, 57)
        press(app, PRODUCTS)
        app.wait_text(COUNT, re.compile('^57 '))


def test_page_that_is_shown_has_the_keyboard():
    with App('--page', 'catalog', sample=True) as app:
        app.type('mien tai hoan')
        app.wait_text(COUNT, re.compile('^1 '))


def test_new_price_reaches_the_counter():
    with App(sample=True) as app:
        open_product(app, 'mien tai hoan')
        fill(app, 'Giá bán (gồm thuế)', '70000')
        app.key('ctrl+s')
        app.wait_value(70000, PRICE_NOW, 'OCOP001')
        app.gone(SAVE)
        press(app, SELL)
        app.find('Quét hoặc gõ', 'text')
        app.scan(NOODLES)
        app.wait_text(TO_PAY, dong(70000))


def test_refusals_are_told_at_their_fields():
    with App(sample=True) as app:
        press(app, PRODUCTS)
        app.find(SEARCH, 'text')
        app.key('ctrl+n')
        app.find(SAVE, 'push button', shown=False)
        app.key('ctrl+s')
        app.wait_any_text('Không được để trống.')
        fill(app, 'Mã vạch mới', '8934563138166')
        app.key('Return')
        app.wait_any_text('Số cuối không khớp')
        # A changed form asks before it goes.
        app.key('Escape')
        app.find('Sửa tiếp', shown=False)
        app.key('Escape')
        app.find(SAVE, 'push button', shown=False)
        assert app.value('SELECT count(*) FROM item') == 57


COMMUNE_NOW = ("SELECT f.value FROM fact f JOIN item i ON i.producer = f.entity"
               " WHERE f.kind = 'producer' AND f.field = 'commune' AND i.sku = ?")


def test_commune_is_chosen_by_its_name():
    with App(sample=True) as app:
        open_product(app, 'mien tai hoan')
        # It is shown by its name, not by its code.
        before = app.value(COMMUNE_NOW, 'OCOP001')
        assert before.isdigit()
        app.wait_text('Xã, phường', re.compile('^(Xã|Phường) '), 'text')
        fill(app, 'Xã, phường', 'khong co')
        app.key('ctrl+s')
        app.wait_any_text('Hiện không có xã này')
        fill(app, 'Xã, phường', 'na ri')
        app.find('Xã Na Rì', 'label', shown=False)
        app.key('Down')
        app.key('Return')
        app.wait_text('Xã, phường', 'Xã Na Rì', 'text')
        app.key('ctrl+s')
        app.wait_value('02155', COMMUNE_NOW, 'OCOP001')


def test_language_changes_at_once():
    with App(sample=True) as app:
        app.scan(NOODLES)
        app.wait_text(TO_PAY, dong(65000))
        press(app, 'Cài đặt')
        press(app, 'Máy này')
        choose(app, 'Ngôn ngữ · Language', 'Down')
        app.find('Telephone', 'text')
        app.wait_value('en', "SELECT value FROM local WHERE key = 'till.language'")
        app.focus_window()
        app.key('ctrl+a')
        app.type('Shop')
        app.wait_text('Name', 'Shop', 'text')
        # The sale that was open is open still, and classes of VAT have English names.
        press(app, 'Sell')
        app.wait_text('To pay', dong(65000))
        app.scan(NOODLES)
        app.wait_text('To pay', dong(130000))
        app.key('F7')
        app.wait_any_text('Processed food and other goods')
        app.key('Escape')
        press(app, 'Settings')
        press(app, 'This till')
        choose(app, 'Language · Ngôn ngữ', 'Up')
        app.find('Điện thoại', 'text')


def test_import_tells_refused_rows_and_writes_the_rest():
    rows = ['sku,name,unit,sold_by,price,vat_class',
            'OCOP001,Miến dong Tài Hoan 500 g,gói,piece,68000,A_PROC',
            'MOI1,Măng le khô 500 g,túi,piece,85k,A_RAW',
            'MOI2,Bánh gio,cái,piece,mười nghìn,A_PROC']
    with tempfile.TemporaryDirectory() as folder, App(sample=True) as app:
        path = pathlib.Path(folder) / 'hang.csv'
        path.write_text('\n'.join(rows) + '\n')
        press(app, PRODUCTS)
        app.find(SEARCH)
        app.key('ctrl+i')
        choose_file(app, 'Nhập danh sách sản phẩm', path)
        app.wait_text('Thêm mới', '1')
        app.wait_text('Sửa', '1')
        app.wait_text('Bị từ chối', '1')
        # Nothing is written before the user says so.
        assert app.value('SELECT count(*) FROM item') == 57
        press(app, 'Dòng bị từ chối')
        app.find('price')
        press(app, 'Nhập 2 sản phẩm')
        app.wait_text('Kết quả', re.compile('^1 thêm mới, 1 sửa, 0 giữ nguyên, 1 dòng'))
        assert app.value('SELECT count(*) FROM item') == 58
        assert app.value(PRICE_NOW, 'OCOP001') == 68000
        assert app.value(PRICE_NOW, 'MOI1') == 85000


STOCK_NOW = 'SELECT sum(qty) FROM stock_balance JOIN item USING (product) WHERE sku = ?'


def test_stock_below_nothing_is_listed_and_put_right():
    # Of 124 and 36 in the sample shop; the goods are in the customer's hand, so they are sold.
    with shop_with('OCOP001:130', 'OCOP003:40') as app:
        press(app, PRODUCTS)
        app.find('2 mặt hàng tồn âm', 'push button', shown=False)
        press(app, '2 mặt hàng tồn âm')
        app.wait_any_text('Bán nhiều hơn số đã nhập')
        app.wait_focus('Đếm được của Miến dong Tài Hoan 500 g')
        shoot(app, 'stock-below-nothing')
        app.type('1,5')
        app.key('Return')
        app.wait_any_text('Hãy gõ số nguyên')
        app.key('ctrl+a')
        app.type('7')
        app.key('Return')
        app.wait_value(7000, STOCK_NOW, 'OCOP001')
        # The next row has the keyboard.
        app.wait_focus('Đếm được của Trà hoa vàng túi lọc 20 túi')
        app.type('0')
        app.key('Return')
        app.wait_value(0, STOCK_NOW, 'OCOP003')
        shoot(app, 'stock-put-right')
        app.key('Escape')
        app.gone('Bán nhiều hơn số đã nhập')
        wait_until(lambda: not app.find_all(re.compile('tồn âm'), 'push button', shown=True), 'the mark to go')
        app.close()
        assert quayctl(app.folder, 'verify', '--rebuild')[0]['ok']


def test_reprint_is_recorded():
    with shop_with(f'{NOODLES}:2') as app:
        press(app, RECEIPTS)
        app.wait_text(NUMBER, re.compile('-000001$'))
        app.key('ctrl+p')
        app.wait_value(1, "SELECT count(*) FROM audit WHERE kind LIKE '%reprint%'")
        app.wait_any_text('đã in lại 1 lần')


def test_receipt_code_opens_its_sale():
    with shop_with(f'{NOODLES}:2', NOODLES) as app:
        press(app, RECEIPTS)
        app.wait_text(NUMBER, 'QT1A-000002')
        # What is in the square code of the first receipt.
        app.scan(f'QUAY:QT1A-000001:{app.sold[0]["code"]}')
        app.wait_text(NUMBER, 'QT1A-000001')


def test_shelf_labels_go_into_a_file():
    with App('--page', 'catalog', sample=True) as app:
        app.find(SEARCH, 'text')
        app.type('mien tai')
        app.wait_text(COUNT, re.compile('^1 '))
        app.key('Down', 'ctrl+l')
        fill(app, 'Số tem mỗi loại', '0')
        app.key('Return')
        app.wait_any_text('Ghi số nguyên từ 1 đến 500.')
        fill(app, 'Số tem mỗi loại', '3')
        app.key('Return')
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / 'tem.pdf'
            choose_file(app, 'Lưu tem thành tệp', path, saving=True)
            wait_until(path.exists, 'the file of labels')
            text = run('pdftotext', path, '-')
            assert text.count('65.000') == 3, text
            assert text.count('130.000 ₫/kg') == 3, text

if __name__ == '__main__':
    main(globals())
