#!/usr/bin/python3
# A folder of src/ includes only the folders below it: core < journal < server, fiscal, device, store < sync < till < cli, app.
# The include directories refuse most of it at compile time; this closes what they leave open:
# relative includes, system headers, and SQL text outside the store and the server's database files.
import pathlib
import re
import sys

from lint import LAYERS, Tree, code_only, folder, line_of, literals

BELOW = {
    'core': {'core'},
    'journal': {'core', 'journal'},
    'server': {'core', 'journal', 'server'},
    'fiscal': {'core', 'journal', 'fiscal'},
    'device': {'core', 'journal', 'device'},
    'store': {'core', 'journal', 'store'},
    'sync': {'core', 'journal', 'store', 'sync'},
    'till': {'core', 'journal', 'fiscal', 'device', 'store', 'sync', 'till'},
    'cli': set(LAYERS) - {'app', 'server'},
    'app': {'core', 'journal', 'device', 'till', 'cli', 'app'},
}
SYSTEM = [
    (re.compile(r'^sqlite3(ext)?\.h$'), {'store', 'database'}, 'sqlite3 belongs to src/store'),
    (re.compile(r'^microhttpd\.h$'), {'server'}, 'HTTP is served by src/server'),
    (re.compile(r'^(gtk|gdk|gsk|adwaita|canberra)'), {'app'}, 'GTK belongs to src/app'),
    (re.compile(r'^(pango|cairo|qrencode|fontconfig)'), {'device', 'app', 'cli'},
     'drawing belongs to src/device and src/app'),
    (re.compile(r'^curl/'), {'sync'}, 'the network belongs to src/sync'),
]
DATABASE = re.compile(r'^src/server/quay-server-db-[^/]*$')
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)
SQL = re.compile(r'^\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\s'
                 r'|CREATE\s+(TABLE|INDEX|VIEW|TRIGGER|TEMP)\b|PRAGMA\s|ALTER\s+TABLE\s|DROP\s+\w+\s'
                 r'|BEGIN\s+IMMEDIATE\b|VACUUM\b)')

tree = Tree(sys.argv)
sources = tree.files('src/**/*.c', 'src/**/*.h', 'src/*/*.c', 'src/*/*.h')
tests = tree.files('tests/*/*.c', 'tests/*/*.h')
home = {pathlib.PurePath(name).name: folder(name) for name in sources if name.endswith('.h')}

for name in sources + tests:
    text = tree.read(name)
    here = folder(name)
    for match in INCLUDE.finditer(text):
        line, kind, header = line_of(text, match.start()), match[1], match[2]
        if header.startswith('..') or '/../' in header:
            tree.fault(name, line, f'relative include "{header}": name the header alone')
            continue
        if here is None:
            continue
        there = home.get(header)
        if kind == '"' and there is not None and there not in BELOW.get(here, set()):
            tree.fault(name, line, f'"{header}" is of src/{there}, which src/{here} may not include')
        for pattern, allowed, what in SYSTEM:
            if pattern.match(header) and here not in allowed and not ('database' in allowed and DATABASE.match(name)):
                tree.fault(name, line, f'<{header}>: {what}')
    if here is not None and here != 'store' and not DATABASE.match(name):
        for line, value in literals(text):
            if SQL.match(value):
                tree.fault(name, line, f'SQL outside src/store: "{value.strip()[:40]}"')

for name in sources:
    here = folder(name)
    if here is not None and here not in LAYERS:
        tree.fault(name, 1, f'src/{here} is no layer: {", ".join(LAYERS)}')
        break
tree.done()
