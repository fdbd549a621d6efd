"""Trims the change log: it says which rows to read anew, and nobody asks about what is long past."""

import datetime as dt

from sqlalchemy import BigInteger, column, delete, select, table

from db.alone import Alone, is_alone
from db.base import UTCDateTime
from db.connect import server_time
from db.unit_of_work import UnitOfWork

KEPT = dt.timedelta(days=1)
"""A feed that slept for longer than half of this reads the whole board anew."""
AT_ONCE = 5000
_LOG = table("change_log", column("id", BigInteger), column("at", UTCDateTime))


def trim(work: UnitOfWork) -> int:
    """Delete the oldest lines that are past use, as many as one short transaction takes; gives how many.

    None while somebody else trims. A worker's login may delete lines but change none: it cannot lock them.
    """
    if not is_alone(work.session, Alone.TRIMMING):
        return 0
    before = server_time(work.session.connection()) - KEPT  # the lines carry the server's time as well
    oldest = select(_LOG.c.id).where(_LOG.c.at < before).order_by(_LOG.c.id).limit(AT_ONCE)
    gone = delete(_LOG).where(_LOG.c.id.in_(oldest)).returning(_LOG.c.id)
    return len(work.session.execute(gone).all())
