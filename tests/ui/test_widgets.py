"""The small widgets: usable by keyboard, heard by screen readers, never falsely live."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLayout, QWidget
from pytestqt.qtbot import QtBot

from console.domain.rows import FeedState, PatientBanner
from console.domain.words import Gender
from ui import gallery, theme
from ui.boards.countdown import Countdown
from ui.header import Header
from ui.widgets.action_bar import KeyButton
from ui.widgets.feed_age import ConnectionLabel, PaneAge
from ui.widgets.fields import ChoiceField, DateField, NotesField, TextField, TimeField
from ui.widgets.filters import FilterChips, SearchField
from ui.widgets.form import Form
from ui.widgets.load_tile import LoadTile, Meter
from ui.widgets.looks import Card, column
from ui.widgets.messages import Notice
from ui.widgets.patient_banner import PatientBannerBar

# The offscreen platform says this of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NOW = dt.datetime(2026, 7, 15, 13, 5, tzinfo=dt.UTC)
JOHN = PatientBanner(
    1, 1, "Mr", "Smith", "John", dt.date(1941, 10, 3), Gender.MALE, "9434765919", True, None, None, "", None
)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = NOW
        self.seconds = 1000.0

    def now(self) -> dt.datetime:
        return self.at

    def steady(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at NOW."""
    return Clock()


@pytest.fixture
def countdown(clock: Clock, qtbot: QtBot) -> Countdown:
    """The shared timer, stopped: tests tick by hand."""
    made = Countdown(clock.now, steady=clock.steady)
    made.stop()
    return made


def test_that_the_shared_timer_ticks_by_itself(qtbot: QtBot) -> None:
    countdown = Countdown()
    with qtbot.waitSignal(countdown.ticked, timeout=5000):
        pass
    countdown.stop()


def test_that_the_connection_stops_saying_live_by_itself(
    qtbot: QtBot, clock: Clock, countdown: Countdown
) -> None:
    shown = ConnectionLabel(countdown)
    qtbot.addWidget(shown)
    assert shown.words == "Connecting"
    shown.heard(NOW, clock.seconds)
    clock.seconds += 1
    countdown.ticked.emit()
    assert shown.accessibleName() == "Live, 1 s ago"
    clock.seconds += 5
    countdown.ticked.emit()
    assert shown.accessibleName() == "Reconnecting, board as of 14:05:00"
    shown.heard(clock.at, clock.seconds, is_local=True)
    assert shown.words == "Local, 0 s ago"
    shown.heard(clock.at, clock.seconds, is_live=False)
    assert shown.words.startswith("Reconnecting")


def test_that_a_feed_that_is_lost_right_after_the_first_board_dates_the_board(
    qtbot: QtBot, clock: Clock, countdown: Countdown
) -> None:
    header = Header(countdown)
    qtbot.addWidget(header)
    lost = FeedState(is_live=False, is_local=False, as_of=NOW, sentence="")
    header.show_state(lost, None, clock.seconds)
    assert header.connection.words == "Connecting"
    header.show_state(lost, NOW, clock.seconds)
    assert header.connection.words == "Reconnecting, board as of 14:05:00"


def test_that_a_pane_turns_grey_when_the_feed_is_silent_and_back_when_it_speaks(
    qtbot: QtBot, clock: Clock, countdown: Countdown
) -> None:
    card = Card("Referrals")
    qtbot.addWidget(card)
    pane = QWidget()
    card.add([pane])
    age = PaneAge(pane, countdown)
    age.heard(NOW, clock.seconds)
    card.resize(400, 300)
    card.show()
    assert not age.isVisible()
    clock.seconds += 6
    countdown.ticked.emit()
    assert age.isVisible()
    assert age.size() == pane.size()
    assert age.accessibleName() == "As of 14:05:00"
    (band,) = (one for one in card.findChildren(QLabel) if one.text() == "As of 14:05:00")
    assert band.isVisible()
    qtbot.waitUntil(lambda: band.y() >= pane.geometry().bottom())  # it has room of its own
    age.heard(clock.at, clock.seconds)
    assert not age.isVisible()
    assert not band.isVisible()


@pytest.mark.parametrize("hours", [-1, 1])
def test_that_a_clock_that_is_set_makes_nothing_look_fresh_or_old(
    qtbot: QtBot, clock: Clock, countdown: Countdown, hours: int
) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    age, shown = PaneAge(pane, countdown), ConnectionLabel(countdown)
    qtbot.addWidget(shown)
    pane.show()
    for heard in (age, shown):
        heard.heard(NOW, clock.seconds)
    clock.at = NOW + dt.timedelta(hours=hours)
    clock.seconds += 2
    countdown.ticked.emit()
    assert not age.isVisible()
    assert shown.words == "Live, 2 s ago"
    clock.seconds += 4
    countdown.ticked.emit()
    assert age.isVisible()
    assert shown.words == "Reconnecting, board as of 14:05:00"


def test_that_the_banner_reads_name_born_gender_and_number_in_that_order(qtbot: QtBot) -> None:
    bar = PatientBannerBar()
    qtbot.addWidget(bar)
    bar.show_patient(JOHN, 84)
    assert bar.spoken == "SMITH, John (Mr), Born 03-Oct-1941 (84y), Gender Male, NHS No. 943 476 5919"


def test_that_a_deceased_patient_is_said_and_painted_to_be_so(qtbot: QtBot) -> None:
    bar = PatientBannerBar()
    qtbot.addWidget(bar)
    bar.resize(600, 60)
    bar.show_patient(JOHN)
    alive = bar.grab().toImage()
    bar.show_patient(replace(JOHN, deceased_at=NOW, nhs_number=None))
    assert bar.spoken.endswith("NHS No. Not known, Died 15-Jul-2026 14:05")
    assert bar.grab().toImage() != alive


def test_that_who_it_is_about_keeps_its_room_where_a_screen_is_too_low(qtbot: QtBot) -> None:
    window, bar = QWidget(), PatientBannerBar(narrow=True)
    qtbot.addWidget(window)
    whole = column(window, gap=8)
    whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    whole.addWidget(bar)
    for _ in range(4):
        whole.addWidget(NotesField(3))
    bar.show_patient(JOHN, 84)
    window.resize(320, 120)
    window.show()
    QApplication.processEvents()
    words = [one for one in bar.findChildren(QLabel) if one.isVisible()]
    assert len(words) == 7
    assert all(one.height() >= one.sizeHint().height() for one in words)


def test_that_a_tile_is_reached_and_pressed_by_keyboard(qtbot: QtBot) -> None:
    tile = LoadTile("Over")
    qtbot.addWidget(tile)
    tile.show_figure(2, "bad", "Two patients are past their due time.")
    assert tile.accessibleName() == "Over: 2"
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(tile.clicked):
            QTest.keyClick(tile, key)


def test_that_a_notice_offers_undo_once(qtbot: QtBot) -> None:
    undone: list[str] = []
    notice = Notice()
    qtbot.addWidget(notice)
    notice.say("Allocated.", "ok", undo=lambda: undone.append("once"))
    notice.undo.click()
    assert notice.isHidden()
    notice.undo.click()
    assert undone == ["once"]


def test_that_a_key_button_is_wide_enough_for_its_words_and_key(qtbot: QtBot) -> None:
    short, long = KeyButton("Go"), KeyButton("Record a contact", "Ctrl+Shift+C")
    for button in (short, long):
        qtbot.addWidget(button)
    assert long.sizeHint().width() > short.sizeHint().width() + 100
    assert long.accessibleName() == "Record a contact"


def test_that_chips_say_which_one_is_on(qtbot: QtBot) -> None:
    chips = FilterChips([("all", "All"), ("late", "Over")], "Show")
    qtbot.addWidget(chips)
    with qtbot.waitSignal(chips.chosen) as caught:
        chips.choose("late")
    assert caught.args == ["late"]
    assert chips.current == "late"


def test_that_a_search_is_given_after_typing_and_emptied_by_escape(qtbot: QtBot) -> None:
    field = SearchField("Find a patient")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.searched) as caught:
        QTest.keyClicks(field, " smith")
    assert caught.args == ["smith"]
    with qtbot.waitSignal(field.searched) as caught:
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert caught.args == [""]


def test_that_a_form_says_every_error_below_its_field_and_gives_values_when_right(qtbot: QtBot) -> None:
    form, who, at, born = Form(), TextField(), TimeField(lambda: NOW), DateField()
    qtbot.addWidget(form)
    form.add("who", "With", who, needed="Say whom you spoke to.")
    form.add_row(("at", "Happened at", at, ""), ("born", "Born", born, ""))
    form.add("said", "Said", NotesField())
    at.setText("+10")
    born.setText("3 Foo 1941")
    assert form.read() is None
    assert who.accessibleDescription() == "Say whom you spoke to."
    assert at.accessibleDescription() == "That is still to come. Type when it happened."
    assert born.accessibleDescription().startswith("There is no such date")
    who.setText("  Dr  Patel ")
    at.setText("-10")
    born.setText("3 Oct 1941")
    values = {
        "who": "Dr Patel",
        "at": NOW - dt.timedelta(minutes=10),
        "born": dt.date(1941, 10, 3),
        "said": None,
    }
    assert form.read() == values


@pytest.mark.parametrize(
    "typed", ["3/10/1941", "03101941", "3-10-1941", "03.10.1941", "3oct1941", "3 October 1941"]
)
def test_that_a_date_of_birth_is_read_however_it_is_typed(qtbot: QtBot, typed: str) -> None:
    field = DateField()
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.read() == dt.date(1941, 10, 3)


@pytest.mark.parametrize("typed", ["3/10/41", "0310194", "1941-10-03", "32/1/2000"])
def test_that_a_date_that_could_be_misread_is_refused(qtbot: QtBot, typed: str) -> None:
    field = DateField()
    qtbot.addWidget(field)
    field.setText(typed)
    with pytest.raises(ValueError, match=r"\.$"):
        field.read()


def test_that_a_choice_is_found_by_any_part_of_it_and_never_guessed(qtbot: QtBot) -> None:
    field = ChoiceField([(1, "Folkestone hub"), (2, "Dover hub")])
    qtbot.addWidget(field)
    assert field.read() is None
    field.setEditText("dov")
    assert field.read() == 2
    field.setEditText("hub")
    with pytest.raises(ValueError, match="Choose one of the list"):
        field.read()
    field.put(1)
    field.offer([(3, "Deal hub"), (1, "Folkestone hub")])
    assert field.read() == 1


def test_that_a_meter_says_its_counts_and_full_in_words(qtbot: QtBot) -> None:
    meter = Meter("Dover")
    qtbot.addWidget(meter)
    meter.show_load(20, 20)
    assert meter.accessibleName() == "Dover: 20 of 20"
    assert "Full" in [words.text() for words in meter.findChildren(QLabel)]


@pytest.mark.parametrize("name", sorted(theme.THEMES))
def test_that_the_sheet_of_all_widgets_can_be_shown_in_every_theme(
    qtbot: QtBot, qapp: QApplication, name: str
) -> None:
    theme.apply(qapp, name)
    countdown = Countdown(gallery.now)
    whole = gallery.sheet(countdown)
    qtbot.addWidget(whole)
    whole.resize(1720, 1040)
    assert whole.grab().toImage().pixelColor(5, 5) == theme.current().colour("head")
    countdown.stop()


def test_that_chips_without_room_go_on_below_and_come_back_when_there_is_some(qtbot: QtBot) -> None:
    chips = FilterChips([(str(n), f"Sent, not accepted {n}") for n in range(4)], "Show", wraps=True)
    qtbot.addWidget(chips)
    chips.resize(chips.minimumSizeHint().width(), 30)
    chips.show()
    one_below_another = chips.height()
    chips.say("0", "All")
    chips.resize(chips.sizeHint().width(), 30)
    assert one_below_another > 3 * chips.height()
    assert all(chips.rect().contains(chip.geometry()) for chip in chips.findChildren(QAbstractButton))
