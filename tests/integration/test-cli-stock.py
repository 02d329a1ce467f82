#!/usr/bin/python3
# quayctl for the stock and the drawer: goods, orders, labels, codes of transfers, shifts. Shares the helpers of test-cli.py.
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


def write(top, name, document):
    file = top / name
    file.write_text(json.dumps(document))
    return file


def quantity(shop, sku, place):
    return sum(row['quantity'] for row in shop.do('stock', sku).rows if row['location'] == place)


@test
def goods_moved(top):
    shop = Shop(top, 'shop').init()
    floor = shop.do('places').row['place']
    names = [keys(row, 'place', 'kind', 'products', 'value')['place'] for row in shop.do('places', '--add', 'Kho sau').rows]
    assert names == [floor, 'Kho sau']
    shop.refused('places', '--add', 'Kho sau')
    before = quantity(shop, 'OCOP001', floor)
    good = {'to': 'Kho sau', 'name': 'Lan', 'lines': [{'sku': 'OCOP001', 'quantity': 3000},
                                                      {'sku': 'OCOP002', 'quantity': 1000}]}
    row = keys(shop.do('move', write(top, 'move.json', good)).row, 'document', 'lines', 'total')
    assert row['document'].startswith('QT1A-PCK') and row['lines'] == 2, row
    assert quantity(shop, 'OCOP001', 'Kho sau') == 3000 and quantity(shop, 'OCOP001', floor) == before - 3000
    for broken in ({'to': 'nowhere'}, {'to': floor}, {'lines': []}, {'lines': [{'sku': 'NOPE', 'quantity': 1000}]},
                   {'lines': [good['lines'][0], {'sku': 'OCOP001', 'quantity': 1500}]},
                   {'lines': [{'sku': 'OCOP001', 'quantity': '3'}]},
                   {'lines': [{'sku': 'OCOP001', 'quantity': 1000, 'lot': 'none'}]}):
        shop.refused('move', write(top, 'move.json', {**good, **broken}))
    assert quantity(shop, 'OCOP001', 'Kho sau') == 3000, 'nothing is half done'
    assert shop.ask('move').code == WRONG_USE


@test
def goods_counted_and_settled(top):
    shop = Shop(top, 'shop').init()
    floor = shop.do('places').row['place']
    shop.do('receive', write(top, 'in.json', {'reason': 'consigned', 'producer': 'HTX Tài Hoan', 'lines': [
        {'sku': 'OCOP001', 'quantity': 10000, 'price': 65000, 'terms': 'commission', 'commission': 1500, 'lot': 'L1'}]}))
    lots = {row['code']: row['quantity'] for row in shop.do('stock', 'OCOP001', '--lots').rows}
    assert lots['L1'] == 10000
    good = {'name': 'Kiểm kê', 'lines': [{'sku': 'OCOP001', 'lot': 'L1', 'quantity': 8000}]}
    for broken in ({'place': 'nowhere'}, {'lines': []}, {'lines': [good['lines'][0], {'sku': 'OCOP001', 'quantity': -1}]},
                   {'category': 'none'}, {'lines': [{'sku': 'OCOP001', 'lot': 'L9', 'quantity': 0}]}):
        shop.refused('count', write(top, 'count.json', {**good, **broken}))
    row = keys(shop.do('count', write(top, 'count.json', {**good, 'approve': False})).row, 'document', 'lines', 'total')
    assert row == {'document': None, 'lines': 0, 'total': 0}
    row = shop.do('count', write(top, 'count.json', good)).row
    assert row['document'].startswith('QT1A-KK') and (row['lines'], row['total']) == (1, -130000), row
    assert shop.do('count', write(top, 'count.json', good)).row['document'] is None, 'nothing differs any more'
    shop.do('sell', 'OCOP001:3')
    # Two lost, three sold: 85 % of 65.000 each.
    row = keys(shop.do('settle', 'HTX Tài Hoan', '--to', '2026-12-31').row, 'document', 'lines', 'total', 'sold_for')
    assert row['document'].startswith('QT1A-QT') and (row['lines'], row['total']) == (1, 5 * 55250), row
    shop.refused('settle', 'HTX Tài Hoan')
    shop.refused('settle', 'nobody')
    assert shop.ask('settle', 'HTX Tài Hoan', '--to', 'x').code == WRONG_USE
    assert quantity(shop, 'OCOP001', floor) > 0


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


ORDER = ('00020101021238570010A00000072701270006970405011383002050123450208QRIBFTTA530370454061250005802VN'
         '62290109HD00000120812TT HD000001263048DBC')
CARD = ('00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52')


@test
def vietqr(top):
    shop = Shop(top, 'none')
    account = ['vietqr', '--bin', '970405', '--account', '8300205012345']
    made = shop.do(*account, '--amount', '125000', '--bill', 'HD0000012', '--purpose', 'TT HD0000012')
    assert made.out.decode() == ORDER + '\n'
    assert shop.do('vietqr', '--card', '--account', '9704031101234567', '--bin', '970403').out.decode() == CARD + '\n'
    row = keys(shop.do('vietqr', '--parse', ORDER).row, 'use', 'bin', 'bank', 'account', 'service', 'amount')
    assert row == {'use': 'once', 'bin': '970405', 'bank': 'Agribank', 'account': '8300205012345', 'service': 'account',
                   'amount': 125000, 'bill': 'HD0000012', 'purpose': 'TT HD0000012'}, row
    row = shop.do('vietqr', '--parse', CARD).row
    assert (row['use'], row['service'], row['amount']) == ('many', 'card', None), row
    # texts are folded, then cut
    made = shop.do(*account, '--purpose', 'Điểm bán hàng OCOP Quế Thanh').out.decode().strip()
    assert shop.do('vietqr', '--parse', made).row['purpose'] == 'Diem ban hang OCOP Que Th'
    for wrong in [ORDER[:-1] + 'D', ORDER[:-4], ORDER.replace('125000', '126000'), 'no code', '']:
        answer = shop.refused('vietqr', '--parse', wrong)
        assert answer.out == b'', wrong
    assert 'checksum' in shop.refused('vietqr', '--parse', ORDER[:-1] + 'D').err
    for wrong in [['--amount', '0'], ['--amount', '-5'], ['--amount', '1.5'], ['--amount', '10000000000000']]:
        shop.refused(*account, *wrong)
    shop.refused('vietqr', '--bin', '97040', '--account', '1')
    shop.refused('vietqr', '--bin', '9704055', '--account', '1')
    shop.refused('vietqr', '--bin', '970405', '--account', '12345678901234567890')
    for wrong in [[], ['--bin', '970405'], ['--parse'], ['--parse', 'a', 'b'], ['--bin', '970405', '--account', '1', 'x'],
                  ['--bin', '970405', '--account', '1', '--amount']]:
        assert shop.ask('vietqr', *wrong).code == WRONG_USE, wrong
    assert not shop.folder.exists()


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
    assert (z['unsent'], z['unsent_receipts']) == (0, [])  # there is no server
    assert 'BÁO CÁO Z' in shop.do('shift', 'report', z['shift'], '--format', 'text').out.decode()
    form = shop.do('shift', 'report', z['shift'], '--format', 'form', '-o', '08a.pdf', cwd=top).row['file']
    assert pathlib.Path(form).read_bytes().startswith(b'%PDF')
    shop.refused('shift', 'report')  # none is open
    assert [row['difference'] for row in shop.do('shift', 'list').rows] == [-5000]
    assert shop.do('shift', 'list', '--open').rows == []
    assert shop.do('verify', '--rebuild').row['ok'] is True


sys.exit(cli.main())
