#!/usr/bin/python3
# The cooperative's board looks at a shop while a till sells in it: nobody signs in, everything says that it is only
# looked at, and nothing there changes.
import pathlib
import re

from harness import App, main, shoot
from sell import NOODLES, finish, open_pay, shop, total


def files(folder):
    """What a till that does nothing does not change."""
    return {path: path.read_bytes() for path in sorted(pathlib.Path(folder).rglob('*'))
            if path.is_file() and path.name != 'quay.db-shm'}


def test_board_looks_at_a_shop():
    with shop() as till:
        till.scan(NOODLES)
        total(till, 65000)
        open_pay(till)
        finish(till, 1)
        till.close()
        before = files(till.folder)
        with App('--audit', till.folder) as board:
            board.wait_any_text(re.compile('^CHỈ XEM — đến '))
            board.wait_any_text(re.compile('mục'))
            shoot(board, 'view-audit')
            board.key('alt+1')  # there is no counter
            board.key('alt+2')
            board.wait_any_text('QT1A-000001')
            shoot(board, 'view-sales')
            board.key('ctrl+p')  # the button is not there, the key would be
            board.wait_any_text('Ở đây không thay đổi được gì của cửa hàng.')
            shoot(board, 'view-refused')
            board.key('Escape')
            board.key('alt+6')
            board.wait_any_text('65.000')
            shoot(board, 'view-figures')
        assert files(till.folder) == before


if __name__ == '__main__':
    main(globals())
