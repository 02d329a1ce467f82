#!/usr/bin/python3
# Every folder of src/ has a README, every file starts with its purpose, every public function of a
# header has a comment. Prototypes that stand together without a blank line share the comment above
# them; what its name says whole (free, clear, copy, ref, unref, equal, is_nil, is_empty) needs none.
import re
import sys

from lint import Tree, code_only, folder, line_of

PROTOTYPE = re.compile(r'^[A-Za-z_][\w \t*]*?\b(quay_\w+)\s*\((?:[^;{}]|\n)*?\)[^;{}]*[;{]', re.MULTILINE)
PLAIN = re.compile(r'_(free|clear|copy|ref|unref|equal|is_nil|is_empty|get_type|error_quark)$')

tree = Tree(sys.argv)
sources = tree.files('src/*/*.c', 'src/*/*.h')
readmes = set(tree.files('src/*/README.md'))
for here in sorted({folder(name) for name in sources}):
    if f'src/{here}/README.md' not in readmes:
        tree.fault(f'src/{here}', 1, 'no README.md: its job, what it may include, what flows in and out')

for name in sources:
    text = tree.read(name)
    if not text.lstrip().startswith(('/*', '//')):
        tree.fault(name, 1, 'the file does not start with its purpose')
    if not name.endswith('.h'):
        continue
    if '#pragma once' not in text:
        tree.fault(name, 1, 'no #pragma once')
    if name.endswith('-private.h'):
        continue
    code = re.sub(r'^[ \t]*#.*(?:\\\n.*)*$', lambda m: re.sub(r'[^\n]', ' ', m[0]), code_only(text), flags=re.MULTILINE)
    lines = text.split('\n')
    for match in PROTOTYPE.finditer(code):
        if match[0].startswith(('typedef', 'return')) or PLAIN.search(match[1]):
            continue
        top = line_of(code, match.start()) - 1
        while top > 0 and lines[top - 1].strip() and not lines[top - 1].rstrip().endswith('*/'):
            top -= 1
        if top == 0 or not lines[top - 1].rstrip().endswith('*/'):
            tree.fault(name, line_of(code, match.start(1)), f'{match[1]}: no comment says what it does')
tree.done()
