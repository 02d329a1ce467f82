#!/usr/bin/python3
# What goods cost: a promotion that is entered and then told on the line, a discount by hand with its reason, and
# what the receipt says of both.
import re

from harness import App, main, shoot
from lines import receipt
from sell import NOODLES, TEABAGS, finish, open_pay, total


def test_promotion_and_discount_on_a_line():
    with App('--page', 'catalog', sample=True) as app:
        app.press('Khuyến mại', shown=False)
        app.press(re.compile('^Khuyến mại mới'), 'push button', shown=False)
        app.find('Tên, như in trên phiếu', 'text', shown=False)
        app.type('Tuan le mien')
        app.key('Tab', 'Tab')
        app.type('10')
        shoot(app, 'promotion-form')
        app.key('Return')
        app.wait_value(1, "SELECT count(*) FROM fact WHERE kind = 'promotion' AND field = 'name'")
        app.wait_any_text(re.compile('mặt hàng được giảm'))
        shoot(app, 'promotions')
        app.close()
        app.start()
        app.key('alt+1')
        app.find('Quét hoặc gõ', 'text')
        app.scan(NOODLES, TEABAGS)
        # 65.000 + 150.000 less a tenth of each
        total(app, 193500)
        app.wait_any_text('Tuan le mien −6.500')
        app.key('F3')
        app.find('Lý do', 'text', shown=False)
        app.type('20')
        app.key('Tab')
        app.key('Tab')
        app.type('hop mop')
        shoot(app, 'discount-card')
        app.key('Return')
        app.gone('Lý do', 'text')
        # 135.000 less a fifth
        total(app, 166500)
        shoot(app, 'discounts')
        open_pay(app)
        finish(app, 1)
        assert app.query('SELECT line, kind, amount FROM line_off ORDER BY line, kind') == [
            {'line': 1, 'kind': 2, 'amount': 6500},
            {'line': 2, 'kind': 0, 'amount': 27000},
            {'line': 2, 'kind': 2, 'amount': 15000}]
        paper = receipt(app, 'QT1A-000001')
        assert 'hop mop' in paper and '−48.500' in paper


if __name__ == '__main__':
    main(globals())
