"""The real bank holidays of England, and short ways to write moments."""

import datetime as dt

import holidays
from hypothesis import strategies as st

from console.domain.calendar import WorkingCalendar, from_local

ENGLAND = WorkingCalendar(holidays.country_holidays("GB", subdiv="ENG"))
# Around both clock changes of 2026, the year ends, Easter and the bank holidays of May and August.
TELLING_DAYS = (
    dt.date(2026, 3, 28),
    dt.date(2026, 4, 2),
    dt.date(2026, 5, 22),
    dt.date(2026, 8, 28),
    dt.date(2026, 10, 24),
    dt.date(2026, 12, 24),
    dt.date(2027, 12, 31),
)


def utc(text: str) -> dt.datetime:
    """Read "2026-03-29 01:30" as UTC."""
    return dt.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=dt.UTC)


def london(text: str) -> dt.datetime:
    """Read "2026-03-29 01:30" as the clock on a wall in London shows it."""
    naive = dt.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=dt.UTC)
    return from_local(naive.date(), naive.time())


def moments() -> st.SearchStrategy[dt.datetime]:
    """Draw aware UTC moments, many of them within four days of a telling day."""
    anywhere = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2035, 12, 31), timezones=st.just(dt.UTC))  # noqa: DTZ001
    telling = st.builds(
        lambda day, minute: dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(minutes=minute),
        st.sampled_from(TELLING_DAYS),
        st.integers(0, 4 * 24 * 60),
    )
    return st.one_of(telling, anywhere)
