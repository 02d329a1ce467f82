#!/usr/bin/python3
# A disk that takes no more: the till says so in red, refuses the sale, keeps the cart, and goes on as
# soon as there is room. Each disk is a small file system in memory, mounted for the test alone.
import contextlib
import errno
import pathlib
import re
import sqlite3
import tempfile

from harness import App, main, quayctl, run, shoot, wait_until
from sell import HELD, NOODLES, TEA, TEABAGS, finish, lines, open_pay, pass_guard, total

MEGABYTES = 64  # room for a shop, its first copy, and what a till keeps in reserve
FULL = 'Ổ đĩa đã đầy'
NO_ROOM = 'Ổ đĩa không còn chỗ trống'
STATE = 'Chưa lưu được'
NOT_SOLD = 'Chưa bán được'


@contextlib.contextmanager
def small_disk():
    """A disk with a sample shop on it, and what fills it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix='quay-disk-'))
    run('mount', '-t', 'tmpfs', '-o', f'size={MEGABYTES}m', 'none', folder)
    try:
        quayctl(folder / 'shop', 'init', '--shop', 'Cửa hàng Quế Thanh', '--till', 'QT1', '--sample')
        yield folder
    finally:
        run('umount', '--lazy', folder)
        folder.rmdir()


def fill(disk):
    """Takes all that is free."""
    with open(disk / 'filler', 'ab', buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b'\0' * size)
            except OSError as fault:
                if fault.errno != errno.ENOSPC:
                    raise


def draft(app):
    return app.value('SELECT body FROM draft WHERE held = 0') or ''


def full_till(app, disk):
    """A cart of two lines on a disk that has just become full."""
    app.scan(NOODLES)
    total(app, 65000)
    fill(disk)
    app.scan(TEABAGS)
    total(app, 215000)
    app.wait_any_text(FULL)


def refuse(app, amount):
    open_pay(app, amount=amount)
    pass_guard(app)
    app.key('Return')
    app.wait_any_text(NOT_SOLD)
    assert app.value('SELECT count(*) FROM sale') == 0


def test_full_disk_refuses_the_sale_and_keeps_the_cart():
    with small_disk() as disk, App(data=disk / 'shop') as app:
        full_till(app, disk)
        shoot(app, 'disk-full')
        # What the till kept in reserve holds the cart.
        wait_until(lambda: 'túi lọc' in draft(app), 'the cart on disk')
        refuse(app, 215000)
        app.wait_any_text(NO_ROOM)
        shoot(app, 'disk-full-refused')
        app.key('Escape')
        total(app, 215000)
        # It can be put aside and brought back, and more can be scanned.
        app.key('F8')
        total(app, 0)
        app.key('F8')
        app.find(HELD)
        app.key('Return')
        total(app, 215000)
        app.scan(NOODLES)
        total(app, 280000)
        # Room is made: the till notices by itself, and sells.
        (disk / 'filler').unlink()
        wait_until(lambda: not app.find_all(re.compile(FULL), shown=True), 'the red bar to go')
        open_pay(app, amount=280000)
        finish(app, 1)
        assert app.value('SELECT total FROM sale') == 280000
        assert sum(line['amount'] for line in lines(app, 'QT1A-000001')) == 280000
        app.close()
        assert quayctl(disk / 'shop', 'verify', '--rebuild')[0]['ok']


def test_sale_goes_on_when_room_is_made_meanwhile():
    with small_disk() as disk, App(data=disk / 'shop') as app:
        full_till(app, disk)
        refuse(app, 215000)
        (disk / 'filler').unlink()
        # The same panel, the same sale: pressing again sells it, once.
        pass_guard(app)
        finish(app, 1)
        app.key('Escape')
        app.scan(TEA)
        total(app, 450000)
        open_pay(app)
        finish(app, 2)
        assert [row['total'] for row in app.query('SELECT total FROM sale ORDER BY number')] == [215000, 450000]


def scan_until_nothing_is_kept(app, disk):
    """The last reserve goes too, and the log cannot be begun anew beside a reader: the cart itself is
    not written any more. What it comes to then."""
    reader = sqlite3.connect(f'file:{app.database()}?mode=ro', uri=True, isolation_level=None)
    reader.execute('BEGIN')
    reader.execute('SELECT count(*) FROM draft').fetchone()
    for count in range(1, 300):
        fill(disk)
        before = draft(app)
        app.scan(NOODLES)
        if wait_until(lambda: app.find_all(STATE) or draft(app) != before, 'the cart, or the red bar') is not True:
            reader.close()
            return count * 65000
    raise AssertionError('the disk took everything')


def test_cart_that_cannot_be_written_is_told_and_written_later():
    with small_disk() as disk, App(data=disk / 'shop') as app:
        amount = scan_until_nothing_is_kept(app, disk)
        total(app, amount)
        app.wait_any_text('Hãy dọn bớt rồi thử lại. Không có gì bị mất.')
        shoot(app, 'disk-not-saved')
        refuse(app, amount)
        app.key('Escape')
        total(app, amount)
        # Nothing is pressed: as soon as there is room the cart is written, and the bar goes.
        (disk / 'filler').unlink()
        app.gone(STATE)
        wait_until(lambda: f'"qty":{amount // 65}' in draft(app), 'the cart on disk')
        open_pay(app, amount=amount)
        finish(app, 1)
        assert app.value('SELECT total FROM sale') == amount
        app.close()
        assert quayctl(disk / 'shop', 'verify', '--rebuild')[0]['ok']


def test_full_disk_and_a_killed_till_lose_nothing():
    with small_disk() as disk, App(data=disk / 'shop') as app:
        app.scan(TEA)
        total(app, 450000)
        open_pay(app)
        finish(app, 1)
        app.key('Escape')
        full_till(app, disk)
        wait_until(lambda: 'túi lọc' in draft(app), 'the cart on disk')
        app.kill()
        # It opens on the full disk, with the cart, and still sells nothing.
        app.start()
        total(app, 215000)
        app.wait_any_text(FULL)
        app.kill()
        (disk / 'filler').unlink()
        app.start()
        total(app, 215000)
        open_pay(app)
        finish(app, 2)
        app.close()
        assert quayctl(disk / 'shop', 'verify', '--rebuild')[0]['ok']


def test_folder_that_cannot_be_written_says_so_and_opens_later():
    with small_disk() as disk:
        run('mount', '-o', 'remount,ro', disk)
        with App(data=disk / 'shop') as app:
            app.wait_any_text('Không ghi được vào thư mục cửa hàng')
            shoot(app, 'disk-read-only')
            run('mount', '-o', 'remount,rw', disk)
            app.press('Thử lại')
            app.find('Quét hoặc gõ')
            app.focus_window()
            app.scan(NOODLES)
            total(app, 65000)


if __name__ == '__main__':
    main(globals())
