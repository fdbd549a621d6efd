"""Finding by a part of a name whatever is not on the board: the command bar asks while one types.

Only here is looked for patients by name across the service, so that one place decides who may find whom. What
is found is opened like any other record, through `Records.open`, which leaves who opened it and when.
"""

import datetime as dt
import re

from console.domain.found_rows import Found, PlaceFound, PracticeFound
from console.domain.identifiers import format_phone
from console.domain.permissions import Deed, may
from console.services.basis import Basis
from console.services.maps import Maps
from db.queries import finding

LEAST = 2
"""From how many letters on is looked: one letter is in every name."""
MOST = finding.MOST
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}")


class Finding:
    """Looks for what a text may mean; what this person's role and hubs do not allow is not found."""

    def __init__(self, basis: Basis, maps: Maps) -> None:
        self._basis, self._maps = basis, maps
        self._towns: tuple[int | None, tuple[PlaceFound, ...]] | None = None

    def everything(self, text: str) -> Found:
        """Find patients and reports that have left the board, people, practices and postcodes."""
        words = _words(text)
        if sum(len(word) for word in words) < LEAST:
            return Found()
        who = self._basis.actor
        with self._basis.database.read() as session:
            may_find = may(who.role, Deed.FIND_PATIENT)
            told = [_dated(word) for word in words]
            patients = finding.find_patients(session, told, who.staff_id) if may_find else ()
            reports = finding.find_accepted_reports(session, words, who.staff_id) if may_find else ()
            people = finding.find_practitioners(session, words)
            practices = tuple(self._practice(one) for one in finding.find_practices(session, words))
        kinds = (patients, reports, people, practices)
        return Found(
            patients[:MOST],
            reports[:MOST],
            people[:MOST],
            (*self._postcode(text), *practices[:MOST]),
            cut=any(len(one) > MOST for one in kinds),
        )

    def _practice(self, one: PracticeFound) -> PlaceFound:
        at = self._basis.places.locate(one.postcode) if one.postcode else None
        below = " · ".join(
            part for part in (one.ods_code, one.postcode, format_phone(one.phone or "")) if part
        )
        return PlaceFound("practice", one.name, below, at, one.id)

    def _postcode(self, text: str) -> tuple[PlaceFound, ...]:
        folded = "".join(text.casefold().split())
        at = self._basis.places.locate(folded) if _POSTCODE.fullmatch(folded) else None
        if at is None:
            return ()
        code = folded.upper()
        return (PlaceFound("postcode", f"{code[:-3]} {code[-3:]}", self._basis.places.area(code), at),)

    def towns(self) -> tuple[PlaceFound, ...]:
        """Give the towns of the service's map, the largest first; a new map is read."""
        newest_id = self._maps.shown_id()
        if self._towns is None or self._towns[0] != newest_id:
            shown = self._maps.shown()
            by_rank = sorted(shown.layers.places, key=lambda one: (one.rank, one.name))
            found = tuple(PlaceFound("town", one.name, "", (one.at[1], one.at[0])) for one in by_rank)
            self._towns = shown.id, found
        return self._towns[1]


def _words(text: str) -> list[str]:
    """Give the words as they are looked for: an NHS number in one piece, without its spaces."""
    folded = text.casefold().strip()
    if (number := re.sub(r"\s+", "", folded)).isdecimal():
        return [number]
    return [word for word in re.split(r"[\s,]+", folded) if word]


def _dated(word: str) -> str | dt.date:
    """Give a date of birth as one; what only looks like it stays a word, and is in no name."""
    found = _DATE.fullmatch(word)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else word
    except ValueError:
        return word
