"""The sign-in at a shared database: where, who, and with which password."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.refusals import Refused
from console.domain.sign_in import Connection, Entry, connection
from ui.tries import Tries
from ui.widgets.busy_bar import BusyBar
from ui.widgets.fields import ChoiceField, TextField, TickField
from ui.widgets.form import Form
from ui.widgets.looks import Card, column, label, line
from ui.widgets.messages import announce
from ui.widgets.password_field import PasswordField
from ui.widgets.ringed import RingedButton

_TITLE = "Sign in"
_EMPTY = "Leave it empty if it is kept on this computer, or if you come in by a card or by Kerberos."
_KEEPS = "Only where nobody else uses this account of the computer: whoever does can then sign in as you."


class WayIn(Card):
    """Login, password, Enter; what the server refuses is said below, and only the password is typed anew."""

    entered = Signal(Entry)
    added = Signal(Connection)

    def __init__(
        self,
        connections: Sequence[Connection],
        *,
        login: str = "",
        keeps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Offer these connections; `login` is of whoever keeps their password here."""
        super().__init__(_TITLE, margin=24, parent=parent)
        self.setFixedWidth(520)
        self._connections = list(connections)
        self._build()
        self._tries = Tries(self.enter)
        self._lay_out()
        self.offer(connections)
        self.login.setText(login or (self._connections[0].login if self._connections else ""))
        self.keeps.setChecked(keeps)
        if not self._connections:
            self._ask_new()

    def _build(self) -> None:
        self.where: ChoiceField[str] = ChoiceField()
        self.login, self.password, self.keeps = TextField(), PasswordField(), TickField()
        self.login.setPlaceholderText("jo.bates")
        self.form = Form()
        self.form.add("where", "Where", self.where, needed="Choose a connection.")
        self.form.add("login", "Login", self.login, needed="Type your login, such as jo.bates.")
        self.form.add("password", "Password", self.password, hint=_EMPTY)
        self.form.add("keeps", "Keep the password on this computer", self.keeps, hint=_KEEPS)
        self.error = label("", "error", wraps=True)
        self.error.hide()
        self._progress = BusyBar("Signing in")
        self._progress.hide()
        self.enter = RingedButton("Sign in")
        self.enter.setProperty("look", "primary")
        self.enter.clicked.connect(self._enter)
        self.other = QPushButton("Another connection")
        self.other.clicked.connect(self._ask_new)
        for field in (self.login, self.password):
            field.returnPressed.connect(self._enter)
        self.new = NewConnection()
        self.new.made.connect(self._add)
        self.new.left.connect(self._back)

    def _lay_out(self) -> None:
        self._page = QWidget()
        inside = column(self._page, gap=12)
        self.foot = line(gap=8)
        self.foot.addWidget(self.enter)
        self.foot.addWidget(self.other)
        self.foot.addStretch(1)
        inside.addWidget(self.form)
        inside.addWidget(self.error)
        inside.addWidget(self._progress)
        inside.addLayout(self.foot)
        self.add((self._page, self.new))

    def _turn(self, *, to_new: bool) -> None:
        """Show one of both, as high as it is."""
        self.new.setVisible(to_new)
        self._page.setVisible(not to_new)

    def offer(self, connections: Sequence[Connection], chosen: str = "") -> None:
        """Offer these connections; with a single one there is nothing to choose, and it is said."""
        self._connections = list(connections)
        before = chosen or self.where.value()
        self.where.offer([(one.name, one.name) for one in connections])
        names = [one.name for one in connections]
        if names:
            self.where.put(before if before in names else names[0])
        self.form.ask("where", wanted=len(names) > 1)
        self.title.setText(f"{_TITLE}: {names[0]}" if len(names) == 1 else _TITLE)
        self._turn(to_new=False)

    def begin(self) -> None:
        """Give the keyboard to what has to be typed first."""
        if not self.new.isHidden():
            self.new.form.focus_first()
            return
        field = self.password if self.login.text() else self.login
        field.setFocus(Qt.FocusReason.TabFocusReason)

    def say(self, *reasons: str) -> None:
        """Say why nobody is in yet, without counting it."""
        self._show(" ".join(reasons))
        self._set_busy(busy=False)
        self.begin()

    def refuse(self, *reasons: str, counts: bool = True) -> None:
        """Say why it did not work; after some tries in vain the next one has to wait."""
        self._set_busy(busy=False)
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(self._tries.told(reasons, counts=counts))

    def _show(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if sentence:
            announce(self.error, sentence, urgent=True)

    @property
    def is_busy(self) -> bool:
        """Whether a sign-in is on its way."""
        return not self._progress.isHidden()

    def _set_busy(self, *, busy: bool) -> None:
        self._progress.setVisible(busy)
        self.form.setEnabled(not busy)
        self.enter.setEnabled(not busy)
        self.other.setEnabled(not busy)

    def _enter(self) -> None:
        if self.is_busy or self._tries.is_waiting:
            return
        values = self.form.read()
        if values is None:
            return
        chosen = values.get("where") or self.where.value()
        found = next(one for one in self._connections if one.name == chosen)
        self._show("")
        self._set_busy(busy=True)
        login, password = str(values["login"]), str(values["password"] or "")
        self.entered.emit(Entry(found.address, login, password, values["keeps"] is True))

    def _ask_new(self) -> None:
        self._turn(to_new=True)
        self.title.setText("A connection of this computer")
        self.new.cancel.setVisible(bool(self._connections))
        self.new.form.focus_first()

    def _add(self, made: Connection) -> None:
        self.added.emit(made)

    def _back(self) -> None:
        self.offer(self._connections)
        self.begin()


class NewConnection(QWidget):
    """Asks for a database by its server and name, to be kept under a name of this computer's."""

    made = Signal(Connection)
    left = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.form = Form()
        self.form.add("name", "Name of the connection", TextField(), hint="Such as South Kent Coast.")
        self.form.add(
            "server", "Server", TextField(), hint="As in its certificate, such as db.example.nhs.uk"
        )
        database = TextField()
        database.setText("doorstep")
        self.form.add("database", "Database", database)
        self.form.add(
            "authority",
            "File with the trusted authority",
            TextField(),
            hint="Such as /etc/doorstep/ca.crt; ask whoever looks after the server. No password is kept.",
        )
        self.error = label("", "error", wraps=True)
        self.error.hide()
        self.keep, self.cancel = RingedButton("Keep it"), QPushButton("Back")
        self.keep.setProperty("look", "primary")
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.left)
        whole = column(self, gap=12)
        foot = line(gap=8)
        foot.addWidget(self.keep)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        whole.addWidget(self.form)
        whole.addWidget(self.error)
        whole.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps it, Escape leads back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        elif event.key() == Qt.Key.Key_Escape and not self.cancel.isHidden():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def say_wrong(self, sentence: str) -> None:
        """Say why it is not kept."""
        self.error.setText(sentence)
        self.error.show()
        announce(self.error, sentence, urgent=True)

    def _keep(self) -> None:
        values = self.form.read() or {}
        said = {name: str(value or "") for name, value in values.items()}
        try:
            made = connection(**said)
        except Refused as refusal:
            self.say_wrong(str(refusal))
            return
        self.error.hide()
        self.made.emit(made)
