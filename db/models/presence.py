"""Who has which referral open: a lease of each console that nobody has to end."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from console.domain.words import Role
from db.base import Base, word_type


class Presence(Base):
    """The one referral that a console has open; the console renews the row, and it ages when it does not.

    It stands apart: neither audited nor fed, and without foreign keys, because each check of one would lock,
    and so write, a row of care. On PostgreSQL it is not logged either: a renewal waits for no disk, and a
    server that falls and comes back knows nobody until consoles renew. All times are the server's.
    """

    __tablename__ = "presence"

    console: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int]
    role: Mapped[Role] = mapped_column(word_type(Role, "role"))
    device: Mapped[str]
    referral_id: Mapped[int]
    is_editing: Mapped[bool]
    since: Mapped[dt.datetime]
    renewed_at: Mapped[dt.datetime]
    taken_by_id: Mapped[int | None]
    taken_at: Mapped[dt.datetime | None]
