#!/usr/bin/python3
# The page of stock: figures that filter, what is found, a product's card, recall, the past, the file.
import csv
import datetime
import re

from chooser import choose_file
from harness import App, main, quayctl, run, shoot, wait_until

PAGE = 'Tồn kho'
SEARCH = 'Tìm trong kho'
SOON = 'Sắp hết hạn'
MOMENT = 'Tại một thời điểm đã qua'

NEAR = """SELECT count(DISTINCT l.lot) FROM lot l JOIN stock_balance b ON b.lot = l.lot AND b.qty > 0
          WHERE l.expires BETWEEN ? AND ?"""
NEAR_PRODUCTS = NEAR.replace('l.lot)', 'l.product)', 1)
FIRST_OUT = """SELECT l.code, i.sku, i.name, v.number FROM lot l JOIN item i USING (product)
            JOIN voucher v ON v.no = l.no >> 10 << 10
            WHERE l.expires > ? AND NOT EXISTS (SELECT 1 FROM lot o WHERE o.product = l.product
              AND o.expires BETWEEN 1 AND l.expires AND o.no <> l.no) ORDER BY l.expires LIMIT 1"""


def day(days=0):
    at = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))) + datetime.timedelta(days)
    return int(at.strftime('%Y%m%d'))


def shop():
    """Forty products with three lots each, and what some of them were sold as."""
    app = App()
    quayctl(app.folder, 'generate', '--products', '40', '--sales', '5', '--days', '3', '--seed', '7',
            '--lots', '3')
    return app


def click(node):
    """The mouse, on its middle."""
    x, y, width, height = node.area()
    run('xdotool', 'mousemove', x + width // 2, y + height // 2, 'click', 1)


def open_page(app):
    app.key('alt+3')
    app.find(SEARCH, 'text')


def test_figures_filter_and_go_to_a_file():
    with shop() as app:
        open_page(app)
        n = app.value(NEAR, day(), day(30))
        assert n > 0
        app.wait_text(SOON, f'{n} lô')
        app.press(SOON, 'push button', shown=False)
        path = app.folder / 'ton.csv'
        app.key('ctrl+e')
        choose_file(app, 'Xuất bảng đang hiện', path, saving=True)
        wait_until(path.exists, 'the file')
        rows = list(csv.DictReader(path.read_text('utf-8-sig').splitlines()))
        assert len(rows) == app.value(NEAR_PRODUCTS, day(), day(30))
        assert all('lô sắp hết hạn' in row['Tình trạng'] for row in rows)
        for row in rows:
            milli = app.value(
                'SELECT sum(qty) FROM stock_balance JOIN item USING (product) WHERE sku = ?', row['Mã hàng'])
            assert round(float(row['Tồn']) * 1000) == milli


def test_a_lot_is_found_traced_and_held_back():
    with shop() as app:
        lot = app.query(FIRST_OUT, day())[0]
        sold = quayctl(app.folder, 'sell', lot['sku'])[0]['receipt']
        open_page(app)
        app.wait_text(SOON, re.compile(' lô$'))
        app.type(lot['code'].lower())
        app.key('Return')
        app.wait_any_text(lot['number'])
        app.wait_any_text(sold)
        shoot(app, 'stock-card')
        app.key('Return')
        app.wait_any_text(re.compile('^1 lần bán'))
        app.wait_any_text('Truy lô: ' + lot['code'])
        app.key('Escape')
        app.gone('Truy lô: ' + lot['code'])
        app.press('Giữ lại', 'push button', shown=False)
        app.find('Lý do', 'text')
        app.key('Return')
        app.wait_any_text('Hãy ghi lý do.')
        app.type('thu hoi')
        app.key('Return')
        app.wait_value('thu hoi', "SELECT value FROM fact WHERE kind = 'lot' AND field = 'blocked'")
        app.wait_any_text('Đang giữ lại')
        app.press('Cho bán lại', 'push button', shown=False)
        app.wait_value(None, "SELECT value FROM fact WHERE kind = 'lot' AND field = 'blocked'")
        app.close()
        assert quayctl(app.folder, 'verify', '--rebuild')[0]['ok']


def test_a_past_moment():
    with shop() as app:
        open_page(app)
        app.wait_text(SOON, re.compile(' lô$'))
        before = app.find('Giá trị tồn', 'label').text
        click(app.find(MOMENT, 'text'))
        app.type('01/01/2020')
        app.key('Return')
        app.find(re.compile('^Tồn lúc 01/01/2020'), 'push button', shown=False)
        app.wait_text('Giá trị tồn', '0\u00a0₫')
        app.press(re.compile('^Tồn lúc'), 'push button', shown=False)
        app.wait_text('Giá trị tồn', before)


main(globals())
