#!/usr/bin/python3
# quayctl for customers: sold on debt, paid, a statement, erased. Shares the helpers of test-cli.py.
import importlib.machinery
import importlib.util
import pathlib
import sys

LOADER = importlib.machinery.SourceFileLoader('cli', str(pathlib.Path(__file__).with_name('test-cli.py')))
cli = importlib.util.module_from_spec(importlib.util.spec_from_loader('cli', LOADER))
LOADER.exec_module(cli)
cli.TESTS.clear()
Shop, test, WRONG_USE = cli.Shop, cli.test, cli.WRONG_USE


@test
def debt(top):
    shop = Shop(top, 'shop').init()
    row = shop.do('customer', 'add', 'Chị Lan', '--phone', '0912 345 678', '--limit', '1tr').row
    assert (row['name'], row['phone'], row['limit']) == ('Chị Lan', '09xx xxx 678', 1000000), row
    shop.refused('customer', 'add', 'Anh Minh', '--phone', '12')
    shop.refused('sell', '2900000000018', '--tender', 'debt')
    shop.refused('sell', '2900000000018', '--customer', 'nobody', '--tender', 'debt')
    shop.do('sell', '2900000000018:2', '--customer', '345678', '--tender', 'debt')
    assert [row['debt'] for row in shop.do('customer', 'list', '--owing').rows] == [130000]
    shop.refused('customer', 'pay', 'lan', '130001')
    row = shop.do('customer', 'pay', 'lan', '30000').row
    assert row['debt'] == 100000 and '-PT' in row['number'], row
    shop.do('customer', 'statement', 'lan', '-o', 'no.pdf')
    assert (top / 'no.pdf').read_bytes().startswith(b'%PDF')
    shop.refused('customer', 'erase', 'lan', '--yes')
    shop.do('customer', 'pay', 'lan', '100000', '--tender', 'transfer')
    assert shop.ask('customer', 'erase', 'lan').code == WRONG_USE
    row = shop.do('customer', 'erase', 'lan', '--yes').row
    assert row['erased'] and row['name'].startswith('Khách ') and row['phone'] is None, row
    assert shop.do('customer', 'list').rows == []


@test
def requests(top):
    shop = Shop(top, 'shop').init()
    shop.do('customer', 'add', 'Chị Lan', '--phone', '0912 345 678')
    row = shop.do('customer', 'request', 'add', 'delete', 'lan', '--third').row
    assert (row['what'], row['name'], row['state'], row['how']) == ('delete', 'Chị Lan', 'open', 'counter'), row
    assert row['left'] >= 2 and row['done'] is None, row
    nobody = shop.do('customer', 'request', 'add', 'view', '--ref', 'QT1A-000001', '--how', 'letter').row
    assert (nobody['customer'], nobody['ref']) == (None, 'QT1A-000001'), nobody
    shop.refused('customer', 'request', 'add', 'view', '--ref', '0912345678')
    shop.refused('customer', 'request', 'add', 'view', 'nobody')
    assert shop.ask('customer', 'request', 'add', 'burn', 'lan').code == WRONG_USE
    assert shop.ask('customer', 'request', 'add', 'view').code == WRONG_USE
    assert len(shop.do('customer', 'request', 'list').rows) == 2
    assert shop.do('customer', 'request', 'ack', nobody['id']).row['acknowledged']
    more = shop.do('customer', 'request', 'extend', nobody['id'], '--why', 'identity').row
    assert more['due'] > nobody['due'], more
    shop.refused('customer', 'request', 'extend', nobody['id'], '--why', 'identity')
    ended = shop.do('customer', 'request', 'done', nobody['id'], '--refused', 'law').row
    assert (ended['state'], ended['done'], ended['ended_why']) == ('ended', False, 'law'), ended
    shop.do('customer', 'erase', 'lan', '--yes')
    assert shop.do('customer', 'request', 'list').rows == []
    proof = [one for one in shop.do('customer', 'request', 'list', '--all').rows if one['id'] == row['id']][0]
    assert proof['done'] and proof['name'].startswith('Khách '), proof
    shop.do('customer', 'notice', '-o', 'notice.pdf')
    assert (top / 'notice.pdf').read_bytes().startswith(b'%PDF')


sys.exit(cli.main())
