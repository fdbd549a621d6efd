"""Who a single patient's view is about, in the order that the NHS rules on identity ask for."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from console.domain.identifiers import format_nhs_number
from console.domain.rows import PatientBanner
from ui import theme
from ui.time_text import clock, day, local
from ui.widgets.looks import column, label, line


def grouped(nhs_number: str | None) -> str:
    """943 476 5919, or that there is none."""
    return "Not known" if nhs_number is None else format_nhs_number(nhs_number)


def full_name(patient: PatientBanner) -> str:
    """SMITH, John (Mr); without a comma where no given name is known."""
    title = f" ({patient.title})" if patient.title else ""
    return f"{', '.join(filter(None, (patient.family_name.upper(), patient.given_name)))}{title}"


class PatientBannerBar(QFrame):
    """Name, Born, Gender, NHS No. on top of the view; a deceased patient is striped and said to be so."""

    def __init__(self, *, narrow: bool = False, parent: QWidget | None = None) -> None:
        """Empty until a patient is shown; a narrow one has the NHS number on a line of its own."""
        super().__init__(parent)
        self._is_deceased = False
        self._whole = whole = column(self, gap=3)
        whole.setContentsMargins(16, 9, 16, 9)
        self._name = label("", "title", wraps=True)
        self._died = label("", "label", tone="bad")
        upper = line(gap=12)
        upper.addWidget(self._name, 1)
        upper.addWidget(self._died)
        whole.addLayout(upper)
        lower = line(gap=18)
        self._facts = {}
        lines = [lower]
        for heading in ("Born", "Gender", "NHS No."):
            pair = line(gap=5)
            pair.addWidget(label(heading, "small"))
            self._facts[heading] = label("", "label")
            pair.addWidget(self._facts[heading])
            if narrow and heading == "NHS No.":
                lines.append(line(gap=18))
            lines[-1].addLayout(pair)
        for one in lines:
            one.addStretch(1)
            whole.addLayout(one)
        self.setSizePolicy(self.sizePolicy().Policy.Preferred, self.sizePolicy().Policy.Fixed)

    def show_patient(self, patient: PatientBanner, years: int | None = None) -> None:
        """Show the patient; `years` is the age today."""
        self._is_deceased = patient.deceased_at is not None
        self._name.setText(full_name(patient))
        self._died.setVisible(self._is_deceased)
        if patient.deceased_at is not None:
            self._died.setText(f"Died {day(local(patient.deceased_at).date())} {clock(patient.deceased_at)}")
        born = "Not known" if patient.birth_date is None else day(patient.birth_date)
        if years is not None and not self._is_deceased:
            born = f"{born} ({years}y)"
        number = grouped(patient.nhs_number)
        if patient.nhs_number is not None and not patient.nhs_number_verified:
            number = f"{number} (not verified)"
        for heading, words in (("Born", born), ("Gender", patient.gender.label), ("NHS No.", number)):
            self._facts[heading].setText(words)
        self.setAccessibleName(self.spoken)
        self._keep_height()
        self.update()

    @property
    def spoken(self) -> str:
        """The banner as one would read it out."""
        facts = ", ".join(f"{heading} {words.text()}" for heading, words in self._facts.items())
        died = f", {self._died.text()}" if self._is_deceased else ""
        return f"{self._name.text()}, {facts}{died}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    def _keep_height(self) -> None:
        """On a low screen everything else gives way first: who it is about is never cut."""
        asked = self._whole.totalHeightForWidth(self.width()) if self._whole.hasHeightForWidth() else 0
        self.setMinimumHeight(max(asked, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, box = theme.current(), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("bad" if self._is_deceased else "line"))
        painter.setBrush(look.colour("plain_ground" if self._is_deceased else "info_ground"))
        painter.drawRoundedRect(box, 10, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._is_deceased:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            self._stripe(painter)
        else:
            painter.setClipRect(QRectF(0, 0, 5, self.height()))
            painter.setBrush(look.colour("brand"))
            painter.drawRoundedRect(box, 10, 10)
        painter.end()

    def _stripe(self, painter: QPainter) -> None:
        """Slanted stripes along the left edge, seen without colour."""
        painter.save()
        painter.setClipRect(QRectF(1, 4, 10, self.height() - 8))
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(theme.current().colour("text"))
        pen.setWidthF(2.5)
        painter.setPen(pen)
        for top in range(-20, self.height() + 20, 7):
            painter.drawLine(-2, top + 12, 14, top)
        painter.restore()
