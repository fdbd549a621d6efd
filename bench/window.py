"""The console's own window in a process of its own, for those who measure it.

It says "ready" when the rows are painted, follows the board until its input ends, then prints one JSON line:
the list of `[change, at]` for its one board. With `--start` it ends with its first rows, and prints when
shell and rows were painted. Times are nanoseconds of this machine's monotonic clock.
"""

import json
import sys
from typing import TYPE_CHECKING

import main as console

if TYPE_CHECKING:  # the console itself loads Qt, in its own way
    from bench.watched_window import Watching
    from ui.main_window import MainWindow


def main() -> int:
    """Open the window as `main.py open` does."""
    words = sys.argv[1:]
    is_start = words[0] == "--start"
    watching: list[Watching] = []

    def watch(window: "MainWindow") -> None:
        from bench.watched_window import Watching

        watching.append(Watching(window, is_start=is_start))

    code = console.show(console.read(["open", *words[is_start:]]), watch)
    (one,) = watching
    print(json.dumps(one.start() if is_start else [one.handed]))
    return code


if __name__ == "__main__":
    sys.exit(main())
