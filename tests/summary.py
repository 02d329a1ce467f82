#!/usr/bin/python3
# Adds up the logs that `meson test --logbase testlog-SUITE` left in a folder, counting each TAP
# line of a test program as one test. The last line printed is "N passed, N failed, N skipped";
# the exit status is 1 when something failed or nothing was run.
import json
import pathlib
import re
import sys

TAP_LINE = re.compile(r'^\s*(ok|not ok)\b(.*)$')
SKIP = re.compile(r'#\s*skip', re.IGNORECASE)
REMARKS = 30
TODO = re.compile(r'#\s*todo', re.IGNORECASE)


def count(record):
    """(passed, failed, skipped, failures) of one program's run; a failure is its name and remarks."""
    passed = failed = skipped = 0
    names = []
    remarks = []
    output = record.get('stdout') or ''
    is_tap = re.search(r'^1\.\.\d+', output, re.MULTILINE) is not None
    for line in output.splitlines() if is_tap else []:
        match = TAP_LINE.match(line)
        if not match:
            if line.lstrip().startswith('#'):
                remarks.append(line)
            continue
        here, remarks = remarks[-REMARKS:], []
        if SKIP.search(match[2]):
            skipped += 1
        elif match[1] == 'ok' or TODO.search(match[2]):
            passed += 1
        else:
            failed += 1
            names.append((match[2].strip(' -'), here))
    result = record['result']
    if result in ('OK', 'EXPECTEDFAIL'):
        if passed + failed + skipped == 0:
            passed = 1
    elif result == 'SKIP':
        if passed + failed + skipped == 0:
            skipped = 1
    elif failed == 0:
        # Crashed, timed out, or ended with an error after its last good line.
        failed = 1
        names.append((result.lower(), (remarks + (record.get('stderr') or '').splitlines())[-REMARKS:] if is_tap else []))
    return passed, failed, skipped, names


def main():
    logs = sorted(pathlib.Path(sys.argv[1]).glob('testlog-*.json'))
    total = [0, 0, 0]
    print()
    for log in logs:
        suite = log.name[len('testlog-'):-len('.json')]
        here = [0, 0, 0]
        seconds = 0.0
        for line in log.read_text(errors='replace').splitlines():
            record = json.loads(line)
            seconds += record['duration']
            passed, failed, skipped, names = count(record)
            for index, value in enumerate((passed, failed, skipped)):
                here[index] += value
            for name, lines in names:
                print(f"FAILED {suite} {record['name'].split(' / ')[-1]}: {name}")
                for text in lines:
                    print(f'    {text}')
        print(f'{suite:12} {here[0]:5} passed {here[1]:4} failed {here[2]:4} skipped {seconds:8.1f} s')
        total = [a + b for a, b in zip(total, here)]
    print(f'{total[0]} passed, {total[1]} failed, {total[2]} skipped')
    return 1 if total[1] > 0 or total[0] == 0 else 0


sys.exit(main())
