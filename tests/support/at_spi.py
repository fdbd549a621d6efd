"""Works a window as a screen reader does: over AT-SPI, by names, roles and actions alone.

It speaks D-Bus by jeepney, which the keyring brings along; at-spi2-core and dbus are programs of the system.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any, TypeVar

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

Thing = TypeVar("Thing")
PATIENCE_S = 30
_ANSWERS_WITHIN_S = 20
_ROOT = "/org/a11y/atspi/accessible/root"
_ATSPI = "org.a11y.atspi"
_STATES = {"enabled": 8, "focusable": 11, "focused": 12, "selected": 23, "showing": 25}
# Whoever reads long tables reads some rows.
_MOST_CHILDREN = 200


class Gone(RuntimeError):
    """What was asked for is no longer there: the window has changed meanwhile."""


class Reader:
    """A client of the accessibility bus of one session."""

    def __init__(self, session_bus: str) -> None:
        """Ask the session where its accessibility bus is, and go there."""
        with open_dbus_connection(session_bus) as session:
            asked = new_method_call(
                DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress"
            )
            where = session.send_and_get_reply(asked, timeout=PATIENCE_S).body[0]
        self._bus: DBusConnection = open_dbus_connection(where)

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def application(self) -> "Part":
        """The one application that has come to the bus, once it has."""

        def first() -> "Part | None":
            return next(iter(Part(self, f"{_ATSPI}.Registry", _ROOT).children), None)

        return found(first, "No application has come to the accessibility bus.")

    def ask(self, owner: str, path: str, interface: str, method: str, *words: Any, sent: str = "") -> Any:
        """Call a method and give what it answers."""
        address = DBusAddress(path, owner, interface)
        asked = new_method_call(address, method, sent or None, words)
        answer = self._bus.send_and_get_reply(asked, timeout=_ANSWERS_WITHIN_S)
        if answer.header.message_type is MessageType.error:
            raise Gone(f"{method} of {path}: {answer.body}")
        return answer.body[0] if answer.body else None


@dataclass(frozen=True)
class Part:
    """One thing in the tree of what a screen reader can come to."""

    reader: Reader
    owner: str
    path: str

    def _ask(self, interface: str, method: str, *words: Any, sent: str = "") -> Any:
        return self.reader.ask(self.owner, self.path, f"{_ATSPI}.{interface}", method, *words, sent=sent)

    def _property(self, interface: str, name: str) -> Any:
        asked = f"{_ATSPI}.{interface}", name
        properties = "org.freedesktop.DBus.Properties"
        return self.reader.ask(self.owner, self.path, properties, "Get", *asked, sent="ss")[1]

    @property
    def name(self) -> str:
        """What is read aloud."""
        return str(self._property("Accessible", "Name")).strip()

    @property
    def description(self) -> str:
        """What is read after it."""
        return str(self._property("Accessible", "Description")).strip()

    @property
    def role(self) -> str:
        """What kind of thing it is."""
        return str(self._ask("Accessible", "GetRoleName"))

    def is_(self, state: str) -> bool:
        """Whether it is in a state."""
        low, high = self._ask("Accessible", "GetState")
        return bool((low | high << 32) >> _STATES[state] & 1)

    @property
    def children(self) -> list["Part"]:
        """What is in it, the first of very many."""
        count = int(self._property("Accessible", "ChildCount"))
        if count <= _MOST_CHILDREN:
            inside = self._ask("Accessible", "GetChildren")
        else:
            each = range(_MOST_CHILDREN)
            inside = [self._ask("Accessible", "GetChildAtIndex", one, sent="i") for one in each]
        return [Part(self.reader, owner, path) for owner, path in inside if not path.endswith("/null")]

    def walk(self) -> Iterator["Part"]:
        """Itself and all below it that is shown, from the outside in."""
        yield self
        for child in self.children:
            if child.is_("showing"):
                yield from child.walk()

    def find(self, role: str, name: str) -> "Part":
        """The first below it of that role whose name begins so, once it is there."""

        def first() -> "Part | None":
            shown = (one for one in self.walk() if one.role == role)
            return next((one for one in shown if one.name.startswith(name)), None)

        return found(first, f"There is no {role} {name!r}.")

    def press(self) -> None:
        """Press a button, or select a row."""
        # The first action is what screen readers do: they select a row, and turn a chip over.
        self._ask("Action", "DoAction", 0, sent="i")

    def write(self, text: str) -> None:
        """Put a text into it, over what stands there."""
        self._ask("EditableText", "SetTextContents", text, sent="s")

    @property
    def text(self) -> str:
        """The text that stands in it."""
        return str(self._ask("Text", "GetText", 0, -1, sent="ii"))


def found(look: Callable[[], Thing | None], instead: str) -> Thing:
    """Look again and again until there is something, for as long as somebody would wait."""
    until, pause = monotonic() + PATIENCE_S, Event()
    while True:
        with suppress(Gone):
            if (thing := look()) is not None:
                return thing
        if monotonic() > until:
            raise AssertionError(instead)
        pause.wait(0.05)
