#!/usr/bin/python3
# Orders with a deposit, by keyboard and scanner: taken, handed over with the rest paid, cancelled.
import os
import re

from harness import App, main

RECEIPTS = 'Phiếu bán'
ORDERS = 'Đơn đặt'
TO_PAY = 'Khách trả'
NOODLES = '2900000000018'  # Miến dong Tài Hoan 500 g, 65.000
TEA = '2900000000025'
OPEN_ORDERS = ('SELECT count(*) FROM customer_order o WHERE NOT EXISTS'
               ' (SELECT 1 FROM customer_order_end e WHERE e.order_id = o.id)')
DRAWER = "SELECT coalesce(sum(amount), 0) FROM cash_move"


def dong(amount):
    return f'{amount:,}'.replace(',', '.') + '\u00a0₫'


def shot(app, name):
    folder = os.environ.get('QUAY_ORDER_SHOTS')
    if folder:
        app.think()
        app.screenshot(os.path.join(folder, name + '.png'))


def open_orders(app):
    app.press(RECEIPTS, 'push button', shown=False)
    app.press(ORDERS, 'push button', shown=False)
    app.find('Tìm đơn đặt', 'text')


def take_order(app, name, deposit, quantity='3'):
    """By keys alone: the form from top to bottom, then the goods."""
    app.key('ctrl+n')
    app.find('Điện thoại', 'text', shown=False)
    app.type(name)
    app.key('Return')
    app.type('0912345678')
    app.key('Return')
    app.type('31/12')
    app.key('Return')
    app.type(deposit)
    app.scan(NOODLES)
    app.key('F2')
    app.type('mien')
    app.find('Hàng tìm thấy', 'list', shown=False)
    app.key('Return')
    app.type(quantity)
    app.key('Return')


def test_order_is_taken_and_handed_over():
    with App(sample=True) as app:
        open_orders(app)
        shot(app, 'orders-empty')
        take_order(app, 'Lan', '100k')
        app.wait_text('Tổng đơn đặt', dong(195000))
        app.wait_text('Còn trả khi nhận hàng', dong(95000))
        shot(app, 'order-form')
        app.key('ctrl+s')
        app.wait_value(1, 'SELECT count(*) FROM customer_order')
        app.wait_text('Số đơn đặt', re.compile('^QT1A-DH'))
        assert app.value(DRAWER) == 100000
        shot(app, 'orders')
        app.key('F9')
        app.wait_text(TO_PAY, dong(95000))
        shot(app, 'order-pay')
        app.think()
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM sale')
        assert app.value(OPEN_ORDERS) == 0
        assert app.value("SELECT amount FROM payment WHERE tender = 'deposit'") == 100000
        assert app.value("SELECT amount FROM payment WHERE tender = 'cash'") == 95000
        assert app.value('SELECT sum(total) FROM sale') == 195000
        app.think()
        app.key('Return')
        open_orders(app)
        app.press('Cả đơn đã xong', 'push button', shown=False)
        app.wait_text('Tình trạng đơn', 'đã giao')
        shot(app, 'order-handed')


def test_power_goes_before_paying():
    with App(sample=True) as app:
        open_orders(app)
        take_order(app, 'Lan', '100k')
        app.key('ctrl+s')
        app.wait_value(1, 'SELECT count(*) FROM customer_order')
        app.key('F9')
        app.wait_text(TO_PAY, dong(95000))
        app.kill()
        app.start()
        app.think()
        app.key('F9')
        app.wait_text(TO_PAY, dong(95000))
        app.think()
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM sale')
        assert app.value("SELECT sum(amount) FROM payment WHERE tender = 'deposit'") == 100000


def test_bad_input_is_told_at_its_field():
    with App(sample=True) as app:
        open_orders(app)
        app.key('ctrl+n')
        app.find('Điện thoại', 'text', shown=False)
        app.key('ctrl+s')
        app.wait_any_text('Ai đặt? Ghi tên khách.')
        app.type('Lan')
        app.key('ctrl+s')
        app.wait_any_text('Thêm hàng khách đặt.')
        app.scan(TEA)
        app.key('ctrl+s')
        app.wait_value(1, 'SELECT count(*) FROM customer_order')
        assert app.value(DRAWER) == 0


def test_cancelling_gives_the_deposit_back():
    with App(sample=True) as app:
        open_orders(app)
        take_order(app, 'Lan', '100k')
        app.key('ctrl+s')
        app.wait_value(1, 'SELECT count(*) FROM customer_order')
        app.press('Huỷ đơn…', 'push button', shown=False)
        app.find('Trả lại khách', 'text', shown=False)
        app.key('ctrl+a')
        app.type('60k')
        app.key('Return')
        app.wait_any_text('Hãy ghi lý do')
        app.type('khach doi y')
        shot(app, 'order-cancel')
        app.key('Return')
        app.wait_value(0, OPEN_ORDERS)
        assert app.value(DRAWER) == 40000


main(globals())
