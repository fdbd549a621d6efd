"""Reads the service's map off the thread of the window, and again when somebody has brought another one."""

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.map_layers import MapLayers
from ui.background import Failure
from ui.map.ground import Ground, build
from ui.session import Session

ASKED_EVERY_MS = 3 * 60 * 1000
Read = tuple[int | None, MapLayers, Ground]


class MapSource(QObject):
    """`read` hands over layers and ground, `failed` says in a sentence why there is no map."""

    read = Signal(object, object)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        """Nothing is read before `begin`."""
        super().__init__(parent)
        self._session = session
        self._id: int | None = None
        self._has_begun = self._has_map = False
        self._timer = QTimer(self, interval=ASKED_EVERY_MS)
        self._timer.timeout.connect(self.ask)

    def begin(self) -> None:
        """Read the map; once is enough."""
        if not self._has_begun:
            self._has_begun = True
            self._timer.start()
            self._read()

    def ask(self) -> None:
        """Ask whether there is a newer map; while the database is away, the one of before is shown."""
        session = self._session
        session.background.run(
            session.desk.maps.shown_id, self._heard, self._faulted, refused=self._refused, owner=self
        )

    def _heard(self, newest_id: int | None) -> None:
        if newest_id != self._id or not self._has_map:
            self._read()

    def _read(self) -> None:
        desk = self._session.desk

        def read() -> Read:
            shown = desk.maps.shown()
            return shown.id, shown.layers, build(shown.layers)

        self._session.background.run(read, self._take, self._faulted, refused=self._refused, owner=self)

    def _take(self, found: Read) -> None:
        self._id, layers, ground = found
        self._has_map = True
        self.read.emit(layers, ground)

    def _refused(self, _: object) -> None:
        if not self._has_map:
            self.failed.emit("The map cannot be read now. It is tried again by itself.")

    def _faulted(self, failure: Failure) -> None:
        if not self._has_map:
            self.failed.emit("The map cannot be shown: the program failed to read it.")
        self._session.failed(failure)
