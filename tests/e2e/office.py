#!/usr/bin/python3
# The office's side of the till: who did what, training on a copy, and a restore tried out first.
import re

from harness import App, main, run, shoot
from sell import NOODLES, TEABAGS, dong, finish, open_pay, total


def sales(app):
    return app.value('SELECT count(*) FROM sale')


def menu_first(app):
    """Training is the first line of the menu."""
    x, y, width, height = app.find('Trình đơn').area()
    run('xdotool', 'mousemove', x + width // 2, y + height // 2, 'click', 1)
    app.think(0.4)
    app.key('Return')


def test_training_and_the_audit():
    with App(sample=True, settings={'till.printer': 'none'}) as app:
        app.scan(TEABAGS)
        total(app, 150000)
        open_pay(app)
        finish(app, 1)
        app.key('Escape')

        # Practice: another window, marked, on a copy; what is sold there is nowhere afterwards.
        menu_first(app)
        app.press('Bắt đầu tập', 'push button')
        app.find('TẬP DÙNG — không phải bán thật')
        app.focus_window()
        app.scan(NOODLES)
        total(app, 65000)
        shoot(app, 'training')
        menu_first(app)
        app.gone('TẬP DÙNG — không phải bán thật')
        assert not (app.folder / 'training').exists()
        assert sales(app) == 1

        # The audit: a line taken off a cart is there, with the state of the journal.
        app.focus_window()
        app.scan(NOODLES)
        total(app, 65000)
        app.key('Delete')
        app.wait_value(1, "SELECT count(*) FROM audit WHERE kind = 'cart.removed'")
        app.key('alt+9')
        app.wait_any_text(re.compile(r'mục, liền mạch từ \d\d/\d\d/\d\d\d\d'))
        app.find('Bỏ khỏi giỏ')
        shoot(app, 'audit')


if __name__ == '__main__':
    main(globals())
