#!/usr/bin/python3
# Vietnamese is the first language: every text of the sources is in data/po/vi.po, translated, none
# of them fuzzy, and data/po/POTFILES names every file with such a text.
import pathlib
import re
import subprocess
import sys
import tempfile

from lint import Tree, code_only, line_of

PO = 'data/po/vi.po'
POTFILES = 'data/po/POTFILES'
KEYWORDS = ['--keyword=_', '--keyword=N_', '--keyword=C_:1c,2']
C_TEXT = re.compile(r'(?<!\w)(_|N_|C_|ngettext)\s*\(\s*"')
UI_TEXT = re.compile(r'translatable="(yes|true|1)"')


def has_text(tree, name):
    text = tree.read(name)
    if name.endswith('.ui'):
        return UI_TEXT.search(text) is not None
    return C_TEXT.search(code_only(text)) is not None


tree = Tree(sys.argv)
with_text = {name for name in tree.files('src/*/*.c', 'src/*/*.h', 'ui/*.ui', 'ui/*/*.ui') if has_text(tree, name)}
lines = tree.read(POTFILES).splitlines()
listed = [line.strip() for line in lines if line.strip() and not line.startswith('#')]
for name in sorted(with_text - set(listed)):
    tree.fault(name, 1, f'has text for the user but is not in {POTFILES}')
for name in listed:
    if not (tree.top / name).is_file():
        tree.fault(POTFILES, lines.index(name) + 1, f'{name} is not there')

check = subprocess.run(['msgfmt', '--check', '--statistics', '-o', '/dev/null', tree.top / PO],
                       capture_output=True, text=True)
tree.checked += 1
bad = re.search(r'\d+ (untranslated|fuzzy)', check.stderr)
if check.returncode != 0 or bad:
    tree.fault(PO, 1, '; '.join(line for line in check.stderr.splitlines() if 'warning: header field' not in line))

present = [name for name in listed if (tree.top / name).is_file()]
if present:
    with tempfile.TemporaryDirectory() as folder:
        pot = pathlib.Path(folder) / 'quay.pot'
        subprocess.run(['xgettext', *KEYWORDS, '--from-code=UTF-8', '-o', pot, *present], cwd=tree.top, check=True)
        if pot.is_file():
            compare = subprocess.run(['msgcmp', tree.top / PO, pot], cwd=tree.top, capture_output=True, text=True)
            for line in compare.stderr.splitlines():
                match = re.match(r'(.*?):(\d+): (this message .*)', line)
                if match and 'not used' not in match[3]:
                    name = match[1] if 'vi.po' not in match[1] else PO
                    text = pot.read_text() if name != PO else (tree.top / PO).read_text()
                    at = text.splitlines()[int(match[2]) - 1] if int(match[2]) > 0 else ''
                    tree.fault(PO if 'used but not defined' in match[3] else name, match[2], f'{match[3]}: {at}')
tree.done()
