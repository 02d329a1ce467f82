#!/usr/bin/python3
# Pictures of people and money: who works, shifts, transfers, second thoughts, prices, customers, the audit.
import datetime
import json
import re
import sqlite3
import uuid

from harness import App, quayctl
from people import ALLOW, CASHIER, MANAGER, WHO, cash_out, choose, people
from shots_shop import CODES, shop, take


def enrolled(folder):
    """The shop of a server that nobody can reach, so that what was sold waits."""
    with sqlite3.connect(folder / 'quay.db') as shop_file:
        till = shop_file.execute('SELECT till FROM chain WHERE mine').fetchone()[0]
    key, public = ('BwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'ovovSjVboukHpTAJ6eN8rd96x+ZqCLoHYx9VMHKz8kw=')
    keys = {'v': 1, 'url': 'https://127.0.0.1:9', 'enrolled': 1, 'till': str(uuid.UUID(bytes=till)),
            'site': str(uuid.UUID(int=1)), 'shop': 'HTX', 'keyid': 'k1', 'key': key,
            'server': [{'id': 's1', 'key': public}]}
    (folder / 'quay.keys').write_text(json.dumps(keys, separators=(',', ':')))
    return folder


def who_works(settings):
    """Signing in, an approval, users and rights."""
    folder = shop()
    people(folder)
    english = settings.get('till.language') == 'en'
    who = 'Who works?' if english else WHO
    with App(data=folder, settings=settings) as app:
        app.find(who)
        take(app, 'sign-in', settings)
        choose(app, 'Em Thu')
        app.type(CASHIER)
        app.key('Return')
        app.gone(who)
        app.key('alt+6')
        cash_out(app, english)
        app.find('Somebody has to allow this' if english else ALLOW)
        take(app, 'approve', settings)
        app.key('Escape', 'Escape', 'F12')
        app.find(who)
        app.type(MANAGER)
        app.key('Return')
        app.gone(who)
        app.key('alt+8')
        app.press('Users' if english else 'Người dùng', shown=False)
        app.find('Add a user' if english else 'Thêm người dùng')
        take(app, 'users', settings)
        app.press('Em Thu', shown=False)
        app.find('Works here' if english else 'Đang làm ở đây')
        take(app, 'user', settings)
        app.key('Escape')
        app.press('What each role may do' if english else 'Quyền của từng vai trò', 'push button')
        app.find('Close' if english else 'Đóng', 'push button')
        take(app, 'roles', settings)


def transfers(settings):
    """An account for transfers, its sign, and a sale paid to it."""
    vietnamese = settings.get('till.language', 'vi') == 'vi'
    with App('--page', 'settings', data=shop(), settings=settings) as app:
        app.press('Tài khoản' if vietnamese else 'Accounts', shown=False)
        app.press('Thêm tài khoản…' if vietnamese else 'Add an account…', 'push button')
        app.think()
        app.type('ngan hang hop tac')
        take(app, 'bank-form', settings)
        app.key('Down', 'Tab')
        app.think(0.2)
        app.type('8300205012345')
        app.key('Return')
        take(app, 'bank-form-refused', settings)
        app.type('HTX OCOP Que Thanh')
        app.key('Return')
        app.wait_any_text('8300')
        app.think(4)  # the notice goes
        take(app, 'settings-bank', settings)
        app.press(re.compile('^(In biển quét mã|Print a sign): '), 'push button')
        take(app, 'bank-sign', settings)
        app.key('Escape')
        app.key('alt+1')
        app.scan(*CODES)
        app.wait_any_text('665.000')
        app.key('F9')
        app.think()
        app.key('F6')
        take(app, 'pay-transfer', settings)
        app.key('F4')
        take(app, 'pay-transfer-seen', settings)


def cards(settings):
    """What is asked over the window, and what a new user meets."""
    with App(data=shop(), settings=settings) as app:
        app.key('F7')
        take(app, 'open-item', settings)
        app.key('Escape')
        app.scan('2900000000414')
        app.think()
        app.type('485')
        take(app, 'weight', settings)
        app.key('Return')
        app.think()
        app.key('F8')
        app.think()
        app.key('F8')
        take(app, 'held', settings)
        app.key('Escape')
        app.scan('8938505974192')
        take(app, 'unknown', settings)
    with App('--page', 'catalog', data=shop(), settings=settings) as app:
        app.type('mien tai')
        app.think()
        app.key('Return')
        take(app, 'product', settings)
        app.key('Escape')
        app.think()
        app.key('ctrl+n')
        app.think()
        app.key('ctrl+s')
        take(app, 'product-refused', settings)
    with App('--page', 'report', data=enrolled(shop()), settings=settings) as app:
        app.key('F9')
        app.think()
        for number in '210301':
            app.type(number)
            app.key('Return')
        take(app, 'shift', settings)
        app.key('Return', 'Return', 'Return', 'Return')
        app.think()
        take(app, 'shift-result', settings)
        app.type('thoi nham')
        app.key('Return')
        app.think()
        take(app, 'shift-note', settings)
        app.key('Return')
        app.wait_value(1, 'SELECT count(*) FROM shift_close')
        app.key('F9')
        app.think()
        take(app, 'shift-open', settings)
        app.key('Escape')
        app.think()
        app.key('F3')
        app.think()
        take(app, 'shift-reports', settings)


def office(settings):
    """Who did what, and the tabs of the settings."""
    with App('--page', 'audit', data=shop(), settings=settings) as app:
        app.wait_any_text(re.compile('liền mạch từ|unbroken since'))
        take(app, 'audit', settings)
        app.key('alt+8')
        for tab in ('Máy này/This till', 'Tài khoản/Accounts', 'Máy quét/Scanner', 'Bản sao/Copies'):
            app.press(tab.split('/')[settings['till.language'] == 'en'], 'push button', shown=False)
            take(app, 'settings-' + tab.split('/')[1].lower().replace(' ', '-'), settings)


def seconds(settings):
    """Goods that come back, a payment put right, goods without a receipt, the slips."""
    vietnamese = settings.get('till.language', 'vi') == 'vi'
    folder = shop()
    quayctl(folder, 'refund', 'QT1A-1', '1:1', '--why', 'khách đổi ý')
    with App('--page', 'sales', data=folder, settings=settings) as app:
        app.find('Tìm phiếu' if vietnamese else 'Search sales', 'text')
        app.key('F8')
        app.think()
        app.type('1')
        take(app, 'second-back', settings)
        app.key('Escape')
        app.press('Sai cách trả tiền' if vietnamese else 'Payment was wrong', 'push button')
        app.think()
        take(app, 'second-fix', settings)
        app.key('Escape')
        app.press('Không có phiếu…' if vietnamese else 'Without a receipt…', 'push button')
        app.think()
        app.scan(CODES[0])
        app.think()
        take(app, 'second-free', settings)
        app.key('Escape')
        app.press('Khách trả lại…' if vietnamese else 'Given back…', 'push button')
        app.find('Phiếu như khi in' if vietnamese else 'The slip as printed')
        take(app, 'second-slips', settings)


def prices(settings):
    """Promotions, price lists, and what they make of a sale."""
    with App('--page', 'catalog', data=shop(), settings=settings) as app:
        app.press(re.compile('^(Khuyến mại|Promotions)$'), shown=False)
        app.think()
        take(app, 'promotions-empty', settings)
        app.key('ctrl+n')
        app.think()
        app.type('Tuan le mien')
        app.key('Tab', 'Tab')
        app.type('10')
        take(app, 'promotion-form', settings)
        app.key('Return')
        app.wait_value(1, "SELECT count(*) FROM fact WHERE kind = 'promotion' AND field = 'name'")
        app.think(3)
        take(app, 'promotions', settings)
        app.press(re.compile('^(Giấy phép rượu|Alcohol licence)$'), shown=False)
        app.think()
        take(app, 'licence', settings)
        app.key('Escape')
        app.press(re.compile('^(Bảng giá|Prices)$'), shown=False)
        app.think()
        app.key('ctrl+n')
        app.think()
        app.type('Gia si')
        take(app, 'price-list', settings)
        app.key('Return')
        app.think(3)
        take(app, 'prices', settings)
        app.key('alt+1')
        app.scan(*CODES)
        app.think()
        app.key('F3')
        app.think()
        app.type('20')
        take(app, 'discount', settings)
        app.key('Tab', 'Tab')
        app.type('hop mop')
        app.key('Return')
        app.think()
        take(app, 'sell-discounts', settings)
        app.key('shift+F3')
        app.think()
        take(app, 'discount-sale', settings)


def gifts(settings):
    """Buy this, get that: on the form, and at the counter before and after the gift is there."""
    with App('--page', 'catalog', data=shop(), settings=settings) as app:
        app.press(re.compile('^(Khuyến mại|Promotions)$'), shown=False)
        app.think()
        app.key('ctrl+n')
        app.think()
        app.key('Tab', 'space')
        app.think()
        app.key(*['Down'] * 5, 'Return')
        app.think()
        app.key('Tab')
        app.type('2')
        app.key('Tab', 'Tab', 'Tab')
        app.type('OCOP003')
        take(app, 'gift-form', settings)
        app.key('Return')
        app.wait_value(1, "SELECT count(*) FROM fact WHERE kind = 'promotion' AND field = 'name'")
        app.key('alt+1')
        app.scan(*CODES[:2])
        app.think()
        take(app, 'gift-to-come', settings)
        app.key('F10')
        app.think()
        take(app, 'gift-there', settings)


def board(settings):
    """A shop that is only looked at."""
    folder = shop()
    quayctl(folder, 'sell', CODES[0], '--tender', 'cash:100000')
    with App('--audit', folder, data=folder, settings=settings) as app:
        app.think(2)
        take(app, 'view-audit', settings)
        app.key('alt+2')
        app.think()
        take(app, 'view-sales', settings)
        app.key('alt+6')
        app.think()
        take(app, 'view-figures', settings)


def customers(settings):
    """Customers with debts of several ages, one of them at the counter, and the cards around them."""
    vietnamese = settings.get('till.language', 'vi') == 'vi'
    tab = 'Khách, sổ nợ' if vietnamese else 'Customers and debts'
    folder = shop()
    with App('--page', 'sales', data=folder, settings=settings) as app:
        app.press(tab, 'push button', shown=False)
        app.find('Tìm khách hàng' if vietnamese else 'Search customers', 'text')
        take(app, 'customers-empty', settings)
    for name, phone, goods in (('Chị Lan, bản Nà Ngoa', '0912345678', '2900000000018:2'),
                               ('Nhà nghỉ Suối Mơ', '0987654321', '2900000000025'), ('Anh Minh', '0911222333', '')):
        quayctl(folder, 'customer', 'add', name, '--phone', phone, '--limit', '1tr')
        if goods:
            quayctl(folder, 'sell', goods, '--customer', phone, '--tender', 'debt')
    quayctl(folder, 'customer', 'pay', '0912345678', '50000')
    with App('--page', 'sales', data=folder, settings=settings) as app:
        app.press(tab, 'push button', shown=False)
        app.wait_any_text('Anh Minh')
        app.press('Còn nợ' if vietnamese else 'Who owes', 'push button', shown=False)
        app.think()
        take(app, 'customers', settings)
        app.key('F9')
        app.think()
        take(app, 'customer-pay', settings)
        app.key('Escape')
        app.key('ctrl+n')
        app.think()
        take(app, 'customer-form', settings)
    with App(data=folder, settings=settings) as app:
        app.scan(*CODES)
        app.wait_any_text('665.000')
        app.key('ctrl+k')
        app.think()
        take(app, 'customer-pick', settings)
        app.type('lan')
        app.key('Return')
        app.think()
        take(app, 'customer-cart', settings)
        app.key('F9')
        app.think()
        take(app, 'customer-debt', settings)


def requests(settings):
    """Requests about personal data: late, due, done; the cards around them."""
    vietnamese = settings.get('till.language', 'vi') == 'vi'
    words = ('Khách, sổ nợ', 'Thêm yêu cầu', 'Gia hạn…', 'Lâu không mua…', 'Kết thúc…') if vietnamese else (
        'Customers and debts', 'New request', 'More time…', 'Not bought for long…', 'End it…')
    folder = shop()
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()
    for name, phone in (('Chị Lan, bản Nà Ngoa', '0912345678'), ('Nhà nghỉ Suối Mơ', '0987654321')):
        quayctl(folder, 'customer', 'add', name, '--phone', phone)
    for what, who, ago in (('view', ['0912345678'], 9), ('delete', ['--ref', 'QT1A-000001', '--how', 'letter'], 0),
                           ('withdraw', ['0987654321', '--how', 'phone'], 3), ('correct', ['0987654321', '--done'], 1)):
        quayctl(folder, 'customer', 'request', 'add', what, *who, '--received', str(today - datetime.timedelta(ago)))
    with App('--page', 'sales', data=folder, settings=settings) as app:
        app.press(words[0], 'push button', shown=False)
        app.wait_any_text('Chị Lan, bản Nà Ngoa')
        take(app, 'requests-button', settings)
        app.press(re.compile(r'^(Yêu cầu|Requests) \(3\)$'), 'push button', shown=False)
        app.find(words[1], 'push button')
        take(app, 'requests', settings)
        app.press(words[3], 'push button', shown=False)
        app.think()
        take(app, 'requests-idle', settings)
        app.key('Escape')
        app.think()
        app.press(words[4], 'push button', shown=False)
        app.think()
        take(app, 'request-end', settings)
        app.key('Escape')
        app.think()
        app.key('ctrl+n')
        app.think()
        app.key('Return')
        take(app, 'request-refused', settings)
