#!/usr/bin/python3
# Names of customers at every till of a shop and nowhere else: real tills and a real quayd over loopback, on SQLite and
# on PostgreSQL. Erased, revoked, replaced; several tills at once. Prints TAP.
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from postgres import PROGRAMS, Postgres

BUILD = pathlib.Path(os.environ['QUAY_BUILD_DIR'])
QUAYD = BUILD / 'src/server/quayd'
QUAYCTL = BUILD / 'src/cli/quayctl'
ROUNDS = 6
TEA = '2900000000049'
STARTED = []


def run(*words, check=True):
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=120)
    assert not check or done.returncode == 0, f'{words}: {done.returncode}: {done.stderr}'
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{')]


class Office:
    def __init__(self, top, database):
        self.top, self.database = top, database
        self.options = ['--db', database.url if database else f'sqlite:{top}/province.db']
        if database:
            self.options += ['--key', top / 'quayd.key', '--socket', top / 'quayd.sock']
        self.log = top / 'quayd.log'
        self.process = subprocess.Popen(
            list(map(str, [QUAYD, *self.options, '--listen', '127.0.0.1:0', '--rate', '0'])), text=True,
            stdout=subprocess.PIPE, stderr=open(self.log, 'ab'))
        STARTED.append(self.process)
        line = self.process.stdout.readline()
        assert line, self.log.read_text()
        self.url = f"http://{json.loads(line)['listening']}"

    def do(self, *words):
        return run(QUAYD, *self.options, *words)

    def number(self, sql):
        if self.database:
            words = [PROGRAMS / 'psql', '-h', self.database.folder, '-U', 'quay', '-tA', 'quay', '-c', sql]
        else:
            words = ['sqlite3', '-readonly', self.top / 'province.db', sql]
        return int(subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout)

    def sound(self):
        verdict = self.do('verify')[0]
        assert verdict['ok'], verdict

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.process.stdout.close()


class Till:
    def __init__(self, office, folder, site, sample=False, replace=None):
        self.office, self.folder, self.site = office, folder, site
        if sample:
            self.do('init', '--shop', 'Quế Thanh', '--till', 'QT1', '--sample')
        self.enrol(replace)

    def enrol(self, replace=None):
        more = [] if replace is None else ['--replace', replace]
        code = self.office.do('till', 'code', self.site, *more)[0]['code']
        self.do('enrol', self.office.url, code)

    def do(self, *words, check=True):
        return run(QUAYCTL, '--data', self.folder, *words, check=check)

    def sync(self):
        return self.do('sync', '--once')[0]

    def names(self):
        return sorted(row['name'] for row in self.do('customer', 'list'))

    def keys(self):
        return int(run_sqlite(self.folder / 'quay.db', 'SELECT count (*) FROM person_key'))

    def background(self, *words):
        process = subprocess.Popen([str(QUAYCTL), '--data', str(self.folder), *words], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        STARTED.append(process)
        return process


def run_sqlite(path, sql):
    return subprocess.run(['sqlite3', '-readonly', str(path), sql], capture_output=True, text=True, check=True,
                          timeout=60).stdout.strip()


def exchange(*tills, rounds=2):
    for _ in range(rounds):
        for till in tills:
            till.sync()


def check_names(top, database):
    """Two tills show one name; a till of another shop learns nothing; erasing reaches all."""
    office = Office(top, database)
    shop = office.do('site', 'add', 'Quế Thanh', '--commune', '01915')[0]['site']
    other = office.do('site', 'add', 'Côn Minh', '--commune', '01915')[0]['site']
    one = Till(office, top / 'one', shop, sample=True)
    two = Till(office, top / 'two', shop)
    far = Till(office, top / 'far', other, sample=True)
    one.do('customer', 'add', 'Chị Lan', '--phone', '0912 345 678', '--limit', '1tr')
    one.do('customer', 'add', 'Anh Minh')
    one.do('sell', f'{TEA}:2', '--customer', 'lan', '--tender', 'debt')
    exchange(one, two, far)
    row = next(row for row in two.do('customer', 'list') if row['debt'] > 0)
    assert (row['name'], row['phone'], row['debt']) == ('Chị Lan', '09xx xxx 678', 120000), row
    assert two.names() == ['Anh Minh', 'Chị Lan'] and far.keys() == 0 and far.names() == []
    assert office.number('SELECT count (*) FROM person WHERE box IS NOT NULL') == 0
    two.do('customer', 'pay', 'lan', '120000')
    exchange(two, one)
    two.do('customer', 'erase', 'lan', '--yes')
    exchange(two, one)
    assert one.names() == two.names() == ['Anh Minh'], (one.names(), two.names())
    assert one.keys() == two.keys() == 1
    assert office.number('SELECT count (*) FROM person') == 2
    office.sound()
    check_tills(office, one, two, top)
    office.stop()


def check_tills(office, one, two, top):
    """A till that is locked out gets nothing; let in again, or replaced by another computer, it gets all."""
    id_of_two = json.loads((two.folder / 'quay.keys').read_text())['till']
    office.do('till', 'revoke', id_of_two)
    one.do('customer', 'add', 'Bà Mơ')
    one.sync()
    two.do('sync', '--once', check=False)
    assert two.keys() == 1
    assert office.number('SELECT count (*) FROM person WHERE state = 0') == 0
    two.enrol()
    exchange(one, two)
    assert two.names() == ['Anh Minh', 'Bà Mơ'], two.names()
    fresh = Till(office, top / 'fresh', two.site, replace=id_of_two)
    exchange(one, fresh)
    assert fresh.names() == ['Anh Minh', 'Bà Mơ'], fresh.names()
    office.sound()


def check_together(top, database):
    """Three tills take names and erase them while all exchange at once; in the end all know the same."""
    office = Office(top, database)
    shop = office.do('site', 'add', 'Quế Thanh', '--commune', '01915')[0]['site']
    tills = [Till(office, top / 'one', shop, sample=True)]
    tills += [Till(office, top / name, shop) for name in ('two', 'three')]
    exchange(*tills, rounds=1)
    for number in range(ROUNDS):
        for index, till in enumerate(tills):
            till.do('customer', 'add', f'Khách thử {number}-{index}')
        if number >= 2:
            tills[number % 3].do('customer', 'erase', f'{number - 2}-{(number + 1) % 3}', '--yes')
        for exchanging in [till.background('sync', '--once') for till in tills]:
            exchanging.wait(120)
    exchange(*tills, rounds=3)
    names = tills[0].names()
    assert len(names) == 3 * ROUNDS - (ROUNDS - 2), names
    assert all(name.startswith('Khách thử') for name in names), names
    assert all(till.names() == names for till in tills), [till.names() for till in tills]
    assert all(till.keys() == len(names) for till in tills)
    assert office.number('SELECT count (*) FROM person') == 3 * len(names)
    assert office.number('SELECT count (*) FROM person WHERE state <> 1') == 0
    office.sound()
    office.stop()


def with_folder(function, with_postgres):
    top = pathlib.Path(tempfile.mkdtemp(prefix='quay-persons-'))
    database = Postgres(top / 'postgres') if with_postgres else None
    try:
        function(top, database)
    except Exception:
        log = top / 'quayd.log'
        print(''.join(f'# {line}\n' for line in log.read_text().splitlines()[-20:]) if log.exists() else '', end='')
        raise
    finally:
        while STARTED:
            process = STARTED.pop()
            if process.poll() is None:
                process.kill()
                process.wait()
        if database is not None:
            database.stop()
        shutil.rmtree(top, ignore_errors=True)


TESTS = [('sqlite/names', check_names, False), ('postgres/names', check_names, True),
         ('sqlite/together', check_together, False), ('postgres/together', check_together, True)]


def main():
    wanted = sys.argv[1:]
    tests = [entry for entry in TESTS if not wanted or entry[0] in wanted]
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, (name, function, with_postgres) in enumerate(tests, 1):
        start = time.monotonic()
        try:
            with_folder(function, with_postgres)
            print(f'ok {number} - /persons/{name}', flush=True)
        except Exception:
            failed += 1
            print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), end='')
            print(f'not ok {number} - /persons/{name}', flush=True)
        print(f'# {time.monotonic() - start:.1f} s', flush=True)
    sys.exit(failed > 0)


main()
