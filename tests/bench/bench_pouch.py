# The peer: the same records as documents, from a PouchDB (leveldb) to express-pouchdb over plain HTTP on
# loopback, beside a till that pushes them to quayd over TLS. It needs Node and npm, which fetches the packages
# once into the cache; without them the rows are left out. Nothing else in the tree needs npm.
import pathlib
import shutil
import subprocess
import sys

from bench_sync import Counter, Office, quayctl
from figures import Figures, Goal, Row
import shops

NAME = 'pouch'
PACKAGES = ('pouchdb@9.0.0', 'express-pouchdb@4.2.0', 'express@4')
PROGRAM = pathlib.Path(__file__).resolve().with_name('pouch.js')


def packages():
    """The folder with node_modules, made if need be; None, and a word why, without the peer."""
    folder = shops.cache_folder() / 'pouch'
    if shutil.which('node') is None or shutil.which('npm') is None:
        print('pouch: there is no npm here, the peer is left out', file=sys.stderr)
        return None
    if not (folder / 'node_modules/express-pouchdb').is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', *PACKAGES], cwd=folder,
                              stdout=sys.stderr, timeout=600)
        if done.returncode != 0:
            print('pouch: npm could not fetch the peer, it is left out', file=sys.stderr)
            return None
    return folder


class Peer:
    """express-pouchdb on a folder of its own."""

    def __init__(self, modules, folder):
        folder.mkdir()
        self.modules, self.folder = modules, folder
        self.process = subprocess.Popen(self.command('server', folder), cwd=modules, env=self.env(), text=True,
                                        stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())

    def env(self):
        return {'PATH': '/usr/bin:/bin', 'HOME': str(self.folder), 'NODE_PATH': str(self.modules / 'node_modules')}

    @staticmethod
    def command(*words):
        return ['node', *map(str, (PROGRAM, *words))]

    def push(self, export, name, port=None):
        """Documents and seconds of one replication into a new database."""
        url = f'http://127.0.0.1:{port or self.port}/{name}'
        out = subprocess.run(self.command('push', export, self.folder / f'from-{name}', url), cwd=self.modules,
                             env=self.env(), check=True, capture_output=True, text=True).stdout
        docs, seconds = out.split()
        return int(docs), float(seconds)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()


def push_ours(context, figures, repeat, made, counted):
    folder = context.shops.copy(made)
    office = Office(context, context.work / f'pouch-office-{repeat}', f'sqlite:{context.work}/pouch-{repeat}.db')
    link = Counter(('127.0.0.1', office.port)) if counted else None
    port = link.server_address[1] if counted else office.port
    quayctl(context, folder, 'enrol', f'https://localhost:{port}', office.code(), '--ca', office.folder / 'cert.pem')
    before = dict(link.bytes) if counted else None
    seconds, _ = quayctl(context, folder, 'sync', '--once')
    records = office.do('verify')[0]['records']
    office.stop()
    if counted:
        link.shutdown()
        for way in before:
            figures.add(0, 'ours', way, (link.bytes[way] - before[way]) / records)
    else:
        figures.add(repeat, 'ours', 'docs_s', records / seconds)


def push_peer(context, figures, repeat, modules, export, counted):
    peer = Peer(modules, context.work / f'peer-{repeat}')
    try:
        link = Counter(('127.0.0.1', peer.port)) if counted else None
        docs, seconds = peer.push(export, 'province', link.server_address[1] if counted else None)
    finally:
        peer.stop()
    if counted:
        link.shutdown()
        for way in link.bytes:
            figures.add(0, 'peer', way, link.bytes[way] / docs)
    else:
        figures.add(repeat, 'peer', 'docs_s', docs / seconds)


def run(context):
    figures = Figures()
    modules = packages()
    if modules is None:
        return [], figures.raw()
    made = context.shops.made(200, context.sync_sales, 30)
    export = context.work / 'pouch-export'
    quayctl(context, context.shops.copy(made), 'events', 'export', export)
    for repeat in range(context.sync_repeats + 1):
        counted = repeat == context.sync_repeats
        push_ours(context, figures, repeat, made, counted)
        push_peer(context, figures, repeat, modules, export, counted)

    def row(name, what, goal=None):
        return Row(NAME, name, figures.median('ours', what), figures.median('peer', what),
                   figures.ratio('ours', what, 'peer'), goal, figures.spread('ours', what))
    return [row('push of the same records, against PouchDB (a second)', 'docs_s', Goal(1, at_least=True)),
            row('bytes up a record, against PouchDB', 'up', Goal(1)),
            row('bytes down a record, against PouchDB', 'down', Goal(1))], figures.raw()
