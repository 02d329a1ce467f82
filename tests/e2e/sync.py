#!/usr/bin/python3
# The till and the province's server: enrolling, selling with the server gone, and the chip that tells.
import pathlib
import re
import shutil
import tempfile

from harness import App, main, quayctl, shoot
from server import Server

NOODLES = '2900000000018'  # Miến dong Tài Hoan 500 g, OCOP001, 65.000

SERVER = 'Máy chủ'
SELL = 'Bán hàng'
RECEIPTS = 'Phiếu bán'
CUSTOMERS = 'Khách, sổ nợ'
NEXT = re.compile('^Đơn tiếp theo')
ADDRESS = 'Địa chỉ máy chủ'
CODE = 'Mã dùng một lần'
STATE = 'Trạng thái'
SENT = re.compile('^Đã gửi hết')
OFFLINE = re.compile('^Mất mạng · [2-9] mục chờ gửi từ [0-9:]+$')


def make_site(server):
    return server.command('site', 'add', 'Quế Thanh', '--commune', '01915')[0]['site']


def enrol(app, server, site):
    """As a manager does it: the address and the code from the office, typed into the card."""
    code = server.command('till', 'code', site)[0]['code']
    app.press(SERVER, 'push button', shown=False)
    app.press(re.compile('^Đăng ký'), 'push button', shown=False)
    app.find(ADDRESS, 'text').set_text(server.url)
    app.find(CODE, 'text').set_text(code)
    app.press('Đăng ký', 'push button', shown=False)


def sell(app):
    app.press(SELL, 'push button', shown=False)
    before = app.value('SELECT count(*) FROM sale')
    app.scan(NOODLES)
    app.wait_text('Khách trả', re.compile('65.000'))
    app.think()
    app.key('Return')
    app.think()
    app.key('Return')
    app.wait_value(before + 1, 'SELECT count(*) FROM sale')
    app.press(NEXT, 'push button', shown=False)
    app.gone(NEXT)


def test_sold_offline_reaches_the_server():
    with Server() as server, App(sample=True) as app:
        site = make_site(server)
        server.start()
        enrol(app, server, site)
        app.wait_text(STATE, SENT, seconds=30)
        app.find(SENT, 'push button', shown=False)
        shoot(app, 'server-sent')
        server.wait_rows([(app.value('SELECT count(*) FROM journal'),)], 'SELECT count(*) FROM journal')
        server.stop()
        sell(app)
        sell(app)
        app.find(OFFLINE, 'push button', seconds=60, shown=False)
        app.press(SERVER, 'push button', shown=False)
        app.wait_text(STATE, OFFLINE)
        shoot(app, 'server-offline')
        server.start()
        app.press('Gửi ngay', 'push button', shown=False)
        app.find(SENT, 'push button', seconds=60, shown=False)
        sales = [tuple(row.values()) for row in app.query('SELECT number, total FROM sale ORDER BY number')]
        assert len(sales) == 2
        server.wait_rows(sales, 'SELECT number, total FROM sale ORDER BY number')
        assert server.query('SELECT count(*) FROM held') == [(0,)]


def test_bad_code_is_told_at_the_field():
    with Server() as server, App(sample=True) as app:
        site = make_site(server)
        server.start()
        code = server.command('till', 'code', site)[0]['code']
        app.press(SERVER, 'push button', shown=False)
        app.press(re.compile('^Đăng ký'), 'push button', shown=False)
        app.find(ADDRESS, 'text').set_text(server.url)
        wrong = code[:-1] + ('2' if code[-1] != '2' else '3')
        app.find(CODE, 'text').set_text(wrong)
        app.press('Đăng ký', 'push button', shown=False)
        app.wait_any_text('Máy chủ không nhận mã này', shown=False)
        app.find('Đăng ký quầy này')
        shoot(app, 'server-bad-code')
        assert not (app.folder / 'quay.keys').exists() or quayctl(app.folder, 'status')[0]['state'] == 'not-enrolled'


def join(app, url, code):
    """The first run of a till whose shop the office knows: Vietnamese, then the third way."""
    app.key('Return')
    app.press('Vào cửa hàng đã có, hoặc thay quầy bị mất', 'push button', shown=False)
    app.find(ADDRESS, 'text').set_text(url)
    app.find(CODE, 'text').set_text(code)
    app.press('Vào cửa hàng', 'push button', shown=False)


def test_lost_till_is_replaced():
    lost = pathlib.Path(tempfile.mkdtemp(prefix='quay-e2e-lost-'))
    with Server() as server:
        site = make_site(server)
        server.start()
        quayctl(lost, 'init', '--shop', 'Cửa hàng Quế Thanh', '--till', 'QT1', '--sample')
        with App(data=lost) as app:
            enrol(app, server, site)
            sell(app)
            sell(app)
            app.find(SENT, 'push button', seconds=60, shown=False)
            stock = app.query('SELECT product, qty FROM stock_balance ORDER BY product')
            products = app.value('SELECT count(*) FROM item')
            app.kill()
        shutil.rmtree(lost)
        code = server.command('till', 'code', site, '--replace', 'QT1')[0]['code']
        with App() as app:
            # First a wrong code, and a server that is gone: told at the fields, and nothing is made.
            join(app, server.url, 'AAAA-BBBB')
            app.wait_any_text('Máy chủ không nhận mã này', shown=False)
            server.stop()
            app.press('Vào cửa hàng', 'push button', shown=False)
            app.wait_any_text('Không gặp được máy chủ', shown=False)
            shoot(app, 'join-not-reached')
            assert app.database() is None
            server.start()
            app.find(CODE, 'text').set_text(code)
            app.press('Vào cửa hàng', 'push button', shown=False)
            app.find(SELL, 'push button', seconds=30, shown=False)
            app.find(SENT, 'push button', seconds=60, shown=False)
            assert app.query('SELECT product, qty FROM stock_balance ORDER BY product') == stock
            assert app.value('SELECT count(*) FROM item') == products
            app.find(re.compile('Hôm nay 2 đơn'), 'push button', shown=False)
            app.press(SERVER, 'push button', shown=False)
            app.wait_any_text('QT1B', shown=False)
            shoot(app, 'join-done')
            sell(app)
            sell(app)
            app.find(SENT, 'push button', seconds=60, shown=False)
            numbers = [row['number'] for row in app.query('SELECT number FROM sale ORDER BY number')]
            assert numbers == ['QT1A-000001', 'QT1A-000002', 'QT1B-000001', 'QT1B-000002'], numbers
            sold = app.value('SELECT product FROM sale_line LIMIT 1')
            left = {row['product']: row['qty'] for row in stock}[sold]
            assert app.value('SELECT qty FROM stock_balance WHERE product = ?', sold) == left - 2000
            server.wait_rows([(number,) for number in numbers], 'SELECT number FROM sale ORDER BY number')
            records = app.value('SELECT count(*) FROM journal')
            server.wait_rows([(records,)], 'SELECT count(*) FROM journal')
            assert server.query('SELECT count(*) FROM held') == [(0,)]
            app.close()
            assert quayctl(app.folder, 'verify', '--rebuild')[0]['ok']
        assert server.command('verify')[0]['ok']


def test_held_on_the_server_is_told():
    with Server() as server, App(sample=True) as app:
        site = make_site(server)
        server.start()
        enrol(app, server, site)
        app.find(SENT, 'push button', seconds=60, shown=False)
        server.stop()
        server.hold_last('the sum is not that of its lines')
        server.start()
        app.close()
        app.start()
        app.press(SERVER, 'push button', shown=False)
        app.wait_any_text('the sum is not that of its lines', seconds=30)
        app.wait_any_text('trên máy chủ')
        app.wait_any_text(f"QT1A · {app.value('SELECT count(*) FROM journal')}")
        app.wait_text('Tạm giữ', '1')
        shoot(app, 'server-held')
        row = quayctl(app.folder, 'status')[0]['records_held'][0]
        assert row['where'] == 'server' and row['why'] == 'the sum is not that of its lines'


def test_second_till_sees_the_first():
    with Server() as server, App(sample=True) as app:
        site = make_site(server)
        server.start()
        enrol(app, server, site)
        sell(app)
        app.find(SENT, 'push button', seconds=60, shown=False)
        other = app.folder / 'other'
        code = server.command('till', 'code', site)[0]['code']
        assert quayctl(other, 'enrol', server.url, code)[0]['till'] == 'QT2A'
        sold = quayctl(other, 'sell', 'OCOP001:2')[0]
        assert sold['receipt'] == 'QT2A-000001'
        quayctl(other, 'customer', 'add', 'Chị Lan', '--phone', '0912 345 678')
        quayctl(other, 'sync', '--once')
        app.press(SERVER, 'push button', shown=False)
        app.press('Gửi ngay', 'push button', shown=False)
        app.wait_value(2, 'SELECT count(*) FROM sale', seconds=30)
        app.wait_any_text('QT2A', shown=False)
        # Who gave their name there has it here, too.
        app.wait_value(1, 'SELECT count(*) FROM person_key', seconds=30)
        app.press(RECEIPTS, 'push button', shown=False)
        app.press(CUSTOMERS, 'push button', shown=False)
        app.wait_any_text('Chị Lan', shown=False)
        shoot(app, 'server-customer')
        # The stock that both have left, and today's sum in the header, are the shop's.
        app.find(re.compile('Hôm nay 2 đơn · 195.000'), 'push button', shown=False)
        here = app.query('SELECT product, qty FROM stock_balance ORDER BY product')
        assert quayctl(other, 'verify', '--rebuild')[0]['ok']
        there = App(data=other)
        assert there.query('SELECT product, qty FROM stock_balance ORDER BY product') == here


main(globals())
