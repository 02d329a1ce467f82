#!/usr/bin/python3
# quayctl as a program: keys and exit codes of each command on real files, wrong use and refusals, events
# from one shop to another, and commands beside a program that has the shop open. Prints TAP.
import collections
import csv
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import traceback
import zipfile

BUILD = pathlib.Path(os.environ['QUAY_BUILD_DIR'])
SOURCE = pathlib.Path(os.environ['QUAY_SOURCE_DIR'])
QUAYCTL = BUILD / 'src/cli/quayctl'
HOST = BUILD / 'tests/integration/remote-host'
DATA = SOURCE / 'tests/data/import'
DONE, REFUSED, WRONG_USE = 0, 1, 2
TESTS = []


def test(function):
    TESTS.append(function)
    return function


class Answer:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.decode().splitlines()]

    @property
    def row(self):
        assert len(self.rows) == 1, self.rows
        return self.rows[0]


class Shop:
    """A folder and quayctl on it."""

    def __init__(self, top, name):
        self.top, self.folder = top, top / name

    def ask(self, *arguments, text=None, cwd=None):
        done = subprocess.run([QUAYCTL, '--data', self.folder, *map(str, arguments)], capture_output=True,
                              input=text, cwd=cwd or self.top, timeout=120)
        assert done.returncode >= 0, f'{arguments}: killed by signal {-done.returncode}'
        return Answer(done.returncode, done.stdout, done.stderr.decode())

    def do(self, *arguments, **more):
        answer = self.ask(*arguments, **more)
        assert answer.code == DONE, f'{arguments}: {answer.code}: {answer.err}'
        return answer

    def refused(self, *arguments, **more):
        answer = self.ask(*arguments, **more)
        assert answer.code == REFUSED, f'{arguments}: {answer.code}: {answer.out} {answer.err}'
        assert answer.err.startswith('quayctl: '), f'{arguments} tells nothing'
        return answer

    def init(self, till='QT1', sample=True):
        self.do('init', '--shop', 'Quầy thử', '--till', till, *(['--sample'] if sample else []))
        return self

    def head(self):
        return self.do('verify').row['head']


def keys(row, *names):
    assert set(names) <= set(row), f'{row} lacks {set(names) - set(row)}'
    return row


# --- text ---


@test
def text_commands(top):
    shop = Shop(top, 'none')
    for amount, words in [(0, 'không'), (15000, 'mười lăm nghìn'),
                          (1250000, 'một triệu hai trăm năm mươi nghìn')]:
        assert shop.do('words', amount).out.decode() == words + '\n'
    assert shop.do('fold', text='Miến dong\nĐường ₫\n'.encode()).out == b'Mien dong\nDuong d\n'
    rows = 'đa\nda\nă\na\ná\n'
    assert shop.do('sort', text=rows.encode()).out.decode() == 'a\ná\nă\nda\nđa\n'
    assert shop.do('sort', text=b'').code == DONE
    shop.refused('fold', text=b'\xff\xfe')
    assert not shop.folder.exists()


WRONG = [
    [], ['nonsense'], ['--nonsense'], ['--data'],
    ['init'], ['init', '--shop', 'X'], ['init', '--shop', 'X', '--till'],
    ['init', '--shop', 'X', '--till', 'A', 'more'],
    ['import'], ['import', 'a', 'b'], ['import', '--dry', 'a'],
    ['export'], ['export', 'catalogue'], ['export', 'sales', 'x.csv'],
    ['find'], ['find', 'x', '--limit', '0'], ['find', 'x', '--limit', 'ten'], ['scan'], ['scan', 'a', 'b'],
    ['sell'], ['sell', 'OCOP001', '--tender', 'shells:5'], ['sell', 'OCOP001', '--tender', 'cash:1,5'],
    ['sell', 'OCOP001', '--tender', 'cash:-5'], ['sell', 'OCOP001', '--unknown'], ['sell', '--tender', 'cash:1'],
    ['receipt'], ['receipt', 'QT1A-1', '--width', '70'], ['receipt', 'QT1A-1', '--format', 'odt', '-o', 'x'],
    ['receipt', 'QT1A-1', '--format', 'png'],
    ['stock', 'a', 'b'], ['stock', '--at', 'yesterday'], ['report'], ['report', 'week'],
    ['report', 'day', '--from', '2026-02-30'], ['shift'], ['shift', 'open'],
    ['shift', 'open', '--notes', '7:1'], ['shift', 'close', '1', '--by', 'x'], ['shift', 'cash', 'up', '1'],
    ['words'], ['words', 'abc'], ['words', '1', '2'],
    ['verify', 'x'], ['verify', '--all'], ['backup'], ['restore'], ['events'], ['events', 'export'],
    ['events', 'frob', 'x'], ['events', 'export', 'x', '--since', '-1'],
    ['generate', '--products', '-1'], ['generate', '--days', '0'], ['generate', 'x'], ['demo', 'x'],
]


@test
def wrong_use(top):
    shop = Shop(top, 'shop').init()
    before = shop.head()
    for arguments in WRONG:
        answer = shop.ask(*arguments)
        assert answer.code == WRONG_USE, f'{arguments}: {answer.code} {answer.err}'
        assert answer.out == b'' and 'quayctl' in answer.err, arguments
    assert shop.head() == before


@test
def help_is_no_mistake(top):
    for word in ['--help', '-h']:
        answer = Shop(top, 'none').do(word)
        assert 'verify [--rebuild]' in answer.out.decode() and answer.err == '', answer.err


@test
def no_shop(top):
    shop = Shop(top, 'none')
    for arguments in [['sell', 'X'], ['import', DATA / 'good.csv'], ['verify'], ['stock'], ['report', 'day'],
                      ['find', 'x'], ['backup', top / 'b'], ['restore', top / 'none.db']]:
        shop.refused(*arguments)
    assert "'quayctl init' makes one" in shop.ask('stock').err
    assert not shop.folder.exists() or not any(shop.folder.glob('*.db'))


# --- the shop ---


@test
def init(top):
    shop = Shop(top, 'shop')
    row = shop.do('init', '--shop', 'Quầy "một"', '--till', 'QT1').row
    assert keys(row, 'shop', 'till', 'file')['shop'] == 'Quầy "một"'
    assert pathlib.Path(row['file']).is_file()
    assert pathlib.Path(row['file']).stat().st_mode & 0o077 == 0
    shop.refused('init', '--shop', 'X', '--till', 'QT1')
    for code in ['qt1', 'TOOLONG', 'Đ1', '', 'A B']:
        Shop(top, 'other').refused('init', '--shop', 'X', '--till', code)


@test
def find_and_scan(top):
    shop = Shop(top, 'shop').init()
    for words in [['mien', 'dong'], ['DONG mien'], ['Miến']]:
        row = keys(shop.do('find', *words).rows[0], 'sku', 'name', 'price', 'unit', 'stock')
        assert row['sku'] == 'OCOP001' and row['price'] == 65000 and row['stock'] == 124000
    assert len(shop.do('find', 'trà', '--limit', '3').rows) == 3
    assert shop.do('find', 'không có gì như thế').rows == []
    for code, kind, more in [
            ('2900000000018', 'product', {'sku': 'OCOP001', 'gtin': '02900000000018'}),
            ('2100028004850', None, {}),
            ('https://example.com/a', 'unknown', {'url': 'https://example.com/a'}),
            ('00020101021238570010A00000072701270006970403', None, {}),
            ('nothing', 'unknown', {})]:
        row = keys(shop.do('scan', code).row, 'kind')
        assert kind is None or row['kind'] == kind, row
        assert more.items() <= row.items(), row
    label = '210002800485'
    check = -sum(int(d) * (1 if i % 2 == 0 else 3) for i, d in enumerate(label)) % 10
    row = shop.do('scan', f'{label}{check}').row
    assert (row['kind'], row['sku'], row['grams']) == ('weighed', 'OCOP028', 485)
    row = shop.do('sell', f'{label}{check}').row
    assert row['total'] == 29100


@test
def sell(top):
    shop = Shop(top, 'shop').init()
    names = ['receipt', 'lines', 'total', 'vat', 'tendered', 'change', 'seq', 'hash']
    answer = shop.do('sell', 'OCOP001:2', 'OCOP028:0.485', '--tender', 'cash:100000', '--tender', 'transfer')
    row = keys(answer.row, *names)
    assert (row['receipt'], row['lines'], row['total'], row['change']) == ('QT1A-000001', 2, 159100, 0)
    assert row['vat'] == 9630 + 1386  # 130.000 at 8 %, 29.100 at 5 %
    row = shop.do('sell', '2900000000018', '--tender', 'cash:500k').row
    assert (row['total'], row['tendered'], row['change']) == (65000, 500000, 435000)
    before = shop.do('stock', 'OCOP001').row['quantity']
    assert before == 124000 - 3000
    held = shop.do('sell', 'OCOP002', '--hold').row
    assert held['held'] is True and held['total'] == 450000
    for arguments in [['NOPE'], ['OCOP001:0.5'], ['OCOP001:0'], ['OCOP001:100000'],
                      ['OCOP001', '--tender', 'cash:1000'], ['OCOP001', '--tender', 'card:1tr'],
                      ['OCOP001', '--tender', 'cash:0']]:
        shop.refused('sell', *arguments)
    assert shop.do('stock', 'OCOP001').row['quantity'] == before
    last = shop.do('sell', 'OCOP012').row
    assert last['receipt'] == 'QT1A-000003', 'a refused sale took a number'
    assert shop.head() == last['hash'], 'the hash told is not the head of the chain'
    assert shop.do('verify', '--rebuild').row['ok'] is True


@test
def receipt(top):
    shop = Shop(top, 'shop').init()
    number = shop.do('sell', 'OCOP001', 'OCOP012:2', '--tender', 'cash:500k').row['receipt']
    for width in (58, 80):
        text = shop.do('receipt', number, '--width', width).out.decode()
        assert number in text and 'BẢN IN LẠI' in text and '245.000' in text, text
        assert max(map(len, text.splitlines())) <= (32 if width == 58 else 48)
        for form, magic in [('png', b'\x89PNG'), ('pdf', b'%PDF'), ('text', b' ')]:
            shop.do('receipt', 'qt1a-1', '--format', form, '--width', width, '-o', f'r{width}.{form}')
            assert (top / f'r{width}.{form}').read_bytes().startswith(magic)
    shop.do('events', 'export', top / 'receipts.jsonl')
    told = (top / 'receipts.jsonl').read_text().count('receipt.reprinted')
    assert told == 8, f'8 copies were made, {told} are recorded'
    shop.refused('receipt', 'QT1A-000099')
    shop.refused('receipt', number, '--format', 'png', '-o', '/nowhere/r.png')


@test
def stock_and_reports(top):
    shop = Shop(top, 'shop').init()
    rows = shop.do('stock').rows
    assert len(rows) == 57
    for row in rows:
        keys(row, 'sku', 'lot', 'location', 'quantity', 'value')
    shop.do('sell', 'OCOP001:2', '--tender', 'card')
    shop.do('sell', 'OCOP012', 'OCOP001')
    for kind in ('day', 'month', 'producer', 'product', 'vat'):
        row = keys(shop.do('report', kind).row, 'from', 'to', 'sales', 'total', 'vat', 'tenders', 'rates', 'rows')
        assert (row['sales'], row['total']) == (2, 3 * 65000 + 90000), kind
        assert sum(t['amount'] for t in row['tenders']) == row['total']
        assert sum(r['vat'] for r in row['rates']) == row['vat']
        if kind in ('producer', 'product'):
            assert sum(r['amount'] for r in row['rows']) == row['total'], kind
    assert shop.do('report', 'day', '--from', '2020-01-01', '--to', '01/02/2020').row['sales'] == 0
    assert shop.do('stock', 'OCOP001', '--at', '2001-01-01T00:00:00+07:00').rows in ([], [{**rows[0], 'quantity': 0}])
    shop.refused('stock', 'NOPE')
    made = Shop(top, 'lots')
    made.do('generate', '--products', 3, '--sales', 0, '--days', 2, '--lots', 2)
    lots = made.do('stock', '--lots').rows
    assert len(lots) == 9 and sorted(row['code'] for row in lots)[3:] == [f'L{n:06}' for n in range(1, 7)]
    for row in lots:
        keys(row, 'sku', 'lot', 'location', 'quantity', 'value', 'code', 'expires')
        assert bool(row['lot']) == bool(row['code'])
    assert sum(row['quantity'] for row in lots) == sum(row['quantity'] for row in made.do('stock').rows)


# --- files ---


@test
def import_twice(top):
    shop = Shop(top, 'shop').init(sample=False)
    plan = keys(shop.do('import', DATA / 'good.csv', '--dry-run').row, 'added', 'changed', 'same', 'refused')
    assert plan['added'] == 4 and len(plan['changes']) == 4
    assert shop.do('find', 'T001').rows == [], 'a dry run wrote something'
    assert shop.do('import', DATA / 'good.csv').row['added'] == 4
    head = shop.head()
    again = shop.do('import', DATA / 'good.csv').row
    assert (again['added'], again['changed'], again['same'], again['refused']) == (0, 0, 4, [])
    assert shop.head() == head
    shutil.copy(DATA / 'good.csv', top / 'local.csv')
    assert shop.do('import', 'local.csv').row['same'] == 4, 'a relative name'
    assert shop.do('verify', '--rebuild').row['ok'] is True


@test
def import_refuses_rows(top):
    shop = Shop(top, 'shop').init(sample=False)
    row = shop.do('import', DATA / 'broken-rows.csv').row
    assert row['added'] == 3
    refused = [(r['row'], r['column']) for r in row['refused']]
    assert refused == [(3, ''), (4, ''), (5, 'price'), (6, 'price'), (7, 'sku'), (8, 'vat_class'), (9, 'stock'),
                       (10, 'sku')]
    assert all(r['why'] and r['why_vi'] for r in row['refused'])
    assert shop.do('find', 'B008').rows[0]['name'] == '=1+1'
    assert shop.do('import', DATA / 'vietnamese.csv').row['unknown'] == ['Ghi chú của tôi']


@test
def import_refuses_files(top):
    shop = Shop(top, 'shop').init(sample=False)
    head = shop.head()
    broken = {
        'empty': b'', 'no-header': b'M1,Tr\xc3\xa0,1000\n', 'nul': b'sku,name\nM1,\0\n',
        'utf-16': 'sku,name,price\nM1,Trà,1\n'.encode('utf-16'),
        'tcvn3': b'sku,name,price\nM1,Mi\xd5n,1\n', 'twice': 'sku,name,mã hàng\n'.encode(),
        'sheet': b'PK\x03\x04' + bytes(range(256)), 'zeros': bytes(4096),
    }
    for name, data in broken.items():
        (top / f'{name}.csv').write_bytes(data)
        shop.refused('import', f'{name}.csv')
    shop.refused('import', 'none.csv')
    shop.refused('import', '.')
    os.mkfifo(top / 'pipe.csv')
    shop.refused('import', 'pipe.csv')
    assert shop.head() == head


@test
def export_import_is_the_same(top):
    shop, other = Shop(top, 'shop').init(), Shop(top, 'other').init('QT2', sample=False)
    assert shop.do('export', 'catalogue', 'all.csv').row == {'rows': 57}
    row = shop.do('import', 'all.csv').row
    assert (row['same'], row['changed'], row['added'], row['refused'], row['unknown']) == (57, 0, 0, [], [])
    assert other.do('import', 'all.csv').row['added'] == 57
    other.do('export', 'catalogue', 'other.csv')
    assert (top / 'all.csv').read_bytes() == (top / 'other.csv').read_bytes()
    assert shop.do('export', 'catalogue', 'all.xlsx').row == {'rows': 57}
    sheet = zipfile.ZipFile(top / 'all.xlsx').read('xl/worksheets/sheet1.xml').decode()
    for words in ['Mã hàng', 'Giá bán', 'Miến dong Tài Hoan 500 g', '<v>65000</v>', 'state="frozen"',
                  'autoFilter']:
        assert words in sheet, words
    assert not list(top.glob('*.part'))
    for name in ['all.ods', '/nowhere/x.csv', '/nowhere/x.xlsx']:
        shop.refused('export', 'catalogue', name)


@test
def backup_and_restore(top):
    shop = Shop(top, 'shop').init()
    shop.do('sell', 'OCOP001')
    row = keys(shop.do('backup', 'copy.db').row, 'events', 'head')
    assert row['ok'] is True and row['head'] == shop.head()
    shop.refused('backup', 'copy.db')
    lost = shop.do('sell', 'OCOP002').row['receipt']
    assert lost == 'QT1A-000002'
    assert shop.do('restore', 'copy.db').row['head'] == row['head']
    shop.refused('receipt', lost)
    assert shop.do('sell', 'OCOP003').row['receipt'] == 'QT1B-000001', 'a restored till begins a new chain'
    assert list(shop.folder.glob('quay-replaced-*')), 'the replaced file is kept'
    head = shop.head()
    (top / 'junk.db').write_bytes(b'x' * 8192)
    whole = bytearray((top / 'copy.db').read_bytes())
    for at in range(20000, 24000):
        whole[at] ^= 0xff
    (top / 'spoiled.db').write_bytes(whole)
    for name in ['junk.db', 'spoiled.db', 'none.db']:
        shop.refused('restore', name)
    assert shop.head() == head
    assert shop.do('verify', '--rebuild').row['ok'] is True


@test
def events_by_hand(top):
    shop, other = Shop(top, 'shop').init(), Shop(top, 'other').init('QT2', sample=False)
    shop.do('sell', 'OCOP001:2')
    told = keys(shop.do('events', 'export', 'e.jsonl').row, 'events', 'first', 'last')
    assert told['first'] == 1 and told['last'] == told['events']
    assert other.do('events', 'import', 'e.jsonl').row['events'] == told['events']
    head = other.head()
    assert other.do('events', 'import', 'e.jsonl').row['events'] == 0, 'known events are booked once'
    assert other.head() == head
    assert other.do('report', 'day').row['total'] == 130000
    assert other.do('find', 'mien dong').rows[0]['sku'] == 'OCOP001'
    shop.do('sell', 'OCOP001')
    assert shop.do('events', 'export', 'more.jsonl', '--since', told['last'] + 1).row['events'] == 1
    assert other.do('events', 'import', 'more.jsonl').row['events'] == 1
    assert other.do('report', 'day').row['total'] == 195000
    assert shop.do('events', 'import', 'more.jsonl').row['events'] == 0, 'a shop knows its own'
    assert other.do('verify', '--rebuild').row['ok'] is True
    third = Shop(top, 'third').init('QT3', sample=False)
    text = (top / 'e.jsonl').read_text()
    for name, data in [('gap', ''.join(text.splitlines(True)[5:])), ('junk', 'not json\n'), ('list', '[1,2]\n'),
                       ('tampered', text.replace('130000', '130001')), ('cut', text[:-40])]:
        (top / name).write_text(data)
        third.refused('events', 'import', name)
        assert third.do('verify', '--rebuild').row['ok'] is True, name
    assert third.do('report', 'day').row['sales'] == 0
    assert third.do('events', 'import', 'e.jsonl').code == DONE, 'what came whole is not in the way'
    assert third.do('report', 'day').row['total'] == 130000
    third.refused('events', 'import', 'none')
    shop.refused('events', 'export', '/nowhere/e')


@test
def generate(top):
    shops = [Shop(top, name) for name in ('one', 'two')]
    for shop in shops:
        row = shop.do('generate', '--products', 200, '--sales', 1500, '--days', 9, '--seed', 4).row
        assert keys(row, 'products', 'sales', 'days', 'seed')['sales'] == 1500
    heads = [shop.do('verify', '--rebuild').row for shop in shops]
    assert heads[0] == heads[1] and heads[0]['ok'] is True, 'one seed, one shop'
    shop = shops[0]
    report = shop.do('report', 'day', '--from', '2000-01-01').row
    assert report['sales'] == 1500
    tenders = {t['key']: t['count'] for t in report['tenders']}
    assert 1100 < tenders['cash'] < 1300 and 150 < tenders['transfer'] < 300 and 30 < tenders['card'] < 130
    assert shop.do('sell', 'G000001').row['receipt'] == 'QT1A-001501'
    assert len(shop.do('stock').rows) == 200
    shop.do('export', 'catalogue', 'made.csv')
    assert shop.do('import', 'made.csv').row['same'] == 200
    rows = list(csv.DictReader((top / 'made.csv').read_text('utf-8-sig').splitlines()))
    assert len({row['name'] for row in rows}) == 200 and sum(row['sold_by'] == 'weight' for row in rows) == 10
    for row in rows:
        assert int(row['price']) % 500 == 0
        assert row['barcodes'].startswith('W:') or sound_ean(row['barcodes']), row


def sound_ean(code):
    return len(code) == 13 and sum(int(d) * (1 if i % 2 == 0 else 3) for i, d in enumerate(code)) % 10 == 0


@test
def generated_sales(top):
    shop = Shop(top, 'shop')
    shop.do('generate', '--products', 300, '--sales', 3000, '--days', 5, '--seed', 1)
    shop.do('events', 'export', 'all.jsonl')
    records = [json.loads(json.loads(line)['record']) for line in (top / 'all.jsonl').read_text().splitlines()]
    sales = [record for record in records if record['t'] == 'sale']
    assert len(sales) == 3000
    assert 2.7 < sum(len(sale['lines']) for sale in sales) / 3000 < 3.0
    times = [sale['ts'] for sale in sales]
    assert times == sorted(times)
    hours = {(ts // 1000 + 7 * 3600) % 86400 // 3600 for ts in times}
    assert hours == set(range(7, 18)), hours
    assert len({sale['day'] for sale in sales}) == 5
    sold = collections.Counter(line['sku'] for sale in sales for line in sale['lines'])
    tenth = sum(n for _, n in sold.most_common(30))
    assert tenth > sum(sold.values()) / 3, 'a tenth of the products is not a third of the lines'


@test
def demo(top):
    answer = Shop(top, 'none').do('demo')
    folder = pathlib.Path(answer.err.strip().split()[-1])
    try:
        text = answer.out.decode()
        for words in ['PHIẾU BÁN HÀNG', 'QT1A-000001', 'BÁO CÁO CUỐI NGÀY', 'Tiền mặt', 'Chuyển khoản']:
            assert words in text, words
        assert re.search(r'^Số phiếu bán +3$', text, re.MULTILINE), text
    finally:
        assert folder.name.startswith('quay-demo-')
        shutil.rmtree(folder)


# --- beside a program that has the shop open ---


class Host:
    """That program."""

    def __init__(self, shop, *more):
        self.process = subprocess.Popen([HOST, shop.folder, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == b'ready\n'

    def __enter__(self):
        return self.process

    def __exit__(self, *unused):
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()


@test
def beside_a_running_till(top):
    shop = Shop(top, 'shop').init()
    work = top / 'work'
    work.mkdir()
    shutil.copy(DATA / 'good.csv', work / 'local.csv')
    with Host(shop):
        assert shop.do('sell', 'OCOP001').row['receipt'] == 'QT1A-000001'
        shop.refused('sell', 'NOPE')
        assert shop.ask('sell').code == WRONG_USE
        assert shop.do('import', 'local.csv', cwd=work).row['added'] == 4
        assert shop.do('find', 'T001').rows[0]['sku'] == 'T001'
        shop.do('receipt', 'QT1A-1', '--format', 'png', '-o', 'r.png', cwd=work)
        assert (work / 'r.png').is_file()
        assert 'PHIẾU BÁN HÀNG' in shop.do('receipt', 'QT1A-1').out.decode()
        assert shop.do('verify').row['ok'] is True
        assert shop.do('backup', 'b.db', cwd=work).row['ok'] is True
        assert shop.do('words', '1000').out.decode() == 'một nghìn\n'
        shop.refused('restore', work / 'b.db')
        shop.refused('generate', '--products', '1', '--sales', '1', '--days', '1')
        assert (shop.folder / 'quay.sock').stat().st_mode & 0o077 == 0
    assert not (shop.folder / 'quay.sock').exists()
    assert shop.do('sell', 'OCOP001').row['receipt'] == 'QT1A-000002'


@test
def words_that_are_no_text_stay_in_the_command(top):
    shop = Shop(top, 'bytes').init()
    alone = subprocess.run([QUAYCTL, '--data', shop.folder, 'sell', 'OCOP001', b'\xff'], capture_output=True)
    assert alone.returncode in (REFUSED, WRONG_USE), alone
    with Host(shop):
        beside = subprocess.run([QUAYCTL, '--data', shop.folder, 'sell', 'OCOP001', b'\xff'], capture_output=True)
        assert beside.returncode in (REFUSED, WRONG_USE), beside
        assert shop.do('report', 'day').row['sales'] == 0


@test
def lock_without_socket(top):
    shop = Shop(top, 'shop').init()
    with Host(shop, '--mute'):
        for arguments in [['sell', 'OCOP001'], ['stock'], ['restore', 'x.db'], ['verify']]:
            shop.refused(*arguments)
        assert 'open and takes no commands' in shop.ask('stock').err
    shop.do('sell', 'OCOP001')


@test
def damaged_pages_are_no_answer(top):
    for table, *command in [('item', 'find', 'miến'), ('code', 'scan', '29001'), ('sale', 'report', 'product')]:
        shop = Shop(top, f'damaged-{table}').init()
        roots = 'SELECT rootpage FROM sqlite_schema WHERE tbl_name = ?'
        for page, in sqlite3.connect(shop.folder / 'quay.db').execute(roots, (table,)).fetchall():
            with open(shop.folder / 'quay.db', 'r+b') as file:
                os.pwrite(file.fileno(), b'\xa5' * 4096, (page - 1) * 4096)
        assert 'malformed' in shop.refused(*command).err, command


@test
def killed_till_leaves_a_socket(top):
    shop = Shop(top, 'shop').init()
    with Host(shop) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    assert (shop.folder / 'quay.sock').exists()
    assert shop.do('sell', 'OCOP001').row['receipt'] == 'QT1A-000001'
    with Host(shop):
        assert shop.do('sell', 'OCOP001').row['receipt'] == 'QT1A-000002'


@test
def silent_till_is_not_taken_for_refusal(top):
    """A till that dies on the request: the command is not done a second time."""
    shop = Shop(top, 'shop').init()
    with Host(shop) as process:
        process.send_signal(signal.SIGSTOP)
        sale = subprocess.Popen([QUAYCTL, '--data', shop.folder, 'sell', 'OCOP001'], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)
        wait_for_peer(shop.folder / 'quay.sock', sale)
        process.send_signal(signal.SIGKILL)
        out, err = sale.communicate(timeout=20)
        process.wait(timeout=20)
    assert sale.returncode == REFUSED and out == b'', (sale.returncode, out)
    assert b'look whether it was done' in err
    assert shop.do('report', 'day').row['sales'] == 0


def wait_for_peer(path, process):
    """Until the process is connected and sleeps, which is in its read: the request is written."""
    while True:
        state = pathlib.Path(f'/proc/{process.pid}/stat').read_text().rsplit(')', 1)[1].split()[0]
        sockets = [line for line in pathlib.Path('/proc/net/unix').read_text().splitlines() if line.endswith(str(path))]
        if len(sockets) > 1 and state == 'S':
            return
        assert process.poll() is None


def main():
    wanted = sys.argv[1:]
    tests = [t for t in TESTS if not wanted or t.__name__ in wanted]
    failed = 0
    print(f'1..{len(tests)}')
    for number, function in enumerate(tests, 1):
        with tempfile.TemporaryDirectory(prefix='quay-cli-') as top:
            try:
                function(pathlib.Path(top))
                print(f'ok {number} {function.__name__}', flush=True)
            except Exception:  # any failure of a test is reported as that test's
                failed += 1
                for line in traceback.format_exc().splitlines():
                    print('#', line)
                print(f'not ok {number} {function.__name__}', flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
