#!/usr/bin/python3
# What somebody tries at the window that is not for them: each is refused in the domain, asks for a second person
# or is told at its field; nothing is booked, and the refusals are noted.
import re

from day import ask
from harness import App, main, shoot, wait_until
from pages import choose
from people import ALLOW, CASHIER, MANAGER, WHO, cash_out, people, sign_in
from people import ask as told
from people import choose as choose_user
from sell import NOODLES, TEA, pass_guard, total

OTHER, AUDITOR, KEEPER = '112233', '334455', '556677'
CASHIER_HAS_NOT = ('Kho', 'Sản phẩm', 'Ký gửi', 'Kiểm soát', 'Cài đặt')
DENIED = "SELECT count(*) FROM audit WHERE kind = 'noted' AND act = 'denied'"
# Whatever else came into the journal than notes.
BOOKED = 'SELECT (SELECT count(*) FROM journal) - (SELECT count(*) FROM audit)'


def shop(*more):
    app = App(*more, sample=True)
    people(app.folder)
    for name, role, code, pin in (('Em Hoa', 'cashier', 'tn2', OTHER), ('Bác Soát', 'auditor', 'ks', AUDITOR),
                                  ('Anh Kho', 'keeper', 'kho', KEEPER)):
        told(app.folder, ('ql', MANAGER), 'user', 'add', name, '--role', role, '--code', code, new_pin=pin)
    ask(app.folder, 'customer', 'add', 'Chị Lan', '--phone', '0912345678', '--limit', '50k')
    return app


def switch(app, name, pin):
    app.key('F12')
    sign_in(app, name, pin)


def refused(app, what, attempt):
    """Nobody is there to allow it: nothing is booked, and that it was tried is noted, once or more."""
    booked, denied = app.value(BOOKED), app.value(DENIED)
    attempt(app)
    app.find(ALLOW)
    app.key('Escape')
    app.gone(ALLOW)
    app.key('Escape')
    assert app.value(BOOKED) == booked, what
    assert app.value(DENIED) > denied, what


def at_field(app, what, text, fault):
    """Enter on what was typed gives the fault, and books nothing."""
    booked = app.value(BOOKED)
    app.key('ctrl+a')
    app.type(text)
    app.key('Return')
    app.wait_any_text(fault)
    assert app.value(BOOKED) == booked, what


# --- at the counter ---

def fill(app, name, text):
    app.find(name, 'text').set_text(text)


def discount(app, key, text, way=()):
    app.key(key)
    app.find('Giảm', 'text')
    if way:
        choose(app, 'Hình thức', *way)
    fill(app, 'Giảm', text)
    fill(app, 'Lý do', 'quen')
    app.press(re.compile('^Giảm giá'), 'push button')


def on_debt(app, paid):
    app.key('F9')
    app.find('Khách đưa')
    pass_guard(app)
    app.type(paid)
    app.key('F3')


def test_at_the_counter():
    with shop() as app:
        sign_in(app, 'Em Thu', CASHIER)
        app.scan(TEA)
        total(app, 450000)
        refused(app, 'half off a line', lambda app: discount(app, 'F3', '50'))
        refused(app, 'six percent off all', lambda app: discount(app, 'shift+F3', '6'))
        refused(app, 'an amount beyond the limit', lambda app: discount(app, 'F3', '30k', ['Down']))
        refused(app, 'a price by hand', lambda app: discount(app, 'F3', '1k', ['Down', 'Down']))
        total(app, 450000)
        app.key('F3')
        app.find('Giảm', 'text')
        at_field(app, 'more than all', '101', 'Phần trăm từ 0 đến 100.')
        at_field(app, 'less than nothing', '-5', 'Phần trăm từ 0 đến 100.')
        app.key('Escape')
        # nobody owes without a name, nor more than the limit
        sales = app.value('SELECT count(*) FROM sale')
        on_debt(app, '15k')
        app.key('Return')
        app.wait_any_text(re.compile('^Chưa đủ tiền'))
        app.key('Escape', 'Escape')
        app.key('ctrl+k')
        app.find('Tên hoặc số điện thoại', 'text')
        app.type('lan')
        pass_guard(app)
        app.key('Return')
        app.wait_any_text('Chị Lan')
        refused(app, 'a debt beyond the limit', lambda app: on_debt(app, '15k'))
        assert app.value('SELECT count(*) FROM sale') == sales


# --- after the sale ---

def find_sale(app, number):
    app.key('alt+2')
    app.find('Tìm phiếu')
    app.find(number)


def back(app, n, ok=True):
    app.key('F8')
    app.find(re.compile('^Trả lại: '), 'text')
    app.type(n)
    if ok:
        fill(app, 'Lý do', 'khách đổi ý')
        app.key('Return')


def wrong_tender(app):
    app.press('Sai cách trả tiền', 'push button')
    app.find('Thật ra trả bằng')
    fill(app, 'Lý do', 'bấm nhầm')
    app.press('Sửa lại', 'push button')


def without_receipt(app):
    app.press(re.compile('^Không có phiếu'), 'push button')
    app.find('Sản phẩm', 'text')
    app.scan(TEA)
    fill(app, 'Lý do', 'mất phiếu')
    app.press(re.compile('^Trả lại khách'), 'push button')


def test_after_the_sale():
    with shop() as app:
        told(app.folder, ('tn', CASHIER), 'sell', f'{TEA}:2')
        sign_in(app, 'Em Thu', CASHIER)
        find_sale(app, 'QT1A-000002')
        refused(app, 'more given back than alone', lambda app: back(app, '2'))
        refused(app, 'another way of paying', wrong_tender)
        refused(app, 'goods without a receipt', without_receipt)
        shoot(app, 'attempts-after')
        back(app, '1')
        app.wait_value(450000, 'SELECT sum(total) FROM refund')
        app.key('Escape')
        # what came back does not come back again
        back(app, '2', ok=False)
        app.wait_any_text(re.compile('nhiều nhất 1'))
        fill(app, 'Lý do', 'nữa')
        app.key('Return')
        app.think()
        assert app.value('SELECT count(*) FROM refund') == 1


# --- the drawer ---

def count_and_close(app):
    app.key('F9')
    app.find('Số tờ 500.000', 'text')
    app.key(*['Return'] * 9)
    app.key('Return')


def test_the_drawer_of_another():
    with shop() as app:
        sign_in(app, 'Em Hoa', OTHER)
        app.key('alt+6')
        app.press('Báo cáo', 'push button', shown=False)
        app.wait_any_text('Ca QT1A-Z26-0001 đang mở')
        app.find('Hiện ra sau khi đếm két')
        app.gone('Trong két phải có')
        refused(app, 'too much cash out', cash_out)
        shoot(app, 'attempts-drawer')
        app.key('F7')
        app.find('Số tiền', 'text')
        at_field(app, 'no cash at all', '0', re.compile('Hãy gõ số tiền|lớn hơn 0'))
        app.key('Escape')
        refused(app, "another's shift", count_and_close)


def erase(app):
    app.press('Xoá khách hàng', 'push button', shown=False)
    app.find('Xoá khách này?')
    app.press(re.compile('^Xoá'), 'push button')


# --- pages, and whoever does not work at the counter ---

def test_pages_of_others():
    with shop('--page', 'settings') as app:
        # nothing is open before somebody signed in, whatever the keys and the command line
        app.find(WHO)
        app.key('alt+9', 'alt+6', 'F9')
        app.find(WHO)
        app.gone('Máy này')
        sign_in(app, 'Em Thu', CASHIER)
        for page in CASHIER_HAS_NOT:
            app.gone(page)
        app.press('Phiếu bán', 'push button', shown=False)
        app.press('Khách, sổ nợ', 'push button', shown=False)
        app.find('Chị Lan')
        refused(app, 'a person erased', erase)
        switch(app, 'Anh Kho', KEEPER)
        app.gone('Bán hàng')
        app.scan(NOODLES)
        assert app.value('SELECT count(*) FROM sale') == 1
        switch(app, 'Bác Soát', AUDITOR)
        app.gone('Bán hàng')
        app.find('Kiểm soát')
        # a guessed PIN has to wait longer each time, and changes nobody
        app.key('F12')
        app.find(WHO)
        choose_user(app, 'Chị Quản')
        for _ in range(3):
            app.type('000000')
            app.key('Return')
            app.wait_any_text(re.compile('^Sai mã PIN'))
            wait_until(lambda: not app.find_all(re.compile('Thử lại sau')), 'the next try')
        app.type('000000')
        app.key('Return')
        app.wait_any_text(re.compile('Thử lại sau'))
        shoot(app, 'attempts-pin')
        app.key('Escape')
        app.gone(WHO)
        app.find(re.compile('^Bác Soát'))
        app.wait_value(1, "SELECT count(*) > 0 FROM audit WHERE act = 'login.failed'")


if __name__ == '__main__':
    main(globals())
