# A lost till is replaced: a new one takes a long journal from the server and books every event of it. The floor
# is a plain copy of the file that comes out of it, written and synced: the bytes alone.
import os
import shutil
import time

from bench_sync import Office, quayctl
from figures import Figures, Row
import shops

NAME = 'join'


def copy_floor(folder, to):
    """Seconds to copy the till's file, durable."""
    start = time.monotonic()
    shutil.copyfile(shops.database(folder), to)
    with open(to, 'rb+') as copy:
        os.fsync(copy.fileno())
    seconds = time.monotonic() - start
    to.unlink()
    return seconds


def run(context):
    figures = Figures()
    folder = context.shops.copy(context.shops.made(1000, context.join_sales, 365))
    office = Office(context, context.work / 'join-office', f'sqlite:{context.work}/join.db')
    address = f'https://localhost:{office.port}'
    ca = office.folder / 'cert.pem'
    quayctl(context, folder, 'enrol', address, office.code(), '--ca', ca)
    push_s, push_mb = quayctl(context, folder, 'sync', '--once')
    shutil.rmtree(folder)
    joined = context.work / 'join-till'
    pull_s, pull_mb = quayctl(context, joined, 'enrol', address, office.code(), '--ca', ca)
    records = office.do('verify')[0]['records']
    for name, value in (('push_records_s', records / push_s), ('push_mb', push_mb), ('pull_s', pull_s),
                        ('pull_records_s', records / pull_s), ('pull_mb', pull_mb), ('server_mb', office.peak_mb()),
                        ('file_mb', shops.database(joined).stat().st_size / 1e6)):
        figures.add(0, 'join', name, value)
    office.stop()
    figures.add(0, 'copy', 'pull_s', copy_floor(joined, context.work / 'join-copy'))
    n = f'{records:,}'.replace(',', ' ')

    def row(name, what, floor=None):
        return Row(NAME, name, figures.median('join', what), figures.median('copy', what) if floor else None)
    return [row(f'a new till pulls and books {n} events (s), against a copy of its file', 'pull_s', floor=True),
            row('a new till pulls and books (records/s)', 'pull_records_s'),
            row('its file (MB)', 'file_mb'),
            row('memory of the till while it pulls (MB)', 'pull_mb'),
            row('push of the same events, server on SQLite (records/s)', 'push_records_s'),
            row('memory of the till while it pushes (MB)', 'push_mb'),
            row('memory of the server (MB)', 'server_mb')], figures.raw()
