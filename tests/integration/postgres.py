# A PostgreSQL of the test's own, in a folder, reached by a socket in it.
import os
import pathlib
import pwd
import shutil
import signal
import subprocess

PROGRAMS = max(pathlib.Path('/usr/lib/postgresql').glob('*/bin'), default=None)


class Postgres:
    """Started on making; crash() is a power cut as far as the processes are concerned."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        # It refuses to run as root: then it runs as the user that its package made.
        self.user = pwd.getpwnam('postgres') if os.getuid() == 0 else None
        if self.user is not None:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
            for parent in self.folder.parents:
                if not parent.stat().st_mode & 0o001:
                    parent.chmod(parent.stat().st_mode | 0o011)
        self.run('initdb', '-D', self.data, '-A', 'trust', '-U', 'quay', '--locale=C.UTF-8', '-E', 'UTF8')
        self.start()
        self.run('createdb', '-h', self.folder, '-U', 'quay', 'quay')

    @property
    def data(self):
        return self.folder / 'data'

    @property
    def url(self):
        return f'postgresql://quay@/quay?host={self.folder}'

    def run(self, name, *arguments):
        as_user = {} if self.user is None else {'user': self.user.pw_uid, 'group': self.user.pw_gid, 'extra_groups': []}
        with open(self.folder / 'log', 'ab') as log:
            subprocess.run([PROGRAMS / name, *map(str, arguments)], check=True, stdin=subprocess.DEVNULL, stdout=log,
                           stderr=log, cwd=self.folder, timeout=60, **as_user)

    def start(self):
        self.run('pg_ctl', '-D', self.data, '-o', f"-k {self.folder} -c listen_addresses=''", '-w', 'start')

    def crash(self):
        """SIGKILL to the first process and all that it made; then it starts again and recovers."""
        first = int((self.data / 'postmaster.pid').read_text().split()[0])
        children = pathlib.Path(f'/proc/{first}/task/{first}/children').read_text().split()
        for pid in [first, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        (self.data / 'postmaster.pid').unlink(missing_ok=True)
        for socket in self.folder.glob('.s.PGSQL.*'):
            socket.unlink()
        self.start()

    def stop(self):
        self.run('pg_ctl', '-D', self.data, '-m', 'immediate', '-w', 'stop')
        shutil.rmtree(self.folder, ignore_errors=True)
