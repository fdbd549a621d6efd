"""Every picture of the console, to be looked at: python -m tests.support.pictures FOLDER [NAME...].

Without choices: the window and every dialog on three screens, at 100 and 200 %, in three themes. A screen
is counted in its own dots: at 200 % there is room for half as much across and down. A name is window-board,
dialog-allocate and the like. --sheet puts what was taken on one screen into one picture. --docs writes only
the few pictures of the documentation. It is always the same moment, so that two pictures can be compared.

What is wrong with a picture is said at the end, and stands in faults-SCREEN.txt: words that are cut, that
lie over each other or stand out by less than 4.5 to 1, controls out of the window, a dialog that is larger
than the screen. Words that end in dots by design stand in shortened-SCREEN.txt. The command ends with 3
when anything is wrong.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Qt is loaded when its screen is known
    from tests.support.album import Album

_WRONG = 3
SIZES = ("1366x768", "1920x1080", "2560x1440")
SCALES = (1.0, 2.0)
THEMES = ("light", "dark", "contrast")
_IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
# The pictures that pages show: name in docs/images, scene, theme.
DOCS = (
    ("board-light", "board", "light"),
    ("board-dark", "board", "dark"),
    ("map-light", "map", "light"),
    ("hub-light", "hub", "light"),
    ("reports-light", "reports", "light"),
    ("load-light", "load", "light"),
)


def read(words: list[str]) -> argparse.Namespace:
    """Read what is wanted."""
    wishes = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    wishes.add_argument("folder", type=Path, nargs="?", default=_IMAGES)
    wishes.add_argument("names", nargs="*")
    wishes.add_argument("--size", dest="sizes", action="append", help="such as 1366x768; may be repeated")
    wishes.add_argument(
        "--scale", dest="scales", action="append", type=float, help="such as 2; may be repeated"
    )
    wishes.add_argument("--theme", dest="themes", action="append", choices=THEMES, help="may be repeated")
    wishes.add_argument("--sheet", action="store_true", help="one picture of all that was taken on a screen")
    wishes.add_argument("--docs", action="store_true", help="the pictures of the documentation")
    return wishes.parse_args(words)


def main() -> None:
    """Take what is wanted: each screen in a process of its own, because Qt knows only one."""
    wish = read(sys.argv[1:])
    wish.folder.mkdir(parents=True, exist_ok=True)
    if wish.docs:
        of_the_documentation(wish.folder)
        return
    sizes, scales = wish.sizes or SIZES, wish.scales or SCALES
    if len(sizes) == len(scales) == 1:
        album = of_one_screen(wish.folder, wish.names, wish.themes or list(THEMES), sizes[0], scales[0])
        album.write_report()
        if wish.sheet:
            contact_sheet(wish.folder, f"{sizes[0]}-{scales[0]:g}")
        print(
            f"{sizes[0]} at {scales[0]:.0%}: {album.taken} pictures, {len(album.faults)} faults", flush=True
        )
        sys.exit(_WRONG if album.faults else 0)
    sys.exit(_of_many(wish, list(product(sizes, scales))))


def _of_many(wish: argparse.Namespace, screens: list[tuple[str, float]]) -> int:
    """Take them screen by screen, as many at once as there are cores; gives the worst that came of it."""
    rest = [word for theme in wish.themes or THEMES for word in ("--theme", theme)]
    rest += ["--sheet"] if wish.sheet else []
    with tempfile.TemporaryDirectory() as place:
        from tests.support import demo_once

        demo = Path(place) / "demo.sqlite"
        demo_once.fill(demo)
        handed = os.environ | {demo_once.VARIABLE: str(demo)}

        def take(screen: tuple[str, float]) -> int:
            words = [str(wish.folder), *wish.names, "--size", screen[0], "--scale", str(screen[1]), *rest]
            command = [sys.executable, "-m", "tests.support.pictures", *words]
            return subprocess.run(command, check=False, env=handed).returncode

        for old in wish.folder.glob("faults-*.txt"):
            old.unlink()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            codes = list(pool.map(take, screens))
    for size, scale in screens:
        file = wish.folder / f"faults-{size}-{scale:g}.txt"
        sys.stdout.write(file.read_text("utf-8") if file.exists() else f"{size} at {scale:.0%}: not taken\n")
    return next((code for code in codes if code not in (0, _WRONG)), max(codes))


def of_one_screen(folder: Path, names: list[str], themes: list[str], size: str, scale: float) -> "Album":
    """Take them all on one screen of so many dots."""
    from tests.support.offscreen import prepare

    room = "x".join(str(int(int(part) / scale)) for part in size.split("x"))
    prepare(room, scale)
    from PySide6.QtWidgets import QApplication

    from tests.support import dialog_pictures, window_pictures
    from tests.support.album import Album

    app = QApplication(sys.argv[:1])
    album = Album(folder, f"{size}-{scale:g}")
    window_pictures.take(app, album, names, themes, room)
    dialog_pictures.take(app, album, names, themes)
    return album


def of_the_documentation(folder: Path) -> None:
    """Take the few that pages show, and keep them small."""
    with tempfile.TemporaryDirectory() as place:
        taken = Path(place)
        of_one_screen(taken, [f"window-{scene}" for _, scene, _ in DOCS], ["light", "dark"], SIZES[0], 1.0)
        for name, scene, theme in DOCS:
            file = taken / f"window-{scene}-{theme}-{SIZES[0]}-1.png"
            in_few_colours(file, folder / f"{name}.png")


def in_few_colours(file: Path, into: Path) -> None:
    """Write a picture again in 256 of its colours: much smaller, and the same to the eye."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    whole = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(whole.constBits()).cast("I"))
    # A dot that alone is green must stay green: what is nearly there already makes room for it.
    few: list[int] = []
    for colour, _ in counted.most_common():
        if len(few) < 256 and all(_distance(colour, taken) > 14 for taken in few):
            few.append(colour)
    flat = Qt.ImageConversionFlag.ThresholdDither
    whole.convertToFormat(QImage.Format.Format_Indexed8, few, flat).save(str(into), None, 0)


def _distance(one: int, other: int) -> int:
    return sum(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16))


def contact_sheet(folder: Path, ending: str) -> None:
    """Put all pictures of one screen side by side, with their names."""
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QImage, QPainter

    files = sorted(file for file in folder.glob(f"*-{ending}.png") if not file.name.startswith("sheet-"))
    across, wide, high = 6, 420, 300
    sheet = QImage(across * wide, -(-len(files) // across) * high, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.darkGray)
    painter = QPainter(sheet)
    for place, file in enumerate(files):
        x, y = place % across * wide, place // across * high
        small = QImage(str(file)).scaled(
            wide - 12,
            high - 30,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(x + 6, y + 24, small)
        painter.drawText(QRect(x + 6, y, wide - 12, 24), Qt.AlignmentFlag.AlignVCenter, file.stem)
    painter.end()
    sheet.save(str(folder / f"sheet-{ending}.png"))


if __name__ == "__main__":
    main()
