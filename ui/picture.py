"""Writes a picture of the window once its rows are painted, then closes it; for documents and for looking."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

from console.domain.rows import Person
from console.domain.words import Role
from ui.main_window import MainWindow

_ROLES = {"hub": Role.CLINICIAN, "load": Role.SUPERVISOR}


# A workspace reads more about a row once one has rested on it.
_RESTED_MS = 500


class Picture(QObject):
    """Signs somebody in, waits for the board, saves; `code` is 0 when the file was written."""

    def __init__(self, window: MainWindow, file: Path, sign_in_as: str | None = None) -> None:
        """Wait for the window to ask who is working here; `sign_in_as` is a login, else anyone who fits."""
        super().__init__(window)
        self.code = 2
        self._waits = self._saved = False
        self._window, self._file, self._login = window, file, sign_in_as
        window.remembers = False
        window.start.asked.connect(self._sign_in)
        window.start.failed.connect(self._give_up)
        window.faulted.connect(self._give_up)
        window.signed_in.connect(self._follow)

    def _sign_in(self) -> None:
        wanted = _ROLES.get(self._window.workspace, Role.COORDINATOR)
        for person in self._window.people:
            role = self._role(person, wanted)
            if role is not None:
                self._window.sign_in(person, role)
                return
        self._give_up("Nobody of that name and role may sign in. Look at: main.py staff list")

    def _role(self, person: Person, wanted: Role) -> Role | None:
        if self._login is None:
            return wanted if wanted in person.roles else None
        if person.login != self._login:
            return None
        return wanted if wanted in person.roles else person.roles[0]

    def _follow(self) -> None:
        live = self._window.live
        if live is not None:
            live.changed.connect(self._look)
            live.state_changed.connect(self._look)

    def _look(self) -> None:
        """Rows and connection are both there: let what they caused be laid out, then save."""
        live = self._window.live
        if live is None or not live.hubs.by_id or live.state is None:
            return
        live.changed.disconnect(self._look)
        live.state_changed.disconnect(self._look)
        QTimer.singleShot(_RESTED_MS, self._wait)

    def _wait(self) -> None:
        """What a workspace reads for its chosen row belongs on the picture too."""
        background = self._window.background
        if not background.busy:
            QTimer.singleShot(0, self._save)
        elif not self._waits:
            self._waits = True
            background.busy_changed.connect(self._wait, Qt.ConnectionType.QueuedConnection)

    def _save(self) -> None:
        if self._saved:
            return
        self._saved = True
        # Lays out what the rows have changed.
        QCoreApplication.sendPostedEvents()
        if self._window.grab().save(str(self._file)):
            self.code = 0
        else:
            sys.stderr.write(f"The picture could not be written to {self._file.name}.\n")
        self._window.close()

    def _give_up(self, reasons: str) -> None:
        sys.stderr.write(f"{reasons}\n")
        self._window.close()
