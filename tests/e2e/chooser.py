# The file chooser: a window of its own, which a path is written into.
from harness import run, wait_until


def windows(app, title):
    """The X window of that title, while it is there. The till has others, which come and go."""
    return run('xdotool', 'search', '--onlyvisible', '--all', '--pid', app.process.pid, '--name', f'^{title}$',
               check=False).split()


def choose_file(app, title, path, saving=False):
    """Writes the whole path, sees it in its line, and presses Enter; back in the till's window."""
    def line():
        return next((node for node in app.find_all(None, 'text', within=app.find(title, shown=False))
                     if node.has('focused')), None)
    app.focus(wait_until(lambda: windows(app, title), 'the file chooser')[0])
    if not saving:
        # "/" opens the line in which a path can be written.
        app.type('/')
    # Keys would race with the chooser, which selects a part of the name that it proposes some time after
    # it is on the screen.
    wait_until(line, 'the line for the path').set_text(str(path))
    wait_until(lambda: line().text == str(path), f'the line to read {path}')
    app.key('Return')
    wait_until(lambda: not windows(app, title), 'the file chooser to close')
    app.focus_window()
