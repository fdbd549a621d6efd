"""A console that is a wallboard from its start: nobody has to touch it, and Escape leads to the sign-in."""

import sys

from PySide6.QtCore import QObject

from console.domain.words import Role
from ui.main_window import MainWindow
from ui.workspaces import for_role

_FIRST = (Role.SUPERVISOR, Role.COORDINATOR, Role.CLINICIAN)


class WallboardAlone(QObject):
    """Shows the wallboard of a person's hubs as soon as the console asks who is working here."""

    def __init__(self, window: MainWindow, login: str) -> None:
        """Wait for that; it comes by itself, also where the database comes late."""
        super().__init__(window)
        self._window, self._login = window, login
        window.start.asked.connect(self._begin)

    def _begin(self) -> None:
        """Once: who has pressed Escape signs in by hand."""
        self._window.start.asked.disconnect(self._begin)
        person = next((one for one in self._window.people if one.login == self._login), None)
        roles = [role for role in _FIRST if person is not None and role in person.roles]
        if person is None or not roles:
            sys.stderr.write(
                f"{self._login} is nobody who works with Load. Look at: main.py staff list, and choose a"
                " coordinator, clinician or supervisor of the hubs that the wallboard is to show.\n"
            )
            return
        self._window.workspace = next(one.name for one in for_role(roles[0]) if one.name == "load")
        self._window.sign_in(person, roles[0])
        if self._window.page is not None:
            self._window.page.wallboard.show().destroyed.connect(self._closed)

    def _closed(self) -> None:
        """What stands behind a wallboard is nobody's to work at who just came by."""
        if self._window.isVisible():
            self._window.sign_out()
