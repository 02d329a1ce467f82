#!/usr/bin/python3
# quayctl for the stock and the drawer: goods received from a file, orders, labels, shifts. Shares the helpers of test-cli.py.
import importlib.machinery
import importlib.util
import json
import pathlib
import sys

LOADER = importlib.machinery.SourceFileLoader('cli', str(pathlib.Path(__file__).with_name('test-cli.py')))
cli = importlib.util.module_from_spec(importlib.util.spec_from_loader('cli', LOADER))
LOADER.exec_module(cli)
cli.TESTS.clear()
Shop, keys, test, WRONG_USE = cli.Shop, cli.keys, cli.test, cli.WRONG_USE


@test
def goods_received(top):
    shop = Shop(top, 'shop').init()
    file = top / 'in.json'
    good = {'reason': 'consigned', 'producer': 'HTX Tài Hoan', 'lines': [
        {'sku': 'OCOP001', 'quantity': 5000, 'price': 65000, 'terms': 'commission', 'commission': 1500,
         'lot': 'L1', 'made': '2026-01-01', 'expires': '31/12/2099'}]}
    file.write_text(json.dumps(good))
    before = shop.do('stock', 'OCOP001').row['quantity']
    row = keys(shop.do('receive', file).row, 'document', 'lines', 'total')
    assert row['document'].startswith('QT1A-PNK') and (row['lines'], row['total']) == (1, 325000), row
    assert shop.do('stock', 'OCOP001').row['quantity'] == before + 5000
    for broken in ({'sku': 'NOPE'}, {'quantity': 0}, {'terms': 'lent'}, {'expires': '2025-01-01'}, {'made': 'x'},
                   {'commission': 10001}, {'price': -1}):
        file.write_text(json.dumps({**good, 'lines': [good['lines'][0], {**good['lines'][0], **broken}]}))
        shop.refused('receive', file)
    file.write_text('[')
    shop.refused('receive', file)
    assert shop.do('stock', 'OCOP001').row['quantity'] == before + 5000, 'nothing is half done'


@test
def labels_and_orders(top):
    shop = Shop(top, 'shop').init()
    assert shop.do('orders').rows == []
    row = shop.do('labels', 'OCOP001:3', 'OCOP012', '--start', '2', '-o', 'tem.pdf').row
    assert row['products'] == 2 and (top / 'tem.pdf').read_bytes().startswith(b'%PDF')
    shop.refused('labels', 'NOPE', '-o', 'x.pdf')
    shop.refused('labels', 'OCOP001', '--sheet', 'none', '-o', 'x.pdf')
    shop.refused('labels', 'OCOP001', '--start', '25', '-o', 'x.pdf')
    assert shop.ask('labels', 'OCOP001').code == WRONG_USE
    assert not (top / 'x.pdf').exists()


@test
def shift(top):
    shop = Shop(top, 'shop').init()
    assert shop.do('shift', 'open', '--notes', '500000:1,20000:5').row == {'shift': 'QT1A-Z26-0001', 'float': 600000}
    shop.refused('shift', 'open', '0')
    shop.do('sell', 'OCOP001', '--tender', 'cash:100000')
    sale = shop.do('sell', 'OCOP001', '--tender', 'transfer').row['receipt']
    voucher = shop.do('shift', 'cash', 'out', '200000', '--why', 'nộp', '--kind', 'bank').row
    assert (voucher['voucher'], voucher['amount']) == ('QT1A-PC26-0001', -200000)
    shop.refused('shift', 'cash', 'out', '1000')
    shop.refused('shift', 'cash', 'in', '1000', '--why', 'x', '--kind', 'bank')
    x = shop.do('shift', 'report').row
    assert (x['report'], x['open'], x['expected'], x['counted']) == ('X', True, 465000, None)
    assert (x['cash']['float'], x['cash']['sales'], x['cash']['bank']) == (600000, 65000, -200000)
    assert x['unseen'] == [{'receipt': sale, 'amount': 65000, 'ref': None}]
    assert shop.do('shift', 'seen').row['receipt'] == sale
    shop.do('shift', 'seen', sale)
    shop.refused('shift', 'seen', sale)
    shop.refused('shift', 'report', '--format', 'form')  # nothing was counted yet
    shop.refused('shift', 'close', '460000')  # a difference without a reason
    shop.refused('shift', 'close', '--notes', '500000:1', '--shift', 'QT1A-Z26-0009', '--why', 'x')
    z = shop.do('shift', 'close', '--notes', '200000:2,50000:1,10000:1', '--why', 'thiếu', '--note', 'hết tiền lẻ',
                '--by', 'quan-ly', '--verified', '460000').row
    assert (z['report'], z['counted'], z['difference'], z['verified']) == ('Z', 460000, -5000, 460000)
    assert (z['notes'], z['by'], z['unseen']) == ('200000:2 50000:1 10000:1', 'quan-ly', [])
    assert 'BÁO CÁO Z' in shop.do('shift', 'report', z['shift'], '--format', 'text').out.decode()
    form = shop.do('shift', 'report', z['shift'], '--format', 'form', '-o', '08a.pdf', cwd=top).row['file']
    assert pathlib.Path(form).read_bytes().startswith(b'%PDF')
    shop.refused('shift', 'report')  # none is open
    assert [row['difference'] for row in shop.do('shift', 'list').rows] == [-5000]
    assert shop.do('shift', 'list', '--open').rows == []
    assert shop.do('verify', '--rebuild').row['ok'] is True


sys.exit(cli.main())
