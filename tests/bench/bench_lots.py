# A sale of fifty lines across lots, beside the same sale without lots; and what a scan asks of lots.
from figures import Figures, Goal, Row

NAME = 'lots'


def run(context):
    made = context.shops.made(context.products, 0, 1)
    figures = Figures().run(context.build / 'tests/bench/bench-lots', context.whole_sales, min(context.repeats, 3),
                            context.shops.copy(made), context.shops.copy(made))
    rows = [
        Row(NAME, 'payment of 50 lines, each across two of three lots, p50 (µs)', figures.median('lots', 'p50_us'),
            figures.median('plain', 'p50_us'), figures.ratio('lots', 'p50_us', 'plain'), Goal(1.5),
            figures.spread('lots', 'p50_us')),
        Row(NAME, 'which of 50 lines must not be sold, p50 (µs)', figures.median('lots-asked', 'p50_us'),
            goal=Goal(20000, unit=' µs'),
            spread=figures.spread('lots-asked', 'p50_us')),
        Row(NAME, 'WAL pages of a sale of one line, with lots', figures.median('lots', 'wal_pages'),
            figures.median('plain', 'wal_pages')),
    ]
    return rows, figures.raw()
