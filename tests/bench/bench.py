#!/usr/bin/python3
# ./dev bench [NAME…] [--quick]: measures, each figure beside its floor in the same run; prints one
# table and writes ./bench-results/<date>.json. --smoke is for the tests: a second each, no results kept.
import argparse
import datetime
import os
import pathlib
import platform
import shutil
import signal
import sqlite3
import subprocess
import sys

import bench_commit
import bench_join
import bench_latency
import bench_link
import bench_pouch
import bench_pull
import bench_search
import bench_settle
import bench_start
import bench_stock
import bench_sync
import figures
import shops

BENCHES = {module.NAME: module for module in (bench_commit, bench_search, bench_latency, bench_start,
                                               bench_sync, bench_pull, bench_join, bench_link, bench_pouch,
                                               bench_settle, bench_stock)}
SOURCE = pathlib.Path(__file__).resolve().parents[2]

# products, sales, days of the large shop; sizes of the search; then how long each thing is measured
SCALES = {
    'full': dict(products=100000, sales=1000000, days=1095, search_sizes=(20000, 100000), repeats=7, commits=1500,
                 whole_sales=300, keystrokes=12000, window_repeats=1, scans=300, starts=9, sync_sales=10000,
                 sync_repeats=3, join_sales=1000000, settle_lots=260, settle_sales=4000, stock=(20000, 10, 1000000),
                 stock_keys=300),
    'quick': dict(products=10000, sales=20000, days=365, search_sizes=(2000, 10000), repeats=3, commits=300,
                  whole_sales=60, keystrokes=2000, window_repeats=1, scans=60, starts=3, sync_sales=2000,
                  sync_repeats=1, join_sales=20000, settle_lots=260, settle_sales=200, stock=(2000, 10, 20000),
                  stock_keys=60),
    'smoke': dict(products=300, sales=200, days=30, search_sizes=(300,), repeats=1, commits=20, whole_sales=5,
                  keystrokes=200, window_repeats=1, scans=13, starts=1, sync_sales=100, sync_repeats=1,
                  join_sales=100, settle_lots=20, settle_sales=5, stock=(300, 3, 200), stock_keys=10),
}


class Context:
    """What a bench is given: where things are and how much to measure."""

    def __init__(self, build, work, scale):
        self.build = build
        self.work = work
        self.shops = shops.Shops(build, SOURCE, work)
        for name, value in SCALES[scale].items():
            setattr(self, name, value)


def machine():
    """What the figures depend on."""
    model = next((line.split(':', 1)[1].strip() for line in open('/proc/cpuinfo') if line.startswith('model name')), '')
    cache = shops.cache_folder()
    disk = subprocess.run(['findmnt', '-n', '-o', 'FSTYPE,SOURCE', '-T', cache], capture_output=True, text=True).stdout
    commit = subprocess.run(['git', '-C', SOURCE, 'describe', '--always', '--dirty'], capture_output=True,
                            text=True).stdout
    return {'processor': model, 'cores': os.cpu_count(), 'kernel': platform.release(), 'disk': ' '.join(disk.split()),
            'sqlite': sqlite3.sqlite_version, 'load': os.getloadavg()[0], 'commit': commit.strip(),
            'before_others': os.sched_getscheduler(0) == os.SCHED_RR}


def measure(names, context):
    """Rows and raw figures of the benches; one that fails is told and leaves the others alone."""
    rows, raw, failed = [], {}, []
    for name in names:
        try:
            more, raw[name] = BENCHES[name].run(context)
            rows += more
            print(figures.table(more) + '\n', file=sys.stderr)
        except Exception as fault:  # whatever it was, the other benches still count
            detail = getattr(fault, 'stderr', None)
            print(f'{name}: {type(fault).__name__}: {fault} {detail or ""}'.rstrip(), file=sys.stderr)
            failed.append(name)
    return rows, raw, failed


def smoke(names, rows, failed):
    """The result as TAP: every bench gave figures. What they are is not a test's business."""
    print(f'1..{len(names)}')
    for number, name in enumerate(names, 1):
        mine = [row for row in rows if row.bench == name]
        missing = [row.name for row in mine if row.ours is None]
        fine = name not in failed and mine and not missing
        print(f'{"ok" if fine else "not ok"} {number} /bench/{name}')
        for row in missing:
            print(f'# no figure: {row}')
    return 0 if not failed else 1


def main():
    parser = argparse.ArgumentParser(prog='./dev bench', description=__doc__)
    parser.add_argument('build', type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument('names', nargs='*', metavar='NAME', help=f'of {", ".join(BENCHES)}; all without one')
    parser.add_argument('--quick', action='store_true', help='a smaller shop and fewer repeats')
    parser.add_argument('--smoke', action='store_true', help=argparse.SUPPRESS)
    asked = parser.parse_args()
    unknown = set(asked.names) - set(BENCHES)
    if unknown:
        parser.error(f'no bench {", ".join(unknown)}: one of {", ".join(BENCHES)}')
    names = asked.names or [name for name in BENCHES if not (asked.smoke and name == bench_pouch.NAME)]
    scale = 'smoke' if asked.smoke else 'quick' if asked.quick else 'full'
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = shops.cache_folder() / f'work-{os.getpid()}'
    work.mkdir(parents=True, mode=0o700)
    try:
        rows, raw, failed = measure(names, Context(asked.build.resolve(), work, scale))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if asked.smoke:
        return smoke(names, rows, failed)
    now = datetime.datetime.now().astimezone()
    about = {'date': now.isoformat(timespec='seconds'), 'scale': scale, 'machine': machine()}
    path = SOURCE / 'bench-results' / f'{now:%Y-%m-%d-%H%M}.json'
    figures.save(path, rows, raw, about)
    print(figures.table(rows))
    missed = [row for row in rows if row.met is False]
    print(f'\n{sum(row.met is True for row in rows)} goals met, {len(missed)} not; figures in {path}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
