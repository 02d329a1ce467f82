# The shops that the benches run on: made once by quayctl, kept in a cache folder outside the tree, and
# handed out as copies, so that no run sees what another one left.
import datetime
import hashlib
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys

# What decides the bytes of a generated file: when one of these changes, files are made anew.
MADE_FROM = ('data/migrations/till/*.sql', 'data/params/*.csv', 'data/sample/*.csv', 'src/journal/*.c',
             'src/store/quay-apply*.c', 'src/till/*generate*.c', 'src/till/quay-item-columns.c')
SEED = 1


def cache_folder():
    base = os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
    return pathlib.Path(base) / 'quay-bench'


def fingerprint(source):
    """Says which files of an earlier run still are what this program would make."""
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(source.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Shops:
    """Makes shops and copies of them. `work` is emptied by the caller."""

    def __init__(self, build, source, work):
        self.quayctl = build / 'src/cli/quayctl'
        self.cache = cache_folder()
        self.mark = fingerprint(source)
        self.work = work
        self.copies = 0

    def fresh(self, *options):
        """A shop after its first run: nothing in it, or the sample catalogue with '--sample'."""
        folder = self._new_folder('fresh')
        self._quayctl(folder, 'init', '--shop', 'Cửa hàng đo', '--till', 'DO1', *options)
        return folder

    def made(self, products, sales, days, lots=0):
        """The folder in the cache; not to be changed."""
        name = f'shop-{products}-{sales}-{days}-{SEED}' + (f'-{lots}' if lots else '')
        folder = self.cache / f'{name}-{self.mark}'
        if folder.is_dir():
            return folder
        for old in self.cache.glob(f'{name}-*'):
            shutil.rmtree(old)
        print(f'making a shop of {products} products and {sales} sales (kept in {self.cache})…', file=sys.stderr)
        half = self.cache / f'{name}-{self.mark}.half-{os.getpid()}'
        half.parent.mkdir(parents=True, exist_ok=True)
        self._quayctl(half, 'init', '--shop', 'Cửa hàng đo', '--till', 'DO1')
        self._quayctl(half, 'generate', '--products', products, '--sales', sales, '--days', days, '--seed', SEED,
                      '--lots', lots)
        half.rename(folder)
        return folder

    def copy(self, made):
        """A copy that may be sold in, safe on the disk so that writing it out disturbs no measurement."""
        folder = self._new_folder('shop')
        shutil.copytree(made, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns('*.lock', '*.sock', 'backups'))
        note_backup(folder)
        os.sync()
        return folder

    def _new_folder(self, name):
        self.copies += 1
        folder = self.work / f'{name}-{self.copies}'
        folder.mkdir(mode=0o700)
        return folder

    def _quayctl(self, folder, *arguments):
        subprocess.run([str(self.quayctl), '--data', str(folder), *map(str, arguments)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def note_backup(folder):
    """Makes the hourly backup look done, by a name that the store counts: it would run beside a measurement."""
    backups = folder / 'backups'
    backups.mkdir(mode=0o700, exist_ok=True)
    vietnam = datetime.timezone(datetime.timedelta(hours=7))
    (backups / datetime.datetime.now(vietnam).strftime('quay-%Y%m%d-%H%M.db')).touch()


def database(folder):
    return folder / 'quay.db'


def file_bytes(folder):
    """Size of the shop's database and its log."""
    return sum(path.stat().st_size for path in folder.glob('quay.db*') if path.suffix != '.db-shm')


def forget_pages(folder):
    """Drops the shop's files from the page cache, as after a boot. Libraries and fonts stay."""
    os.sync()
    for path in folder.rglob('*'):
        if path.is_file():
            with open(path, 'rb') as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def journal_bytes(folder, sales):
    """Bytes of the journal's own records of sales, one sale, as they are hashed and sent."""
    query = 'SELECT avg (length (bytes)) FROM (SELECT bytes FROM journal ORDER BY pos DESC LIMIT ?)'
    connection = sqlite3.connect(f'file:{database(folder)}?mode=ro&immutable=1', uri=True)
    try:
        return connection.execute(query, (min(sales, 20000),)).fetchone()[0]
    finally:
        connection.close()


def scannable(folder, count):
    """Barcodes of pieces that can be sold without a question: a price, no alcohol."""
    query = ('SELECT c.code FROM code c JOIN item i ON i.product = c.product'
             ' WHERE i.active = 1 AND i.weighed = 0 AND i.abv = 0 AND length (c.code) = 13'
             ' AND EXISTS (SELECT 1 FROM price p WHERE p.product = i.product AND p.price > 0)'
             ' ORDER BY i.no LIMIT 5000')
    connection = sqlite3.connect(f'file:{database(folder)}?mode=ro', uri=True)
    try:
        codes = [row[0] for row in connection.execute(query)]
    finally:
        connection.close()
    return random.Random(SEED).sample(codes, min(count, len(codes)))
