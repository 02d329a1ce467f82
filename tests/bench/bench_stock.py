# The page of stock: how soon its rows are there, how soon a key shows, what the reads behind it cost.
from figures import Figures, Goal, Row

NAME = 'stock'


def run(context):
    products, lots, sales = context.stock
    folder = context.shops.copy(context.shops.made(products, sales, 1095, lots))
    figures = Figures().run(context.build / 'tests/bench/bench-stock', folder, context.stock_keys,
                            min(context.repeats, 3))

    def row(name, case, what='p50_us', floor=None, goal=None):
        return Row(NAME, name, figures.median(case, what), figures.median(floor, what) if floor else None,
                   figures.ratio(case, what, floor) if floor else None, goal, figures.spread(case, what))
    size = f'{products:_} products, {products * lots:_} lots, {sales:_} sales'.replace('_', ' ')
    rows = [
        row(f'first rows on the screen (µs), {size}', 'first-rows', goal=Goal(100000, unit=' µs')),
        row('all figures on the screen (µs)', 'all-figures'),
        row('an empty frame (µs)', 'bare-frame'),
        row('key to its frame, p50 (µs)', 'key-to-frame', goal=Goal(16667, unit=' µs')),
        row('key to its frame, p99 (µs)', 'key-to-frame', 'p99_us'),
        row('frame without a key, p50 (µs)', 'frame'),
        row('which rows a key leaves, p99 (µs)', 'filter', 'p99_us'),
        row('read now, against one look at each row (µs)', 'read-now', floor='read-now-floor'),
        row('read 30 days ago, against one look at each move (µs)', 'read-past', floor='read-past-floor'),
        row("a product's card of 30 days, against the same (µs)", 'card', floor='read-past-floor'),
    ]
    return rows, figures.raw()
