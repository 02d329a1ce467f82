#!/usr/bin/python3
# What the program carries is whole: templates build under GTK, the desktop file and the metainfo are
# valid, and every migration, table and sample file is in the resource list. Needs a display.
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

from lint import Tree

# Templates may use classes that only the program knows: they are checked as their GTK parents.
DECLARED = re.compile(r'G_DECLARE_(?:FINAL|DERIVABLE)_TYPE\s*\(\s*(\w+),\s*\w+,\s*\w+,\s*\w+,\s*(\w+)\s*\)')
RESOURCES = 'data/quay-data.gresource.xml'


def run(*command):
    """(failed, output) of a command."""
    out = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    return out.returncode != 0, (out.stderr + out.stdout).strip()


def parents(tree):
    found = {}
    for name in tree.files('src/app/*.h'):
        found.update(DECLARED.findall(tree.read(name)))
    return found


def check_template(tree, name, known):
    def parent(match):
        kind = match[2]
        while kind in known:
            kind = known[kind]
        return match[1] + kind + match[3]
    text = re.sub(r'(<object\s[^>]*class=")(\w+)(")', parent, tree.read(name))
    with tempfile.NamedTemporaryFile('w', suffix='.ui') as copy:
        copy.write(text)
        copy.flush()
        failed, output = run('gtk4-builder-tool', 'validate', copy.name)
        if failed:
            at = re.search(r':(\d+):\d+ (.*)', output)
            tree.fault(name, at[1] if at else 1, at[2] if at else output or 'gtk4-builder-tool failed')


def check_resources(tree, top):
    path = top / RESOURCES
    if not path.is_file():
        return
    root = xml.etree.ElementTree.fromstring(tree.read(RESOURCES))
    listed = {element.text.strip() for element in root.iter('file')}
    there = {name[len('data/'):] for name in
             tree.files('data/migrations/*/*.sql', 'data/params/*.csv', 'data/sample/*.csv')}
    for name in sorted(there - listed):
        tree.fault(f'data/{name}', 1, f'not listed in {RESOURCES}')
    for name in sorted(listed):
        if not (top / 'data' / name).is_file():
            tree.fault(RESOURCES, 1, f'{name} is listed but not there')


tree = Tree(sys.argv)
known = parents(tree)
for name in tree.files('ui/*.ui', 'ui/*/*.ui'):
    check_template(tree, name, known)
    pair = pathlib.PurePath(name).stem
    if not (tree.top / 'src/app' / f'{pair}.c').is_file():
        tree.fault(name, 1, f'no src/app/{pair}.c goes with it')
for name in tree.files('data/*.desktop'):
    failed, output = run('desktop-file-validate', tree.top / name)
    tree.checked += 1
    if failed:
        tree.fault(name, 1, output)
for name in tree.files('data/*.metainfo.xml'):
    failed, output = run('appstreamcli', 'validate', '--no-net', '--no-color', tree.top / name)
    tree.checked += 1
    if failed:
        tree.fault(name, 1, output)
check_resources(tree, tree.top)
tree.done()
