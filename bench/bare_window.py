"""The floor of starting: an empty window of Qt in a process of its own; prints when it was painted."""

import json

from PySide6.QtWidgets import QApplication, QMainWindow

from bench.figures import resident_mb
from bench.frames import Frames


def main() -> None:
    """Open it, and end as soon as it is painted."""
    app = QApplication(["bare"])
    window = QMainWindow()
    window.resize(1366, 768)
    frames = Frames(window)
    frames.painted.connect(app.quit)
    window.show()
    app.exec()
    print(
        json.dumps(
            {"shell_at": frames.first_at, "worked_ms": frames.first_worked_ms, "rss_mb": resident_mb()}
        )
    )


if __name__ == "__main__":
    main()
