#!/usr/bin/python3
# Two real tills and a real quayd over TLS, with a link that loses, repeats, cuts and forges, on SQLite and on
# PostgreSQL; SIGKILL to quayd and to PostgreSQL in the middle of pushes. Prints TAP.
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from faulty_link import FaultyLink
from postgres import Postgres

BUILD = pathlib.Path(os.environ['QUAY_BUILD_DIR'])
SOURCE = pathlib.Path(os.environ['QUAY_SOURCE_DIR'])
QUAYD = BUILD / 'src/server/quayd'
QUAYCTL = BUILD / 'src/cli/quayctl'
SEED = int(os.environ.get('QUAY_SEED', '7'))
ROUNDS = 25
BACKLOG = 6000
KILLS = 5


def run(*words, check=True):
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=120)
    if os.environ.get('QUAY_LOUD') and done.stderr:
        print('#', words[3:6], done.stderr.strip())
    assert not check or done.returncode == 0, f'{words}: {done.returncode}: {done.stderr}'
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{')]


def make_certificates(folder):
    """An authority of the test's own, and a certificate for localhost."""
    def openssl(*words):
        subprocess.run(['openssl', *map(str, words)], check=True, capture_output=True, cwd=folder)
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30',
            '-subj', '/CN=Office', '-keyout', 'ca.key', '-out', 'ca.pem')
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost',
            '-keyout', 'server.key', '-out', 'server.csr')
    (folder / 'names').write_text('subjectAltName=DNS:localhost,IP:127.0.0.1\n')
    openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30',
            '-extfile', 'names', '-out', 'server.pem')


class Office:
    def __init__(self, top, url):
        self.top, self.url = top, url
        self.options = ['--db', url]
        if url.startswith('postgresql'):
            self.options += ['--key', top / 'quayd.key', '--socket', top / 'quayd.sock']
        self.process = None
        self.listen = '127.0.0.1:0'

    def do(self, *words):
        return run(QUAYD, *self.options, *words)

    def start(self):
        self.process = subprocess.Popen(
            list(map(str, [QUAYD, *self.options, '--listen', self.listen, '--tls-cert', self.top / 'server.pem',
                           '--tls-key', self.top / 'server.key', '--rate', '0'])),
            stdout=subprocess.PIPE, stderr=open(self.top / 'quayd.log', 'ab'), text=True)
        line = self.process.stdout.readline()
        assert line, (self.top / 'quayd.log').read_text()
        self.listen = json.loads(line)['listening']
        host, port = self.listen.rsplit(':', 1)
        self.address = ('localhost', int(port))

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(30)
        self.process.stdout.close()


class Till:
    def __init__(self, folder, link, office, site, **shop):
        self.folder = folder
        if shop:
            self.do('init', '--shop', shop['name'], '--till', shop['code'], '--sample')
        code = office.do('till', 'code', site)[0]['code']
        self.until(lambda: run(QUAYCTL, '--data', folder, 'enrol', link.url, code, '--ca', office.top / 'ca.pem',
                               check=False), 'to enrol')

    def do(self, *words, check=True):
        return run(QUAYCTL, '--data', self.folder, *words, check=check)

    def until(self, attempt, what, tries=200):
        for _ in range(tries):
            if attempt():
                return
        raise AssertionError(f"{self.folder.name} did not manage {what} in {tries} tries")

    def sync(self):
        """One exchange, which may fail."""
        return self.do('sync', '--once', check=False)[0]

    def rotate_key(self):
        """A new key, which may take some tries; returns the id of the one in use."""
        self.do('sync', '--rotate-key', check=False)
        return json.loads((self.folder / 'quay.keys').read_text())['keyid']

    def settle(self):
        self.until(lambda: (lambda s: s['state'] == 'sent' and s['waiting'] == 0)(self.sync()), 'to send all')

    def tables(self):
        """What both tills of a shop must agree on."""
        out = subprocess.run(['sqlite3', '-readonly', str(self.folder / 'quay.db'),
                              "SELECT number, day, total, vat FROM sale ORDER BY number, hex (id);"
                              "SELECT hex (loc), hex (product), qty FROM stock_balance ORDER BY 1, 2;"
                              "SELECT what, key, n FROM running ORDER BY 1, 2;"
                              "SELECT kind, hex (entity), field, value, lam FROM fact ORDER BY 1, 2, 3;"],
                             capture_output=True, text=True, check=True)
        return out.stdout


def make_office(top, database):
    make_certificates(top)
    office = Office(top, database.url if database else f'sqlite:{top}/province.db')
    site = office.do('site', 'add', 'Quế Thanh', '--commune', '01915')[0]['site']
    office.start()
    return office, site


def check_seals(office, till):
    """Who has the file of a till and the server's public key alone sees all chains sealed, and what is cut off."""
    path = till.folder / 'journal'
    till.do('events', 'export', path)
    key = json.loads((till.folder / 'quay.keys').read_text())['server'][0]['key']
    lines = path.read_text().splitlines(keepends=True)
    chains = {json.loads(line)['chain'] for line in lines}
    seals = [line for line in lines if 'seal' in json.loads(line)]
    assert len(seals) == len(chains), f'{len(seals)} seals of {len(chains)} chains'
    verify = ['sh', SOURCE / 'data/verify-journal.sh', path, key]
    done = subprocess.run(verify, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and f'{len(seals)} seals' in done.stdout, done.stdout + done.stderr
    last = lines.index(seals[-1])
    path.write_text(''.join(lines[:last - 1] + lines[last:]))
    done = subprocess.run(verify, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and 'the sealed record' in done.stdout, done.stdout
    path.write_text(''.join(lines))
    for node in office, till:  # the seals don't disturb those who carry it
        assert all(row['events'] == 0 for row in node.do('events', 'import', path))


def check_end(office, tills, sold):
    for _ in range(3):  # what one sends the other has yet to fetch
        for till in tills:
            till.settle()
    first = tills[0].tables()
    assert all(till.tables() == first for till in tills[1:]), 'the tills differ'
    numbers = [line.split('|')[0] for line in first.splitlines() if '-0' in line.split('|')[0] and line.count('|') == 3]
    assert len(numbers) == len(set(numbers)) == sold, f'{sold} were sold, {len(numbers)} are there'
    for till in tills:
        assert till.do('verify', '--rebuild')[0]['ok']
        check_seals(office, till)
    verdict = office.do('verify')[0]
    assert verdict['ok'] and verdict['held'] == 0, verdict
    assert office.do('alarms') == []


def run_outages(top, database):
    office, site = make_office(top, database)
    link = FaultyLink(office.address, top / 'server.pem', top / 'server.key', top / 'ca.pem', SEED)
    chance = random.Random(SEED)
    tills = [Till(top / 'one', link, office, site, name='Quế Thanh', code='QT1'), Till(top / 'two', link, office, site)]
    tills[0].sync()
    asked = tills[0].do('customer', 'request', 'add', 'view', '--ref', 'QT1A-000001')[0]
    sold = 0
    for i in range(ROUNDS):
        till = chance.choice(tills)
        if till.do('sell', f'OCOP00{chance.randrange(1, 6)}:{chance.randrange(1, 4)}', check=False):
            sold += 1
        till = chance.choice(tills)
        till.rotate_key() if i % 8 == 0 else till.sync()
    link.share = 0
    for till in tills:
        assert till.rotate_key() != till.rotate_key(), 'the key stays the same'
    check_end(office, tills, sold)
    assert tills[1].do('customer', 'request', 'list') == [asked], 'a request did not get to the other till'
    print(f'# {sold} sales; the link: {link.seen}')
    assert all(link.seen.values()), 'a fault was never drawn'
    link.shutdown()
    office.stop()


def run_kills(top, database):
    office, site = make_office(top, database)
    link = FaultyLink(office.address, top / 'server.pem', top / 'server.key', top / 'ca.pem', SEED, share=0)
    chance = random.Random(SEED)
    run(QUAYCTL, '--data', top / 'one', 'generate', '--products', '50', '--sales', BACKLOG, '--days', '30', '--seed',
        SEED)
    till = Till(top / 'one', link, office, site)
    hits = 0
    for kill in range(KILLS):
        before = till.do('status')[0]['waiting']
        pushing = subprocess.Popen([str(QUAYCTL), '--data', str(till.folder), 'sync', '--once'],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # A kill at a drawn moment of a push that takes a second or so: the moment is the test, not a wait.
        time.sleep(chance.uniform(0.02, 0.25))
        hits += pushing.poll() is None
        if database is not None and kill % 2 == 0:
            database.crash()
        else:
            office.stop(signal.SIGKILL)
            office.start()
        pushing.wait(120)
        assert till.do('status')[0]['waiting'] <= before
    till.settle()
    print(f'# {hits} of {KILLS} kills met a push under way')
    assert hits > 0, 'no kill met a push'
    assert till.do('verify', '--rebuild')[0]['ok']
    verdict = office.do('verify')[0]
    assert verdict['ok'] and verdict['held'] == 0, verdict
    link.shutdown()
    office.stop()


def with_folder(function, with_postgres):
    top = pathlib.Path(tempfile.mkdtemp(prefix='quay-outages-'))
    database = Postgres(top / 'postgres') if with_postgres else None
    try:
        function(top, database)
    finally:
        subprocess.run(['pkill', '-KILL', '-f', str(top)], check=False)
        if database is not None:
            shutil.rmtree(database.folder, ignore_errors=True)
        shutil.rmtree(top, ignore_errors=True)


TESTS = [('sqlite/outages', run_outages, False), ('postgres/outages', run_outages, True),
         ('sqlite/kills', run_kills, False), ('postgres/kills', run_kills, True)]


def main():
    wanted = sys.argv[1:]
    tests = [entry for entry in TESTS if not wanted or entry[0] in wanted]
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, (name, function, with_postgres) in enumerate(tests, 1):
        start = time.monotonic()
        try:
            with_folder(function, with_postgres)
            print(f'ok {number} - /outages/{name}', flush=True)
        except Exception:
            failed += 1
            print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), end='')
            print(f'not ok {number} - /outages/{name}', flush=True)
        print(f'# {time.monotonic() - start:.1f} s', flush=True)
    sys.exit(failed > 0)


main()
