# A widget of the till: what it was when it was looked at, and what can be asked of it and done to it.
import re

from gi.repository import GLib

from tree import ACTION, COMPONENT, EDITABLE, IN_WINDOW, NOTHING, role_name, state_bit

SURFACES = ('frame', 'dialog', 'window', 'popup menu')


class Node:
    """A widget as assistive technology sees it. Name, role and description are those of the look in which
    it was found; text, states and place are asked for."""

    def __init__(self, application, view, item):
        self.application = application
        self.view = view
        self.item = item
        self.name = item.name
        self.role = role_name(item.role)
        self.description = item.description

    def _call(self, interface, method, *arguments):
        return self.application.call(self.item.path, interface, method, *arguments)

    @property
    def text(self):
        """What a person reads: a label's text, an entry's text, or else the name."""
        return self.application.texts([self.item])[0]

    def has(self, state):
        """Whether a state such as 'showing', 'sensitive', 'checked', 'focused' is set."""
        return bool(self.application.states(self.item.path) & state_bit(state))

    def on_top(self):
        """Whether a click on this widget would meet it: it is on the page in front, not scrolled away,
        not under a card. GTK 4.8 calls a widget visible on any page, and showing on none."""
        if COMPONENT not in self.item.interfaces:
            return False
        x, y, width, height = self.area()
        above = list(self.view.parents(self.item.path))
        surface = next((path for path in [self.item.path, *above] if self.view.role(path) in SURFACES), None)
        if width <= 0 or height <= 0 or surface is None:
            return False
        _peer, hit = self.application.call(surface, COMPONENT, 'GetAccessibleAtPoint', GLib.Variant('i', x + width // 2),
                                           GLib.Variant('i', y + height // 2), IN_WINDOW)
        if hit == NOTHING:
            # The inner text of an entry is not in the tree, and nearly nothing else is not.
            return self.role == 'text'
        return hit == self.item.path or hit in above[:3] or self.item.path in self.application.parents(hit)

    def walk(self):
        """This widget and all below it now, top down; what is hidden is left out with its children."""
        view = self.application.look()
        for item in view.walk(self.item.path):
            yield Node(self.application, view, item)

    def reading(self, reads):
        """This widget and those below it now whose text is the one looked for, as `reads` judges it. That a
        label's name is its text spares asking hundreds of them; the one found is asked."""
        nodes = list(self.walk())
        asked = [node.item for node in nodes if node.role != 'label']
        texts = dict(zip((item.path for item in asked), self.application.texts(asked)))
        for node in nodes:
            if reads(texts.get(node.item.path, node.name)) and (node.role != 'label' or reads(node.text)):
                yield node

    def texts(self):
        """Every text below, in order: for asserting on a row or a panel."""
        items = [node.item for node in self.walk() if node.role in ('label', 'text', 'entry')]
        return [text for text in self.application.texts(items) if text]

    def area(self):
        """Where it is in its window, as x, y, width and height; without a window manager, on the screen."""
        return self._call(COMPONENT, 'GetExtents', IN_WINDOW)

    def can_press(self):
        return (ACTION in self.item.interfaces and self.has('sensitive') and
                self.application.read(self.item.path, ACTION, 'NActions') > 0)

    def press(self):
        """Activates a button, a toggle or a row."""
        if not self.can_press():
            raise AssertionError(f'{self!r} has no action, or is not sensitive')
        self._call(ACTION, 'DoAction', GLib.Variant('i', 0))

    def set_text(self, text):
        if EDITABLE not in self.item.interfaces:
            raise AssertionError(f'{self!r} is not editable')
        self._call(EDITABLE, 'SetTextContents', GLib.Variant('s', text))

    def focus(self):
        """Asks for the keyboard; GTK reports a failure for an entry whose inner text has it already."""
        try:
            self._call(COMPONENT, 'GrabFocus')
        except GLib.Error:
            if not any(node.item.states & state_bit('focused') for node in self.walk()):
                raise

    def __repr__(self):
        return f'<{self.role} "{self.name}">'


def matches(node, name, role):
    if role is not None and node.role != role:
        return False
    if name is None:
        return True
    if isinstance(name, re.Pattern):
        return name.search(node.name) is not None
    return name in (node.name, node.description)
