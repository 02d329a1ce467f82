# What assistive technology sees of the till, over the accessibility bus. The whole tree comes in one
# answer (org.a11y.atspi.Cache.GetItems), so that what is read together was there together; asking each
# widget for its parts takes ten thousand questions and seconds on a page of many rows.
import collections
import struct
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT = '/org/a11y/atspi/accessible/root'
NOTHING = '/org/a11y/atspi/null'
ACCESSIBLE, ACTION, COMPONENT, EDITABLE, TEXT = (
    f'org.a11y.atspi.{name}' for name in ('Accessible', 'Action', 'Component', 'EditableText', 'Text'))
PROPERTIES = 'org.freedesktop.DBus.Properties'
ANSWER_MS = 15000
IN_WINDOW = GLib.Variant('u', int(Atspi.CoordType.WINDOW))

# A widget: count is how many children it has, states a set of bits, one for each Atspi.StateType.
Item = collections.namedtuple('Item', 'path parent count interfaces name role description states')


class Gone(Exception):
    """A widget is not there any more."""


def state_bit(name):
    return 1 << int(getattr(Atspi.StateType, name.upper()))


ON_PAGE = state_bit('showing') | state_bit('visible')
ROLES = {}


def role_name(number):
    if number not in ROLES:
        ROLES[number] = Atspi.role_get_name(Atspi.Role(number))
    return ROLES[number]


class Message:
    """The body of an answer, read piece by piece as D-Bus lays it out. GLib's own reading makes an object
    of each string, which takes longer than the till takes to answer."""

    interfaces = {}  # lists that were read, by their bytes: there are few of them

    def __init__(self, message):
        blob = message.to_blob(Gio.DBusCapabilityFlags.NONE)
        order = {ord('l'): '<', ord('B'): '>'}[blob[0]]
        self.unpack = struct.Struct(f'{order}I').unpack_from
        self.body = blob[len(blob) - self.unpack(blob, 4)[0]:]
        self.at = 0

    def u32(self):
        self.at = (self.at + 7) & -4
        return self.unpack(self.body, self.at - 4)[0]

    def string(self):
        start = (self.at + 7) & -4
        end = start + self.unpack(self.body, start - 4)[0]
        self.at = end + 1
        return self.body[start:end].decode()

    def reference(self):
        """The path of an object; all of them are the till's, so who has it is passed over."""
        start = (self.at + 7) & -8
        self.at = start + 5 + self.unpack(self.body, start)[0]
        return self.string()

    def strings(self):
        end = self.u32() + self.at
        piece = self.body[self.at:end]
        if piece not in self.interfaces:
            self.interfaces[piece] = found = []
            while self.at < end:
                found.append(self.string())
        self.at = end
        return self.interfaces[piece]

    def items(self):
        """a((so)(so)(so)iiassusau): each itself, its application, its parent, …"""
        end = self.u32()
        self.at = (self.at + 7) & -8
        end += self.at
        found = []
        while self.at < end:
            path, _application, parent = self.reference(), self.reference(), self.reference()
            _index, count = self.u32(), self.u32()
            interfaces, name, role, description = self.strings(), self.string(), self.u32(), self.string()
            _length, low, high = self.u32(), self.u32(), self.u32()
            found.append(Item(path, parent, count, interfaces, name, role, description, low | high << 32))
        return found


class Bus:
    """The accessibility bus of the session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress',
                                    None, None, Gio.DBusCallFlags.NONE, ANSWER_MS, None).unpack()[0]
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, peer, path, interface, method, *arguments):
        """Asks an object and waits for the answer: one value, or None."""
        answer = self.connection.call_sync(peer, path, interface, method, GLib.Variant.new_tuple(*arguments), None,
                                           Gio.DBusCallFlags.NONE, ANSWER_MS, None)
        return next(iter(answer.unpack()), None)

    def call_all(self, peer, questions):
        """Asks many questions, each (path, interface, method, arguments…), without waiting in between: the
        answers in their order, None where a widget is gone."""
        answers = [None] * len(questions)
        faults = []
        left = len(questions)

        def done(connection, result, number):
            nonlocal left
            left -= 1
            try:
                answers[number] = next(iter(connection.call_finish(result).unpack()), None)
            except GLib.Error as fault:
                if not fault.matches(Gio.dbus_error_quark(), Gio.DBusError.UNKNOWN_METHOD):
                    faults.append(fault)
        for number, (path, interface, method, *arguments) in enumerate(questions):
            self.connection.call(peer, path, interface, method, GLib.Variant.new_tuple(*arguments), None,
                                 Gio.DBusCallFlags.NONE, ANSWER_MS, None, done, number)
        while left > 0:
            GLib.MainContext.default().iteration(True)
        if faults:
            raise faults[0]
        return answers

    def read(self, peer, path, interface, name):
        """A property of an object."""
        return self.call(peer, path, PROPERTIES, 'Get', GLib.Variant('s', interface), GLib.Variant('s', name))

    def read_all(self, peer, questions):
        """Many properties, each (path, interface, name), as call_all does."""
        return self.call_all(peer, [(path, PROPERTIES, 'Get', GLib.Variant('s', interface), GLib.Variant('s', name))
                                    for path, interface, name in questions])

    def items(self, peer):
        """Every widget that the application has told the bus of."""
        ask = Gio.DBusMessage.new_method_call(peer, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems')
        answer, _serial = self.connection.send_message_with_reply_sync(
            ask, Gio.DBusSendMessageFlags.NONE, ANSWER_MS, None)
        answer.to_gerror()
        return Message(answer).items()

    def peer_of(self, pid):
        """The name of a process's application on the bus, None while it has no window there."""
        registry = 'org.a11y.atspi.Registry'
        for peer, path in self.call(registry, ROOT, ACCESSIBLE, 'GetChildren'):
            owner = self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                              'GetConnectionUnixProcessID', GLib.Variant('s', peer))
            if owner == pid:
                return peer if self.call(peer, path, ACCESSIBLE, 'GetChildren') else None
        return None


class View:
    """The tree of an application as it was at one moment: its items, and who is below whom. GTK 4.8 says
    of no item that it is hidden, it leaves it out of its parent's children."""

    def __init__(self, items, told):
        self.items = {item.path: item for item in items}
        self.below = told
        self.above = {child: path for path, children in told.items() for child in children}

    def walk(self, path):
        """An item and all that are shown below it, top down."""
        if path not in self.items:
            raise Gone(path)
        waiting = [path]
        while waiting:
            item = self.items[waiting.pop()]
            yield item
            waiting += reversed([child for child in self.below.get(item.path, ()) if child in self.items and
                                 self.items[child].states & ON_PAGE])

    def parents(self, path):
        """The widgets above one, from its parent to the root."""
        while path in self.above:
            # Between a stack and a child of it is a page, which the stack calls no child.
            if self.items[path].parent != self.above[path]:
                yield self.items[path].parent
            path = self.above[path]
            yield path

    def role(self, path):
        """The name of an item's role, None of one that is not in the tree."""
        return role_name(self.items[path].role) if path in self.items else None

    def parents_told(self):
        """Those that have children, as far as is known."""
        return [path for path, children in self.below.items() if children]

    def untold(self):
        """Those shown whose children are not the ones that they had when the items were read."""
        return [item.path for item in self.walk(ROOT) if item.path != ROOT and
                (item.count != len(self.below.get(item.path, ())) or
                 not all(child in self.items for child in self.below.get(item.path, ())))]


class Application:
    """An application on the bus."""

    def __init__(self, bus, peer):
        self.bus = bus
        self.peer = peer
        self.view = None  # the last one

    def call(self, path, interface, method, *arguments):
        return self.bus.call(self.peer, path, interface, method, *arguments)

    def read(self, path, interface, name):
        return self.bus.read(self.peer, path, interface, name)

    def states(self, path):
        """A widget's states now, as in Item."""
        low, high = self.call(path, ACCESSIBLE, 'GetState')
        return low | high << 32

    def parents(self, path):
        """The widgets above one now, from its parent to the root."""
        while path not in (ROOT, NOTHING):
            _peer, path = self.read(path, ACCESSIBLE, 'Parent')
            yield path

    def texts(self, items):
        """What a person reads in each: the text, or the name where there is none."""
        ask = [(item.path, TEXT, 'CharacterCount') for item in items if TEXT in item.interfaces]
        counts = dict(zip((path for path, *_rest in ask), self.bus.read_all(self.peer, ask)))
        paths = [path for path, count in counts.items() if count]
        texts = self.bus.call_all(self.peer, [(path, TEXT, 'GetText', GLib.Variant('i', 0), GLib.Variant('i', counts[path]))
                                              for path in paths])
        texts = dict(zip(paths, texts))
        return [texts.get(item.path) or item.name for item in items]

    def look(self):
        """The tree now. GTK has a widget in its cache only once somebody asked its parent for it, so each
        parent is asked, all at once where they are known, and then the items are read."""
        deadline = time.monotonic() + ANSWER_MS / 1000
        told = {}
        ask = self.view.parents_told() if self.view else [ROOT]
        while ask:
            self._ask(ask, told)
            self.view = View(self.bus.items(self.peer), told)
            ask = self.view.untold()
            if time.monotonic() > deadline:
                raise AssertionError(f'the tree never stands still: {[self.view.items[path] for path in ask]}')
        return self.view

    def _ask(self, paths, told):
        """Asks for the children of these, and of all below that were not in the last view."""
        known = self.view.items if self.view else {}
        while paths:
            answers = self.bus.call_all(self.peer, [(path, ACCESSIBLE, 'GetChildren') for path in paths])
            told.update((path, [child for _peer, child in answer or ()]) for path, answer in zip(paths, answers))
            paths = [child for path in paths for child in told[path] if child not in known and child not in told]
