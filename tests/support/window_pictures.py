"""Shows the scenes of the window in every theme, and takes their pictures."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QApplication, QWidget

from tests.support.album import Album
from tests.support.window_scenes import SCENES, put_away, shown_in, staged
from ui import theme


def shown(
    app: QApplication, names: Sequence[str], themes: Sequence[str], size: str
) -> Iterator[tuple[str, str, QWidget]]:
    """Each of these scenes in each of these themes: name, theme and what there is to see."""
    theme.apply(app, themes[0])
    with staged(size) as stage:
        for name in names:
            stage.window.show_theme(themes[0])
            SCENES[name](stage)
            for look in themes:
                stage.window.show_theme(look)
                stage.settle()
                yield name, look, shown_in(stage)
            put_away(stage)


def in_sizes(app: QApplication, names: Sequence[str], sizes: Sequence[str]) -> Iterator[tuple[str, QWidget]]:
    """Each of these scenes in the first theme, the window brought to each of these sizes: name and widget."""
    theme.apply(app, next(iter(theme.THEMES)))
    with staged(sizes[0]) as stage:
        for name in names:
            SCENES[name](stage)
            for size in sizes:
                stage.be_large(size)
                yield f"{name} at {size}", shown_in(stage)
            put_away(stage)
            stage.be_large(sizes[0])


def take(app: QApplication, album: Album, names: Sequence[str], themes: Sequence[str], size: str) -> None:
    """Keep a picture `window-NAME-THEME` of each of them."""
    wanted = [name for name in SCENES if f"window-{name}" in names or not names]
    if wanted:
        for name, look, widget in shown(app, wanted, themes, size):
            album.keep(f"window-{name}-{look}", widget)
