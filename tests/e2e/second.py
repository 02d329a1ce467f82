#!/usr/bin/python3
# Second thoughts at the counter: a packet comes back in exchange for another, and a payment that was
# written down wrong is put right; the slip of what came back is printed again.
from harness import main, shoot
from sell import CHANGE, NOODLES, TEABAGS, dong, finish, open_pay, shop, total, two_returns

DRAWER = "SELECT n FROM running WHERE what = 'drawer'"


def test_exchange_and_a_payment_put_right():
    with shop() as app:
        app.scan(TEABAGS, TEABAGS)
        two_returns(app, 300000)
        app.wait_any_text('QT1A-000001')
        app.key('Escape', 'alt+2')
        app.find('Tìm phiếu', shown=False)
        app.key('F8')
        back = 'Trả lại: Trà hoa vàng túi lọc 20 túi'
        app.find(back)
        app.type('3')
        app.wait_any_text('Dòng 1: ghi số lượng trả lại')
        app.key('BackSpace')
        app.type('1')
        app.wait_text('Trả lại khách', dong(150000))
        shoot(app, 'second-back')
        app.press('Đổi hàng', 'push button')
        app.scan(NOODLES)
        total(app, 65000)
        open_pay(app)
        shoot(app, 'second-exchange')
        finish(app, 2)
        app.wait_text(CHANGE, dong(85000))
        assert app.query('SELECT tender, amount FROM payment ORDER BY no') == [
            {'tender': 'cash', 'amount': 300000}, {'tender': 'exchange', 'amount': 65000},
            {'tender': 'exchange', 'amount': -65000}, {'tender': 'cash', 'amount': -85000}]
        assert app.value(DRAWER) == 215000
        app.key('Escape', 'alt+2')
        app.find('QT1A-000002')
        app.press('Sai cách trả tiền', 'push button')
        app.find('Thật ra trả bằng')
        shoot(app, 'second-fix')
        app.key('Escape')
        app.press('Khách trả lại…', 'push button')
        app.find('Phiếu như khi in')
        shoot(app, 'second-slip')
        app.key('ctrl+p')
        app.wait_value('QT1A-TH26-0001', "SELECT ref FROM audit WHERE kind = 'receipt.reprinted'")


if __name__ == '__main__':
    main(globals())
