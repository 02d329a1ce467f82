#!/usr/bin/python3
# A day at the drawer: the float by notes, sales, cash out, a blind close with a difference, the Z report.
import re

from harness import App, main, quayctl, shoot
from sell import NOODLES, dong

TEA = '2900000000049'  # Chè, 60.000


def count(app, *counts):
    """Types how many of each note there are, the greatest first; Enter on the last one goes on."""
    for n in counts:
        if n:
            app.type(str(n))
        app.key('Return')


#  float              2 × 500.000 + 5 × 20.000      1.100.000
#  sold for cash      65.000 + (60.000 − 40.000)       85.000
#  taken out          to the bank                    −500.000
#  should be there                                    685.000
#  counted            500.000 + 3 × 50.000 + 20.000 + 5.000 + 2.000 + 2 × 1.000 = 679.000
#  missing                                              6.000
def test_a_shift_from_float_to_z():
    with App(sample=True) as app:
        app.press('Báo cáo', 'push button', shown=False)
        app.wait_any_text('Chưa mở ca')
        app.key('F9')
        app.find('Số tờ 500.000', 'text')
        app.type('2x')
        app.key('Return', 'Return', 'Return', 'Return')
        app.type('5')
        app.wait_text('Đã đếm', dong(1100000))
        shoot(app, 'shift-open')
        app.key('Return', 'Return', 'Return', 'Return', 'Return', 'Return')
        app.wait_any_text('Ca QT1A-Z26-0001 đang mở')
        quayctl(app.folder, 'sell', NOODLES, '--tender', 'cash:100000')
        quayctl(app.folder, 'sell', TEA, '--tender', 'transfer:40000', '--tender', 'cash:20000')
        app.key('F7')
        app.press('Nộp ngân hàng')
        app.find('Số tiền', 'text').focus()
        app.type('500k')
        app.key('Return')
        app.wait_any_text('Hãy ghi lý do')
        app.type('nop cuoi ngay')
        shoot(app, 'cash-out')
        app.key('Return')
        app.wait_value(-500000, "SELECT amount FROM cash_move WHERE kind = 'bank'")
        app.wait_text('Trong két phải có', dong(685000))
        app.key('F9')
        count(app, 1, 0, 0, 3, 1, 0, 1, 1, 2)
        app.wait_text('Đã đếm', dong(679000))
        shoot(app, 'shift-count')
        app.key('Return')
        app.wait_any_text(f'Thiếu: {dong(6000)}')
        app.key('Return')
        app.wait_any_text('Hãy ghi lý do')
        app.type('thoi nham')
        shoot(app, 'shift-result')
        app.key('Return')
        app.wait_any_text('QT1A-000002')
        app.type('het tien le')
        shoot(app, 'shift-note')
        app.key('Return')
        app.wait_any_text('Chưa mở ca')
        assert app.query('SELECT counted, expected, why, notes, note FROM shift_close') == [
            {'counted': 679000, 'expected': 685000, 'why': 'thoi nham', 'note': 'het tien le',
             'notes': '500000:1 50000:3 20000:1 5000:1 2000:1 1000:2'}]
        z = quayctl(app.folder, 'shift', 'report', 'QT1A-Z26-0001')[0]
        lines = {'float': 1100000, 'sales': 85000, 'bank': -500000}
        assert z['cash'] == {line: lines.get(line, 0) for line in z['cash']}
        assert (z['report'], z['sales'], z['total'], z['refunded']) == ('Z', 2, 125000, 0)
        assert {row['key']: row['amount'] for row in z['tenders']} == {'cash': 85000, 'transfer': 40000}
        assert (z['expected'], z['counted'], z['difference']) == (685000, 679000, -6000)
        assert z['unseen'] == [{'receipt': 'QT1A-000002', 'amount': 40000, 'ref': None}]
        app.key('F3')
        app.find('Báo cáo như khi in')
        shoot(app, 'shift-reports')
        app.key('Escape')
        app.key('F9')
        app.wait_any_text(re.compile('het tien le'))


main(globals())
