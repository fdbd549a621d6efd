"""The look: readable in every theme, with digits that do not shake."""

import re

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme.stylesheet import stylesheet
from ui.theme.theme import RESOURCES
from ui.theme.tokens import SHAPE_PAIRS, TEXT_PAIRS, THEMES, contrast
from ui.widgets.fields import ChoiceField
from ui.widgets.filters import FindField
from ui.widgets.looks import label


@pytest.mark.parametrize("name", THEMES)
def test_that_every_text_stands_out_from_every_ground_it_is_painted_on(name: str) -> None:
    tokens = THEMES[name]
    least = 7.0 if name == "contrast" else 4.5
    weak = {
        pair: round(contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])), 2)
        for pair in TEXT_PAIRS
        if contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) < least
    }
    assert not weak


@pytest.mark.parametrize("name", THEMES)
def test_that_field_edges_and_the_focus_ring_are_seen_on_every_ground(name: str) -> None:
    tokens = THEMES[name]
    for mark, ground in SHAPE_PAIRS:
        assert contrast(getattr(tokens, mark), getattr(tokens, ground)) >= 3.0, (mark, ground)


def test_that_themes_differ_in_colours_alone_so_that_one_stands_for_all_in_how_much_room_text_has() -> None:
    def without_colours(name: str) -> str:
        written = stylesheet(THEMES[name], f"icons/{name}")
        return re.sub(r"#[0-9a-f]{6}", "a colour", written).replace(f"icons/{name}", "icons")

    light, *others = (without_colours(name) for name in THEMES)
    assert all(other == light for other in others)


def test_that_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", THEMES)
def test_that_a_styled_label_is_set_in_inter_with_digits_of_one_width(
    qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    theme.apply(qapp, name)
    figure = label("1", "figure")
    qtbot.addWidget(figure)
    figure.ensurePolished()
    assert QFontInfo(figure.font()).family() == "Inter"
    metrics = QFontMetricsF(figure.font())
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("0808"))


@pytest.mark.parametrize("name", THEMES)
def test_that_a_hint_in_an_empty_field_is_as_readable_as_other_muted_text(
    qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    theme.apply(qapp, name)
    choice: ChoiceField[int] = ChoiceField()
    plain, notes = QLineEdit(), QPlainTextEdit()
    for field in (choice, plain, notes):
        qtbot.addWidget(field)
    for empty in (*choice.findChildren(QLineEdit), plain, notes):
        empty.ensurePolished()
        hint = empty.palette().color(QPalette.ColorRole.PlaceholderText)
        assert hint == theme.current().colour("mute")


def test_that_a_magnifying_glass_takes_the_colour_of_another_theme(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    field = FindField("Find")
    qtbot.addWidget(field)
    theme.apply(qapp, "dark")
    glass = field.actions()[0].icon().pixmap(16).toImage()
    assert glass == theme.pixmap("search", "mute").toImage()


def test_that_an_unknown_theme_is_not_taken(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        theme.apply(qapp, "sepia")


def test_that_every_icon_can_be_drawn_in_the_colour_of_the_theme(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    for file in (RESOURCES / "icons").glob("*.svg"):
        drawn = theme.pixmap(file.stem, "bad", 24, 2.0).toImage()
        inked = [drawn.pixelColor(x, y) for x in range(48) for y in range(48)]
        inked = [ink for ink in inked if ink.alpha() == 255]
        wanted = theme.current().colour("bad")
        # Rounding of blended edges may move a channel by one.
        assert inked, file.name
        assert all(abs(ink.red() - wanted.red()) + abs(ink.blue() - wanted.blue()) <= 2 for ink in inked), (
            file.name
        )
