# Settling with a producer whose lots of a year are in the file, beside those of 39 others.
from figures import Figures, Goal, Row

NAME = 'settle'


def run(context):
    folder = context.shops.copy(context.shops.made(300, 0, 1))
    figures = Figures().run(context.build / 'tests/bench/bench-settle', folder, context.settle_lots,
                            context.settle_sales, context.repeats)

    def row(name, case, goal=None):
        ms = figures.median(case, 'p50_us')
        return Row(NAME, f'{name}, {context.settle_lots} lots (ms)', ms / 1000 if ms is not None else None, goal=goal,
                   spread=figures.spread(case, 'p50_us'))
    return [row('what there is to settle', 'show'), row('posted and durable', 'post', Goal(200, unit=' ms'))], figures.raw()
