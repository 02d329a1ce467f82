# What the checks share: the files of a tree, C without its comments, and a report that ends a check.
# Each check is a program that takes the top of a tree and prints "file:line: what" for each fault.
import pathlib
import re
import subprocess
import sys

LAYERS = ('core', 'journal', 'server', 'fiscal', 'device', 'store', 'sync', 'till', 'cli', 'app')


class Tree:
    """The files of the tree whose top is the first argument; only files git knows or would add."""

    def __init__(self, argv):
        self.top = pathlib.Path(argv[1] if len(argv) > 1 else '.').resolve()
        self.faults = 0
        self.checked = 0

    def files(self, *patterns):
        """Paths relative to the top, sorted, that match one of the glob patterns."""
        names = [name for name in self._list() if (self.top / name).is_file()]
        return sorted(name for name in names
                      if any(pathlib.PurePath(name).match(pattern) for pattern in patterns))

    def read(self, name):
        self.checked += 1
        return (self.top / name).read_text(encoding='utf-8')

    def fault(self, name, line, what):
        self.faults += 1
        print(f'{name}:{line}: {what}')

    def done(self):
        """Ends the check: 0 clean, 1 faults."""
        if self.faults:
            print(f'{self.faults} faults')
            sys.exit(1)
        print(f'clean, {self.checked} files read')
        sys.exit(0)

    def _list(self):
        if (self.top / '.git').exists():
            out = subprocess.run(
                ['git', '-c', 'safe.directory=*', '-C', str(self.top), 'ls-files', '-z',
                 '--cached', '--others', '--exclude-standard'],
                check=True, capture_output=True).stdout
            return [name for name in out.decode().split('\0') if name]
        return [str(path.relative_to(self.top)) for path in self.top.rglob('*')
                if not any(part.startswith(('.', 'build')) for part in path.relative_to(self.top).parts)]


C_TOKEN = re.compile(r'''//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*\'''', re.DOTALL)


def blank(text):
    """The same lines and columns, all of them empty."""
    return re.sub(r'[^\n]', ' ', text)


def code_only(text):
    """C with comments and the insides of literals blanked, lines and columns kept."""
    def replace(match):
        token = match[0]
        if token[0] == '/':
            return blank(token)
        return token[0] + blank(token[1:-1]) + token[-1]
    return C_TOKEN.sub(replace, text)


def literals(text):
    """(line, value) of each string literal of C; neighbours are not joined."""
    for match in C_TOKEN.finditer(text):
        if match[0][0] == '"':
            yield text.count('\n', 0, match.start()) + 1, match[0][1:-1]


def line_of(text, index):
    return text.count('\n', 0, index) + 1


def folder(name):
    """The layer of src/LAYER/file, or None."""
    parts = pathlib.PurePath(name).parts
    return parts[1] if len(parts) > 2 and parts[0] == 'src' else None
