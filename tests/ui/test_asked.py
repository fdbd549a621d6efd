"""What Qt is asked about a widget lives on when that widget goes."""

import ast
import gc
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from ui.widgets.asked import focus_in, is_part_of, next_by_tab, screen_of

UI = Path(__file__).resolve().parents[2] / "ui"
TAKEN_FOR_CHILDREN = {"screen", "focusWidget", "windowHandle", "nextInFocusChain", "previousInFocusChain"}


class Form(QWidget):
    """Two fields, kept alive by itself as forms are."""

    def __init__(self, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.me = self
        self.first, self.second = QLineEdit(), QLineEdit()
        rows = QVBoxLayout(self)
        rows.addWidget(self.first)
        rows.addWidget(self.second)


def asked_by(call: ast.expr) -> str:
    """Who is asked one of these questions here, if anybody is."""
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
        return ""
    return ast.unparse(call.func) if call.func.attr in TAKEN_FOR_CHILDREN else ""


def test_that_a_screen_outlives_the_dialogs_that_asked_for_it(qapp: QApplication) -> None:
    gone: list[str] = []
    QGuiApplication.primaryScreen().destroyed.connect(lambda: gone.append("screen"))
    for _ in range(2):
        screen_of(Form())
    gc.collect()
    assert gone == []


def test_that_the_field_with_the_keyboard_stays_a_child_of_its_own_form(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    form = Form(whole)
    form.second.setFocus()
    for answer in (focus_in(whole), next_by_tab(form.first)):
        assert answer is form.second
    assert next_by_tab(form) is form.first
    for field in (form.first, form.second):
        assert f"{id(form):#x}" in Shiboken.dump(field).partition("parent")[2]


def test_that_a_field_that_has_gone_is_no_part_of_a_dialog(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    field = form.first
    assert is_part_of(form, field)
    assert not is_part_of(form, None)
    Shiboken.delete(field)
    assert not is_part_of(form, field)


def test_that_a_dialog_is_on_the_screen_of_the_window_that_it_comes_over(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.move(-5000, -5000)  # on no screen at all
    assert screen_of(Form(window)) == QGuiApplication.primaryScreen()


@pytest.mark.parametrize("line", ["self.screen()", "window.focusWidget()", "one.nextInFocusChain()"])
def test_that_a_question_is_found_that_is_asked_past_it(line: str) -> None:
    assert asked_by(ast.parse(line, mode="eval").body)


def test_that_nothing_else_in_the_window_asks_qt_these_questions() -> None:
    asked = [
        f"{file.relative_to(UI)}:{node.lineno}: {who}"
        for file in UI.rglob("*.py")
        if file.name != "asked.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (who := asked_by(node)) and not who.startswith("QApplication.")
    ]
    assert asked == []
