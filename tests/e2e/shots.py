#!/usr/bin/python3
# Pictures of every page at 1366x768, in both languages and all colours, for people to look at:
# QUAY_SHOTS_DIR/PAGE-LANGUAGE-THEME.png. Not a test of how it looks; it fails when a page does not come.
import itertools
import os
import re
import shutil

from harness import App, main, quayctl, run
from server import Server
from shots_people import (
    board, cards, customers, gifts, office, prices, requests, seconds, transfers, who_works)
from shots_shop import CODES, NUMBERS, WORK, empty_shop, shop, take


def counter(settings):
    """The sell page and the pay panel, as a sale goes."""
    with App(data=shop(), settings=settings) as app:
        take(app, 'sell-empty', settings)
        app.scan(*CODES)
        app.wait_any_text('665.000')
        take(app, 'sell', settings)
        app.type('mien do')
        take(app, 'search', settings)
        app.key('Escape')
        app.think()
        app.key('Return')
        app.think()
        app.type('700k')
        app.wait_any_text('35.000')
        take(app, 'pay', settings)
        app.key('Return')
        app.wait_value(4, 'SELECT count(*) FROM sale')
        take(app, 'paid', settings)


def goods(settings):
    """Documents of goods: one that is filled in, one that goes out, the list."""
    with App('--page', 'stock', data=shop(), settings=settings) as app:
        app.press(re.compile('^(Nhập hàng|Receive)$'), shown=False)
        app.think()
        take(app, 'receive-empty', settings)
        app.type('HTX Na Muong')
        for _field in range(3):
            app.key('Return')
        app.scan(CODES[0])
        app.think()
        app.type('24')
        app.key('Return')
        app.key('Return')
        app.type('40k')
        app.key('ctrl+s')
        app.think()
        take(app, 'receive-new-supplier', settings)
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM voucher')
        app.scan(CODES[0])
        app.think()
        take(app, 'receive', settings)
        app.press(re.compile('^(Xuất hàng|Issue)$'), shown=False)
        app.think()
        app.type('mop')
        app.key('Return')
        app.scan(CODES[0])
        app.think()
        take(app, 'issue', settings)
        app.press(re.compile('^(Phiếu|Documents)$'), shown=False)
        app.think()
        take(app, 'documents', settings)


def attention(settings):
    """Goods that left the shelf while no lot had them; and nothing to check."""
    for name, sold in (('attention', '2900000000056:30'), ('attention-empty', '2900000000056:1')):
        folder = shop()
        quayctl(folder, 'sell', sold, '--tender', 'cash:5000000')
        with App('--page', 'stock', data=folder, settings=settings) as app:
            app.press(re.compile('^(Cần xem|To check)'), shown=False)
            take(app, name, settings)


def pages(settings):
    """The other pages."""
    for page in ('sales', 'catalog', 'report', 'server', 'settings'):
        with App('--page', page, data=shop(), settings=settings) as app:
            take(app, page, settings)


def orders(settings):
    """Orders with a deposit, and labels."""
    vietnamese = settings.get('till.language', 'vi') == 'vi'
    with App('--page', 'sales', data=shop(), settings=settings) as app:
        app.press('Đơn đặt' if vietnamese else 'Orders', 'push button', shown=False)
        app.find('Tìm đơn đặt' if vietnamese else 'Search orders', 'text')
        take(app, 'orders-empty', settings)
        app.key('ctrl+n')
        app.find('Điện thoại' if vietnamese else 'Telephone', 'text', shown=False)
        for text in ('Lan', '0912 345 678', '31/12', '300k'):
            app.type(text)
            app.key('Return')
        app.scan(*CODES)
        take(app, 'order-form', settings)
        app.key('ctrl+s')
        app.wait_value(1, 'SELECT count(*) FROM customer_order')
        app.think(3)
        take(app, 'orders', settings)
        app.key('F9')
        app.think()
        take(app, 'order-pay', settings)
    with App('--page', 'catalog', data=shop(), settings=settings) as app:
        app.think()
        app.key('ctrl+l')
        app.think()
        take(app, 'labels', settings)


def stock_tabs(settings):
    """The tabs of the page Stock beside what is on hand: with nothing in them, and in use."""
    with App('--page', 'stock', data=shop(), settings=settings) as app:
        app.press(re.compile('^(Kiểm kê|Count)$'), shown=False)
        app.find(re.compile('^(Kiểm kê mới|New count)$'), 'push button', shown=False)
        take(app, 'count-empty', settings)
        app.press(re.compile('^(Kiểm kê mới|New count)$'), 'push button', shown=False)
        app.find(re.compile('^(Tên|Name)$'), 'text', shown=False)
        take(app, 'count-new', settings)
        app.key('Return')
        app.wait_value(1, "SELECT count(*) FROM fact WHERE kind = 'count' AND field = 'name'")
        app.think()
        app.scan(*CODES, CODES[0])
        app.wait_value(3, 'SELECT count(*) FROM count_line')
        take(app, 'count', settings)
        app.press(re.compile('^(Chưa đếm|Not counted)$'), shown=False)
        take(app, 'count-unseen', settings)
        app.press(re.compile('^(Chuyển / Hội chợ|Move / Fairs)$'), shown=False)
        take(app, 'move', settings)
        app.press(re.compile('^(Hội chợ mới|New fair)$'), 'push button', shown=False)
        app.find(re.compile('^(Tên hội chợ|Name of the fair)$'), 'text', shown=False)
        app.key('Return')
        take(app, 'fair-refused', settings)
        app.type('Hoi cho OCOP')
        app.find(re.compile('^(Ngày đầu|First day)$'), 'text', shown=False).set_text('05/12/2026')
        app.find(re.compile('^(Ngày cuối|Last day)$'), 'text', shown=False).set_text('07/12/2026')
        app.press(re.compile('^(Lưu|Save)$'), 'push button', shown=False)
        app.wait_value(1, "SELECT count(*) FROM fact WHERE kind = 'fair' AND field = 'name'")
        take(app, 'fair', settings)
        app.press(re.compile('^(Mang hàng đi|Take goods there)$'), 'push button', shown=False)
        app.think()
        app.scan(*CODES)
        app.think()
        take(app, 'moving', settings)


def consign(settings):
    """The producers, what is settled with them and paid."""
    folder = shop()
    run(os.path.join(os.environ['QUAY_BUILD_DIR'], 'tests/e2e/make-consign'), folder)
    for item in ('2900000000018:2', '2900000000032:3', '2900000000025'):
        quayctl(folder, 'sell', item, '--tender', 'cash:5000000')
    with App('--page', 'consign', data=folder, settings=settings) as app:
        app.type('ha diep')
        app.wait_any_text(re.compile('^(1 cơ sở|1 producer)$'))
        take(app, 'producers', settings)
        app.press(re.compile('^(Sửa cơ sở|Edit the producer)$'), 'push button')
        app.find(re.compile('^(Lưu|Save)$'), 'push button')
        take(app, 'producer', settings)
        app.key('Escape')
        app.gone(re.compile('^(Lưu|Save)$'), 'push button')
        app.press(re.compile('^(Thanh toán|Settle)$'), 'push button', shown=False)
        app.find(re.compile('^(Ghi sổ thanh toán|Post the settlement)'), 'push button', shown=False)
        take(app, 'settle', settings)
        app.key('Return')
        app.find(re.compile('^(In mẫu 01-BH|Print 01-BH)'), 'push button', shown=False)
        take(app, 'settled', settings)
        app.find_all(re.compile('^(Chi trả|Pay out)'), 'push button')[-1].press()
        app.find(re.compile('^(Hình thức|How)$'), 'combo box')
        take(app, 'payout', settings)
        app.key('Return')
        app.wait_value(2, 'SELECT count(*) FROM entry')
        app.gone(re.compile('^(Hình thức|How)$'), 'combo box')
        app.key('Escape')
        app.gone(re.compile('^(In mẫu 01-BH|Print 01-BH)'), 'push button')
        take(app, 'account', settings)
        app.press(re.compile('^(Bảng thanh toán|Settlements)$'), 'push button', shown=False)
        app.find(re.compile('^(Kỳ|For the time)$'), shown=False)
        take(app, 'settlements', settings)


def stock_shop(products, folder):
    folder.mkdir()
    quayctl(folder, 'generate', '--products', str(products), '--sales', '0', '--days', '20', '--lots', '3')
    sku = 'G000001'
    quayctl(folder, 'sell', sku, '--tender', 'card')
    with App(data=folder) as app:
        app.press('Bỏ qua')
        app.gone('Bỏ qua')
    return folder


STOCK = {n: stock_shop(n, WORK / f'stock-{n}') for n in (3, 3000)}


def stock(settings):
    """What is on hand, of few and many products; a card; where a lot went."""
    for n, made in STOCK.items():
        folder = WORK / f'shop-{next(NUMBERS)}'
        shutil.copytree(made, folder, ignore=shutil.ignore_patterns('*.sock', 'socket'))
        with App('--page', 'stock', data=folder, settings=settings) as app:
            app.find(re.compile('^(Sắp hết hạn|Near expiry)$'), 'push button', shown=False)
            app.wait_any_text(re.compile(' (lô|lots?)$'))
            take(app, f'stock-{n}', settings)
            if n > 3:
                continue
            app.key('Return')
            app.wait_any_text(re.compile('PNK'))
            take(app, 'stock-card', settings)
            app.key('Return')
            app.wait_any_text(re.compile('^(Truy lô:|Where the lot went:)'))
            take(app, 'stock-recall', settings)


def server(settings):
    """The page of the server as it goes well, without a network, and with a held record; pages() has
    it before enrolling."""
    with Server() as office:
        folder = shop()
        site = office.command('site', 'add', 'Quế Thanh', '--commune', '01915')[0]['site']
        office.start()
        quayctl(folder, 'enrol', office.url, office.command('till', 'code', site)[0]['code'])
        with App('--page', 'server', data=folder, settings=settings) as app:
            app.find(re.compile('^(Đã gửi hết|All sent)'), 'push button', seconds=60, shown=False)
            take(app, 'server-sent', settings)
            office.stop()
            quayctl(folder, 'sell', CODES[0], '--tender', 'cash:100000')
            app.press(re.compile('^(Gửi ngay|Send now)'))
            app.find(re.compile('^(Mất mạng|Offline)'), 'push button', seconds=60, shown=False)
            take(app, 'server-offline', settings)
        office.hold_last('the sum is not that of its lines')
        office.start()
        with App('--page', 'server', data=folder, settings=settings) as app:
            app.wait_any_text('the sum is not', seconds=60)
            app.find(re.compile('^(Đã gửi hết|All sent)'), 'push button', seconds=60, shown=False)
            take(app, 'server-held', settings)


def test_vi_light():
    settings = {'till.language': 'vi', 'till.theme': 'light'}
    counter(settings)
    goods(settings)
    transfers(settings)
    cards(settings)
    pages(settings)
    seconds(settings)
    orders(settings)
    prices(settings)
    gifts(settings)
    board(settings)
    customers(settings)
    requests(settings)
    stock_tabs(settings)
    consign(settings)
    attention(settings)
    stock(settings)
    server(settings)


def test_office():
    office({'till.language': 'vi', 'till.theme': 'dark'})
    office({'till.language': 'en', 'till.theme': 'light'})


def test_who_works():
    for language, theme in (('vi', 'light'), ('vi', 'dark'), ('en', 'light')):
        who_works({'till.language': language, 'till.theme': theme})


def test_vi_dark():
    settings = {'till.language': 'vi', 'till.theme': 'dark'}
    counter(settings)
    seconds(settings)
    pages(settings)
    consign(settings)
    stock(settings)
    server(settings)


def test_en_light():
    settings = {'till.language': 'en', 'till.theme': 'light'}
    counter(settings)
    cards(settings)
    pages(settings)
    orders(settings)
    prices(settings)
    gifts(settings)
    board(settings)
    customers(settings)
    stock_tabs(settings)
    consign(settings)
    stock(settings)
    server(settings)


def test_en_dark():
    settings = {'till.language': 'en', 'till.theme': 'dark'}
    counter(settings)
    transfers(settings)
    pages(settings)
    prices(settings)
    consign(settings)
    stock(settings)
    server(settings)


def test_high_contrast():
    counter({'till.language': 'vi', 'till.theme': 'contrast'})


def test_large_text():
    settings = {'till.language': 'vi', 'till.theme': 'light', 'till.text_size': '150'}
    counter(settings)
    pages(settings)
    orders(settings)
    customers(settings)


def test_join():
    """The first run in a shop that the office knows."""
    for language, theme in itertools.product(('vi', 'en'), ('light', 'dark')):
        settings = {'till.language': language, 'till.theme': theme}
        with App('--theme', theme) as app:
            app.key(*(['Return'] if language == 'vi' else ['Tab', 'Return']))
            take(app, 'first-run-shop', settings)
            app.press(re.compile('^(Vào cửa hàng đã có|Join a shop)'), 'push button')
            app.find(re.compile('^(Vào cửa hàng|Join the shop)$'), 'push button')
            take(app, 'first-run-join', settings)
            app.key('Return')
            take(app, 'first-run-join-refused', settings)


def test_first_run():
    with App() as app:
        take(app, 'first-run', {})
        app.key('Return')
        take(app, 'first-run-shop', {})
        app.type('Cua hang')
        app.key('Return')
        take(app, 'first-run-paper', {})
    with App(data=empty_shop()) as app:
        take(app, 'sell-no-products', {})
        for number, page in ((2, 'sales'), (4, 'catalog'), (5, 'consign'), (6, 'report')):
            app.key(f'alt+{number}')
            app.think()
            take(app, f'{page}-empty', {})


if __name__ == '__main__':
    main(globals())
