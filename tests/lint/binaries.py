#!/usr/bin/python3
# No binary files in the tree, but pictures, databases and captured bytes that tests compare with
# (tests/data, tests/fuzz/corpus), and no file above 1 MB anywhere.
import re
import sys

from lint import Tree

ALLOWED = re.compile(r'^(tests/data/.*\.(png|pbm|bin|db)|tests/fuzz/corpus/.*|data/.*\.(png|ogg|oga|wav))$')
MAX_BYTES = 1 << 20

tree = Tree(sys.argv)
for name in tree.files('*'):
    data = (tree.top / name).read_bytes()
    tree.checked += 1
    if len(data) > MAX_BYTES:
        tree.fault(name, 1, f'{len(data)} bytes, the limit is {MAX_BYTES}')
    if ALLOWED.match(name):
        continue
    if b'\0' in data:
        tree.fault(name, 1, 'a binary file: only pictures and captured bytes under tests/data and data')
        continue
    try:
        data.decode('utf-8')
    except UnicodeDecodeError as error:
        tree.fault(name, data.count(b'\n', 0, error.start) + 1, 'not UTF-8')
    if data and not data.endswith(b'\n') and not name.endswith(('.svg', '.json', '.golden', '.txt')):
        tree.fault(name, data.count(b'\n') + 1, 'no newline at the end')
tree.done()
