#!/usr/bin/python3
# Paying: change, several ways, what is asked before, and the scans of the next customer meanwhile.
from harness import main, wait_until
from sell import CHANGE, GIVEN, NOODLES, SPIRIT, TEA, TEABAGS, TO_PAY, YES, dong, finish, open_pay, paying, shop, total


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
