"""The map beside the board: where everybody is, what waits where, and what is chosen on both."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QWidget

from console.domain.map_layers import MapLayers
from console.domain.permissions import Deed
from ui import theme
from ui.map.following import Marks
from ui.map.ground import Ground
from ui.map.mark_list import MarkList, counted
from ui.map.marks import Key, Mark
from ui.map.overlays import Over
from ui.map.source import MapSource
from ui.map.view import MapView
from ui.session import Session
from ui.widgets.feed_age import PaneAge
from ui.widgets.looks import Card, column, line, restyle
from ui.widgets.messages import EmptyState, announce

_NEAR = 0.028  # pixels for a metre of the scene: a town
_HUB_REACH_M = 9_000.0
_LEAST_M = 26_000.0  # of the scene: a service's area, also when nobody is out yet
_INDICATIVE = "Broken roads are only about right"
_HOW = "Arrows move, plus and minus zoom, Enter chooses what is in the middle."
_PLACES = {"all": "Area", "hub": "Hub", "patient": "Chosen"}


class MapPane(Card):
    """The map, or all that is on it as a list; `chose` names the key of what somebody pointed at."""

    chose = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """The map is read when it is first seen."""
        super().__init__("Map", margin=12, parent=parent)
        self._session = session
        self.view = MapView()
        self.list = MarkList()
        self.empty = EmptyState("map-pin", "The map is being read.")
        self.marks = Marks(session, self, self.isVisible)
        self.source = MapSource(session, self)
        self.age = PaneAge(self.view, session.countdown)
        self.buttons: dict[str, QPushButton] = {}
        self._rows = (session.selection.id_of("referral"), session.selection.id_of("practitioner"))
        self._drawn = (theme.current().name, self.devicePixelRatioF())
        self._hub = -1
        self._is_moved = False  # by hand: from then on nothing but a hand moves it
        # A place to be shown, also before there is a map.
        self._wanted: tuple[float, float, str] | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.title.setMinimumHeight(34)
        self.tools = QWidget()  # they may stand elsewhere: a low map needs the line of its title
        tools = line(self.tools, gap=10)
        there = {command.id for command in self._session.commands}
        for name, words in (*_PLACES.items(), ("list", "List")):
            button = self.buttons[name] = QPushButton(words)
            restyle(button, look="quiet")
            if f"map.{name}" in there:
                button.setAccessibleName(self._session.commands[f"map.{name}"].text)
                button.setToolTip(self._session.commands.hint(f"map.{name}"))
            button.clicked.connect(self._pressed)
            button.setProperty("place", name)
            tools.addWidget(button)
        self.head.addWidget(self.tools)
        self.buttons["list"].setCheckable(True)
        self.buttons["list"].toggled.connect(self._turn_list)
        self.stack = QStackedWidget()
        ground = QWidget()
        column(ground, gap=0).addWidget(self.view)
        self.over = Over(self.view, ground)
        for page in (self.empty, ground, self.list):
            self.stack.addWidget(page)
        self._ground = ground
        self.body.addWidget(self.stack, 1)
        self.setMinimumWidth(380)

    def _connect(self) -> None:
        session = self._session
        self.source.read.connect(self._show_map)
        self.source.failed.connect(self._say_failed)
        self.marks.changed.connect(self._take)
        self.view.chose.connect(self._choose)
        self.view.moved.connect(self._moved)
        self.view.asked_here.connect(self._menu_at)
        self.list.chose.connect(self._choose)
        session.chosen.connect(self.show_chosen)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever looks sees the map, and all that happened meanwhile."""
        super().showEvent(event)
        self.source.begin()
        self.tell()

    def _show_map(self, layers: MapLayers, ground: Ground) -> None:
        self.view.show_map(layers, ground)
        note = _INDICATIVE if any(road.is_indicative for road in layers.roads) else ""
        self.over.thanks.say(layers.attribution, note)
        self.show_list(is_shown=self.buttons["list"].isChecked())
        self.tell()
        self.show_chosen()
        self.see_all()
        self._see_wanted()

    def _say_failed(self, sentence: str) -> None:
        self.empty.say("map-pin", sentence)
        self.stack.setCurrentWidget(self.empty)

    def tell(self) -> None:
        """Look all marks over again: time has passed."""
        if self.isVisible():
            self.marks.look_again()
            self.view.show_marks(tuple(self.marks.by_key.values()))
            self._tell_around()

    def _take(self, changed: dict[Key, Mark | None]) -> None:
        if not self.isVisible():
            return
        if any(mark is None for mark in changed.values()) or len(changed) > 1:
            self.view.show_marks(tuple(self.marks.by_key.values()))
        else:
            for mark in changed.values():
                if mark is not None:
                    self.view.change_mark(mark)
        self._tell_around()

    def _tell_around(self) -> None:
        marks = tuple(self.marks.by_key.values())
        lost = len(self.marks.nowhere)
        self.say_aside(f"{lost} without a place" if lost else "")
        self.over.key.count(marks)
        self.view.setAccessibleDescription(f"{counted(marks)}. {_HOW}")
        if self.list.isVisible():
            self._fill_list()
        if not self._is_moved and self.view.ground is not None:
            self.view.keep_in_sight(self._area())

    def changeEvent(self, event: QEvent) -> None:
        """In another theme, or on another screen, everything is drawn again."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            drawn = (theme.current().name, self.devicePixelRatioF())
            if drawn != self._drawn:
                self._drawn = drawn
                self.view.draw_again()

    # Where one looks

    def show_place(self, name: str) -> None:
        """Bring the whole area, the next hub or what is chosen into sight; or turn to the list."""
        if name == "list":
            self.buttons["list"].toggle()
            self.enter()
            return
        if name != "show":  # who only goes there has moved nothing
            self._is_moved = name != "all"
        {"all": self.see_all, "hub": self._see_hub, "patient": self._see_chosen, "show": self.enter}[name]()

    def see_place(self, lat: float, lon: float, name: str) -> None:
        """Bring a place on earth into the middle, now or as soon as there is a map."""
        self._is_moved, self._wanted = True, (lat, lon, name)
        self.buttons["list"].setChecked(False)
        self._see_wanted()

    def _see_wanted(self) -> None:
        if self._wanted is None or self.view.projection is None:
            return
        (lat, lon, name), self._wanted = self._wanted, None
        x, y = self.view.projection.to_scene(lat, lon)
        if self.view.sceneRect().contains(x, y):
            self.view.see_point(x, y, _NEAR)
            self.view.spot.show_at(x, y)
            announce(self.view, f"The map shows {name}.")
        else:
            self._session.say(f"{name} lies outside this map.")

    def _pressed(self) -> None:
        name = str(self.sender().property("place"))
        if name != "list":  # that one is turned over
            self.show_place(name)

    def _turn_list(self, is_shown: bool) -> None:
        self.show_list(is_shown=is_shown)

    def enter(self) -> None:
        """Take the keyboard."""
        (self.list if self.stack.currentWidget() is self.list else self.view).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def see_all(self) -> None:
        """The area of the service: its hubs, and everybody who is out."""
        if self.view.ground is not None:
            self.view.see(self._area())

    def _area(self) -> QRectF:
        edge, projection = self.view.sceneRect(), self.view.projection
        if projection is None:
            return edge
        points = [projection.to_scene(mark.lat, mark.lon) for mark in self.marks.by_key.values()]
        points = [point for point in points if edge.contains(*point)]
        if not points:
            return edge
        xs, ys = [x for x, _ in points], [y for _, y in points]
        area = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        across, down = max(_LEAST_M - area.width(), 0) / 2, max(_LEAST_M - area.height(), 0) / 2
        return area.adjusted(-across, -down, across, down)

    def _see_hub(self) -> None:
        hubs = sorted(key for key in self.marks.by_key if key[0] == "hub")
        projection = self.view.projection
        if not hubs or projection is None:
            self._session.say("No hub has a place on the map: its postcode stands in the service file.")
            return
        self._hub = (self._hub + 1) % len(hubs)
        mark = self.marks.by_key[hubs[self._hub]]
        x, y = projection.to_scene(mark.lat, mark.lon)
        reach = _HUB_REACH_M
        self.view.see(QRectF(x - reach / 2, y - reach / 2, reach, reach))
        self._choose(mark.key)

    def _see_chosen(self) -> None:
        marker = self.view.markers.by_key.get(self.view.markers.chosen or ("hub", 0))
        if marker is None:
            self._session.say("Choose a patient or a practitioner who has a place on the map first.")
            return
        self.view.see_point(*marker.at, _NEAR)
        self.over.arrange()

    def _moved(self) -> None:
        self._is_moved = True

    # What is chosen

    def show_chosen(self) -> None:
        """Show what is chosen in the tables, and bring it into sight."""
        selection = self._session.selection
        rows = (selection.id_of("referral"), selection.id_of("practitioner"))
        kinds = ("referral", "practitioner")
        news = [kind for kind, now, before in zip(kinds, rows, self._rows, strict=True) if now != before]
        self._rows = rows
        if not news:
            return
        chosen: Key | None = None
        for kind, row_id in zip(kinds, rows, strict=True):
            if row_id is not None and (kind in news or chosen is None):
                chosen = ("referral", row_id) if kind == "referral" else ("practitioner", row_id)
        self.view.choose(chosen)
        marker = self.view.markers.by_key.get(chosen) if chosen else None
        if marker is not None and not self.view.is_in_sight(*marker.at):
            self.view.centerOn(*marker.at)
        self.list.choose(chosen)

    def _choose(self, key: Key) -> None:
        self.view.choose(key)
        mark = self.marks.by_key.get(key)
        if mark is not None:
            announce(self.view, mark.spoken)
        self.chose.emit(key)

    def show_list(self, *, is_shown: bool) -> None:
        """Show all that is on the map as a list, or the map."""
        if is_shown:
            self._fill_list()
        has_map = self.view.ground is not None
        self.stack.setCurrentWidget(self.list if is_shown else self._ground if has_map else self.empty)

    def _fill_list(self) -> None:
        self.list.show_all(self.marks.spoken())
        self.list.choose(self.view.markers.chosen)

    # Moving a patient

    def _menu_at(self, point: QPoint) -> None:
        """Offer to move the chosen patient to this point."""
        place, row = self.view.degrees_at(point), self._session.referral
        if place is None or row is None or not self._session.may(Deed.MOVE_PIN):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(f"Move {row.number} here")
        action.setData(place)
        action.triggered.connect(self._move_here)
        menu.popup(self.view.viewport().mapToGlobal(point))

    def _move_here(self) -> None:
        from ui.commands.opening import attend
        from ui.dialogs.pin import MovePinDialog

        row, asked = self._session.referral, self.sender()
        if row is not None and isinstance(asked, QAction):
            dialog = MovePinDialog(self._session, row, asked.data(), parent=self._session.window)
            attend(self._session, dialog, row)
            dialog.open()
