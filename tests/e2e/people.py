#!/usr/bin/python3
# Users: signing in by the keyboard, a refusal that the manager lifts on the spot, the lock.
import os
import subprocess

from harness import QUAYCTL, App, main, wait_until
from sell import TEA, total

MANAGER, CASHIER = '135790', '246801'
WHO, ALLOW = 'Ai đang làm việc?', 'Việc này cần người cho phép'


def people(folder):
    """A manager and a cashier, by the command line."""
    for name, role, code, pin in (('Chị Quản', 'manager', 'ql', MANAGER), ('Em Thu', 'cashier', 'tn', CASHIER)):
        options, opened = [], []
        for option, secret in (('--pin-fd', MANAGER), ('--new-pin-fd', pin)):
            read, write = os.pipe()
            os.write(write, secret.encode() + b'\n')
            os.close(write)
            opened.append(read)
            options += [option, str(read)]
        subprocess.run([QUAYCTL, '--data', folder, '--user', 'ql', *options[:2], 'user', 'add', name, '--role', role,
                        '--code', code, *options[2:]], check=True, pass_fds=opened, capture_output=True, timeout=60)
        for fd in opened:
            os.close(fd)


def shop():
    app = App(sample=True)
    people(app.folder)
    return app


def choose(app, name):
    """A button that is pressed by assistive technology acts a quarter of a second later."""
    app.press(name, shown=False)
    wait_until(lambda: app.find(name, shown=False).has('pressed') or app.find(name, shown=False).has('checked'),
               f'{name} to be chosen')


def sign_in(app, name, pin):
    app.find(WHO)
    choose(app, name)
    app.type(pin)
    app.key('Return')
    app.gone(WHO)


def cash_out(app, button, amount, why):
    """More than a cashier may take out alone."""
    app.find(button, 'push button')
    app.key('F7')
    app.find(amount)
    app.type('600k')
    app.key('Tab')
    app.type('doi tien')
    wait_until(lambda: app.read(why) == 'doi tien', 'the reason')
    app.key('Return')


def works(app, code):
    app.wait_value(code, "SELECT who FROM audit WHERE act = 'login' ORDER BY no DESC LIMIT 1")


def test_refused_then_allowed_on_the_spot():
    with shop() as app:
        sign_in(app, 'Em Thu', CASHIER)
        works(app, 'tn')
        app.gone('Cài đặt')  # no page of theirs
        app.scan(TEA)
        total(app, 450000)
        app.key('ctrl+l')
        app.find(WHO)
        app.key('Escape')
        sign_in(app, 'Em Thu', CASHIER)
        total(app, 450000)  # the cart was kept
        app.key('alt+6')
        cash_out(app, 'Rút tiền', 'Số tiền', 'Lý do')
        app.find(ALLOW)
        assert app.value('SELECT count(*) FROM cash_move') == 0
        app.type(MANAGER)
        app.key('Return')
        # The dialog goes on by itself.
        app.wait_value(-600000, 'SELECT amount FROM cash_move')
        assert app.query("SELECT who, approver, act, amount FROM audit WHERE kind = 'override'") == [
            {'who': 'tn', 'approver': 'ql', 'act': 'cash', 'amount': 600000}]
        app.key('F12')
        sign_in(app, 'Chị Quản', MANAGER)
        works(app, 'ql')
        app.find('Cài đặt')


if __name__ == '__main__':
    main(globals())
