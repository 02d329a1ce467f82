#!/usr/bin/python3
# Accounts for transfers on the settings page: typed, scanned from the bank's app, chosen, taken out; and
# the codes that customers scan from the screen, read off pictures of it by zbarimg.
import os
import pathlib
import subprocess
import tempfile

from harness import App, main, quayctl, wait_until

AGRIBANK = '8300205012345'


def bank_code():
    """What the bank's app shows for receiving money."""
    with tempfile.TemporaryDirectory() as folder:
        made = quayctl(pathlib.Path(folder), 'vietqr', '--bin', '970446', '--account', '0011AB22')
    return made.stdout.strip() if hasattr(made, 'stdout') else made.strip()


def on_screen(app):
    """The texts of QR codes that can be read off the screen."""
    with tempfile.NamedTemporaryFile(suffix='.png') as picture:
        app.screenshot(picture.name)
        done = subprocess.run(['zbarimg', '-q', '--nodbus', '--raw', '-Sdisable', '-Sqr.enable', picture.name],
                              capture_output=True, text=True)
    return done.stdout.split('\n')[:-1]


def read_code(app, what):
    """The fields of the one transfer code on the screen."""
    def one():
        texts = on_screen(app)
        return texts[0] if len(texts) == 1 else None
    payload = wait_until(one, what)
    with tempfile.TemporaryDirectory() as folder:
        return quayctl(pathlib.Path(folder), 'vietqr', '--parse', payload)


def accounts(app):
    return app.query("SELECT CAST(entity AS TEXT), value FROM fact WHERE kind = 'setting' AND field = 'holder'"
                     " AND value IS NOT NULL ORDER BY 1")


def test_accounts():
    with App('--page', 'settings', sample=True) as app:
        app.press('Thêm tài khoản…', 'push button')
        app.find('Số tài khoản', 'text')
        app.press('Lưu', 'push button')
        app.wait_any_text('Hãy chọn ngân hàng trong danh sách hoặc gõ mã sáu chữ số.')
        app.type('agribank')
        app.key('Down', 'Tab')
        app.think(0.2)
        app.type('8300 2050 12345')
        app.key('Return')
        app.wait_any_text('Hãy gõ tên, nhiều nhất 60 chữ.')
        app.type('HTX OCOP')
        app.key('Return')
        app.wait_any_text('Agribank · 8300\u00a02050\u00a012345')
        assert accounts(app) == [(f'account.970405.{AGRIBANK}', 'HTX OCOP')], accounts(app)


main(globals())
