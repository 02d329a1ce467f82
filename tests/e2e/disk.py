#!/usr/bin/python3
# A disk that takes no more: the till says so in red, refuses the sale, keeps the cart, and goes on as
# soon as there is room. Each disk is a small file system in memory, mounted for the test alone.
import contextlib
import errno
import pathlib
import tempfile

from harness import App, main, quayctl, run, shoot, wait_until
from sell import NOODLES, TEA, TEABAGS, TO_PAY, finish, lines, open_pay, pass_guard, total

MEGABYTES = 48  # room for a shop, its first copy, and what a till may keep in reserve
NO_ROOM = 'Ổ đĩa không còn chỗ trống'
STATE = 'Chưa lưu được'
SAVED = 'Lưu tại máy'
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


def scan_until_full(app, disk):
    """Scans on while nothing is left free, until the till says so; what the cart comes to then."""
    amount = 65000
    for code, price in [(TEABAGS, 150000), (NOODLES, 65000)] * 30:
        fill(disk)
        app.scan(code)
        amount += price
        total(app, amount)
        if app.find_all(STATE):
            return amount
    raise AssertionError('the disk never got full')


def test_full_disk_refuses_the_sale_and_keeps_the_cart():
    with small_disk() as disk, App(data=disk / 'shop') as app:
        app.scan(NOODLES)
        total(app, 65000)
        amount = scan_until_full(app, disk)
        app.wait_any_text(NO_ROOM)
        app.wait_any_text('Không có gì bị mất')
        shoot(app, 'disk-full')
        open_pay(app, amount=amount)
        pass_guard(app)
        app.key('Return')
        app.wait_any_text(NOT_SOLD)
        shoot(app, 'disk-full-refused')
        assert app.value('SELECT count(*) FROM sale') == 0
        app.key('Escape')
        total(app, amount)
        # Room is made: the till notices by itself, and the cart is written.
        (disk / 'filler').unlink()
        app.wait_any_text(SAVED)
        app.gone(STATE)
        wait_until(lambda: 'túi lọc' in (app.value('SELECT body FROM draft') or ''), 'the cart on disk')
        open_pay(app, amount=amount)
        finish(app, 1)
        assert app.value('SELECT total FROM sale') == amount
        assert sum(line['amount'] for line in lines(app, 'QT1A-000001')) == amount
        app.close()
        assert quayctl(disk / 'shop', 'verify', '--rebuild')[0]['ok']


def test_sale_goes_on_when_room_is_made_meanwhile():
    with small_disk() as disk, App(data=disk / 'shop') as app:
        app.scan(NOODLES)
        total(app, 65000)
        amount = scan_until_full(app, disk)
        open_pay(app, amount=amount)
        pass_guard(app)
        app.key('Return')
        app.wait_any_text(NOT_SOLD)
        (disk / 'filler').unlink()
        # The same panel, the same sale: pressing again sells it, once.
        pass_guard(app)
        finish(app, 1)
        app.gone(STATE)
        app.key('Escape')
        app.scan(TEA)
        total(app, 450000)
        open_pay(app)
        finish(app, 2)
        assert [row['total'] for row in app.query('SELECT total FROM sale ORDER BY number')] == [amount, 450000]


def test_full_disk_and_a_killed_till_lose_no_sale():
    with small_disk() as disk, App(data=disk / 'shop') as app:
        app.scan(NOODLES)
        total(app, 65000)
        open_pay(app)
        finish(app, 1)
        app.key('Escape')
        app.scan(NOODLES)
        total(app, 65000)
        scan_until_full(app, disk)
        app.kill()
        (disk / 'filler').unlink()
        app.start()
        # What had reached the disk of the open cart is back; the sale is there once.
        app.find(TO_PAY)
        assert app.value('SELECT count(*) FROM sale') == 1
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
