# Search as you type, a keystroke at a time, beside a scan of folded names and beside LIKE.
from figures import Figures, Goal, Row
import shops

NAME = 'search'


def run(context):
    folder = context.shops.made(context.products, 0, 1)
    rows, raw = [], []
    for products in context.search_sizes:
        figures = Figures().run(context.build / 'tests/bench/bench-search', shops.database(folder), products,
                                context.keystrokes, context.repeats)
        rows += size_rows(figures, products)
        raw += [{**figure, 'products': products} for figure in figures.raw()]
    return rows, raw


def size_rows(figures, products):
    size = f'{products:,} products'.replace(',', ' ')

    def row(name, case, what, floor=None, goal=None):
        return Row(NAME, f'{name}, {size} (µs)', figures.median(case, what),
                   figures.median(floor, what) if floor else None,
                   figures.ratio(case, what, floor) if floor else None, goal, figures.spread(case, what))
    return [
        row('p50', 'till', 'p50_us', 'scan'),
        row('p99', 'till', 'p99_us', 'scan', Goal(1.2)),
        row('p99, typed with diacritics', 'till-marked', 'p99_us', 'scan-marked'),
        row('p99, scan of all its words', 'scan-all-words', 'p99_us', 'scan'),
        row("p99, LIKE '%x%'", 'like', 'p99_us', 'scan'),
    ]
