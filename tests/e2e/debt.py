#!/usr/bin/python3
# A sale on somebody's account, by keys alone: a new customer in place, part in cash, the rest owed,
# then the debt's payment into the drawer.
import os
import re

from harness import App, main

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


main(globals())
