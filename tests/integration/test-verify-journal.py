#!/usr/bin/python3
# data/verify-journal.sh against the export of a shop of 200 sales: whole as it is, and each change, one
# at a time, is found. The forger here is as able as the program: he links records by Python and seals
# them by openssl. Prints TAP.
import base64
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import traceback
import uuid

BUILD = pathlib.Path(os.environ['QUAY_BUILD_DIR'])
SOURCE = pathlib.Path(os.environ['QUAY_SOURCE_DIR'])
QUAYCTL = BUILD / 'src/cli/quayctl'
VERIFY = SOURCE / 'data/verify-journal.sh'
WHOLE, NOT_WHOLE, WRONG_USE = 0, 1, 2
ZERO = '0' * 64
TESTS = []


def test(function):
    TESTS.append(function)
    return function


class Shop:
    """The lines of one export, made once, and the receipt of its last sale."""

    def __init__(self, top):
        self.top = top
        self.ask('init', '--shop', 'Quầy thử', '--till', 'QT1')
        self.ask('generate', '--products', '20', '--sales', '197', '--days', '5')
        goods = json.loads(self.ask('stock').splitlines()[0])['sku']
        for _ in range(3):
            self.sale = json.loads(self.ask('sell', goods))
        self.ask('events', 'export', top / 'export')
        self.lines = (top / 'export').read_text().splitlines()
        rows = [json.loads(line) for line in self.lines]
        assert sum(json.loads(row['record'])['t'] == 'sale' for row in rows) == 200
        self.chain, self.till = rows[0]['chain'], rows[0]['till']
        self.head = self.sale['hash']
        assert rows[-1]['hash'] == self.head
        self.receipt = f'QUAY:{self.sale["receipt"]}:{self.sale["code"]}'
        self.noted = f'{self.chain}:{len(rows)}:{self.head}'
        self.keys = [Key(top, number) for number in range(2)]

    def ask(self, *arguments):
        done = subprocess.run([QUAYCTL, '--data', self.top / 'shop', *map(str, arguments)], capture_output=True,
                              timeout=120, check=True)
        return done.stdout

    def verify(self, lines, *known):
        path = self.top / 'changed'
        path.write_bytes(b''.join((line if isinstance(line, bytes) else line.encode()) + b'\n' for line in lines))
        done = subprocess.run(['sh', VERIFY, path, *known], capture_output=True, text=True, timeout=120)
        assert done.stderr == '', done.stderr
        return done.returncode, done.stdout

    def whole(self, lines, *known):
        code, out = self.verify(lines, *known)
        assert code == WHOLE and out.splitlines()[-1].startswith('WHOLE: '), out
        return out

    def broken(self, lines, words, *known):
        code, out = self.verify(lines, *known)
        assert code == NOT_WHOLE and out.splitlines()[-1].startswith('NOT WHOLE: '), out
        assert words in out, f'"{words}" is not in {out}'

    def relink(self, lines, first=0, **renamed):
        """The forger: hashes the lines anew from one on."""
        out, prev = [], json.loads(lines[first - 1])['hash'] if first > 0 else ZERO
        for number, line in enumerate(lines[first:], first + 1):
            row = {**json.loads(line), **renamed, 'seq': number}
            row['hash'] = prev = hash_of(row, prev)
            out.append(write(row))
        return lines[:first] + out


class Key:
    """A server's key, by openssl."""

    def __init__(self, top, number):
        self.file, self.top = top / f'key{number}', top
        subprocess.run(['openssl', 'genpkey', '-algorithm', 'ed25519', '-out', self.file], check=True)
        der = subprocess.run(['openssl', 'pkey', '-in', self.file, '-pubout', '-outform', 'DER'], check=True,
                             capture_output=True).stdout
        self.public = base64.b64encode(der[-32:]).decode()

    def seal(self, line):
        """The line that seals a record's line."""
        row = json.loads(line)
        text = self.top / 'text'
        text.write_bytes(b'quay1-head' + uuid.UUID(row['till']).bytes + uuid.UUID(row['chain']).bytes +
                         row['seq'].to_bytes(8, 'big') + bytes.fromhex(row['hash']))
        seal = subprocess.run(['openssl', 'pkeyutl', '-sign', '-rawin', '-inkey', self.file, '-in', text],
                              check=True, capture_output=True).stdout
        return write({'chain': row['chain'], 'till': row['till'], 'seq': row['seq'], 'hash': row['hash'],
                      'seal': base64.b64encode(seal).decode(), 'key': self.public})


def write(row):
    return json.dumps(row, ensure_ascii=False, separators=(',', ':'))


def hash_of(row, prev):
    record = row['record'].encode()
    return hashlib.sha256(b'quay1' + uuid.UUID(row['till']).bytes + uuid.UUID(row['chain']).bytes +
                          row['seq'].to_bytes(8, 'big') + len(record).to_bytes(4, 'big') + record +
                          bytes.fromhex(prev)).hexdigest()


def change(line, **members):
    return write({**json.loads(line), **members})


def sale_of(lines):
    """Where a sale in the middle is."""
    return next(i for i in range(len(lines) // 2, len(lines)) if '"t\\":\\"sale\\"' in lines[i])


# --- the whole one ---


@test
def whole(shop):
    out = shop.whole(shop.lines)
    assert f'QT1A {shop.chain}: records 1-{len(shop.lines)}, head {shop.head}, sealed up to 0' in out, out
    shop.whole(shop.lines, shop.receipt, shop.noted)
    assert f'{len(shop.lines)} records, 0 seals, 2 known' in shop.whole(shop.lines, shop.receipt, shop.noted)


@test
def wrong_use(shop):
    for arguments in [[], [shop.top / 'nothing'], [shop.top], [shop.top / 'export', 'words'],
                      [shop.top / 'export', 'a:1:'], [shop.top / 'export', 'QUAY:QT1A-000001:ABC']]:
        done = subprocess.run(['sh', VERIFY, *arguments], capture_output=True, timeout=60)
        assert done.returncode == WRONG_USE, (arguments, done)


@test
def nothing(shop):
    shop.broken([], 'no record')
    shop.broken([''], 'line 1: neither')
    shop.broken(['words'], 'line 1: neither')


# --- one change ---


@test
def a_byte_of_a_record(shop):
    chance = random.Random(1)
    for _ in range(12):
        at = chance.randrange(len(shop.lines))
        record = bytearray(json.loads(shop.lines[at])['record'].encode())
        place = chance.choice([i for i, byte in enumerate(record) if chr(byte).isalnum() and byte < 128])
        record[place] ^= 1
        line = change(shop.lines[at], record=record.decode())
        shop.broken(shop.lines[:at] + [line] + shop.lines[at + 1:], f'line {at + 1}: ')


@test
def a_byte_of_a_line(shop):
    at = sale_of(shop.lines)
    line = shop.lines[at].encode()
    start = line.index(b'"record":"') + 10
    for place in list(range(0, start, 3)) + [start, start + 1, len(line) - 2, len(line) - 1]:
        changed = bytearray(line)
        changed[place] ^= 1
        shop.broken(shop.lines[:at] + [bytes(changed)] + shop.lines[at + 1:], f'line {at + 1}: ')


@test
def a_byte_that_is_no_text(shop):
    at = sale_of(shop.lines)
    line = shop.lines[at].encode()
    place = line.index('đ'.encode()) if 'đ' in shop.lines[at] else line.index(b'sale')
    for byte in (b'\xff', b'\0', b'\r', b'\t'):
        changed = line[:place] + byte + line[place + 1:]
        shop.broken(shop.lines[:at] + [changed] + shop.lines[at + 1:], f'line {at + 1}: ')


@test
def other_members(shop):
    at = sale_of(shop.lines)
    row = json.loads(shop.lines[at])
    other = str(uuid.UUID(int=1))
    for changed in [dict(chain=other), dict(till=other), dict(code='QT2'), dict(letter='B'), dict(seq=row['seq'] + 1),
                    dict(seq=0), dict(seq=-1), dict(seq=1.5), dict(seq='1'), dict(hash=ZERO), dict(hash=''),
                    dict(hash=row['hash'].upper()), dict(chain=row['chain'].upper()), dict(record=None),
                    dict(record=''), dict(record=row['record'] + ' '), dict(record=row['record'] + '\n'),
                    dict(record=row['record'] + '\0')]:
        shop.broken(shop.lines[:at] + [change(shop.lines[at], **changed)] + shop.lines[at + 1:], f'line {at + 1}: ')


@test
def what_a_reader_of_the_line_would_misread(shop):
    """The hash is right, but another text stands beside what is hashed."""
    at = sale_of(shop.lines)
    line = shop.lines[at]
    head, record = line.split('"record":')
    for changed in [head + '"record":"{}","record":' + record, line[:-1] + ',"record":"{}"}',
                    line[:-1] + ',"rec\\u006frd":' + record, line[:-1] + ',"note":"x"}', ' ' + line, line + ' ',
                    line[:-1] + ',"superseded":2}', line.replace(',"seq"', ', "seq"', 1)]:
        shop.broken(shop.lines[:at] + [changed] + shop.lines[at + 1:], f'line {at + 1}: ')


@test
def one_taken_out(shop):
    for at in (0, 1, sale_of(shop.lines), len(shop.lines) - 2):
        shop.broken(shop.lines[:at] + shop.lines[at + 1:], f'line {at + 1}: ')


@test
def the_last_taken_out(shop):
    cut = shop.lines[:-1]
    sealed = shop.keys[0].seal(shop.lines[-1])
    shop.whole(cut)  # nobody can tell from the rest alone
    shop.broken(cut, 'the receipt', shop.receipt)
    shop.broken(cut, 'not the one noted', shop.noted)
    shop.broken(cut + [sealed], 'the sealed record')
    shop.broken(cut, 'has no seal by a key', shop.keys[0].public)


@test
def two_swapped(shop):
    at = sale_of(shop.lines)
    for a, b in [(at, at + 1), (at, at + 20), (0, 1), (len(shop.lines) - 2, len(shop.lines) - 1)]:
        lines = list(shop.lines)
        lines[a], lines[b] = lines[b], lines[a]
        shop.broken(lines, f'line {a + 1}: ')


@test
def one_put_in(shop):
    at = sale_of(shop.lines)
    row = json.loads(shop.lines[at])
    forged = write({**row, 'seq': row['seq'] + 1, 'hash': hash_of({**row, 'seq': row['seq'] + 1}, row['hash'])})
    shop.broken(shop.lines[:at + 1] + [forged] + shop.lines[at + 1:], f'line {at + 3}: ')
    shop.broken(shop.lines[:at + 1] + ['{}'] + shop.lines[at + 1:], f'line {at + 2}: ')
    shop.broken(shop.lines[:at + 1] + [''] + shop.lines[at + 1:], f'line {at + 2}: ')
    other = shop.relink(shop.lines[:3], chain=str(uuid.UUID(int=7)), letter='B')
    shop.broken(shop.lines + other[1:], f'line {len(shop.lines) + 1}: ')
    shop.broken(shop.lines + other, 'not the birth of QT1B')


@test
def one_doubled(shop):
    for at in (0, sale_of(shop.lines), len(shop.lines) - 1):
        shop.broken(shop.lines[:at + 1] + shop.lines[at:], f'line {at + 2}: ')
    shop.broken(shop.lines + [shop.lines[sale_of(shop.lines)]], f'line {len(shop.lines) + 1}: ')
    shop.broken(shop.lines + shop.lines, f'line {len(shop.lines) + 1}: ')


# --- a forger who links anew ---


def forge(shop):
    """A sale made smaller, and all after it linked anew."""
    at = sale_of(shop.lines)
    record = json.loads(shop.lines[at])['record']
    smaller = record.replace('"total":', '"total":1', 1)
    assert smaller != record
    return shop.relink(shop.lines[:at] + [change(shop.lines[at], record=smaller)] + shop.lines[at + 1:], at)


@test
def linked_anew(shop):
    forged = forge(shop)
    shop.whole(forged)  # what is kept elsewhere tells
    shop.broken(forged, 'the receipt', shop.receipt)
    shop.broken(forged, 'not the one noted', shop.noted)
    shop.broken(forged + [shop.keys[0].seal(shop.lines[-1])], 'the sealed record')


@test
def hash_of_one_made_anew(shop):
    at = sale_of(shop.lines)
    forged = forge(shop)
    shop.broken(shop.lines[:at] + [forged[at]] + shop.lines[at + 1:], f'line {at + 2}: ')


# --- seals ---


@test
def seals(shop):
    mine, other = shop.keys
    good = [mine.seal(shop.lines[99]), mine.seal(shop.lines[-1])]
    assert ' 2 seals' in shop.whole(shop.lines + good)
    out = shop.whole(shop.lines + good, mine.public, shop.receipt)
    assert f'sealed up to {len(shop.lines)}' in out and ' 2 seals, 1 known' in out, out
    assert 'sealed up to 100\n' in shop.whole(shop.lines + good[:1])
    shop.broken(shop.lines + good, 'has no seal by a key', other.public)
    shop.whole(shop.lines + good, other.public, mine.public)


@test
def false_seals(shop):
    mine, other = shop.keys
    good = json.loads(mine.seal(shop.lines[-1]))
    seal = bytearray(base64.b64decode(good['seal']))
    seal[40] ^= 1
    before = json.loads(shop.lines[-2])
    for changed in [dict(seal=base64.b64encode(seal).decode()), dict(seal='AAAA'), dict(key=other.public),
                    dict(key='AAAA'), dict(seq=before['seq'], hash=before['hash']), dict(hash=ZERO),
                    dict(seq=good['seq'] + 1), dict(chain=str(uuid.UUID(int=1)))]:
        shop.broken(shop.lines + [write({**good, **changed})], 'the seal is false')
    for changed in [dict(seal=''), dict(key='words here'), dict(seq=0), dict(more=1)]:
        shop.broken(shop.lines + [write({**good, **changed})], 'neither a record nor a seal')


# --- chains ---


@test
def records_that_were_superseded(shop):
    """Two lives of one disk: from 100 on, others stand; those before them are marked."""
    first = [change(line, superseded=1) for line in shop.lines[99:]]
    stands = shop.relink(shop.lines[:99] + shop.lines[100:150], 99)[99:]
    shop.whole(shop.lines[:99] + first + stands, shop.receipt)
    shop.whole(shop.lines[:99] + stands + first)
    shop.broken(shop.lines[:99] + first[1:] + stands, 'line 100: ')
    shop.broken(shop.lines[:99] + first[:5] + first[6:] + stands, 'line 105: ')
    shop.broken(shop.lines[:99] + shop.lines[99:] + stands, f'line {len(shop.lines) + 1}: ')
    shop.broken(shop.lines[:99] + first + stands[1:], f'line {len(shop.lines) + 1}: ')


@test
def another_chain(shop):
    birth = json.loads(shop.lines[0])
    other = dict(chain=str(uuid.UUID(int=9)), letter='B')
    lines = [change(shop.lines[0], record=birth['record'].replace('"letter":"A"', '"letter":"B"'))]
    lines = shop.relink(lines + shop.lines[200:], **other)
    out = shop.whole(shop.lines + lines, shop.receipt)
    assert f'QT1B {other["chain"]}: records 1-{len(lines)}, ' in out, out
    shop.whole(lines + shop.lines)
    mixed = [line for pair in zip(shop.lines, lines) for line in pair] + shop.lines[len(lines):]
    shop.whole(mixed)
    shop.broken(shop.lines + lines[1:], 'begins at record 2')
    shop.broken(shop.lines + [shop.keys[0].seal(shop.lines[-1])] + lines, 'QT1B has no seal', shop.keys[0].public)


def main():
    wanted = sys.argv[1:]
    tests = [t for t in TESTS if not wanted or t.__name__ in wanted]
    failed = 0
    print(f'1..{len(tests)}')
    with tempfile.TemporaryDirectory(prefix='quay verify ') as top:
        shop = Shop(pathlib.Path(top))
        for number, function in enumerate(tests, 1):
            try:
                function(shop)
                print(f'ok {number} {function.__name__}', flush=True)
            except Exception:  # any failure of a test is reported as that test's
                failed += 1
                for line in traceback.format_exc().splitlines():
                    print('#', line)
                print(f'not ok {number} {function.__name__}', flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
