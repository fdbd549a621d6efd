"""Commits changes to referrals at a steady rate, as many busy people would: words, times due, priorities.

Run: python -m bench.writer DATABASE CHANGES_A_SECOND SECONDS
"""

import datetime as dt
import random
import sys
import time
from contextlib import closing

from sqlalchemy import Connection, select, update

from bench.changes import CHANGE
from db.connect import for_writing
from db.engine import open_database
from db.models import Referral

IN_SIGHT = 8


def change(connection: Connection, referral: int, number: int, choose: random.Random) -> None:
    """Change the words of a referral; every fourth time it is due at another time, so that its row moves."""
    values: dict[str, object] = {"problem": f"{CHANGE}{number}", "version": Referral.version + 1}
    if number % 4 == 0:
        values["due_at"] = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=choose.randint(-5, 300))
    connection.execute(update(Referral).where(Referral.id == referral).values(**values))


def main() -> None:
    """Write until the time is over."""
    url, rate, seconds = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
    choose = random.Random(1)
    with closing(open_database(url)) as database, for_writing(database.engine).connect() as connection:
        some = connection.scalars(select(Referral.id).order_by(Referral.due_at)).all()
        connection.commit()
        began = time.monotonic()
        for number in range(1, int(rate * seconds) + 1):
            # Half of them in sight: the first rows of the board are where people work.
            among = some[:IN_SIGHT] if number % 2 else some
            change(connection, choose.choice(among), number, choose)
            connection.commit()
            time.sleep(max(0.0, began + number / rate - time.monotonic()))


if __name__ == "__main__":
    main()
