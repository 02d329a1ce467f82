#!/usr/bin/python3
# quayctl after the sale: goods that come back with and without a receipt, tenders put right. Shares the helpers of
# test-cli.py.
import importlib.machinery
import importlib.util
import pathlib
import sys

LOADER = importlib.machinery.SourceFileLoader('cli', str(pathlib.Path(__file__).with_name('test-cli.py')))
cli = importlib.util.module_from_spec(importlib.util.spec_from_loader('cli', LOADER))
LOADER.exec_module(cli)
cli.TESTS.clear()
Shop, keys, test, WRONG_USE = cli.Shop, cli.keys, cli.test, cli.WRONG_USE


@test
def refund(top):
    shop = Shop(top, 'shop').init()
    number = shop.do('sell', 'OCOP001:3', 'OCOP028:0.485', '--tender', 'transfer').row['receipt']
    row = keys(shop.do('refund', number, '1:2', '2:0.2').row, 'receipt', 'total', 'of')
    assert (row['receipt'], row['total'], row['of']) == ('QT1A-TH26-0001', 142000, number)
    shop.refused('refund', number, '--tender', 'cash')
    assert shop.do('refund', number, '--tender', 'cash', '--why', 'khách xin tiền mặt').row['total'] == 82100
    assert shop.ask('refund', number, 'x:1').code == WRONG_USE
    shop.refused('refund', 'QT1A-TH26-0001')  # what was given back is no sale
    slip = shop.do('receipt', 'qt1a-th26-0001', '--width', 58).out.decode()
    assert 'PHIẾU TRẢ HÀNG' in slip and 'BẢN IN LẠI – LẦN 1' in slip and '142.000' in slip, slip
    shop.do('receipt', 'QT1A-TH26-0002', '--format', 'pdf', '-o', 'slip.pdf')
    assert (top / 'slip.pdf').read_bytes().startswith(b'%PDF')
    shop.refused('receipt', 'QT1A-TH26-0003')
    assert shop.do('verify', '--rebuild').row['ok'] is True


@test
def refund_free(top):
    shop = Shop(top, 'shop').init()
    before = shop.do('stock', 'OCOP001').row['quantity']
    back = shop.do('refund', '--free', 'OCOP001:2', 'OCOP012:1:50k', '--why', 'hộp móp', '--of', 'mất phiếu').row
    assert back == {'receipt': 'QT1A-TH26-0001', 'total': 180000, 'of': 'mất phiếu'}
    assert shop.do('stock', 'OCOP001').row['quantity'] == before + 2000
    back = shop.do('refund', '--free', '2900000000018:1', '--why', 'x', '--tender', 'transfer').row
    assert (back['total'], back['of']) == (65000, None)
    text = shop.do('receipt', back['receipt']).out.decode()
    assert 'Không kèm phiếu mua' in text and 'Chuyển khoản trả khách' in text, text
    shop.refused('refund', '--free', 'OCOP001:1')  # why?
    shop.refused('refund', '--free', 'OCOP999:1', '--why', 'x')
    shop.refused('refund', '--free', 'OCOP001:0', '--why', 'x')
    shop.refused('refund', '--free', 'OCOP001:1', '--why', 'x', '--tender', 'debt')
    for wrong in [[], ['OCOP001'], ['OCOP001:x'], ['OCOP001:1:x'], ['OCOP001:1:1:1'], ['OCOP001:1', '--tender', 'gold'],
                  ['OCOP001:1', '--by', 'ql']]:
        assert shop.ask('refund', '--free', *wrong, '--why', 'x').code == WRONG_USE, wrong
    assert shop.ask('refund', 'QT1A-1', '--of', 'x').code == WRONG_USE
    assert shop.do('shift', 'report').row['expected'] == -180000
    assert shop.do('verify', '--rebuild').row['ok'] is True


@test
def tender(top):
    shop = Shop(top, 'shop').init()
    number = shop.do('sell', 'OCOP001:2', '--tender', 'card:30k', '--tender', 'cash:100k').row['receipt']
    fixed = shop.do('tender', 'qt1a-1', 'cash', 'transfer', '--amount', '60k', '--ref', 'FT1', '--why', 'bấm nhầm').row
    assert fixed == {'correction': 'QT1A-SP26-0001', 'of': number, 'from': 'cash', 'to': 'transfer', 'amount': 60000}
    assert shop.do('tender', number, 'cash', 'card', '--why', 'x').row['amount'] == 40000  # all that is left
    tenders = {row['key']: row['amount'] for row in shop.do('report', 'day').row['tenders']}
    assert {key: n for key, n in tenders.items() if n} == {'card': 70000, 'transfer': 60000}, tenders
    shop.refused('tender', number, 'cash', 'card', '--why', 'x')  # nothing is left of it
    shop.refused('tender', number, 'card', 'cash', '--amount', '70001', '--why', 'x')
    shop.refused('tender', number, 'card', 'cash')
    shop.refused('tender', number, 'card', 'debt', '--why', 'x')  # nobody owes
    shop.refused('tender', number, 'card', 'card', '--why', 'x')
    shop.refused('tender', 'QT1A-9', 'card', 'cash', '--why', 'x')
    for wrong in [[number], [number, 'card', 'gold'], [number, 'card', 'cash', '--amount', 'x']]:
        assert shop.ask('tender', *wrong, '--why', 'x').code == WRONG_USE, wrong
    assert shop.do('refund', number).row['total'] == 130000
    assert shop.do('shift', 'report').row['expected'] == 0
    assert shop.do('verify', '--rebuild').row['ok'] is True


sys.exit(cli.main())
