#!/usr/bin/python3
# Functions and types that have no place here: floating point where money and quantity live, parsing
# that cannot fail, writing without a length, and notes to finish something later.
import re
import sys

from lint import Tree, code_only, folder, line_of

EXACT = {'core', 'journal', 'fiscal', 'store', 'till', 'server'}
MIGRATING = re.compile(r'^src/(store/quay-(migrate|db)\b[^/]*|server/quay-server-db-[a-z]+-migrate)\.[ch]$')
CALL = r'(?<![\w.>]){}\s*\('
RULES = [
    (re.compile(r'\b(double|float|gdouble|gfloat)\b'), EXACT, 'floating point: money is QuayMoney, quantity QuayQty'),
    (re.compile(CALL.format(r'(ato[ifl]|atoll)')), None, 'cannot report an error: use quay-text or g_ascii_string_to_signed'),
    (re.compile(CALL.format(r'(strto(d|f|ld)|g_(ascii_)?strtod)')), EXACT | {'cli', 'device'}, 'floating point parsing'),
    (re.compile(CALL.format(r'v?sprintf')), None, 'no length: use g_strdup_printf or g_snprintf'),
    (re.compile(CALL.format(r'(strcpy|strcat|stpcpy)')), None, 'no length: use GString or g_strlcpy'),
    (re.compile(CALL.format(r'(gets|strtok|tmpnam|mktemp)')), None, 'unsafe'),
    (re.compile(CALL.format(r'(system|popen|g_spawn_command_line_(a?sync))')), None, 'no shell: use GSubprocess'),
    (re.compile(r'\bgoto\b'), None, 'use g_autoptr and an early return'),
    (re.compile(CALL.format(r'(localtime(_r)?|g_date_time_new_now_local|g_time_zone_new_local)')), None,
     'the day of a sale is the shop\'s, not the machine\'s: use quay-day'),
    (re.compile(CALL.format(r'(time|clock_gettime|g_get_real_time|g_get_monotonic_time|g_random_int\w*|g_uuid_string_random)')),
     {'core', 'journal', 'fiscal'}, 'time and chance come in through QuayEnv'),
]
LEFT_OVER = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b')

tree = Tree(sys.argv)
for name in tree.files('src/*/*.c', 'src/*/*.h', 'tests/*/*.c', 'tests/*/*.h'):
    text = tree.read(name)
    code = code_only(text)
    here = folder(name)
    for pattern, where, why in RULES:
        if here is None or (where is not None and here not in where):
            continue
        for match in pattern.finditer(code):
            tree.fault(name, line_of(code, match.start()), f'{match[0].strip(" (")}: {why}')
    if here is not None and not MIGRATING.match(name):
        for match in re.finditer(CALL.format('sqlite3_exec'), code):
            tree.fault(name, line_of(code, match.start()),
                       'sqlite3_exec: only quay-migrate and quay-db; elsewhere a prepared statement')
    for match in LEFT_OVER.finditer(text):
        tree.fault(name, line_of(text, match.start()), f'{match[0]}: finish it or file an issue')
tree.done()
