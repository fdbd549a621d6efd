"""Commands that open a dialog; its module is loaded when it is first wanted, not at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from ui.session import Session


@dataclass(frozen=True, slots=True)
class Opens:
    """Opens a dialog of ui.dialogs for what the session has chosen; `given` are further fixed values."""

    module: str
    dialog: str
    row: Callable[[Session], object] | None = None
    given: tuple[object, ...] = ()

    def __call__(self, session: Session) -> None:
        """Make the dialog and open it over the window."""
        made = getattr(import_module(self.place), self.dialog)
        rows = () if self.row is None else (self.row(session),)
        made(session, *rows, *self.given, parent=session.window).open()

    @property
    def place(self) -> str:
        """The module by its full name."""
        return f"ui.dialogs.{self.module}"


def is_built(run: Callable[[Session], None]) -> bool:
    """Whether what a command opens is there: what is not built is not shown."""
    return not isinstance(run, Opens) or find_spec(run.place) is not None
