#!/usr/bin/python3
# Users: signing in by the keyboard, a refusal that the manager lifts on the spot, the lock.
import os
import subprocess

from harness import QUAYCTL, App, main, wait_until
from sell import TEA, total

MANAGER, CASHIER = '135790', '246801'
WHO, ALLOW = 'Ai đang làm việc?', 'Việc này cần người cho phép'


def ask(folder, who, *command, new_pin=None):
    """quayctl for a user; PINs go by descriptors."""
    options, opened = ['--user', who[0], '--pin-fd'], []
    for pin in (who[1], new_pin):
        read, write = os.pipe()
        os.write(write, (pin or '').encode() + b'\n')
        os.close(write)
        opened.append(read)
    options.append(str(opened[0]))
    more = ['--new-pin-fd', str(opened[1])] if new_pin else []
    subprocess.run([QUAYCTL, '--data', folder, *options, *command, *more], check=True, pass_fds=opened,
                   capture_output=True, timeout=60)
    for fd in opened:
        os.close(fd)


def people(folder):
    """A manager and a cashier, whose shift is open: they have sold something."""
    manager = ('ql', MANAGER)
    ask(folder, manager, 'user', 'add', 'Chị Quản', '--role', 'manager', '--code', 'ql', new_pin=MANAGER)
    ask(folder, manager, 'user', 'add', 'Em Thu', '--role', 'cashier', '--code', 'tn', new_pin=CASHIER)
    ask(folder, ('tn', CASHIER), 'sell', TEA)


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


def cash_out(app, english=False):
    """More than a cashier may take out alone."""
    button, amount, why, ok = (('Cash out', 'How much', 'What for', 'Take out') if english else
                               ('Rút tiền', 'Số tiền', 'Lý do', 'Bỏ ra'))
    app.find(button, 'push button')
    app.key('F7')
    app.find(amount, 'text').set_text('600000')
    app.find(why, 'text').set_text('đổi tiền lẻ')
    app.press(ok, 'push button')


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
        cash_out(app)
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
        # The next one has no such page: the keyboard is at the counter, not on a button of the bar.
        app.key('alt+8', 'ctrl+l')
        sign_in(app, 'Em Thu', CASHIER)
        app.wait_focus('Quét hoặc gõ')


if __name__ == '__main__':
    main(globals())
