"""The observations of a report, with NEWS2 as it stands while one types."""

from dataclasses import replace
from typing import Any

from console.domain.clinical_words import Consciousness
from console.domain.news2 import Observations, news2, reasons_not_to_believe
from console.domain.report_content import ReportContent
from ui.dialogs.report_sections import Section
from ui.widgets.fields import ChoiceField, TextField, TickField
from ui.widgets.looks import label

_FIGURES = (
    ("respiratory_rate", "Breaths a minute"),
    ("spo2", "Oxygen saturation %"),
    ("systolic", "Systolic, mmHg"),
    ("pulse", "Pulse a minute"),
    ("temperature", "Temperature °C"),
)


class Vitals(Section):
    """Observations with NEWS2 as it stands."""

    TITLE = "Observations"

    def __init__(self, age_years: int | None) -> None:
        super().__init__()
        self._age = age_years
        self.figures = {name: TextField() for name, _ in _FIGURES}
        words = dict(_FIGURES)
        self.scale: ChoiceField[int] = ChoiceField([(1, "Scale 1, usual"), (2, "Scale 2, target 88 to 92 %")])
        self.oxygen: ChoiceField[bool] = ChoiceField([(False, "Air"), (True, "Oxygen")])
        self.level: ChoiceField[Consciousness] = ChoiceField([(one, one.label) for one in Consciousness])
        self.is_pregnant, self.note = TickField(), TextField()
        for pair in (("respiratory_rate", "spo2"), ("systolic", "pulse")):
            self.form.add_row(*((name, words[name], self.figures[name], "") for name in pair))
        self.form.add_row(
            ("temperature", words["temperature"], self.figures["temperature"], ""),
            ("level", "Consciousness", self.level, ""),
        )
        self.form.add_row(
            ("oxygen", "Air or oxygen", self.oxygen, ""), ("scale", "Saturation scale", self.scale, "")
        )
        self.form.add("is_pregnant", "The patient is pregnant", self.is_pregnant)
        self.form.add("note", "Why observations were not taken, if they were not", self.note)
        self.score = label("", "label", wraps=True)
        self._whole.addWidget(self.score)
        self.listen()
        self.changed.connect(self._say_score)

    def fill(self, content: ReportContent) -> None:
        seen = content.observations
        for name, field in self.figures.items():
            value = getattr(seen, name)
            field.setText("" if value is None else f"{value:g}")
        self.scale.put(seen.spo2_scale)
        if seen.on_oxygen is not None:
            self.oxygen.put(seen.on_oxygen)
        if seen.consciousness is not None:
            self.level.put(seen.consciousness)
        self.is_pregnant.setChecked(content.is_pregnant)
        self.note.setText(content.observations_note)
        self._say_score()

    def read(self, content: ReportContent) -> ReportContent:
        return replace(
            content,
            observations=self._seen(),
            observations_note=self.note.read() or "",
            is_pregnant=self.is_pregnant.isChecked(),
        )

    def wrong(self) -> dict[str, str]:
        """What stands in a field for figures and is none, by field."""
        sentence = "Type a figure, such as 18; leave it empty when it was not taken."
        return {
            name: sentence
            for name, field in self.figures.items()
            if field.read() and _figure(field.read(), whole=name != "temperature") is None
        }

    def _seen(self) -> Observations:
        figures = {
            name: _figure(field.read(), whole=name != "temperature") for name, field in self.figures.items()
        }
        values: dict[str, Any] = {**figures}
        return Observations(
            **values,
            spo2_scale=self.scale.value() or 1,
            on_oxygen=self.oxygen.value(),
            consciousness=self.level.value(),
        )

    def _say_score(self) -> None:
        seen = self._seen()
        if doubts := (*self.wrong().values(), *reasons_not_to_believe(seen)):
            self.score.setText(" ".join(dict.fromkeys(doubts)))
            return
        score = news2(seen, age_years=self._age, is_pregnant=self.is_pregnant.isChecked())
        self.score.setText(score.text)


def _figure(text: str | None, *, whole: bool) -> int | float | None:
    try:
        return None if not text else int(text) if whole else float(text.replace(",", "."))
    except ValueError:
        return None
