# The programs with a window, as the benches drive them: started on the X server of this run, fed by
# xdotool at a scanner's pace, measured by the trace they write (src/app/quay-trace.h).
import os
import pathlib
import subprocess
import time

KEY_MS = 5  # between two keys of a scanner
START_LIMIT_S = 60
SCAN_LIMIT_S = 2
SCAN_ATTEMPTS = 10


class WindowFault(Exception):
    pass


def poll(condition, what, seconds):
    """Asks until there is an answer; a bench may look at the clock, a test may not."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise WindowFault(f'waited {seconds} s for {what}')
        time.sleep(0.005)


def xdotool(*arguments):
    return subprocess.run(['xdotool', *map(str, arguments)], capture_output=True, text=True).stdout.strip()


class Window:
    """A program with one window and a trace file, from start to end."""

    def __init__(self, command, trace):
        self.trace = pathlib.Path(trace)
        self.trace.unlink(missing_ok=True)
        self.missed = 0
        self.log_path = self.trace.with_suffix('.log')
        self.started_us = time.monotonic_ns() // 1000
        with open(self.log_path, 'wb') as log:
            self.process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log,
                                            env={**os.environ, 'QUAY_TRACE': str(self.trace)})

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        self.close()

    def close(self):
        """Asks the program to end, as a session that ends does; by force after 30 s."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()

    def lines(self, kind):
        """The trace's lines of a kind, as lists of integers; a line half written is left out."""
        if self.process.poll() is not None:
            log = self.log_path.read_text(errors='replace').strip().splitlines()
            raise WindowFault(f'{self.process.args[0]} ended with {self.process.returncode}: {" | ".join(log[-5:])}')
        text = self.trace.read_text() if self.trace.exists() else ''
        whole = text[:text.rfind('\n') + 1]
        return [[int(part) for part in line.split()[1:]] for line in whole.splitlines() if line.split()[0] == kind]

    def wait_ready(self):
        """Microseconds from the start of the program to its first usable frame."""
        ready = poll(lambda: self.lines('ready'), 'the first frame', START_LIMIT_S)
        return ready[0][0] - self.started_us

    def focus(self):
        """Without a window manager nothing has the keyboard until it is given."""
        def window():
            return xdotool('search', '--onlyvisible', '--pid', self.process.pid, '--name', '.').split()
        target = poll(window, 'a window', START_LIMIT_S)[-1]

        def focused():
            xdotool('windowfocus', target)
            return xdotool('getwindowfocus') == target
        poll(focused, 'the keyboard', START_LIMIT_S)

    def key(self, *names):
        xdotool('key', '--clearmodifiers', *names)

    def scan(self, code):
        """Types a code and Return as a scanner does. Gives the time from the X server's Return to the end
        of the frame that shows what it did, and from when the window saw it, in microseconds. On a busy
        machine keys may come so late that they are typing and no scan: they are cleared and typed again."""
        for _attempt in range(SCAN_ATTEMPTS):
            before = len(self.lines('scan'))
            xdotool('type', '--delay', KEY_MS, '--args', 1, code, 'key', '--delay', KEY_MS, 'Return')
            try:
                done = poll(lambda: self.lines('scan')[before:], 'the frame after a scan', SCAN_LIMIT_S)
            except WindowFault:
                self.missed += 1
                self.key('Escape')
                continue
            event_ms, seen_us, painted_us = done[0]
            # The X server counts whole milliseconds of the same clock, in 32 bits.
            waited_ms = (painted_us // 1000 - event_ms) & 0xffffffff
            return waited_ms * 1000 + painted_us % 1000, painted_us - seen_us
        raise WindowFault(f'{self.process.args[0]} took none of {SCAN_ATTEMPTS} scans of {code}')

    def memory(self):
        """Resident and proportional memory in MB."""
        figures = {}
        for line in pathlib.Path(f'/proc/{self.process.pid}/smaps_rollup').read_text().splitlines()[1:]:
            name, value, *_unit = line.split()
            figures[name.rstrip(':')] = int(value) / 1024
        return figures['Rss'], figures['Pss']


def till(build, folder, trace):
    """The till on a shop's folder."""
    return Window([build / 'src/app/quay', '--data', folder], trace)


def floor(build, trace, folder):
    """The till's own window on a shop's folder, which answers a scan with a constant row."""
    return Window([build / 'tests/bench/floor-window', trace, folder], trace)


def bare(build, trace):
    """A bare window of the same size that does the same."""
    return Window([build / 'tests/bench/floor-window', trace], trace)
