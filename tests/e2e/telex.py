#!/usr/bin/python3
# A Vietnamese input method is on, as it is in every shop: Telex turns "aa" into "â" and "w" into "ư". A
# scan goes past it untouched, and what is typed next is Vietnamese still.
import re

from harness import main
from sell import NOODLES, dong, finish, open_pay, shop, total

LETTERS = 'OWAASF0123'  # what Telex would make "ƠÂSF…" of


def test_scan_is_not_altered():
    with shop() as app:
        app.scan(LETTERS)
        app.wait_any_text(LETTERS)
        app.key('Escape')
        app.scan(NOODLES)
        total(app, 65000)
        open_pay(app)
        finish(app, 1)


def test_typing_is_vietnamese_before_and_after_a_scan():
    with shop() as app:
        app.type('mieesn ')
        app.wait_text('Quét hoặc gõ', re.compile('miến'))
        app.scan(NOODLES)
        total(app, 65000)
        app.type('nghej ')
        app.find(re.compile('^Tinh bột nghệ '))
        app.key('Escape')
        app.scan(NOODLES, NOODLES)
        total(app, 195000)


def test_no_letters_in_the_amount():
    with shop() as app:
        app.scan(NOODLES)
        total(app, 65000)
        open_pay(app)
        app.type('100k')
        app.wait_text('Tiền thối', dong(35000))


if __name__ == '__main__':
    main(globals())
