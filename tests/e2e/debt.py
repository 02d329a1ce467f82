#!/usr/bin/python3
# A sale on somebody's account, by keys alone: a new customer in place, part in cash, the rest owed,
# then the debt's payment into the drawer.
import os
import re

from harness import App, main
from pages import choose, click
from sell import finish, pass_guard

RECEIPTS = 'Phiếu bán'
CUSTOMERS = 'Khách, sổ nợ'
TO_PAY = 'Khách trả'
NOODLES = '2900000000018'  # Miến dong Tài Hoan 500 g, 65.000
DEBT = "SELECT coalesce(sum(n), 0) FROM running WHERE what = 'debt'"
DRAWER = "SELECT coalesce(sum(n), 0) FROM running WHERE what = 'drawer'"
PHONE = '0912345678'


def dong(amount):
    return f'{amount:,}'.replace(',', '.') + '\u00a0₫'


def shot(app, name):
    folder = os.environ.get('QUAY_SHOTS_DIR')
    if folder:
        app.think()
        app.screenshot(os.path.join(folder, name + '.png'))


def test_debt_and_its_payment():
    with App(sample=True) as app:
        app.scan(NOODLES)
        app.wait_any_text('65.000')
        app.key('ctrl+k')
        app.find('Tên hoặc số điện thoại', 'text', shown=False)
        shot(app, 'debt-pick-empty')
        app.type('Lan')
        app.key('ctrl+n')
        app.find('Được nợ đến', 'text', shown=False)
        app.key('Tab')
        app.type(PHONE)
        app.key('Tab', 'Tab')
        app.type('200k')
        shot(app, 'debt-form')
        app.key('Return')
        app.wait_value(1, "SELECT count(*) FROM fact WHERE kind = 'customer' AND field = 'limit'")
        app.think()
        shot(app, 'debt-cart')
        app.key('F9')
        app.wait_text(TO_PAY, dong(65000))
        app.think()
        app.type('15k')
        shot(app, 'debt-pay')
        app.key('F3')
        app.wait_value(50000, DEBT)
        assert app.value(DRAWER) == 15000
        app.think()
        app.key('Return')
        app.press(RECEIPTS, 'push button', shown=False)
        app.press(CUSTOMERS, 'push button', shown=False)
        app.wait_text('Còn nợ', dong(50000))
        shot(app, 'debt-customers')
        app.key('F9')
        app.find('Số tiền', 'text', shown=False)
        app.key('ctrl+a')
        app.type('20k')
        shot(app, 'debt-dialog')
        app.key('Return')
        app.wait_value(30000, DEBT)
        assert app.value(DRAWER) == 35000
        app.wait_text('Còn nợ', dong(30000))
        assert app.value("SELECT count(*) FROM customer_move WHERE number LIKE 'QT1A-PT%'") == 1
        # nowhere in what lies on the disk
        for name in os.listdir(app.folder):
            path = os.path.join(app.folder, name)
            if os.path.isfile(path):
                assert PHONE.encode() not in open(path, 'rb').read(), name


def test_points_of_who_agreed():
    with App('--page', 'settings', sample=True) as app:
        app.press('Cửa hàng', shown=False)
        choose(app, 'Khách được một điểm cho mỗi', 'Down')
        app.wait_value(1, "SELECT count(*) FROM fact WHERE field = 'shop.points' AND value = '10000'")
        choose(app, 'Một điểm trả được', 'Down', 'Down', 'Down', 'Down')
        app.wait_value(1, "SELECT count(*) FROM fact WHERE field = 'shop.point_worth' AND value = '1000'")
        app.key('alt+1')
        app.scan(NOODLES, NOODLES, NOODLES)
        app.wait_text(TO_PAY, dong(195000))
        app.key('ctrl+k')
        app.find('Tên hoặc số điện thoại', 'text')
        app.type('Lan')
        app.key('ctrl+n')
        app.find('Được nợ đến', 'text')
        # ticked by the mouse; Enter saves and does not take the tick away again
        click(app.find(re.compile('^Cửa hàng lưu')))
        app.key('Return')
        app.wait_value(1, "SELECT count(*) FROM fact WHERE kind = 'customer' AND field = 'sealed'")
        app.gone('Được nợ đến')
        app.key('F9')
        app.find('Khách đưa')
        finish(app, 1)
        app.wait_value(19, "SELECT n FROM running WHERE what = 'points'")
        app.key('Return')
        app.scan(NOODLES)
        app.key('ctrl+k')
        app.find('Tên hoặc số điện thoại', 'text')
        app.type('lan')
        pass_guard(app)
        app.key('Return')
        app.wait_any_text(re.compile('điểm: 19'))
        app.key('F9')
        app.find('Khách đưa')
        app.press(re.compile('^Trả 19.000'), 'push button')
        app.wait_any_text(re.compile('46.000'))
        finish(app, 2)
        # 46.000 paid in money earn 4
        app.wait_value(4, "SELECT n FROM running WHERE what = 'points'")
        assert app.query('SELECT tender, amount FROM payment WHERE doc ='
                         ' (SELECT id FROM sale ORDER BY no DESC LIMIT 1) ORDER BY tender') == [
            {'tender': 'cash', 'amount': 46000}, {'tender': 'points', 'amount': 19000}]


if __name__ == '__main__':
    main(globals())
