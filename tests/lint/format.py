#!/usr/bin/python3
# Every C file is as clang-format 14 lays it out with the .clang-format at the top of the tree.
import re
import shutil
import subprocess
import sys

from lint import Tree

program = shutil.which('clang-format-14')
if program is None:
    print('clang-format-14 is missing')
    sys.exit(1)

tree = Tree(sys.argv)
names = tree.files('src/*/*.c', 'src/*/*.h', 'tests/*/*.c', 'tests/*/*.h')
tree.checked = len(names)
if names:
    run = subprocess.run([program, '--dry-run', '--style=file', *names], cwd=tree.top, capture_output=True, text=True)
    seen = set()
    for match in re.finditer(r'^(.*?):(\d+):\d+: (?:warning|error): ', run.stderr, re.MULTILINE):
        if match[1] not in seen:
            seen.add(match[1])
            tree.fault(match[1], match[2], 'not as clang-format lays it out: run ./dev format')
    if run.returncode != 0 and not seen:
        tree.fault('.clang-format', 1, run.stderr.strip())
tree.done()
