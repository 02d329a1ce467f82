#!/usr/bin/python3
# quayctl in a shop with users, alone and beside a program that has the shop open: who may ask for what,
# and the way back when a PIN was forgotten. Prints TAP.
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback

BUILD = pathlib.Path(os.environ['QUAY_BUILD_DIR'])
QUAYCTL = BUILD / 'src/cli/quayctl'
HOST = BUILD / 'tests/integration/remote-host'
DONE, REFUSED, WRONG_USE = 0, 1, 2
MANAGER, CASHIER = ('ql', '1357'), ('tn', '2468')


class Shop:
    def __init__(self, folder):
        self.folder = folder

    def ask(self, *command, who=None, new_pin=None, by=None):
        options, opened = ['--data', str(self.folder)], []

        def descriptor(pin):
            read, write = os.pipe()
            os.write(write, pin.encode() + b'\n')
            os.close(write)
            opened.append(read)
            return str(read)

        if who is not None:
            options += ['--user', who[0]]
            options += ['--pin-fd', descriptor(who[1])] if who[1] is not None else []
        if new_pin is not None:
            command += ('--new-pin-fd', descriptor(new_pin))
        if by is not None:
            command += ('--by', by[0], '--by-pin-fd', descriptor(by[1]))
        done = subprocess.run([QUAYCTL, *options, *command], capture_output=True, text=True, pass_fds=opened,
                              timeout=120)
        for fd in opened:
            os.close(fd)
        for pin in (MANAGER[1], CASHIER[1]):
            assert pin not in done.stderr, done.stderr
        return done

    def expect(self, code, *command, **more):
        done = self.ask(*command, **more)
        assert done.returncode == code, f'{command} {more}: {done.returncode}: {done.stdout}{done.stderr}'
        return [json.loads(line) for line in done.stdout.splitlines()]

    def count(self, sql):
        with sqlite3.connect(self.folder / 'quay.db') as db:
            return db.execute(sql).fetchone()[0]

    def journal(self):
        return self.count('SELECT count(*) FROM journal')


def make(top):
    shop = Shop(top / 'shop')
    shop.expect(DONE, 'init', '--shop', 'Quầy thử', '--till', 'QT1', '--sample')
    shop.expect(DONE, 'find', 'chè')
    shop.expect(REFUSED, 'user', 'add', 'Thu ngân', '--role', 'cashier', '--code', 'tn', new_pin='2468')
    assert shop.expect(DONE, 'user', 'add', 'Quản lý', '--role', 'manager', '--code', 'ql',
                       new_pin=MANAGER[1]) == [{'code': 'ql'}]
    shop.expect(REFUSED, 'user', 'add', 'Thu ngân', '--role', 'cashier', '--code', 'tn', new_pin='2468')
    shop.expect(DONE, 'user', 'add', 'Thu ngân', '--role', 'cashier', '--code', 'tn', new_pin='2468',
                who=MANAGER)
    return shop


def rules(shop):
    """The same answers whether or not another program has the shop open."""
    before = shop.journal()
    for who in (None, ('tn', None), ('tn', '1357'), ('ai', '1357')):
        shop.expect(REFUSED, 'sell', 'OCOP001', who=who)
        shop.expect(REFUSED, 'find', 'chè', who=who)
    assert shop.journal() == before
    sold = shop.expect(DONE, 'sell', 'OCOP001', who=CASHIER)[0]['receipt']
    assert shop.count(f"SELECT who = 'tn' FROM sale WHERE number = '{sold}'")
    # who counts the drawer blindly is told nothing by tender
    assert shop.expect(DONE, 'report', 'day', who=CASHIER)[0]['tenders'] is None
    assert [row['key'] for row in shop.expect(DONE, 'report', 'day', who=MANAGER)[0]['tenders']] == ['cash']
    before = shop.journal()
    shop.expect(REFUSED, 'user', 'add', 'Khác', '--role', 'manager', new_pin='9999', who=CASHIER)
    shop.expect(REFUSED, 'user', 'set', 'tn', '--role', 'manager', who=CASHIER)
    shop.expect(REFUSED, 'user', 'list', who=CASHIER)
    shop.expect(REFUSED, 'events', 'export', shop.folder / 'out.ndjson', who=CASHIER)
    shop.expect(REFUSED, 'user', 'set', 'ql', '--role', 'cashier', who=MANAGER)
    shop.expect(REFUSED, 'user', 'set', 'ql', '--active', '0', who=MANAGER)
    shop.expect(WRONG_USE, 'user', 'grow', who=MANAGER)
    # what was denied for want of a right is noted, and nothing else
    denied = shop.count("SELECT count(*) FROM audit WHERE act = 'denied' AND who = 'tn'")
    assert denied == 4 and shop.journal() == before + denied, (denied, shop.journal() - before)
    second_person(shop, sold)
    shop.expect(DONE, 'status')
    users = shop.expect(DONE, 'user', 'list', who=MANAGER)
    assert {(user['code'], user['role']) for user in users} == {('ql', 'manager'), ('tn', 'cashier')}
    assert 'argon2' not in json.dumps(users)


def second_person(shop, sold):
    """What a cashier may not is done with a manager's word, given for it alone."""
    free = ('refund', '--free', 'OCOP001:1', '--why', 'hộp móp')
    fix = ('tender', sold, 'cash', 'card', '--why', 'bấm nhầm')
    for command in (free, fix):
        documents = 'SELECT (SELECT count(*) FROM refund) + (SELECT count(*) FROM payment_fix)'
        before = shop.count(documents)
        shop.expect(REFUSED, *command, who=CASHIER)
        shop.expect(REFUSED, *command, who=CASHIER, by=('ql', '0000'))
        shop.expect(REFUSED, *command, who=CASHIER, by=CASHIER)
        shop.expect(WRONG_USE, *command, '--by', 'ql', who=CASHIER)
        assert shop.count(documents) == before
        shop.expect(DONE, *command, who=CASHIER, by=MANAGER)
        shop.expect(REFUSED, *command, who=CASHIER)
        assert shop.count(documents) == before + 1
    assert shop.count("SELECT count(*) FROM refund WHERE who = 'tn' AND approver = 'ql'") == 1
    assert shop.count("SELECT count(*) FROM payment_fix WHERE who = 'tn' AND approver = 'ql'") == 1
    assert shop.count("SELECT count(*) FROM audit WHERE kind = 'override' AND approver = 'ql'") == 2


def test_alone(top):
    rules(make(top))


def test_beside(top):
    shop = make(top)
    host = subprocess.Popen([HOST, shop.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert host.stdout.readline() == b'ready\n'
        rules(shop)
    finally:
        host.stdin.close()
        host.wait(30)


def test_way_back(top):
    shop = make(top)
    for _ in range(3):
        shop.expect(REFUSED, 'user', 'list', who=('ql', '0000'))
    shop.expect(REFUSED, 'user', 'list', who=MANAGER)  # has to wait
    shop.expect(REFUSED, 'user', 'reset-pin', 'ai', new_pin='86420')
    shop.expect(REFUSED, 'user', 'reset-pin', 'ql', new_pin='8')
    shop.expect(DONE, 'user', 'reset-pin', 'ql', new_pin='86420')
    shop.expect(DONE, 'user', 'list', who=('ql', '86420'))
    assert shop.count("SELECT count(*) FROM audit WHERE act = 'pin.reset' AND ref = 'ql'") == 1
    assert shop.count("SELECT count(*) FROM audit WHERE act = 'login.failed' AND name = 'ql'") == 1


def main():
    tests = [test_alone, test_beside, test_way_back]
    failed = 0
    print(f'1..{len(tests)}')
    for number, test in enumerate(tests, 1):
        top = pathlib.Path(tempfile.mkdtemp(prefix='quay-cli-'))
        try:
            test(top)
            print(f'ok {number} - {test.__name__}')
        except Exception:
            failed += 1
            print(f'not ok {number} - {test.__name__}')
            print('# ' + traceback.format_exc().replace('\n', '\n# '))
        shutil.rmtree(top)
    return failed > 0


sys.exit(main())
