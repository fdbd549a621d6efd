"""Whether the chaser itself is at work: while it is not, nobody is watched but by people."""

import datetime as dt

SILENT_AFTER = dt.timedelta(seconds=30)


def is_silent(last_look_ago: dt.timedelta | None, waited_for: dt.timedelta) -> bool:
    """Tell whether the newest complete look is too old, both by the server's own time.

    None is a database at which nobody has ever looked: `waited_for` is for how long that has been known.
    """
    return (waited_for if last_look_ago is None else last_look_ago) > SILENT_AFTER
