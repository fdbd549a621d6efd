"""A keyboard outside the program: keys go through the X server to whatever window has them.

Each key waits until the window shows that the one before it arrived. A real keyboard does not wait, and a
person looks: beside a busy processor a key may come while a window, or a list below a field, is on its way.
"""

import json
import os
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic

PATIENCE_S = 60
_TRIES = 4
_MOST_FIELDS = 60


class Keyboard:
    """Types and presses as a person does who looks at the screen."""

    def __init__(self, display: str, told: Path) -> None:
        """Of this display; `told` is where the program tells what has the keyboard."""
        self._environment = {**os.environ, "DISPLAY": display}
        self._told = told

    def sees(self) -> dict[str, str]:
        """What has the keyboard now: the window, the field and what stands in it."""
        lines = self._told.read_text(encoding="utf-8").split("\n")[:-1]
        seen: dict[str, str] = json.loads(lines[-1]) if lines else {"window": "", "field": "", "text": ""}
        return seen

    def goes_to(self, title: str) -> None:
        """Give the keys to the window of that title, as window managers do, and see that it has them."""

        def has_keys() -> bool:
            if found := self._windows(title):
                self._run("xdotool", "windowfocus", found[-1])
            return self.sees()["window"] == title and bool(self.sees()["field"])

        self._comes(has_keys, f"{title} never had the keyboard.")

    def shows(self, title: str) -> bool:
        """Whether a window of that title is on the display."""
        return bool(self._windows(title))

    def presses(self, key: str, until: Callable[[], object]) -> None:
        """Press a key until its effect is seen; it is pressed once more only where it had none."""
        for _ in range(_TRIES):
            self._run("xdotool", "key", key)
            if is_seen(until, PATIENCE_S / _TRIES):
                return
        raise AssertionError(f"{key} did nothing: {self.sees()}")

    def tabs_to(self, field: str) -> None:
        """Press Tab until this field has the keyboard."""
        for _ in range(_MOST_FIELDS):
            here = self.sees()["field"]
            if here == field:
                return
            self.presses("Tab", partial(self._has_left, here))
        raise AssertionError(f"Tab does not come to {field}: {self.sees()}")

    def types(self, text: str) -> None:
        """Type into the field that has the keyboard, over what stands there, and read it there."""
        for _ in range(_TRIES):
            self._run("xdotool", "key", "ctrl+a")
            self._run("xdotool", "type", "--delay", "25", text)
            if is_seen(lambda: self.sees()["text"].casefold() == text.casefold(), PATIENCE_S / _TRIES):
                return
        raise AssertionError(f"{text!r} did not arrive: {self.sees()}")

    def fills(self, field: str, text: str) -> None:
        """Go to a field and type."""
        self.tabs_to(field)
        self.types(text)

    def _has_left(self, field: str) -> bool:
        return self.sees()["field"] not in ("", field)

    def _windows(self, title: str) -> list[str]:
        return self._run("xdotool", "search", "--onlyvisible", "--name", f"^{title}$").split()

    def _comes(self, seen: Callable[[], object], instead: str) -> None:
        if not is_seen(seen, PATIENCE_S):
            raise AssertionError(f"{instead} {self.sees()}")

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            words, env=self._environment, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
        return done.stdout


def is_seen(seen: Callable[[], object], within_s: float) -> bool:
    """Look again and again until it is seen, or the time is up."""
    until, pause = monotonic() + within_s, Event()
    while not (is_there := bool(seen())) and monotonic() < until:
        pause.wait(0.05)
    return is_there
