"""Pictures of dialogs, to be looked at: python -m tests.support.dialog_pictures FOLDER [NAME...].

--theme light, --scale 2 and --screen 1366x768 say how; each picture shows the screen with the dialog on it.
"""

import argparse
import datetime as dt
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.sitting import Seat


def _prepare(screen: str, scale: float) -> None:
    """Before Qt is loaded: an offscreen screen of that size."""
    width, height = (int(part) for part in screen.split("x"))
    sheet = {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
    sheet |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    file = Path(tempfile.mkdtemp()) / "screens.json"
    file.write_text(json.dumps({"screens": [sheet]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
    os.environ["QT_SCALE_FACTOR"] = str(scale)


def _take(folder: Path, names: list[str], look: str, suffix: str) -> None:
    from PySide6.QtWidgets import QApplication
    from shiboken6 import delete

    from db.engine import open_database
    from db.upgrade import upgrade
    from tests.services.team import build
    from tests.support.dialog_samples import SAMPLES, Scene
    from tests.support.sitting import Seat
    from ui import theme

    app = QApplication(sys.argv[:1])
    theme.apply(app, look)
    for name in names or list(SAMPLES):
        with tempfile.TemporaryDirectory() as place:
            url = f"sqlite:///{place}/sample.sqlite"
            upgrade(url)
            database = open_database(url)
            sample = SAMPLES[name]
            team = build(database, dt.datetime(2026, 1, 14, 14, 0, tzinfo=dt.UTC))
            scene = Scene(team, sample.set_up(team))
            seat = Seat(team, sample.who)
            seat.look()
            _settle(seat)
            dialog = sample.make(seat, scene)
            dialog.open()
            _settle(seat)
            if sample.then is not None:
                sample.then(dialog)
                _settle(seat)
            dialog.grab().save(str(folder / f"{name}{suffix}.png"))
            sys.stdout.write(f"{name}: {dialog.width()}x{dialog.height()}\n")
            delete(dialog)
            seat.stand_up()
            delete(seat.window)
            database.close()


def _settle(seat: "Seat") -> None:
    """Let the background answer and everything be laid out."""
    from PySide6.QtTest import QTest

    QTest.qWait(40)
    while seat.background.busy:
        QTest.qWait(20)
    QTest.qWait(40)


def main() -> None:
    """Take the pictures."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("folder", type=Path)
    wishes.add_argument("names", nargs="*")
    wishes.add_argument("--theme", default="light")
    wishes.add_argument("--scale", type=float, default=1.0)
    wishes.add_argument("--screen", default="1366x768")
    chosen = wishes.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    _prepare(chosen.screen, chosen.scale)
    _take(chosen.folder, chosen.names, chosen.theme, f"-{chosen.theme}-{chosen.scale:g}")


if __name__ == "__main__":
    main()
