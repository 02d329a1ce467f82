#!/usr/bin/python3
# The style sheets parse under GTK without an error, and each colour name they use is defined in every
# colour file (a file of nothing but @define-color), since GTK takes an unknown name without a word.
import re
import sys

import gi

gi.require_version('Gtk', '4.0')
from gi.repository import Gtk  # noqa: E402

from lint import Tree, blank, line_of  # noqa: E402

COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
DEFINE = re.compile(r'@define-color\s+([\w-]+)\s+[^;]+;')
USE = re.compile(r'@(?!define-color\b|import\b|keyframes\b)([A-Za-z_][\w-]*)')


def check_parse(tree, name):
    provider = Gtk.CssProvider()

    def failed(_provider, section, error):
        tree.fault(name, section.get_start_location().lines + 1, error.message)

    provider.connect('parsing-error', failed)
    provider.load_from_path(str(tree.top / name))


tree = Tree(sys.argv)
texts = {}
for name in tree.files('ui/*.css'):
    texts[name] = COMMENT.sub(lambda match: blank(match[0]), tree.read(name))
    check_parse(tree, name)

defined = {name: set(DEFINE.findall(text)) for name, text in texts.items()}
colours = [name for name, text in texts.items() if defined[name] and not DEFINE.sub('', text).strip()]
if texts and not colours:
    tree.fault('ui', 1, 'no colour file: nothing defines the names')
for name, text in texts.items():
    for match in USE.finditer(text):
        if match[1] in defined[name]:
            continue
        for other in colours:
            if match[1] not in defined[other]:
                tree.fault(name, line_of(text, match.start()), f'@{match[1]} is not defined in {other}')
for name in colours:
    for missing in sorted(set().union(*(defined[other] for other in colours)) - defined[name]):
        tree.fault(name, 1, f'@{missing} is defined in another colour file but not here')
tree.done()
