# From the last key of a scan to the end of the frame that shows it: in the till, in the till's own window
# that adds a constant row with no till behind it (the floor), and in a bare window of the same size. Each
# repeat has fresh processes, one after the other.
from figures import Goal, Row, share
import shops
import time
import windows

NAME = 'latency'
CART = 12          # scans before the sale is paid
REST_S = 0.12      # between two scans: a fast cashier's, and time for what the till does after a scan
PAY_REST_S = 0.5   # above the 300 ms in which the till ignores Enter after a scan
FRAME_MS = 1000 / 60


def run(context):
    folder = context.shops.copy(context.shops.made(context.products, context.sales, context.days))
    codes = shops.scannable(folder, 400)
    floor, bare, ours, memory = [], [], [], []
    sample = sample_memory(context)
    for repeat in range(context.window_repeats):
        with windows.bare(context.build, context.work / f'bare-{repeat}.trace') as window:
            window.wait_ready()
            bare += scan_carts(window, codes, context.scans, ('Escape',))
        with windows.floor(context.build, context.work / f'floor-{repeat}.trace', folder) as window:
            window.wait_ready()
            floor += scan_carts(window, codes, context.scans, ('Escape',))
        with windows.till(context.build, folder, context.work / f'till-{repeat}.trace') as window:
            window.wait_ready()
            at_start = window.memory()
            ours += scan_carts(window, codes, context.scans, ('Return', 'Return'))
            memory.append((at_start, window.memory()))
    cases = {'floor': floor, 'bare': bare, 'till': ours}
    return make_rows(context, cases, memory, sample), [
        {'case': case, 'name': name, 'values': [times[column] for times in cases[case]]}
        for column, name in enumerate(('press_us', 'seen_us')) for case in cases]


def sample_memory(context):
    """The same scans in the sample shop: resident memory before and after."""
    folder = context.shops.fresh('--sample')
    shops.note_backup(folder)
    with windows.till(context.build, folder, context.work / 'sample.trace') as window:
        window.wait_ready()
        at_start = window.memory()
        scan_carts(window, shops.scannable(folder, 400), context.scans, ('Return', 'Return'))
        return at_start, window.memory()


def scan_carts(window, codes, scans, after_cart):
    """(from the key, from its arrival) of each scan; every CART scans the keys that end a cart."""
    window.focus()
    times = []
    for number in range(scans):
        times.append(window.scan(codes[number % len(codes)]))
        time.sleep(REST_S)
        if number % CART == CART - 1:
            for key in after_cart:
                time.sleep(PAY_REST_S)
                window.key(key)
            time.sleep(PAY_REST_S)
    return times


def make_rows(context, cases, memory, sample):
    def row(name, part, column, floor='floor', goal=None):
        low, high = (share([times[column] for times in cases[case]], part) / 1000 for case in (floor, 'till'))
        return Row(NAME, f'{name} (ms)', high, low, None, goal)
    rows = [
        row('key press to painted, p50', 0.5, 0),
        row('key press to painted, p99', 0.99, 0, goal=Goal(2)),
        row('key seen to painted, p50', 0.5, 1),
        row('key seen to painted, p99', 0.99, 1),
        row('key press to painted, p50, against a bare window', 0.5, 0, 'bare'),
        row('key press to painted, p99, against a bare window', 0.99, 0, 'bare'),
    ]
    press = [times[0] / 1000 for times in cases['till']]
    floor = share([times[0] / 1000 for times in cases['floor']], 0.99)
    within = Goal(round(FRAME_MS, 1), unit=' ms') if floor <= FRAME_MS else None
    rows.append(Row(NAME, 'key press to painted, p99, in one frame (ms)', share(press, 0.99), goal=within))
    first = [times[0] / 1000 for times in cases['till'][::CART]]
    rows.append(Row(NAME, 'key press to painted, first scan after a payment, p99 (ms)', share(first[1:] or first, 0.99)))
    for moment, words in ((0, 'when ready'), (1, f'after {context.scans} scans')):
        rows.append(Row(NAME, f'resident memory {words}, sample shop beside (MB)',
                        share([pair[moment][0] for pair in memory], 0.5), sample[moment][0]))
    return rows
