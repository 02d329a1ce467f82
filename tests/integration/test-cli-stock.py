#!/usr/bin/python3
# quayctl for the stock: goods received from a file, orders, labels. Shares the helpers of test-cli.py.
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


sys.exit(cli.main())
