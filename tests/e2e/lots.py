#!/usr/bin/python3
# Lots at the counter: goods past their date stop the sale, goods sold before their receipt are given
# to a lot, a basket is put together.
import os
import pathlib

from harness import App, main, quayctl, run, shoot, wait_until
from sell import pass_guard

TEA = '2900000000049'      # Trà nụ vối 100 g, OCOP004, 60.000
TURMERIC = '2900000000056'  # Tinh bột nghệ, OCOP005, 140.000; 18 in stock
NOODLES = '2900000000018'   # Miến dong, OCOP001, 65.000
MAKE_LOT = pathlib.Path(os.environ['QUAY_BUILD_DIR']) / 'tests/e2e/make-lot'
PAST = 'Hết hạn: không được bán'


def receive(app, code, units, expires, lot):
    run(MAKE_LOT, app.folder, code, units, expires, lot)


def test_goods_past_their_date_stop_the_sale():
    app = App(sample=True)
    receive(app, TEA, 5, 20200101, 'L-2020')
    with app:
        app.scan(TEA)
        app.find(PAST)
        shoot(app, 'barred-line')
        app.key('F9')
        app.wait_any_text('Lô L-2020: hạn dùng 01/01/2020')
        app.press('Vẫn bán', 'push button', shown=False)
        app.wait_any_text('Hãy ghi lý do: lý do được lưu cùng hóa đơn bán.')
        shoot(app, 'barred-card')
        app.type('khách biết và đồng ý')
        app.key('Return')
        app.find('Khách trả')
        pass_guard(app)
        app.key('Return')
        wait_until(lambda: app.value("SELECT count(*) FROM audit WHERE why = 'khách biết và đồng ý'") == 1,
                   'the word to be kept')
        assert app.value("SELECT n FROM lot_sum WHERE what = 'sold'") == 1000


def test_goods_sold_before_their_receipt_go_to_a_lot():
    app = App(sample=True)
    quayctl(app.folder, 'sell', f'{TURMERIC}:30')
    receive(app, TURMERIC, 20, 20280101, 'N-07')
    with app:
        app.key('alt+3')
        app.press('Cần xem (1)', shown=False)
        app.find('Tinh bột nghệ nếp đỏ Bắc Kạn 250 g')
        shoot(app, 'attention')
        app.key('Return')
        app.find('Gán vào lô', 'push button', shown=False)
        shoot(app, 'attention-card')
        app.press('Gán vào lô', 'push button', shown=False)
        wait_until(lambda: app.value("SELECT n FROM lot_sum WHERE what = 'sold'") == 12000, 'the lot to have given')
        app.find('Không có gì cần xem')
        assert app.value("SELECT n FROM lot_sum WHERE what = 'amount'") == 12 * 140000
        assert app.value("SELECT n FROM lot_sum WHERE what = 'cost'") == 12 * 119000


def test_a_basket_is_put_together():
    with App(sample=True) as app:
        app.key('alt+4')
        app.find('Tìm sản phẩm')
        app.key('ctrl+f')
        app.type('OCOP003')
        app.think()
        app.key('Down')
        app.key('Return')
        app.press('Gồm có…', 'push button', shown=False)
        app.find('Thêm món')
        app.scan(NOODLES)
        app.scan(TEA)
        app.find('Số lượng Trà nụ vối 100 g trong một giỏ')
        app.press('Lưu công thức giỏ', 'push button', shown=False)
        app.wait_any_text('Đủ gói 40 giỏ')
        app.key('Tab')
        app.type('4')
        app.press('Gói giỏ', 'push button', shown=False)
        wait_until(lambda: app.value("SELECT count(*) FROM voucher WHERE kind = 'goods.bundled'") == 1,
                   'the document of the baskets')
        shoot(app, 'basket-card')
        assert app.value("SELECT n FROM lot_sum WHERE what = 'in'") == 4000


main(globals())
