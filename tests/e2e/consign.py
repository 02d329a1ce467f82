#!/usr/bin/python3
# Consigned goods: a producer is settled with and paid in cash; the form as other programs read it.
import os
import re

from harness import App, main, quayctl, run, wait_until

SETTLE = re.compile('^Thanh toán$')
POST = re.compile('^Ghi sổ thanh toán')
PRINT = re.compile('^In mẫu 01-BH')
PAY = re.compile('^Chi trả')


def dong(amount):
    return f'{amount:,}'.replace(',', '.')


def press(app, name):
    app.press(name, 'push button', shown=False)


def shop_with_lots():
    """A sample shop with lots of three products of one producer, of which some was sold."""
    app = App(sample=True)
    run(os.path.join(os.environ['QUAY_BUILD_DIR'], 'tests/e2e/make-consign'), app.folder)
    quayctl(app.folder, 'sell', '2900000000025:2', '2900000000032:7', '--tender', 'cash:5000000')
    quayctl(app.folder, 'sell', '2900000000049:5', '--tender', 'cash:300000')
    return app


def words_of(path):
    """The letters of a PDF, each run of blanks one blank."""
    return re.sub(r'\s+', ' ', run('pdftotext', '-layout', path, '-'))


def check_form(app):
    """Every figure of the form is one of the database."""
    text = words_of(app.folder / 'forms' / 'QT1A-QT26-0001.pdf')
    assert 'BẢNG THANH TOÁN HÀNG ĐẠI LÝ, KÝ GỬI' in text, text
    assert 'Mẫu số 01-BH' in text and '07/HĐKG' in text, text
    assert 'từ ngày' in text and 'Số hàng đã bán trong kỳ' in text and '3 = 1+2' in text, text
    lots = app.query('SELECT name, opening, received, sold, amount FROM settled_lot ORDER BY line')
    assert len(lots) == 3, lots
    for _name, *figures in (row.values() for row in lots):
        opening, received, sold, amount = figures
        row = ' '.join([str(opening // 1000), str(received // 1000), str((opening + received) // 1000),
                        str(sold // 1000), dong(amount * 1000 // sold), dong(amount),
                        str((opening + received - sold) // 1000)])
        assert row in text, (row, text)
    amount, cost = app.query('SELECT amount, cost FROM settlement')[0].values()
    assert f'đại lý được hưởng: {dong(amount - cost)} đ' in text, text
    assert f'(IV = 6 − II − III): {dong(cost)} đ' in text, text


def test_settle_and_pay():
    with shop_with_lots() as app:
        press(app, 'Ký gửi')
        app.find('Tìm cơ sở', 'text').focus()
        app.type('ha diep')
        app.wait_any_text(re.compile('^1 cơ sở$'))
        press(app, SETTLE)
        app.find(POST, 'push button', shown=False)
        # 2 × 450.000 + 7 × 150.000 + 5 × 60.000, of which 15 % stay with the shop
        app.wait_any_text('2.250.000')
        app.wait_any_text('1.912.500')
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM settlement')
        assert app.value('SELECT cost FROM settlement') == 1912500
        press(app, PRINT)
        wait_until((app.folder / 'forms' / 'QT1A-QT26-0001.pdf').exists, 'the form')
        check_form(app)
        drawer = app.value("SELECT sum(n) FROM running WHERE what = 'drawer'")
        press(app, PAY)
        app.find('Hình thức', 'combo box')
        app.key('Return')
        app.wait_value(0, "SELECT n FROM running WHERE what = 'owed'")
        assert app.value("SELECT sum(n) FROM running WHERE what = 'drawer'") == drawer - 1912500
        assert app.value("SELECT number FROM entry WHERE kind = 'payout'") == 'QT1A-PC26-0001'


def test_more_than_owed_is_told_at_the_field():
    with shop_with_lots() as app:
        press(app, 'Ký gửi')
        app.find('Tìm cơ sở', 'text').focus()
        app.type('ha diep')
        app.wait_any_text(re.compile('^1 cơ sở$'))
        press(app, SETTLE)
        app.find(POST, 'push button', shown=False)
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM settlement')
        press(app, PAY)
        app.find('Hình thức', 'combo box')
        app.type('2tr')
        app.key('Return')
        app.wait_any_text(re.compile('Nhiều hơn số đang nợ'))
        assert app.value('SELECT count(*) FROM entry') == 1


main(globals())
