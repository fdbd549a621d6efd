"""Marks a database for training, as making the living day does."""

from console.services import people
from db.engine import Database
from db.models import Training


def mark(database: Database, row: Training) -> None:
    """Write the mark."""
    with database.work(people.system(database), row.epoch) as work:
        work.add(row)
