#!/usr/bin/python3
# The till and the province's server: enrolling, selling with the server gone, and the chip that tells.
import re

from harness import App, main, quayctl, shoot
from server import Server

NOODLES = '2900000000018'  # Miến dong Tài Hoan 500 g, OCOP001, 65.000

SERVER = 'Máy chủ'
SELL = 'Bán hàng'
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
        quayctl(other, 'sync', '--once')
        app.press(SERVER, 'push button', shown=False)
        app.press('Gửi ngay', 'push button', shown=False)
        app.wait_value(2, 'SELECT count(*) FROM sale', seconds=30)
        app.wait_any_text('QT2A', shown=False)
        # The stock that both have left, and today's sum in the header, are the shop's.
        app.find(re.compile('Hôm nay 2 đơn · 195.000'), 'push button', shown=False)
        here = app.query('SELECT product, qty FROM stock_balance ORDER BY product')
        assert quayctl(other, 'verify', '--rebuild')[0]['ok']
        there = App(data=other)
        assert there.query('SELECT product, qty FROM stock_balance ORDER BY product') == here


main(globals())
