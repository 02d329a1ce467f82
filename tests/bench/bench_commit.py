# Durable sales a second, and what one sale makes the disk do.
from figures import Figures, Goal, Row
import shops

NAME = 'commit'
CASES = (('empty', 'no past sales'), ('large', 'all past sales'))

WHOLE = (('p50_us', 'payment p50 (µs)'), ('p99_us', 'payment p99 (µs)'), ('syncs', 'syncs'),
         ('written_bytes', 'bytes written'))


def run(context):
    stocked = context.shops.copy(context.shops.made(context.products, 0, 1))
    large_made = context.shops.made(context.products, context.sales, context.days)
    large = context.shops.copy(large_made)
    figures = Figures().run(context.build / 'tests/bench/bench-commit', context.commits, context.repeats, context.work,
                            f'empty={stocked}', f'large={large}')
    whole = Figures().run(context.build / 'tests/bench/bench-counter', context.whole_sales, min(context.repeats, 3),
                          f'whole={large}')
    rows = []
    for case, words in CASES:
        words = words.replace('all', f'{context.sales:,}'.replace(',', ' '))
        rows += case_rows(figures, case, words)
    rows += kept_rows(figures, context, large_made)
    for what, words in WHOLE:
        rows.append(Row(NAME, f'whole sale with its open cart: {words}', whole.median('whole', what),
                        spread=whole.spread('whole', what)))
    return rows, figures.raw() + whole.raw()


def case_rows(figures, case, words):
    def row(name, what, goal=None, floor_name=None, unit=''):
        floor = figures.median('bare', floor_name) if floor_name else None
        ratio = figures.ratio(case, what, 'bare', floor_name) if floor_name else None
        return Row(NAME, f'{name}, {words}{unit}', figures.median(case, what), floor, ratio, goal,
                   figures.spread(case, what))
    return [
        row('sales a second', 'per_s', Goal(0.9, at_least=True), 'per_s'),
        Row(NAME, f'sales a second while others wait, {words}', figures.median(f'{case}-queued', 'per_s'),
            figures.median('bare-queued', 'per_s'), figures.ratio(f'{case}-queued', 'per_s', 'bare-queued'),
            Goal(0.9, at_least=True), figures.spread(f'{case}-queued', 'per_s')),
        row('p50', 'p50_us', None, 'p50_us', ' (µs)'),
        row('p99, against the bare p50', 'p99_us', Goal(3), 'p50_us', ' (µs)'),
        row('p99, against the bare p99', 'p99_us', None, 'p99_us', ' (µs)'),
        row('WAL pages a sale', 'wal_pages', Goal(14, unit='')),
        row('syncs a sale', 'syncs', Goal(1.05, unit='')),
        row('bytes written a sale', 'written_bytes'),
    ]


def kept_rows(figures, context, large):
    """What stays on the disk: the file with sales less the file without, a sale."""
    stocked = context.shops.made(context.products, 0, 1)
    grown = shops.file_bytes(large) - shops.file_bytes(stocked)
    loss = figures.ratio('large', 'per_s', 'empty')
    return [
        Row(NAME, 'throughput with past sales, against none', figures.median('large', 'per_s'),
            figures.median('empty', 'per_s'), loss, Goal(0.9, at_least=True)),
        Row(NAME, 'bytes kept a sale', grown / context.sales),
        Row(NAME, 'of them the journal\'s records', shops.journal_bytes(large, context.sales)),
    ]
