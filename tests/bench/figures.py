# What the benches measure, and how it is judged: medians over repeats, the ratio to the floor taken
# within each repeat, the goals, the table and the JSON.
import json
import math
import statistics
import subprocess

WIDTHS = (58, 11, 11, 7, 9, 5)


class Figures:
    """Figures by (case, name), one a repeat, as the bench programs print them."""

    def __init__(self):
        self.values = {}

    def add(self, repeat, case, name, value):
        self.values.setdefault((case, name), {})[int(repeat)] = float(value)

    def run(self, *command, **options):
        """Runs a bench program and takes what it prints."""
        out = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True, **options)
        for line in out.stdout.splitlines():
            parts = line.split()
            if len(parts) == 5 and parts[0] == 'figure':
                self.add(*parts[1:])
        return self

    def all(self, case, name):
        return list(self.values.get((case, name), {}).values())

    def median(self, case, name):
        """The median over the repeats, None without any."""
        values = self.all(case, name)
        return statistics.median(values) if values else None

    def spread(self, case, name):
        """Distance of the quartiles, in percent of the median: the machine's noise."""
        values = self.all(case, name)
        if len(values) < 3 or not statistics.median(values):
            return None
        low, _, high = statistics.quantiles(values, n=4)
        return 100 * (high - low) / statistics.median(values)

    def ratio(self, case, name, floor_case, floor_name=None):
        """The median of the ratios within each repeat, so that a slow minute counts for neither side."""
        ours = self.values.get((case, name), {})
        floor = self.values.get((floor_case, floor_name or name), {})
        ratios = [value / floor[repeat] for repeat, value in ours.items() if floor.get(repeat)]
        return statistics.median(ratios) if ratios else None

    def raw(self):
        return [{'case': case, 'name': name, 'values': list(values.values())}
                for (case, name), values in self.values.items()]


def share(values, part):
    """The value that `part` (0 … 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else None


class Goal:
    """A bound on the ratio to the floor, or, without a floor, on the figure itself."""

    def __init__(self, bound, at_least=False, unit='×'):
        self.bound = bound
        self.at_least = at_least
        self.unit = unit

    def __str__(self):
        return f'{"≥" if self.at_least else "≤"} {self.bound:g}{self.unit}'

    def met(self, value):
        return value >= self.bound if self.at_least else value <= self.bound


class Row:
    """One line of the table. `floor` and `goal` may be None: a figure for information."""

    def __init__(self, bench, name, ours, floor=None, ratio=None, goal=None, spread=None):
        self.bench = bench
        self.name = name
        self.ours = ours
        self.floor = floor
        self.ratio = ratio if ratio is not None or not floor or ours is None else ours / floor
        self.goal = goal
        self.spread = spread

    @property
    def met(self):
        """True, False, or None where there is no goal."""
        value = self.ratio if self.floor is not None else self.ours
        if self.goal is None or value is None:
            return None
        return self.goal.met(value)

    def to_json(self):
        return {'bench': self.bench, 'name': self.name, 'ours': self.ours, 'floor': self.floor, 'ratio': self.ratio,
                'goal': str(self.goal) if self.goal else None, 'met': self.met, 'spread_percent': self.spread}


def number(value):
    """A figure as a person reads it: thousands apart, three digits that count."""
    if value is None:
        return '–'
    if value == 0 or abs(value) >= 1000:
        return f'{value:,.0f}'.replace(',', ' ')
    digits = max(0, 2 - int(math.floor(math.log10(abs(value)))))
    return f'{value:.{min(digits, 3)}f}'


def cells(row):
    met = {True: 'yes', False: 'NO', None: ''}[row.met]
    return (row.name, number(row.ours), number(row.floor) if row.floor is not None else '',
            f'{row.ratio:.2f}' if row.ratio is not None else '', str(row.goal) if row.goal else '', met)


def table(rows):
    """The rows as text, a heading for each bench."""
    lines = []
    bench = None
    for row in rows:
        if row.bench != bench:
            bench = row.bench
            head = (bench, 'ours', 'floor', 'ratio', 'goal', 'met')
            lines += ['', line(head), '-' * len(line(head))]
        lines.append(line(cells(row)))
    return '\n'.join(lines[1:])


def line(texts):
    name, *rest = (text.ljust(width) if index == 0 else text.rjust(width)
                   for index, (text, width) in enumerate(zip(texts, WIDTHS)))
    return '  '.join([name, *rest])


def save(path, rows, raw, about):
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {**about, 'rows': [row.to_json() for row in rows], 'figures': raw}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + '\n')
