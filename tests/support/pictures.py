"""Every picture of the console, to be looked at: python -m tests.support.pictures FOLDER [NAME...].

Without choices: the window and every dialog on three screens, at 100 and 200 %, in three themes. A name is
window-board, dialog-allocate and the like. --sheet puts what was taken on one screen into one picture. --docs
writes only the few pictures of the documentation. It is always the same moment, so that two pictures can be
compared.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path

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
        of_one_screen(wish.folder, wish.names, wish.themes or list(THEMES), sizes[0], scales[0])
        if wish.sheet:
            contact_sheet(wish.folder, f"{sizes[0]}-{scales[0]:g}")
        return
    rest = [word for theme in wish.themes or THEMES for word in ("--theme", theme)]
    rest += ["--sheet"] if wish.sheet else []
    for size, scale in product(sizes, scales):
        words = [str(wish.folder), *wish.names, "--size", size, "--scale", str(scale), *rest]
        subprocess.run([sys.executable, "-m", "tests.support.pictures", *words], check=True)


def of_one_screen(folder: Path, names: list[str], themes: list[str], size: str, scale: float) -> None:
    """Take them all on one screen."""
    from tests.support.offscreen import prepare

    prepare(size, scale)
    from PySide6.QtWidgets import QApplication

    from tests.support import dialog_pictures, window_pictures

    app = QApplication(sys.argv[:1])
    ending = f"{size}-{scale:g}"
    window_pictures.take(app, folder, names, themes, size, ending)
    dialog_pictures.take(app, folder, names, themes, ending)


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
