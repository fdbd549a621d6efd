"""Whether the chaser itself is at work: while it is not, nobody is watched but by people."""

import datetime as dt

SILENT_AFTER = dt.timedelta(seconds=30)


def is_silent(chaser_at: dt.datetime | None, began_at: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether the newest complete look is too old; all times by one clock, aware UTC.

    `began_at` is since when somebody waits for the first look, where there was none yet.
    """
    return now - (chaser_at or began_at) > SILENT_AFTER
