#!/usr/bin/python3
# The shops that are photographed, and the camera.
import atexit
import itertools
import os
import pathlib
import shutil
import tempfile

from harness import App, quayctl

FOLDER = pathlib.Path(os.environ.get('QUAY_SHOTS_DIR', 'shots'))
NUMBERS = itertools.count(1)
CODES = ['2900000000018', '2900000000025', '2900000000032']


def make_shop():
    """A sample shop with a few sales; copied for each set of pictures."""
    folder = WORK / 'shop'
    folder.mkdir()
    quayctl(folder, 'init', '--shop', 'Điểm bán hàng OCOP Quế Thanh', '--till', 'QT1', '--sample')
    quayctl(folder, 'sell', '2900000000018:2', '2900000000032', '--tender', 'cash:500000')
    quayctl(folder, 'sell', '2900000000025', '--tender', 'cash:450000')
    quayctl(folder, 'sell', '2900000000018', '--tender', 'cash:100000')
    # Nothing printed these: the till asks once about the last of them.
    with App(data=folder) as app:
        app.press('Bỏ qua')
        app.gone('Bỏ qua')
    return folder


WORK = pathlib.Path(tempfile.mkdtemp(prefix='quay-shots-'))
atexit.register(shutil.rmtree, WORK, ignore_errors=True)
SHOP = make_shop()


def shop():
    folder = WORK / f'shop-{next(NUMBERS)}'
    shutil.copytree(SHOP, folder, ignore=shutil.ignore_patterns('*.sock', 'socket'))
    return folder


def empty_shop():
    folder = WORK / f'empty-{next(NUMBERS)}'
    folder.mkdir()
    quayctl(folder, 'init', '--shop', 'Cửa hàng mới', '--till', 'QT1')
    return folder


def take(app, page, settings):
    name = '-'.join([page, settings.get('till.language', 'vi'), settings.get('till.theme', 'light')])
    if settings.get('till.text_size', '100') != '100':
        name += '-' + settings['till.text_size']
    # Two equal pictures in a row: what was moving has come to rest.
    path = FOLDER / f'{name}.png'
    before = None
    for _attempt in range(20):
        now = app.screenshot(path).read_bytes()
        if now == before:
            return
        before = now
        app.think(0.15)
