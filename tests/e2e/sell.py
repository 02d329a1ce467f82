#!/usr/bin/python3
# The counter as a cashier works it: scan, type, weigh, hold, come back after a power cut. What a test
# believes comes from the shop's file; what it looks at on the way are the figures on the screen.
import pathlib
import re
import tempfile

from harness import App, BUILD, QUAY, main, run, shoot, wait_until

NOODLES = '2900000000018'  # Miến dong Tài Hoan 500 g, 65.000
TEA = '2900000000025'      # Trà hoa vàng Bắc Kạn 50 g, 450.000
TEABAGS = '2900000000032'  # Trà hoa vàng túi lọc 20 túi, 150.000
SPIRIT = '2900000000087'   # Rượu mơ Asuka 500 ml, 180.000
PORK = '2900000000414'     # Thịt lợn rừng lai Phúc Thơm, 220.000 a kilogram

# What the till calls its parts, to a screen reader as well.
TO_PAY = 'Khách trả'
GIVEN = 'Khách đưa'
CHANGE = 'Tiền thối'
NEXT = 'Đơn tiếp theo'
HELD = 'Đơn đang giữ'
YES = 'Đã đủ 18 tuổi'


def shop():
    return App(sample=True)


def dong(amount):
    return f'{amount:,}'.replace(',', '.') + '\u00a0₫'


def total(app, amount):
    app.wait_text(TO_PAY, dong(amount))


def open_pay(app, key='Return', amount=None):
    """Enter soon after a scan is taken for the scanner's own, so a person may have to press again."""
    def pressed():
        if not paying(app):
            app.key(key)
        return paying(app)
    wait_until(pressed, 'the pay panel')
    if amount is not None:
        app.wait_text(TO_PAY, dong(amount))


def paying(app):
    return bool(app.find_all(GIVEN))


def finish(app, sales):
    """Presses Enter, once, when it counts: within 300 ms of the panel's opening it is ignored. Another one
    would put away the number of the sale, which is waited for."""
    pass_guard(app)
    app.key('Return')
    app.wait_value(sales, 'SELECT count(*) FROM sale')
    app.wait_any_text(f'QT1A-{sales:06}')


def lines(app, number):
    return app.query('SELECT name, qty, amount FROM sale_line WHERE sale = (SELECT id FROM sale WHERE number = ?)'
                     ' ORDER BY line', number)


def draft(app):
    return app.value('SELECT body FROM draft WHERE held = 0') or ''


def pass_guard(app):
    """Lets the 300 ms go by in which Enter may still be the scanner's. The guard is made of time alone,
    so time is the condition to wait for; what began it was seen to have happened already."""
    app.think(0.35)


def two_returns(app, amount):
    """What a person presses after the last scan: Enter pays, Enter takes exact cash. Not a key more."""
    total(app, amount)
    pass_guard(app)
    app.key('Return')
    app.find(GIVEN)
    pass_guard(app)
    app.key('Return')


def greens(pixels):
    return sum(green > red + 40 and green > blue + 20 for red, green, blue in pixels)


def stock(app, *skus):
    sql = 'SELECT sum(qty) FROM stock_balance JOIN item USING (product) WHERE sku = ?'
    return [app.value(sql, sku) for sku in skus]


def test_three_items_by_scanner_keys_alone():
    with shop() as app:
        before = stock(app, 'OCOP001', 'OCOP002', 'OCOP003', 'OCOP004')
        app.scan(NOODLES, TEABAGS, TEA)
        two_returns(app, 665000)
        app.wait_any_text('QT1A-000001')
        assert app.query('SELECT number, total, lines FROM sale') == [
            {'number': 'QT1A-000001', 'total': 665000, 'lines': 3}]
        assert lines(app, 'QT1A-000001') == [
            {'name': 'Miến dong Tài Hoan 500 g', 'qty': 1000, 'amount': 65000},
            {'name': 'Trà hoa vàng túi lọc 20 túi', 'qty': 1000, 'amount': 150000},
            {'name': 'Trà hoa vàng Bắc Kạn 50 g', 'qty': 1000, 'amount': 450000}]
        assert app.query('SELECT tender, amount, given, change FROM payment') == [
            {'tender': 'cash', 'amount': 665000, 'given': 665000, 'change': 0}]
        after = stock(app, 'OCOP001', 'OCOP002', 'OCOP003', 'OCOP004')
        assert [was - now for was, now in zip(before, after)] == [1000, 1000, 1000, 0]
        app.wait_text(CHANGE, dong(0))
        # The next customer's first scan takes the change away and begins the next sale.
        app.scan(TEA)
        total(app, 450000)
        app.gone(NEXT)
        app.wait_value(1, 'SELECT count(*) FROM sale')


def test_the_sale_is_seen_on_the_screen():
    with shop() as app:
        app.scan(NOODLES, TEABAGS, TEA)
        total(app, 665000)
        cart = app.find(TO_PAY).area()
        # A sum in ink on paper: dark and light where the total stands.
        wait_until(lambda: min(map(sum, app.picture().region(cart))) < 240 <
                   720 < max(map(sum, app.picture().region(cart))), 'the total to be drawn')
        before = app.picture()
        two_returns(app, 665000)
        app.find(NEXT)
        change = next(node for node in app.find_all(CHANGE, shown=True) if node.text == dong(0)).area()
        # The change is the one large green thing of the card that lies over the counter now.
        wait_until(lambda: greens(app.picture().region(change)) > 300, 'the change to be drawn in green')
        paid = app.picture()
        assert greens(before.region(change)) < 100
        assert paid.region(change) != before.region(change)
        # The next sale is open under it: its scan takes the green away.
        pass_guard(app)
        app.scan(TEA)
        total(app, 450000)
        wait_until(lambda: greens(app.picture().region(change)) < 100, 'the change to go from the screen')


def test_search_without_diacritics():
    with shop() as app:
        app.type('mien tai hoan')
        app.find(re.compile('^Miến dong Tài Hoan 500 g, '))
        app.key('Return')
        total(app, 65000)
        # đ is d, in any order of words.
        app.type('den nghe')
        app.find(re.compile('^Tinh bột nghệ nếp đen '))
        app.key('Return')
        total(app, 245000)


def test_held_cart_comes_back():
    with shop() as app:
        app.scan(NOODLES, NOODLES)
        total(app, 130000)
        app.key('F8')
        total(app, 0)
        app.wait_value(1, 'SELECT count(*) FROM draft WHERE held = 1')
        app.scan(TEABAGS)
        total(app, 150000)
        open_pay(app)
        finish(app, 1)
        app.key('Escape')
        app.key('F8')
        app.find(HELD)
        app.key('Return')
        total(app, 130000)
        assert app.value('SELECT total FROM sale') == 150000


def test_killed_cart_comes_back_once():
    with shop() as app:
        app.scan(NOODLES, TEABAGS)
        total(app, 215000)
        wait_until(lambda: 'túi lọc' in draft(app), 'the cart on disk')
        app.kill()
        app.start()
        total(app, 215000)
        app.wait_any_text('215.000')
        app.find('Đóng')
        open_pay(app)
        finish(app, 1)
        app.kill()
        app.start()
        total(app, 0)
        assert app.value('SELECT count(*) FROM sale') == 1


def test_scan_is_no_quantity():
    with shop() as app:
        app.scan(NOODLES)
        total(app, 65000)
        app.key('F4')
        app.type('12')
        app.key('Return')
        total(app, 780000)
        app.key('F4')
        app.scan(TEABAGS)
        total(app, 930000)
        open_pay(app)
        finish(app, 1)
        assert [line['qty'] for line in lines(app, 'QT1A-000001')] == [12000, 1000]


def test_weighed_goods_in_grams():
    with shop() as app:
        app.scan(PORK)
        app.find('Khối lượng (gam)')
        app.type('485')
        app.key('Return')
        total(app, 106700)
        open_pay(app)
        finish(app, 1)
        assert lines(app, 'QT1A-000001')[0]['qty'] == 485


def test_unknown_code_is_bound_to_a_product():
    with shop() as app:
        app.scan('8938505974192')
        app.wait_any_text('8938505974192')
        app.press('Gán cho sản phẩm')
        app.wait_any_text('Chọn sản phẩm mang mã 8938505974192')
        app.type('mien tai hoan')
        app.find(re.compile('^Miến dong Tài Hoan 500 g, '))
        app.key('Return')
        app.press('Gán và bán')
        total(app, 65000)
        app.scan('8938505974192')
        total(app, 130000)


def test_payment_code_is_never_a_product():
    with shop() as app:
        app.scan('00020101021138540010A00000072701240006970415011012345678900208QRIBFTTA53037045802VN6304A2E6')
        app.wait_any_text('mã thanh toán')
        total(app, 0)


def test_wrong_clock_is_told_while_the_till_is_open():
    with tempfile.TemporaryDirectory() as folder:
        offset = pathlib.Path(folder) / 'offset'
        offset.write_text('0')
        env = {'LD_PRELOAD': str(BUILD / 'tests/e2e/move-clock.so'), 'QUAY_CLOCK_OFFSET': str(offset)}
        with App(sample=True, env=env) as app:
            app.scan(NOODLES)
            total(app, 65000)
            open_pay(app)
            finish(app, 1)
            app.key('Escape')
            day = app.value('SELECT day FROM sale')
            # The computer wakes up in another year.
            offset.write_text(str(-3 * 365 * 86400))
            app.wait_any_text('Đồng hồ máy tính sai')
            shoot(app, 'clock-wrong')
            app.scan(TEA)
            total(app, 450000)
            open_pay(app)
            finish(app, 2)
            assert {row['day'] for row in app.query('SELECT day FROM sale')} == {day}
            app.key('Escape')
            # Somebody sets it: the line goes by itself.
            offset.write_text('0')
            app.gone(re.compile('Đồng hồ máy tính sai'))


def test_second_start_raises_the_first_window():
    with shop() as app:
        run(QUAY, '--data', app.folder)
        assert app.process.poll() is None


def test_newer_file_is_left_alone():
    with shop() as app:
        app.close()
        path = app.database()
        run('sqlite3', path, 'PRAGMA user_version = 9999')
        app.start()
        app.find('Thử lại')
        app.wait_any_text('mới hơn')
        assert run('sqlite3', path, 'PRAGMA user_version').strip() == '9999'


def test_damaged_file_is_put_aside_only_with_a_word():
    with shop() as app:
        copy = wait_until(lambda: next(iter((app.folder / 'backups').glob('*.db')), None), 'a backup')
        wait_until(lambda: run('sqlite3', '-readonly', copy, 'PRAGMA quick_check', check=False).strip() == 'ok',
                   'the backup to be whole')
        app.close()
        path = app.folder / 'quay.db'
        with open(path, 'r+b') as file:
            file.write(b'\xff' * 8192)
        damaged = path.read_bytes()
        app.start()
        app.wait_any_text('bị hỏng')
        assert path.read_bytes() == damaged
        app.press('Khôi phục bản sao lưu mới nhất…')
        app.press('Cất tệp hỏng và khôi phục')
        app.find('Quét hoặc gõ')
        assert any(other.read_bytes() == damaged for other in app.folder.iterdir() if other.is_file())
        app.focus_window()
        app.scan(NOODLES)
        total(app, 65000)


if __name__ == '__main__':
    main(globals())
