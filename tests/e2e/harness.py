# Drives the real till as a person and a scanner would: keys by the X server, eyes by the accessible
# tree, and the truth from the shop's file, opened read-only. A test is a Python file of this folder:
#
#     from harness import App, main
#
#     def test_three_items ():
#         with App (sample=True) as app:
#             app.scan ('8934563138165')
#             app.wait_text ('Total', '35.000 ₫')
#
#     main (globals ())
#
# A widget is found by its accessible name, or by its accessible description (a label's name is its text,
# so a label that changes is described: GTK_ACCESSIBLE_PROPERTY_DESCRIPTION "Total"). GTK 4.8 tells no
# ids to assistive technology.
#
# Nothing here sleeps to wait: every wait polls a condition until it holds or a deadline passes.
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback

from gi.repository import GLib

from keys import Keyboard
from node import Node, matches
from tree import ROOT, Application, Bus, Gone

BUILD = pathlib.Path(os.environ['QUAY_BUILD_DIR'])
QUAY = BUILD / 'src/app/quay'
QUAYCTL = BUILD / 'src/cli/quayctl'
SLOW = float(os.environ.get('QUAY_E2E_PATIENCE', '1'))
HUMAN_MS = 240  # xdotool halves it: far above the longest pause of a scanner


class Timeout(AssertionError):
    pass


def wait_until(condition, what, seconds=15, pause=0.02):
    """Polls until the condition gives something true, and returns it. `what` names it in the fault; the
    pause between two looks, in seconds, is none where the moment itself counts."""
    deadline = time.monotonic() + seconds * SLOW
    while True:
        try:
            value = condition()
        except (GLib.Error, Gone):
            # A widget that went away between two questions is as good as one not found yet.
            value = None
        if value:
            return value
        if time.monotonic() > deadline:
            raise Timeout(f'waited {seconds * SLOW:g} s for {what}')
        time.sleep(pause)


def run(*command, check=True, **options):
    """The output of a program; its standard error goes into the fault."""
    out = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60, **options)
    if check and out.returncode != 0:
        raise AssertionError(f'{command[0]} ended with {out.returncode}: {out.stderr.strip()}')
    return out.stdout


def quayctl(data, *arguments, check=True):
    """The JSON objects that a command of quayctl prints."""
    out = run(QUAYCTL, '--data', data, *arguments, check=check)
    return [json.loads(line) for line in out.splitlines() if line.startswith('{')]


class Picture:
    """What the screen showed at one moment: rows of red, green and blue bytes."""

    def __init__(self, ppm):
        head = re.match(rb'P6\s+(\d+)\s+(\d+)\s+255\s', ppm)
        if head is None:
            raise AssertionError('the screen could not be read')
        self.width, self.height = int(head[1]), int(head[2])
        self.pixels = ppm[head.end():]
        assert len(self.pixels) == self.width * self.height * 3

    def region(self, area):
        """The pixels inside a rectangle (x, y, width, height), as a list of (red, green, blue)."""
        x, y, width, height = area
        if x < 0 or y < 0 or x + width > self.width or y + height > self.height:
            raise AssertionError(f'{area} is not on the screen')
        pixels = []
        for row in range(y, y + height):
            start = (row * self.width + x) * 3
            line = self.pixels[start:start + width * 3]
            pixels += zip(line[0::3], line[1::3], line[2::3])
        return pixels


class App:
    """The till, running on a folder of its own. As a context manager it is closed at the end."""

    bus = None  # one for all that a test file starts

    def __init__(self, *arguments, data=None, sample=False, settings=None, env=None):
        self.folder = pathlib.Path(data) if data else pathlib.Path(tempfile.mkdtemp(prefix='quay-e2e-'))
        self.owns_folder = data is None
        self.arguments = arguments
        self.environment = dict(os.environ, **(env or {}))
        self.process = None
        self.root = None
        self.keyboard = None
        self.log_path = pathlib.Path(tempfile.mkdtemp(prefix='quay-e2e-log-')) / 'till.log'
        if sample:
            quayctl(self.folder, 'init', '--shop', 'Cửa hàng Quế Thanh', '--till', 'QT1', '--sample')
        if settings:
            self._set(settings)

    def _set(self, settings):
        """This computer's settings (till.*), before the till is started."""
        with sqlite3.connect(self.folder / 'quay.db') as connection:
            connection.executemany('INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)', settings.items())
        connection.close()

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, *_rest):
        if kind is not None:
            self.screenshot(failure_picture())
            print(f'# log of the till:\n' + ''.join(f'#   {line}\n' for line in self.log().splitlines()[-30:]), end='')
        self.close()
        shutil.rmtree(self.log_path.parent, ignore_errors=True)
        if self.owns_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    # Life

    def start(self):
        with open(self.log_path, 'ab') as log:
            self.process = subprocess.Popen([str(QUAY), '--data', str(self.folder), *self.arguments],
                                            env=self.environment, stdout=log, stderr=log)
        self.root = wait_until(self._find_root, 'the till on the accessibility bus', 30)
        self.focus_window()
        return self

    def close(self):
        """Ends the till as a closed window does, by force after ten seconds."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        self.process = None
        self.root = None

    def kill(self):
        """The power goes: SIGKILL."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None
        self.root = None

    def wait_end(self, seconds=15):
        """Waits until the till ended by itself; its exit status."""
        wait_until(lambda: self.process.poll() is not None, 'the till to end', seconds)
        return self.process.returncode

    def log(self):
        return self.log_path.read_text(errors='replace') if self.log_path.exists() else ''

    def _find_root(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the till ended with {self.process.returncode}:\n{self.log()[-2000:]}')
        if App.bus is None:
            App.bus = Bus()
        peer = App.bus.peer_of(self.process.pid)
        if peer is None:
            return None
        application = Application(App.bus, peer)
        view = application.look()
        return Node(application, view, view.items[ROOT])

    # The window and the keyboard

    def window(self):
        """The X window that is on top, as xdotool names it."""
        def search():
            out = run('xdotool', 'search', '--onlyvisible', '--pid', self.process.pid, '--name', '.', check=False)
            return out.split()
        return wait_until(search, 'a visible window')[-1]

    def focus(self, window):
        """Gives a window the keyboard, and sees that it has it."""
        def focused():
            run('xdotool', 'windowfocus', window, check=False)
            return run('xdotool', 'getwindowfocus', check=False).strip() == window
        wait_until(focused, 'the keyboard focus')

    def focus_window(self):
        """Without a window manager nothing has the keyboard until it is given."""
        self.focus(self.window())

    def key(self, *names):
        """Presses keys by their X names: 'Return', 'ctrl+f', 'F4'; several follow within some milliseconds."""
        run('xdotool', 'key', '--clearmodifiers', *names)

    def think(self, seconds=0.5):
        """A person's pause, where the till is meant to tell it from a machine's haste; no wait."""
        time.sleep(seconds)

    def type(self, text, delay=HUMAN_MS):
        """Types as a person does."""
        run('xdotool', 'type', '--delay', delay, '--', text)

    def burst(self, text):
        """Presses the keys of a text with no pause between them, as no person can; '\\r' is Return."""
        if self.keyboard is None:
            self.keyboard = Keyboard()
        self.keyboard.burst(text)

    def scan(self, *codes, suffix='\r'):
        """Types as a scanner does: code and suffix in one go, several codes right behind each other."""
        self.burst(''.join(code + suffix for code in codes))

    def screenshot(self, path):
        """The whole screen as a PNG."""
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        run('import', '-window', 'root', path, check=False)
        return path

    def picture(self):
        """The whole screen as pixels to look at."""
        out = subprocess.run(['import', '-window', 'root', '-depth', '8', 'ppm:-'], capture_output=True, timeout=60)
        return Picture(out.stdout)

    # The accessible tree

    def find_all(self, name=None, role=None, within=None, shown=False):
        """What matches now, without waiting. A name is exact, or a compiled pattern; `shown` leaves out
        what a person could not see or click."""
        return [node for node in (within or self.root).walk()
                if matches(node, name, role) and (not shown or node.on_top())]

    def find(self, name=None, role=None, within=None, seconds=15, shown=True):
        """The first widget that matches, as soon as there is one."""
        def first():
            return next((node for node in (within or self.root).walk()
                         if matches(node, name, role) and (not shown or node.on_top())), None)
        what = ' '.join(str(part) for part in (role, name) if part is not None)
        try:
            return wait_until(first, what, seconds)
        except Timeout as fault:
            raise Timeout(f'{fault}; there are: {self.outline()}') from None

    def wait_focus(self, name=None, role='text'):
        """Waits until a widget that matches has the keyboard: what was found on the screen may not have it yet."""
        wait_until(lambda: any(node.has('focused') for node in self.find_all(name, role)), f'{role} {name} to be focused')

    def gone(self, name=None, role=None, seconds=15):
        """Waits until nothing that matches is to be seen."""
        wait_until(lambda: not self.find_all(name, role, shown=True), f'{role or ""} {name or ""} to go', seconds)

    def press(self, name, role=None, within=None, shown=True):
        """Presses the first sensitive widget of that name that has an action."""
        def pressable():
            for node in self.find_all(name, role, within):
                if node.can_press() and (not shown or node.on_top()):
                    return node
            return None
        node = wait_until(pressable, f'{role or "something to press"} {name}')
        node.press()
        return node

    def read(self, name, role=None):
        """The text of a label or entry, found by its accessible name or description."""
        return self.find(name, role).text

    def wait_text(self, name, text, role=None, seconds=15, shown=True):
        """Waits until the widget so described reads that text (or a compiled pattern)."""
        seen = []

        def same():
            seen[:] = [node.text for node in self.find_all(name, role, shown=shown)]
            return any(text.search(value) if isinstance(text, re.Pattern) else value == text for value in seen)
        try:
            wait_until(same, f'{name} to read {text}', seconds)
        except Timeout as fault:
            raise Timeout(f'{fault}; it reads {seen}') from None

    def wait_any_text(self, text, seconds=15, shown=True):
        """Waits until some widget shows that text (part of it, or a compiled pattern)."""
        def reads(value):
            return text.search(value) if isinstance(text, re.Pattern) else text in value
        return wait_until(lambda: next((node for node in self.root.reading(reads) if not shown or node.on_top()), None),
                          f'the text {text}', seconds)

    def outline(self, limit=80):
        """Names and roles of what shows, for the message of a failed search."""
        named = [repr(node) for node in self.root.walk() if node.name]
        return ', '.join(named[:limit]) + (' …' if len(named) > limit else '')

    # The shop's file

    def database(self):
        """The shop's SQLite file, None while there is none."""
        path = self.folder / 'quay.db'
        return path if path.exists() else None

    def query(self, sql, *arguments):
        """Rows of a statement, each a dictionary, over a connection that cannot write."""
        path = wait_until(self.database, "the shop's file")
        connection = sqlite3.connect(f'file:{path}?mode=ro', uri=True, timeout=10)
        try:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql, arguments)]
        finally:
            connection.close()

    def value(self, sql, *arguments):
        """The one value of a statement, None without a row."""
        rows = self.query(sql, *arguments)
        return next(iter(rows[0].values())) if rows else None

    def wait_value(self, expected, sql, *arguments, seconds=15):
        """Waits until a statement gives that value."""
        seen = []

        def same():
            seen[:] = [self.value(sql, *arguments)]
            return seen[0] == expected
        try:
            wait_until(same, f'{expected!r} from {sql}', seconds)
        except Timeout as fault:
            raise Timeout(f'{fault}; it gives {seen[0]!r}') from None


def shoot(app, name):
    """A picture for people to look at, where they ask for one by QUAY_SHOTS_DIR."""
    if 'QUAY_SHOTS_DIR' in os.environ:
        app.think(1)
        app.screenshot(pathlib.Path(os.environ['QUAY_SHOTS_DIR']) / f'{name}.png')


_running = 'start'


def failure_picture():
    return BUILD / 'e2e-failures' / f'{pathlib.Path(sys.argv[0]).stem}-{_running}.png'


def main(namespace):
    """Runs every function test_* in the order of the file, or those named on the command line; TAP."""
    global _running
    wanted = sys.argv[1:]
    tests = [(name[len('test_'):], value) for name, value in namespace.items()
             if name.startswith('test_') and callable(value)]
    tests = [(name, test) for name, test in tests if not wanted or name in wanted]
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        _running = name
        start = time.monotonic()
        try:
            test()
            verdict = 'ok'
        except Exception:
            failed += 1
            verdict = 'not ok'
            print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), end='')
        title = name.replace('_', '-')
        print(f'{verdict} {number} - /{pathlib.Path(sys.argv[0]).stem}/{title}', flush=True)
        print(f'# {time.monotonic() - start:.1f} s', flush=True)
    sys.exit(1 if failed or not tests else 0)
