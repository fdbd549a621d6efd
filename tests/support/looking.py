"""Looks at every dialog, or at every scene of the window, at 200 %, and prints what is wrong with it.

python -m tests.support.looking dialogs 1/2 looks at half of the dialogs, on the smallest screen; window 1/2
683x384 1366x768 at half of the scenes in these sizes, on a screen of the last one. One theme stands for
all: themes differ in colours alone, and tests/ui/test_theme.py holds them to that.
"""

import sys
from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from tests.support.offscreen import prepare

SCALE = 2.0
SMALLEST = "683x384"  # what is left of 1366x768 at that scale


def main() -> None:
    """Look, print what is found, and last of all what was looked at."""
    what, part, *sizes = sys.argv[1:]
    prepare(sizes[-1] if sizes else SMALLEST, SCALE)
    from tests.support import reached
    from tests.support.cut_text import faults
    from tests.support.unnamed import unnamed

    seen = set()
    for name, widget in in_window(part, sizes) if what == "window" else dialogs(part):
        seen.add(f"{name}:{type(widget).__name__}")
        for fault in (*faults(widget), *unnamed(widget)):
            print(f"{name}: {fault}")
        # Last of all, since Tab changes what is chosen; the command bar keeps it for its own lines.
        if (not sizes or name.endswith(sizes[-1])) and not name.startswith("bar"):
            for fault in reached.faults(widget):
                print(f"{name}: {fault}")
    print("Looked at:", *sorted(seen))


def dialogs(part: str) -> Iterator[tuple[str, QWidget]]:
    """Give each dialog of that part."""
    from PySide6.QtWidgets import QApplication

    from tests.support import dialog_pictures
    from tests.support.dialog_scenes import ALL

    app = QApplication(sys.argv[:1])
    for name, _, dialog in dialog_pictures.shown(app, part_of(list(ALL), part), ["light"]):
        yield name, dialog


def in_window(part: str, sizes: list[str]) -> Iterator[tuple[str, QWidget]]:
    """Give each scene of that part in each of these sizes."""
    from PySide6.QtWidgets import QApplication

    from tests.support import window_pictures
    from tests.support.window_scenes import SCENES

    app = QApplication(sys.argv[:1])
    yield from window_pictures.in_sizes(app, part_of(list(SCENES), part), sizes)


def part_of(names: list[str], part: str) -> list[str]:
    """Give the names of 1/2, which is every second one, the first among them."""
    number, parts = map(int, part.split("/"))
    return names[number - 1 :: parts]


if __name__ == "__main__":
    main()
