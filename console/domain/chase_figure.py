"""Whether chasing works, as a figure: how many reports were sent soon after somebody was chased."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

WITHIN = dt.timedelta(hours=2)
OVER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Chased:
    """One step that reached somebody about a report, and when the report was sent; times are aware UTC."""

    at: dt.datetime
    report_sent_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ChaseFigure:
    """Of so many chases so many were followed by the report within 2 hours; the others are not counted.

    `open` are too young to tell; `already_sent` came after the report had gone.
    """

    followed: int
    counted: int
    open: int
    already_sent: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None while nothing can be counted."""
        return self.followed / self.counted if self.counted else None


def chase_figure(chases: Iterable[Chased], now: dt.datetime) -> ChaseFigure:
    """Count the chases of the last days, each once, whoever it went to."""
    followed = counted = open_ = already = 0
    for one in chases:
        if one.report_sent_at is not None and one.report_sent_at < one.at:
            already += 1
        elif one.report_sent_at is not None and one.report_sent_at <= one.at + WITHIN:
            followed += 1
            counted += 1
        elif now < one.at + WITHIN:
            open_ += 1
        else:
            counted += 1
    return ChaseFigure(followed, counted, open_, already)
