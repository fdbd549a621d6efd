"""Shows the sample dialogs in every theme, and takes their pictures."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QApplication, QWidget

from tests.support.album import Album
from tests.support.dialog_scenes import ALL, opened
from tests.support.settled import settle
from ui import theme


def shown(
    app: QApplication, names: Sequence[str], themes: Sequence[str]
) -> Iterator[tuple[str, str, QWidget]]:
    """Each of these dialogs in each of these themes: name, theme and the dialog as it stands."""
    looks = list(themes)
    theme.apply(app, looks[0])
    for name in names:
        with opened(name) as dialog:
            for look in looks:
                if look != theme.current().name:
                    theme.apply(app, look)
                settle(dialog)
                yield name, look, dialog
        looks.reverse()  # the next one begins in the theme that is there: to put one on takes a while


def take(app: QApplication, album: Album, names: Sequence[str], themes: Sequence[str]) -> None:
    """Keep a picture `dialog-NAME-THEME` of each of them."""
    wanted = [name for name in ALL if f"dialog-{name}" in names or not names]
    for name, look, dialog in shown(app, wanted, themes):
        album.keep(f"dialog-{name}-{look}", dialog)
