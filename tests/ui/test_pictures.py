"""What is wrong with a picture is found in what is painted, also where no label holds the words."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPicture
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.picture_faults import Found, look
from ui import theme

Draw = Callable[[QPainter], None]


class Cells(QLabel):
    """Words that are painted, as a table does it."""

    def __init__(self, draw: Draw, parent: QWidget) -> None:
        super().__init__(parent)
        self.setGeometry(10, 10, 160, 60)
        recorded = QPicture()
        painter = QPainter(recorded)
        painter.setFont(theme.font(13))
        draw(painter)
        painter.end()
        self.setPicture(recorded)


def window(qtbot: QtBot, *, ground: str = "#ffffff") -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.setStyleSheet(f"QWidget {{ background: {ground}; }}")
    made.resize(300, 200)
    return made


def looked_at(top: QWidget) -> Found:
    top.show()
    return look(top, top.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))


def write(*words: tuple[int, int, str], ink: str = "#000000") -> Draw:
    def draw(painter: QPainter) -> None:
        painter.setPen(QColor(ink))
        for left, bottom, text in words:
            painter.drawText(left, bottom, text)

    return draw


def test_that_painted_words_with_room_on_their_own_ground_are_right(qtbot: QtBot) -> None:
    top = window(qtbot)
    Cells(write((4, 20, "SMITH, John"), (4, 44, "Fall at home")), top)
    assert looked_at(top) == ([], [])


def test_that_painted_words_beyond_the_edge_of_their_widget_are_found(qtbot: QtBot) -> None:
    top = window(qtbot)
    Cells(write((4, 20, "A sentence that is longer than this is wide")), top)
    assert looked_at(top).faults == [
        "'A sentence that is longer than this is wide' is cut by the edge of its Cells"
    ]


def test_that_painted_words_over_others_are_found(qtbot: QtBot) -> None:
    top = window(qtbot)
    Cells(write((4, 20, "SMITH, John"), (40, 24, "Overdue")), top)
    assert looked_at(top).faults == ["'SMITH, John' and 'Overdue' lie over each other"]


def test_that_pale_words_are_found_with_the_figure(qtbot: QtBot) -> None:
    top = window(qtbot)
    Cells(write((4, 20, "Fall at home"), ink="#949494"), top)
    assert looked_at(top).faults == ["'Fall at home' stands out by 3.03 only (#949494)"]


def test_that_words_under_a_pane_are_not_seen_and_not_judged(qtbot: QtBot) -> None:
    top = window(qtbot)
    Cells(write((4, 20, "Fall at home"), (20, 24, "Overdue")), top)
    over = QFrame(top)
    over.setStyleSheet("background: #ffffff; border-radius: 6px;")
    over.setGeometry(0, 0, 300, 100)
    QLabel("Over it", over).move(8, 30)
    assert looked_at(top).faults == []


def test_that_words_that_end_in_dots_are_listed_by_themselves(qtbot: QtBot) -> None:
    top = window(qtbot)

    def draw(painter: QPainter) -> None:
        words = painter.fontMetrics().elidedText(
            "Fall at home, cannot get up", Qt.TextElideMode.ElideRight, 90
        )
        painter.drawText(QRect(4, 4, 100, 20), 0, words)

    Cells(draw, top)
    found = looked_at(top)
    assert found.faults == []
    assert [words[:4] for words in found.shortened] == ["Fall"]


def test_that_a_field_out_of_the_window_is_found(qtbot: QtBot) -> None:
    top = window(qtbot)
    field = QLineEdit(top)
    field.setAccessibleName("Number")
    field.setGeometry(250, 20, 120, 30)
    assert looked_at(top).faults == ["'Number' is outside of the window"]
