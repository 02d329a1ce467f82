# Exchanging with the province's server over loopback TLS: a till that was offline pushes its sales, a new till
# pulls them all. The floor of the push is what one PostgreSQL transaction takes to COPY the very rows that the
# server wrote: no HTTP, no hashes, no JSON.
import json
import os
import pathlib
import socket
import socketserver
import sqlite3
import subprocess
import sys
import threading
import time

from figures import Figures, Goal, Row
import shops

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'integration'))
from postgres import PROGRAMS, Postgres  # noqa: E402

NAME = 'sync'


class Counter(socketserver.ThreadingTCPServer):
    """Passes bytes on and counts them, TLS and all; used for one push that is not timed."""
    daemon_threads = True
    allow_reuse_address = True

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            server = socket.create_connection(self.server.target)
            threading.Thread(target=self.carry, args=(server, self.request, 'down'), daemon=True).start()
            self.carry(self.request, server, 'up')

        def carry(self, source, sink, way):
            try:
                while data := source.recv(65536):
                    self.server.bytes[way] += len(data)
                    sink.sendall(data)
                sink.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    def __init__(self, target):
        super().__init__(('127.0.0.1', 0), self.Handler)
        self.target, self.bytes = target, {'up': 0, 'down': 0}
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Office:
    """quayd over TLS on a database of its own."""

    def __init__(self, context, folder, url):
        self.folder, self.quayd = folder, context.build / 'src/server/quayd'
        folder.mkdir(parents=True, exist_ok=True)
        self.options = ['--db', url, '--key', folder / 'quayd.key', '--socket', folder / 'quayd.sock']
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                        '-days', '30', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost',
                        '-keyout', folder / 'key.pem', '-out', folder / 'cert.pem'], check=True, capture_output=True)
        self.site = self.do('site', 'add', 'Quế Thanh', '--commune', '01915')[0]['site']
        self.process = subprocess.Popen(
            [*map(str, [self.quayd, *self.options, '--listen', '127.0.0.1:0', '--tls-cert', folder / 'cert.pem',
                        '--tls-key', folder / 'key.pem', '--rate', '0'])],
            stdout=subprocess.PIPE, stderr=open(folder / 'log', 'wb'), text=True)
        self.port = int(json.loads(self.process.stdout.readline())['listening'].rsplit(':', 1)[1])

    def do(self, *words):
        out = subprocess.run([str(word) for word in (self.quayd, *self.options, *words)], check=True,
                             capture_output=True, text=True).stdout
        return [json.loads(line) for line in out.splitlines()]

    def code(self):
        return self.do('till', 'code', self.site)[0]['code']

    def peak_mb(self):
        for line in open(f'/proc/{self.process.pid}/status'):
            if line.startswith('VmHWM'):
                return int(line.split()[1]) / 1024
        return None

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()


def quayctl(context, folder, *words):
    """Seconds that a command took and the peak of its memory, MB."""
    start = time.monotonic()
    process = subprocess.Popen([str(word) for word in (context.build / 'src/cli/quayctl', '--data', folder, *words)],
                               stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f'quayctl {words[0]} ended with {status}')
    return time.monotonic() - start, used.ru_maxrss / 1024


def copy_floor(context, database, folder):
    """Seconds to COPY all rows that a push made, in one transaction of one connection, into an empty schema."""
    def psql(name, *commands):
        words = [word for command in commands for word in ('-c', command)]
        return subprocess.run([str(PROGRAMS / 'psql'), '-q', '-X', '-A', '-t', '-h', str(database.folder), '-U', 'quay',
                               name, *words], check=True, capture_output=True, text=True).stdout
    tables = psql('quay', "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                          " AND relname NOT IN ('schema_step', 'site', 'value') AND relname NOT LIKE 'till%'").split()
    folder.mkdir(exist_ok=True)
    for table in tables:
        psql('quay', f"\\copy \"{table}\" TO '{folder}/{table}' (FORMAT binary)")
    psql('postgres', 'DROP DATABASE IF EXISTS floor', 'CREATE DATABASE floor')
    schema = subprocess.run([str(PROGRAMS / 'pg_dump'), '-s', '-h', str(database.folder), '-U', 'quay', 'quay'],
                            check=True, capture_output=True, text=True).stdout
    subprocess.run([str(PROGRAMS / 'psql'), '-q', '-X', '-h', str(database.folder), '-U', 'quay', 'floor'], check=True,
                   input=schema, text=True, stdout=subprocess.DEVNULL)
    psql('floor', "SET session_replication_role = replica; INSERT INTO site SELECT 1, '\\x01', '', '', 0")
    start = time.monotonic()
    psql('floor', "SET session_replication_role = replica", 'BEGIN',
         *[f"\\copy \"{table}\" FROM '{folder}/{table}' (FORMAT binary)" for table in tables], 'COMMIT')
    return time.monotonic() - start


def push(context, figures, repeat, case, url, made):
    """Enrols a copy of a shop that never was online and pushes all; the office is left running. Then the same
    till once more, as if no acknowledgement had ever come: the server has all of it."""
    folder = context.shops.copy(made)
    office = Office(context, context.work / f'office-{case}-{repeat}', url)
    address = f'https://localhost:{office.port}'
    # A till that the server knows, enrolled while nothing is sent: enrolment alone is not the push.
    quayctl(context, folder, 'enrol', address, office.code(), '--ca', office.folder / 'cert.pem')
    again = context.shops.copy(folder)
    seconds, peak = quayctl(context, folder, 'sync', '--once')
    known, _ = quayctl(context, again, 'sync', '--once')
    figures.add(repeat, case, 'known_sales_s', context.sync_sales / known)
    figures.add(repeat, case, 'push_s', seconds)
    figures.add(repeat, case, 'sales_s', context.sync_sales / seconds)
    figures.add(repeat, case, 'till_mb', peak)
    return office


def push_two(context, figures, repeat, url, shops_made):
    """Tills of two shops at once: two connections of the server's write."""
    folders = [context.shops.copy(made) for made in shops_made]
    office = Office(context, context.work / f'office-two-{repeat}', url)
    for folder in folders:
        office.site = office.do('site', 'add', folder.name, '--commune', '01915')[0]['site']
        quayctl(context, folder, 'enrol', f'https://localhost:{office.port}', office.code(), '--ca',
                office.folder / 'cert.pem')
    start = time.monotonic()
    threads = [threading.Thread(target=quayctl, args=(context, folder, 'sync', '--once')) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures.add(repeat, 'two', 'sales_s', 2 * context.sync_sales / (time.monotonic() - start))
    office.stop()


def pull(context, figures, repeat, case, office):
    folder = context.work / f'joined-{case}-{repeat}'
    seconds, peak = quayctl(context, folder, 'enrol', f'https://localhost:{office.port}', office.code(), '--ca',
                            office.folder / 'cert.pem')
    records = office.do('verify')[0]['records']
    figures.add(repeat, case, 'pull_records_s', records / seconds)
    figures.add(repeat, case, 'pull_mb', peak)
    figures.add(repeat, case, 'server_mb', office.peak_mb())


def count_bytes(context, figures, made):
    """Bytes on the wire of a whole backlog, and of one sale more."""
    folder = context.shops.copy(made)
    office = Office(context, context.work / 'office-bytes', f'sqlite:{context.work}/bytes.db')
    link = Counter(('127.0.0.1', office.port))
    address = f'https://localhost:{link.server_address[1]}'
    quayctl(context, folder, 'enrol', address, office.code(), '--ca', office.folder / 'cert.pem')
    before = dict(link.bytes)
    quayctl(context, folder, 'sync', '--once')
    for way in before:
        figures.add(0, 'wire', way, (link.bytes[way] - before[way]) / context.sync_sales)
    connection = sqlite3.connect(f'file:{shops.database(folder)}?mode=ro', uri=True)
    raw = connection.execute('SELECT sum (length (bytes)) FROM journal').fetchone()[0]
    connection.close()
    figures.add(0, 'json', 'up', raw / context.sync_sales)
    link.shutdown()
    office.stop()


def run(context):
    figures = Figures()
    made = context.shops.made(200, context.sync_sales, 30)
    other = context.shops.made(200, context.sync_sales, 29)
    for repeat in range(context.sync_repeats):
        database = Postgres(context.work / f'postgres-{repeat}')
        try:
            office = push(context, figures, repeat, 'postgres', database.url, made)
            pull(context, figures, repeat, 'postgres', office)
            office.stop()
            seconds = copy_floor(context, database, context.work / 'floor')
            figures.add(repeat, 'floor', 'sales_s', context.sync_sales / seconds)
        finally:
            database.stop()
        database = Postgres(context.work / f'postgres-two-{repeat}')
        try:
            push_two(context, figures, repeat, database.url, (made, other))
        finally:
            database.stop()
        office = push(context, figures, repeat, 'sqlite', f'sqlite:{context.work}/province-{repeat}.db', made)
        pull(context, figures, repeat, 'sqlite', office)
        office.stop()
    count_bytes(context, figures, made)
    return make_rows(context, figures), figures.raw()


def make_rows(context, figures):
    def row(name, case, what, floor=None, goal=None, floor_what=None):
        bare = figures.median(floor, floor_what or what) if floor else None
        ratio = figures.ratio(case, what, floor, floor_what) if floor else None
        return Row(NAME, name, figures.median(case, what), bare, ratio, goal, figures.spread(case, what))
    n = f'{context.sync_sales:,}'.replace(',', ' ')
    return [
        row(f'push of {n} sales, PostgreSQL (sales/s)', 'postgres', 'sales_s', 'floor', Goal(0.35, at_least=True)),
        row(f'push of {n} sales by two tills, PostgreSQL (sales/s)', 'two', 'sales_s', 'floor',
            Goal(0.5, at_least=True)),
        row(f'push of {n} sales, SQLite, against PostgreSQL (sales/s)', 'sqlite', 'sales_s', 'postgres',
            Goal(0.8, at_least=True)),
        row('push of what the server has, against fresh, PostgreSQL (sales/s)', 'postgres', 'known_sales_s', 'postgres',
            Goal(1.5, at_least=True), 'sales_s'),
        row('bytes up a sale, TLS and all, against its JSON', 'wire', 'up', 'json', Goal(0.25)),
        row('bytes down a sale', 'wire', 'down'),
        row('a new till pulls and books, SQLite (records/s)', 'sqlite', 'pull_records_s'),
        row('a new till pulls and books, PostgreSQL (records/s)', 'postgres', 'pull_records_s'),
        row('memory of the till while it pushes (MB)', 'sqlite', 'till_mb'),
        row('memory of the till while it pulls (MB)', 'sqlite', 'pull_mb'),
        row('memory of the server, SQLite (MB)', 'sqlite', 'server_mb'),
        row('memory of the server, PostgreSQL (MB)', 'postgres', 'server_mb'),
    ]
