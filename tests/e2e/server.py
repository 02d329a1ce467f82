# The province's server for the tests of the till: a real quayd on a port of this machine, its rows read
# from its own file.
import json
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile

from harness import BUILD, run, wait_until

QUAYD = BUILD / 'src/server/quayd'


class Server:
    """Made stopped: start() and stop() as often as a test likes; the address stays."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='quay-e2e-server-'))
        self.file = self.folder / 'province.db'
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_rest):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    def command(self, *arguments):
        """What a command of quayd prints: a list of objects."""
        out = run(QUAYD, '--db', f'sqlite:{self.file}', *arguments)
        return [json.loads(line) for line in out.splitlines()]

    def start(self):
        self.process = subprocess.Popen(
            [str(QUAYD), '--db', f'sqlite:{self.file}', '--listen', f'127.0.0.1:{self.port}'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()  # it listens by now, or has ended
        if not re.search('listening', line):
            raise AssertionError(f'quayd did not start: {line!r}')
        return self

    def stop(self, how=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process.stdout.close()
            self.process = None

    def query(self, sql, *arguments):
        connection = sqlite3.connect(f'file:{self.file}?mode=ro', uri=True, timeout=10)
        try:
            return connection.execute(sql, arguments).fetchall()
        finally:
            connection.close()

    def hold_last(self, why):
        """As if the newest record could not be booked, while the server is stopped."""
        with sqlite3.connect(self.file) as connection:
            connection.execute('INSERT INTO held SELECT max(pos), ? FROM journal', (why,))
        connection.close()

    def wait_rows(self, expected, sql, *arguments):
        seen = []

        def same():
            seen[:] = self.query(sql, *arguments)
            return seen == expected
        try:
            wait_until(same, f'{expected} from {sql}', 30)
        except AssertionError as fault:
            raise AssertionError(f'{fault}; it gives {seen}') from None
