# What taking another till's records costs the counter, and how fast they are taken.
from figures import Figures, Goal, Row

NAME = 'pull'


def run(context):
    events = 60 * context.commits
    figures = Figures().run(context.build / 'tests/bench/bench-pull', events, min(context.repeats, 5),
                            context.work / 'pull')
    rows = [
        Row(NAME, f'sale beside the pull: {what}, against alone (µs)', figures.median('beside', name),
            figures.median('alone', name), figures.ratio('beside', name, 'alone'), goal, figures.spread('beside', name))
        for name, what, goal in (('p50_us', 'p50', None), ('p99_us', 'p99', Goal(2)))
    ] + [
        Row(NAME, f'events a second, {words}', figures.median(case, 'taken_per_s'),
            spread=figures.spread(case, 'taken_per_s'))
        for case, words in (('beside', 'beside sales every 5 ms'), ('idle', 'nobody at the counter'))
    ]
    return rows, figures.raw()
