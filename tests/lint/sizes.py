#!/usr/bin/python3
# Files up to 600 lines, functions up to 80, blocks nested less than 5 deep, lines up to 120 columns
# in what clang-format does not lay out. Function ends come from universal-ctags.
import json
import subprocess
import sys

from lint import Tree, code_only

MAX_FILE = 600
MAX_FUNCTION = 80
MAX_DEPTH = 5
MAX_UI = 250


def functions(tree, name):
    """(name, first line, last line) of the functions of one C file."""
    out = subprocess.run(
        ['ctags', '--languages=C', '--kinds-C=f', '--fields=+ne', '--output-format=json', '-f', '-',
         '--sort=no', str(tree.top / name)],
        check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        tag = json.loads(line)
        if 'end' in tag:
            yield tag['name'], tag['line'], tag['end']


def deepest(lines, first, last):
    """(depth, line) of the deepest block between two lines; the function's own body is 1."""
    depth, best = 0, (0, first)
    for number in range(first, last + 1):
        for char in lines[number - 1]:
            if char == '{':
                depth += 1
                best = max(best, (depth, -number))
            elif char == '}':
                depth -= 1
    return best[0], -best[1]


tree = Tree(sys.argv)
for name in tree.files('src/*/*.c', 'src/*/*.h', 'tests/*/*.c', 'tests/*/*.h', 'tests/*/*.py', 'tests/*/*.sh',
                       'data/migrations/*/*.sql'):
    text = tree.read(name)
    count = text.count('\n')
    if count > MAX_FILE:
        tree.fault(name, count, f'{count} lines, the limit is {MAX_FILE}: split by topic')
    if not name.endswith('.c'):
        continue
    lines = code_only(text).split('\n')
    for function, first, last in functions(tree, name):
        if last - first + 1 > MAX_FUNCTION:
            tree.fault(name, first, f'{function}: {last - first + 1} lines, the limit is {MAX_FUNCTION}')
        depth, line = deepest(lines, first, last)
        if depth > MAX_DEPTH:
            tree.fault(name, line, f'{function}: blocks nested {depth} deep, the limit is {MAX_DEPTH}')
for name in tree.files('ui/*.ui'):
    count = tree.read(name).count('\n')
    if count > MAX_UI:
        tree.fault(name, count, f'{count} lines, the limit of a template is {MAX_UI}')
tree.done()
