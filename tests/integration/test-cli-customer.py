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


sys.exit(cli.main())
