# From the start of the program to its first usable frame, with the large file and with an empty one,
# the shop's files dropped from memory before each start; then what is resident. The sample shop (57
# products, as many tiles on the first page) shows how much of the difference is the page, not the file.
from figures import Figures, Goal, Row
import shops
import windows

NAME = 'start'


def run(context):
    folders = {
        'empty': context.shops.fresh(),
        'sample': context.shops.fresh('--sample'),
        'large': context.shops.copy(context.shops.made(context.products, context.sales, context.days)),
    }
    figures = Figures()
    for repeat in range(context.starts):
        order = list(folders)[repeat % 3:] + list(folders)[:repeat % 3]
        for case in order:
            start(context, figures, repeat, case, folders[case])
    return make_rows(figures), figures.raw()


def start(context, figures, repeat, case, folder):
    shops.forget_pages(folder)
    with windows.till(context.build, folder, context.work / f'start-{case}-{repeat}.trace') as window:
        figures.add(repeat, case, 'ready_ms', window.wait_ready() / 1000)
        resident, proportional = window.memory()
        figures.add(repeat, case, 'rss_mb', resident)
        figures.add(repeat, case, 'pss_mb', proportional)


def make_rows(figures):
    def row(name, what, floor, goal=None):
        return Row(NAME, name, figures.median('large', what), figures.median(floor, what),
                   figures.ratio('large', what, floor), goal, figures.spread('large', what))
    return [
        row('cold start to ready, against an empty shop (ms)', 'ready_ms', 'empty', Goal(1.3)),
        row('cold start to ready, against the sample shop (ms)', 'ready_ms', 'sample'),
        row('resident memory, against an empty shop (MB)', 'rss_mb', 'empty'),
        row('proportional memory, against an empty shop (MB)', 'pss_mb', 'empty'),
    ]
