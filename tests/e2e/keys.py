# The keys of a scanner. They go to the X server in one piece, which gives them their times one behind
# the other: however busy the machine is, no pause comes between two keys of a code. A process that
# sleeps between keys, as xdotool does, cannot promise that.
import ctypes

SHIFT, CONTROL = 'Shift_L', 'Control_L'
NAMES = {'\r': 'Return', '\t': 'Tab', '\x1d': 'bracketright'}  # GS comes as Ctrl+]


class Keyboard:
    """Speaks to the display by the XTEST extension, as xdotool does."""

    def __init__(self):
        self.x11 = ctypes.CDLL('libX11.so.6')
        self.xtst = ctypes.CDLL('libXtst.so.6')
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XStringToKeysym.restype = ctypes.c_ulong
        self.x11.XKeysymToKeycode.restype = ctypes.c_ubyte
        self.x11.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        display = self.x11.XOpenDisplay(None)
        if not display:
            raise AssertionError('there is no display')
        self.display = ctypes.c_void_p(display)

    def _keysym(self, char):
        name = NAMES.get(char)
        return self.x11.XStringToKeysym(name.encode()) if name else ord(char)

    def _code(self, keysym):
        """The key that gives a symbol, and whether Shift has to be down."""
        code = self.x11.XKeysymToKeycode(self.display, ctypes.c_ulong(keysym))
        for level in (0, 1):
            if code and self.x11.XkbKeycodeToKeysym(self.display, ctypes.c_ubyte(code), 0, level) == keysym:
                return code, level == 1
        raise AssertionError(f'no key gives the symbol {keysym:#x}')

    def _key(self, code, down):
        self.xtst.XTestFakeKeyEvent(self.display, ctypes.c_uint(code), ctypes.c_int(down), ctypes.c_ulong(0))

    def burst(self, text):
        """All of it at once: printable ASCII, '\\r' for Return, '\\t' for Tab, '\\x1d' for GS."""
        keys = [(char, *self._code(self._keysym(char))) for char in text]
        held = {name: self._code(self.x11.XStringToKeysym(name.encode()))[0] for name in (SHIFT, CONTROL)}
        for char, code, shifted in keys:
            with_key = held[CONTROL] if char == '\x1d' else held[SHIFT] if shifted else None
            if with_key:
                self._key(with_key, 1)
            self._key(code, 1)
            self._key(code, 0)
            if with_key:
                self._key(with_key, 0)
        self.x11.XSync(self.display, 0)
