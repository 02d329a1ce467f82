#!/usr/bin/python3
# Paying: change, several ways, what is asked before, and the scans of the next customer meanwhile.
import re
import signal

from harness import main, wait_until
from sell import (CHANGE, GIVEN, NEXT, NOODLES, SPIRIT, TEA, TEABAGS, TO_PAY, YES, dong, finish, open_pay, pass_guard,
                  paying, shop, total)


def test_change_and_the_shorthand_for_thousands():
    with shop() as app:
        app.scan(TEA)
        total(app, 450000)
        open_pay(app, key='F9')
        app.type('500k')
        app.wait_text(CHANGE, dong(50000))
        finish(app, 1)
        app.wait_text(CHANGE, dong(50000))
        assert app.query('SELECT given, change FROM payment') == [{'given': 500000, 'change': 50000}]


def test_scan_while_paying_waits():
    with shop() as app:
        app.scan(NOODLES)
        total(app, 65000)
        open_pay(app)
        app.scan(TEABAGS, TEA)
        app.wait_any_text('2 mã đang chờ')
        assert app.read(GIVEN) in ('', 'Khách đưa')
        finish(app, 1)
        assert app.value('SELECT total FROM sale') == 65000
        app.wait_text(CHANGE, dong(0))
        app.key('Escape')
        total(app, 600000)


def test_enter_right_after_a_scan_does_not_pay():
    with shop() as app:
        # A second Return with the scanner's own. The scan behind it would wait beside an open pay panel:
        # that it is in the cart shows there was none.
        app.burst(f'{NOODLES}\r\r{TEABAGS}\r\r')
        total(app, 215000)
        pass_guard(app)
        assert not paying(app)
        app.key('Return')
        app.find(GIVEN)
        assert app.value('SELECT count(*) FROM sale') == 0


def test_enter_right_after_the_panel_opens_does_not_pay():
    with shop() as app:
        app.scan(NOODLES)
        total(app, 65000)
        pass_guard(app)
        app.key('Return', 'Return')
        app.find(GIVEN)
        # What is typed next arrives after both: the panel stands still, and takes it.
        app.type('100k')
        app.wait_text(CHANGE, dong(35000))
        assert app.value('SELECT count(*) FROM sale') == 0
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM sale')
        assert app.query('SELECT given, change FROM payment') == [{'given': 100000, 'change': 35000}]


def test_enter_right_after_the_sale_leaves_the_change():
    with shop() as app:
        app.scan(NOODLES)
        total(app, 65000)
        open_pay(app)
        app.type('100k')
        app.wait_text(CHANGE, dong(35000))
        app.key('Return')
        app.find(NEXT)
        pass_guard(app)
        app.key('Return')
        app.gone(NEXT)
        # One Return took one thing away, and did not open the next.
        assert not paying(app)
        assert app.value('SELECT count(*) FROM sale') == 1


UNSURE = re.compile('chưa chắc phiếu đã in xong')


def printed(app, number):
    return app.value("SELECT state FROM print_job WHERE sale = (SELECT id FROM sale WHERE number = ?)", number)


def lose_power_before_the_print(app, number):
    """Stops the till the moment the sale is in the file, and ends it there if the receipt is not out. A
    long receipt takes its time to be drawn; TRUE if the till was caught in it."""
    app.scan(*[NOODLES, TEABAGS, TEA, '2900000000049', '2900000000056', '2900000000063', '2900000000070'])
    total(app, 1120000)
    pass_guard(app)
    app.key('Return')
    app.find(GIVEN)
    pass_guard(app)
    app.key('Return')
    wait_until(lambda: app.value('SELECT count(*) FROM sale WHERE number = ?', number), f'sale {number}', pause=0)
    app.process.send_signal(signal.SIGSTOP)
    if printed(app, number) == 'sent':
        app.process.send_signal(signal.SIGCONT)
        app.find(NEXT)
        return False
    app.kill()
    return True


def test_receipt_lost_with_the_power_is_offered_again():
    with shop() as app:
        numbers = [f'QT1A-{sale:06}' for sale in range(1, 6)]
        number = next(number for number in numbers if lose_power_before_the_print(app, number))
        assert app.value('SELECT count(*) FROM sale WHERE number = ?', number) == 1
        app.start()
        notice = app.find(UNSURE)
        assert number in notice.text and dong(1120000) in notice.text
        total(app, 0)
        app.press('In lại', 'push button', shown=False)
        wait_until(lambda: printed(app, number) == 'sent', 'the receipt')
        app.wait_value(1, "SELECT count(*) FROM audit WHERE kind LIKE '%reprint%' AND ref = ?", number)
        assert list((app.folder / 'receipts').glob(f'{number}*.png'))
        app.gone(UNSURE)
        # It is not asked twice.
        app.kill()
        app.start()
        total(app, 0)
        assert not app.find_all(UNSURE)


def test_alcohol_asks_for_the_age():
    with shop() as app:
        app.scan(SPIRIT)
        total(app, 180000)

        def asked():
            if not app.find_all(YES):
                app.key('F9')
            return app.find_all(YES)
        wait_until(asked, 'the question for the age')
        assert not paying(app)
        app.key('Escape')
        app.gone(YES)
        assert app.value('SELECT count(*) FROM sale') == 0
        wait_until(asked, 'the question for the age')
        app.press(YES)
        app.find(GIVEN)
        finish(app, 1)
        assert app.value('SELECT age FROM sale') == 1


def test_an_amount_like_a_slip_is_asked_for():
    with shop() as app:
        app.scan(NOODLES)
        total(app, 65000)
        open_pay(app)
        app.type('65000000')
        app.wait_text(CHANGE, dong(64935000))
        app.key('Return')
        app.find('Huỷ')
        app.key('Escape')
        app.gone('Huỷ')
        assert app.value('SELECT count(*) FROM sale') == 0


def test_two_ways_of_paying():
    with shop() as app:
        app.scan(TEA)
        total(app, 450000)
        open_pay(app)
        app.type('200k')
        app.key('F8')
        app.wait_text(TO_PAY, dong(250000))
        finish(app, 1)
        assert app.query('SELECT tender, amount FROM payment ORDER BY line') == [
            {'tender': 'cash', 'amount': 200000}, {'tender': 'transfer', 'amount': 250000}]


if __name__ == '__main__':
    main(globals())
