#!/usr/bin/python3
# Accounts for transfers on the settings page: typed, scanned from the bank's app, chosen, taken out; and
# the codes that customers scan from the screen, read off pictures of it by zbarimg.
import json
import re
import subprocess
import tempfile

from harness import QUAYCTL, App, main, run, shoot, wait_until
from sell import open_pay

TEA = '2900000000049'  # 60.000
AGRIBANK = 'account.970405.8300205012345'
COOP = 'account.970446.0011AB22'


def read_code(app, wanted):
    """The fields of the one transfer code on the screen, once @wanted is true of them."""
    def one():
        with tempfile.NamedTemporaryFile(suffix='.png') as picture:
            app.screenshot(picture.name)
            done = subprocess.run(['zbarimg', '-q', '--nodbus', '--raw', '-Sdisable', '-Sqr.enable', picture.name],
                                  capture_output=True, text=True)
        texts = done.stdout.split('\n')[:-1]
        if len(texts) != 1:
            return None
        fields = json.loads(run(QUAYCTL, 'vietqr', '--parse', texts[0]))
        return fields if wanted(fields) else None
    return wait_until(one, 'a code that can be read')


def accounts(app):
    """Code and holder of the accounts."""
    rows = app.query("SELECT CAST(entity AS TEXT) AS code, value FROM fact WHERE kind = 'setting' AND field = 'holder'"
                     " AND value IS NOT NULL ORDER BY 1")
    return {row['code']: row['value'] for row in rows}


def add_by_hand(app):
    app.press('Thêm tài khoản…', 'push button')
    app.find('Số tài khoản', 'text')
    app.press('Lưu', 'push button')
    app.wait_any_text('Hãy chọn ngân hàng trong danh sách hoặc gõ mã sáu chữ số.')
    app.type('123456')
    app.wait_any_text(re.compile('^Ngân hàng không có trong danh sách VietQR'))
    app.key('ctrl+a')
    app.type('gpbank')
    app.key('Down', 'Tab')
    app.wait_any_text(re.compile('^Ngân hàng này chỉ nhận tiền'))
    shoot(app, 'bank-receives')
    app.key('shift+Tab', 'ctrl+a')
    app.type('agribank')
    app.key('Down', 'Tab')
    app.think(0.2)
    app.type('8300 2050 12345')
    app.key('Return')
    app.wait_any_text('Hãy gõ tên, nhiều nhất 60 chữ.')
    app.type('HTX OCOP')
    app.key('Return')
    app.wait_any_text('Agribank · 8300\u00a02050\u00a012345')


def add_by_scan(app):
    """What the bank's app shows for receiving money is read by the scanner."""
    code = run(QUAYCTL, 'vietqr', '--bin', '970446', '--account', '0011AB22').strip()
    app.press('Thêm tài khoản…', 'push button')
    app.find('Số tài khoản', 'text')
    app.scan(code[:-1] + ('0' if code[-1] != '0' else '1'))
    app.wait_any_text('Mã bị sửa hoặc đọc nhầm: số kiểm tra không khớp.')
    app.scan(code)
    app.wait_any_text('0011AB22')
    app.type('Quay hoi cho')
    app.key('Return')
    app.wait_any_text(re.compile('Co-op Bank · 0011.AB22'))


def test_accounts():
    with App('--page', 'settings', sample=True) as app:
        app.press('Tài khoản', shown=False)
        add_by_hand(app)
        add_by_scan(app)
        assert accounts(app) == {AGRIBANK: 'HTX OCOP', COOP: 'Quay hoi cho'}, accounts(app)
        app.press(re.compile('^Đặt mặc định: Co-op'), 'push button')
        app.find(re.compile('^Đặt mặc định: Agribank'), 'push button')
        shoot(app, 'bank-card')
        app.press(re.compile('^In biển quét mã: Agribank'), 'push button')
        fields = read_code(app, lambda read: read['bin'] == '970405')
        assert fields['use'] == 'many' and fields['amount'] is None, fields
        shoot(app, 'bank-sign')
        app.key('Escape')
        app.press(re.compile('^Bỏ ra: Co-op'), 'push button')
        app.find('Bỏ tài khoản này?')
        app.key('Tab')  # Cancel has the keyboard
        app.key('Return')
        wait_until(lambda: list(accounts(app)) == [AGRIBANK], 'the account to be gone')
        app.gone(re.compile('^Bỏ ra: Co-op'))

        # A sale: the code stays the same for the cart, whatever is paid by it, and goes into the sale.
        app.key('alt+1')
        app.scan(TEA, TEA)
        app.wait_any_text('120.000')
        open_pay(app)
        app.key('F6')
        fields = read_code(app, lambda read: read['amount'] == 120000)
        assert (fields['bank'], fields['use']) == ('Agribank', 'once'), fields
        code = fields['purpose']
        assert re.fullmatch('QT1A[0-9A-Z]{8}', code), code
        app.type('50k')
        assert read_code(app, lambda read: read['amount'] == 50000)['purpose'] == code
        app.wait_any_text('Đang chờ tiền về')
        shoot(app, 'pay-transfer')
        app.key('F4')
        app.wait_any_text(re.compile('thu-ngan đã thấy tiền lúc'))
        app.key('F8')
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM sale')
        rows = app.query('SELECT tender, amount, ref, seen > 0 AS seen FROM payment ORDER BY line')
        rows = [tuple(row.values()) for row in rows]
        assert rows == [('transfer', 50000, code, 1), ('cash', 70000, None, 0)], rows


main(globals())
