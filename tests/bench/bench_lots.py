# A sale of fifty lines from lots, beside the same sale without lots; and what a scan asks of lots.
from figures import Figures, Goal, Row

NAME = 'lots'


def run(context):
    made = context.shops.made(context.products, 0, 1)
    figures = Figures().run(context.build / 'tests/bench/bench-lots', context.whole_sales, min(context.repeats, 3),
                            *(context.shops.copy(made) for _ in range(3)))

    def row(name, case, what='p50_us', floor=None, goal=None):
        return Row(NAME, name, figures.median(case, what), figures.median(floor, what) if floor else None,
                   figures.ratio(case, what, floor) if floor else None, goal, figures.spread(case, what))
    rows = [
        row('payment of 50 lines, each from one of three lots, p50 (µs)', 'one-lot', floor='plain', goal=Goal(1.5)),
        row('payment of 50 lines, each across two of three lots, p50 (µs)', 'lots', floor='plain', goal=Goal(1.5)),
        row('which of 50 lines must not be sold, p50 (µs)', 'lots-asked', goal=Goal(20000, unit=' µs')),
        row('the same once more, as at a further scan, p50 (µs)', 'lots-asked-again'),
        row('WAL pages of a sale of three lines, each from one lot', 'one-lot', 'wal_pages', 'plain'),
        row('WAL pages of a sale of three lines, each across two lots', 'lots', 'wal_pages', 'plain'),
    ]
    return rows, figures.raw()
