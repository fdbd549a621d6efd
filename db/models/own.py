"""What a person's own eye needs: how they arranged the window, and until when they have seen the board.

Neither is a change of the service: they come by the minute from every console, unaudited, and feed nobody.
"""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, PortableJSON


class Arrangement(Base):
    """How a person arranged one part of the window; `screen` is empty for what holds on every screen.

    Names of columns and figures of pixels only: nothing about patients ever goes in.
    """

    __tablename__ = "arrangement"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(primary_key=True)
    screen: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(PortableJSON)
    kept_at: Mapped[dt.datetime]


class Look(Base):
    """Until when a person has seen one workspace.

    `mark` is what the feed had read by then, in the words of this database; `seen_at` is the server's time,
    for a mark that says nothing any more, as after a restore to another server.
    """

    __tablename__ = "look"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, autoincrement=False)
    workspace: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str]
    seen_at: Mapped[dt.datetime]
