"""The National Early Warning Score 2 (Royal College of Physicians, 2017), and what a score asks for.

A missing observation is missing, never 0: the score is then the least it can be, and says what is not known.
Not used under 16 years of age nor in pregnancy.
"""

from dataclasses import dataclass

from console.domain.clinical_words import Consciousness, NewsAnswer

ADULT_FROM_YEARS = 16
URGENT_FROM = 5
CLINICIAN_NOW_FROM = 7


@dataclass(frozen=True, slots=True)
class Observations:
    """The observations of NEWS2; None means not taken.

    Breaths and beats a minute, oxygen saturation in %, systolic pressure in mmHg, temperature in degrees
    Celsius. `spo2_scale` is 2 only when a clinician has set a target of 88 to 92 % (hypercapnic respiratory
    failure).
    """

    respiratory_rate: int | None = None
    spo2: int | None = None
    spo2_scale: int = 1
    on_oxygen: bool | None = None
    systolic: int | None = None
    pulse: int | None = None
    consciousness: Consciousness | None = None
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class News2:
    """A score with its parts; `score` is None where NEWS2 may not be used, and then `why_not` says why."""

    score: int | None
    parts: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    answer: NewsAnswer
    why_not: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every observation was taken."""
        return self.score is not None and not self.missing

    @property
    def single_threes(self) -> tuple[str, ...]:
        """Which observations score 3 by themselves."""
        return tuple(name for name, points in self.parts if points == 3)

    @property
    def text(self) -> str:
        """Say the score, what is missing and what follows, in one line."""
        if self.score is None:
            return self.why_not
        words = f"NEWS2 {self.score}" if self.is_complete else f"NEWS2 at least {self.score}"
        if self.missing:
            words += f", not taken: {', '.join(self.missing)}"
        if self.answer is not NewsAnswer.NONE:
            words += f". {self.answer.label}"
        return words + "."


def news2(seen: Observations, *, age_years: int | None, is_pregnant: bool = False) -> News2:
    """Score the observations (RCP NEWS2 2017); an unknown age is taken for an adult's.

    Raises ValueError for values that no patient can have: see `reasons_not_to_believe`.
    """
    if why_not := _why_not(age_years, is_pregnant=is_pregnant):
        return News2(None, (), (), NewsAnswer.NONE, why_not)
    if doubts := reasons_not_to_believe(seen):
        raise ValueError(" ".join(doubts))
    scored = _scored(seen)
    parts = tuple((name, points) for name, points in scored if points is not None)
    missing = tuple(name for name, points in scored if points is None)
    score = sum(points for _, points in parts)
    return News2(score, parts, missing, _answer(score, has_three=any(points == 3 for _, points in parts)))


def reasons_not_to_believe(seen: Observations) -> tuple[str, ...]:
    """Give a sentence for each value that cannot be right, so that a slip of the keys is not scored."""
    limits = (
        ("Respiratory rate", seen.respiratory_rate, 0, 100),
        ("Oxygen saturation", seen.spo2, 0, 100),
        ("Systolic blood pressure", seen.systolic, 0, 350),
        ("Pulse", seen.pulse, 0, 350),
        ("Temperature", seen.temperature, 20, 46),
        ("Oxygen saturation scale", seen.spo2_scale, 1, 2),
    )
    return tuple(
        f"{name} {value:g} cannot be right: it lies between {low} and {high}."
        for name, value, low, high in limits
        if value is not None and not low <= value <= high
    )


def _why_not(age_years: int | None, *, is_pregnant: bool) -> str:
    if age_years is not None and age_years < ADULT_FROM_YEARS:
        return f"NEWS2 is not used under {ADULT_FROM_YEARS}: a clinician judges the observations."
    if is_pregnant:
        return "NEWS2 is not used in pregnancy: a clinician judges the observations."
    return ""


def _answer(score: int, *, has_three: bool) -> NewsAnswer:
    if score >= CLINICIAN_NOW_FROM:
        return NewsAnswer.CLINICIAN_NOW
    return NewsAnswer.URGENT if score >= URGENT_FROM or has_three else NewsAnswer.NONE


def _scored(seen: Observations) -> tuple[tuple[str, int | None], ...]:
    """Give each observation with its points, in the order of the chart; None where it was not taken."""
    return (
        ("Respiratory rate", _points(seen.respiratory_rate, ((8, 3), (11, 1), (20, 0), (24, 2)), 3)),
        ("Oxygen saturation", _saturation_points(seen)),
        ("Air or oxygen", None if seen.on_oxygen is None else 2 * seen.on_oxygen),
        ("Systolic blood pressure", _points(seen.systolic, ((90, 3), (100, 2), (110, 1), (219, 0)), 3)),
        ("Pulse", _points(seen.pulse, ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2)), 3)),
        ("Consciousness", _consciousness_points(seen.consciousness)),
        ("Temperature", _points(_tenths(seen.temperature), ((350, 3), (360, 1), (380, 0), (390, 1)), 2)),
    )


def _points(value: int | None, steps: tuple[tuple[int, int], ...], above: int) -> int | None:
    """Give the points of the first step that the value does not exceed, `above` beyond the last."""
    if value is None:
        return None
    return next((points for limit, points in steps if value <= limit), above)


def _tenths(temperature: float | None) -> int | None:
    # The chart is in tenths of a degree; whole tenths keep 38.0 and 38.1 apart whatever the float says.
    return None if temperature is None else round(temperature * 10)


def _consciousness_points(level: Consciousness | None) -> int | None:
    if level is None:
        return None
    return 0 if level is Consciousness.ALERT else 3


def _saturation_points(seen: Observations) -> int | None:
    if seen.spo2_scale == 1:
        return _points(seen.spo2, ((91, 3), (93, 2), (95, 1)), 0)
    if seen.spo2 is None or seen.spo2 <= 92:
        return _points(seen.spo2, ((83, 3), (85, 2), (87, 1)), 0)
    # Above the target range scale 2 asks what the patient breathes; until that is known it cannot be scored.
    if seen.on_oxygen is None:
        return None
    return _points(seen.spo2, ((94, 1), (96, 2)), 3) if seen.on_oxygen else 0
