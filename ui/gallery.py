"""Every widget on one sheet: python -m ui.gallery --theme dark --scale 2 sheet.png."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QWidget
from shiboken6 import delete

from console.domain.rows import PatientBanner
from console.domain.words import Gender
from console.steady import steady
from ui import theme
from ui.actions import Command, CommandTable
from ui.boards.countdown import Countdown
from ui.boards.delegates import RowDelegate
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.dialogs.base import DecisionDialog
from ui.gallery_rows import COLUMNS, NOW, SAMPLES, Sample
from ui.widgets.action_bar import ActionBar
from ui.widgets.feed_age import ConnectionLabel, PaneAge
from ui.widgets.fields import ChoiceField, DateField, NotesField, TextField, TickField, TimeField
from ui.widgets.filters import FilterChips, SearchField
from ui.widgets.form import Form
from ui.widgets.load_tile import LoadTile, Meter
from ui.widgets.looks import Card, Pill, column, label, line, rule
from ui.widgets.messages import EmptyState, Notice
from ui.widgets.patient_banner import PatientBannerBar


def now() -> dt.datetime:
    """A moment that stands still, so that two sheets can be compared."""
    return NOW


def _ran(done: list[str]) -> None:
    done.append("run")


def _only(why_not: str) -> Callable[[list[str]], str]:
    return lambda _: why_not


def commands() -> CommandTable[list[str]]:
    """A few commands, one of them not possible."""
    shown = (
        ("referral.allocate", "Allocate", "Ctrl+Return", "primary", ""),
        ("referral.contact", "Record contact", "F6", "", ""),
        ("referral.worse", "Worse", "F8", "danger", ""),
        ("visit.divert", "Divert", "F9", "", "Choose a practitioner first."),
    )
    return CommandTable(
        [
            Command(name, text, key, "send", _only(why_not), _ran, look=look)
            for name, text, key, look, why_not in shown
        ],
        list,
    )


def board(countdown: Countdown) -> Card:
    """Pending referrals with chips, search, table and action bar."""
    card = Card("Pending referrals")
    card.say_aside("8 shown, 33 hidden")
    chips = [("all", "All"), ("p1", "P1"), ("late", "Over"), ("mine", "My hub")]
    card.head.addWidget(FilterChips(chips, "Show"))
    search = SearchField("Find a patient, place or number")
    search.setMinimumWidth(270)
    card.head.addWidget(search)
    model: KeyedTableModel[Sample] = KeyedTableModel(
        COLUMNS, key=lambda row: row.id, order=lambda row: row.minutes, now=now, parent=card
    )
    model.reset(SAMPLES)
    view = LiveView(model, RowDelegate(model, lambda row, _: row.minutes < 0), countdown)
    view.setAccessibleName("Pending referrals")
    view.select_id(3)
    model.apply([replace(SAMPLES[4], problem="Cellulitis, lower leg, spreading")])
    card.body.addWidget(view, 1)
    table = commands()
    table.setParent(card)
    table.refresh()
    bar = ActionBar(table)
    bar.show_commands("RAHMAN, Sunita", [command.id for command in table])
    card.body.addWidget(bar)
    return card


def strip() -> Card:
    """The load strip."""
    card = Card(margin=6)
    row = line(gap=6)
    tiles = (("Waiting", 51, "plain"), ("Needs triage", 2, "bad"), ("Not acknowledged", 3, "warn"),
             ("Over", 2, "bad"), ("Reports overdue", 4, "warn"), ("Free now", 4, "ok"),
             ("Escalations", 0, "plain"))  # fmt: skip
    for words, figure, tone in tiles:
        tile = LoadTile(words)
        tile.show_figure(figure, tone)
        row.addWidget(tile)
        if words in ("Over", "Reports overdue"):
            row.addWidget(rule(upright=True))
    row.addStretch(1)
    row.addWidget(rule(upright=True))
    for hub, used in (("Folkestone", 14), ("Dover", 19), ("Deal", 8)):
        meter = Meter(hub)
        meter.show_load(used, 20)
        row.addWidget(meter)
    card.body.addLayout(row)
    return card


def form() -> Card:
    """Every kind of field, one of them wrong."""
    card, sheet = Card("Record a contact"), Form()
    spoken = ChoiceField([("patient", "Patient"), ("practice", "GP practice"), ("caller", "Caller or carer")])
    happened, born = TimeField(now), DateField()
    sheet.add_row(("who", "With", spoken, "Say whom you spoke to."), ("at", "Happened at", happened, ""))
    sheet.add("phone", "Number", TextField(), hint="As it was rung, with the area code.")
    sheet.add_row(("born", "Born", born, ""), ("code", "Practice code", TextField(), ""))
    sheet.add("said", "What was said", NotesField(2))
    sheet.add("agreed", "The practice agreed", TickField())
    spoken.put("practice")
    happened.setText("-10")
    born.setText("31/2/1941")
    sheet.read()
    card.body.addWidget(sheet)
    card.body.addStretch(1)
    return card


def patients() -> QWidget:
    """Two banners: one patient alive, one not."""
    whole = QWidget()
    stack = column(whole, gap=8)
    alive = PatientBanner(
        1, 1, "Mr", "Smith", "John", dt.date(1941, 10, 3), Gender.MALE, "9434765919",
        True, None, None, "", None,
    )  # fmt: skip
    dead = replace(alive, title="Mrs", given_name="Ann", gender=Gender.FEMALE, deceased_at=NOW)
    for patient in (alive, dead):
        bar = PatientBannerBar()
        bar.show_patient(patient, 85)
        stack.addWidget(bar)
    return whole


def states(countdown: Countdown) -> QHBoxLayout:
    """Pills, an empty pane, and a pane that has grown old."""
    row = line(gap=12)
    words = Card("Words")
    for tone in theme.TONES:
        words.body.addWidget(Pill(tone.capitalize(), tone))
    words.body.addStretch(1)
    empty = Card()
    sentence = "Nobody is waiting. New referrals appear here by themselves."
    empty.body.addWidget(EmptyState("inbox", sentence, "New referral"))
    old = Card("Hub queue")
    old.add([label("3 in the queue"), label("Next: FARROW, Joyce", "mute")])
    old.body.addStretch(1)
    PaneAge(old, countdown).heard(NOW - dt.timedelta(seconds=127), steady() - 127)
    for card in (words, empty, old):
        row.addWidget(card, 1)
    return row


def head(countdown: Countdown) -> QFrame:
    """The dark line on top of the window."""
    bar = QFrame()
    bar.setObjectName("Head")
    row = line(bar, gap=14)
    row.setContentsMargins(16, 9, 16, 9)
    name = label("Doorstep", "title")
    row.addWidget(name)
    row.addWidget(label("South Kent Coast", "head_mute"))
    row.addStretch(1)
    connection = ConnectionLabel(countdown)
    connection.heard(NOW - dt.timedelta(seconds=1), steady() - 1)
    row.addWidget(connection)
    row.addWidget(label("Training data", "band"))
    row.addWidget(label("12:34:08", "clock"))
    row.addWidget(label("J. Barrow · Supervisor"))
    return bar


def sheet(countdown: Countdown) -> QWidget:
    """Everything."""
    whole = QWidget()
    whole.setObjectName("Ground")
    stack = column(whole, gap=0)
    stack.addWidget(head(countdown))
    grid = QGridLayout()
    grid.setContentsMargins(12, 12, 12, 12)
    grid.setSpacing(12)
    notice, refused = Notice(), Notice()
    grid.addWidget(notice, 1, 0)
    grid.addWidget(refused, 1, 1)
    notice.setParent(whole)
    refused.setParent(whole)
    notice.say("RAHMAN, Sunita is allocated to K. Osei.", "ok", undo=notice.dismiss)
    refused.say("K. Osei is already on the way to another patient. Choose somebody who is free.", "bad")
    grid.addWidget(strip(), 0, 0, 1, 2)
    grid.addWidget(board(countdown), 2, 0, 2, 1)
    grid.addWidget(patients(), 2, 1)
    grid.addWidget(form(), 3, 1)
    grid.addLayout(states(countdown), 4, 0)
    asks = DecisionDialog(None, "Close the referral", "The report is owed by 15:35.", "Close referral")
    asks.body.addWidget(label("Nothing more can be entered afterwards.", wraps=True))
    asks.show_error("The outcome has no disposition. Choose one first.")
    asks.setMinimumHeight(240)
    grid.addWidget(asks, 4, 1)
    grid.setColumnStretch(0, 5)
    grid.setColumnStretch(1, 3)
    grid.setRowStretch(3, 1)
    stack.addLayout(grid, 1)
    return whole


def main() -> int:
    """Paint the sheet into a file."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("--theme", choices=sorted(theme.THEMES), default="light")
    wishes.add_argument("--scale", type=float, default=1.0)
    wishes.add_argument("file", type=Path)
    chosen = wishes.parse_args()
    theme.prepare(chosen.scale)
    app = QApplication(sys.argv[:1])
    theme.apply(app, chosen.theme)
    countdown = Countdown(now)
    whole = sheet(countdown)
    whole.resize(1720, 1040)
    whole.show()
    app.processEvents()
    whole.grab().save(str(chosen.file))
    countdown.stop()
    delete(whole)
    return 0


if __name__ == "__main__":
    sys.exit(main())
