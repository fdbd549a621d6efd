"""Lists of GP practices: a table with a heading line, or the Organisation Data Service's `epraccur.csv`."""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.identifiers import (
    format_phone,
    is_postcode,
    is_practice_code,
    normalise_postcode,
    normalise_practice_code,
)
from console.domain.refusals import Refused

MAX_BYTES = 50 * 1024 * 1024

# epraccur.csv has no heading line; of its columns only those used have a name here.
# Source: Organisation Data Service, "GP Practices" file specification: 27 columns.
_EPRACCUR = {
    0: "ods_code",
    1: "name",
    9: "postcode",
    10: "open_date",
    11: "close_date",
    12: "status",
    17: "phone",
    25: "setting",
}
_EPRACCUR_ADDRESS = slice(4, 9)
_EPRACCUR_COLUMNS = 27
_GP_SETTING = "4"
_STATUSES = {"a": "active", "c": "closed", "d": "dormant", "p": "proposed"}


@dataclass(frozen=True)
class Practice:
    """One GP practice; `status` is active, closed, dormant or proposed, places are WGS84 degrees or None."""

    ods_code: str
    name: str
    address: str
    postcode: str
    phone: str
    lat: float | None
    lon: float | None
    status: str
    opened_on: dt.date | None
    closed_on: dt.date | None

    @property
    def is_open(self) -> bool:
        """Whether patients are registered there now."""
        return self.status == "active"


@dataclass(frozen=True)
class BadLine:
    """A line that was left out, with the reason as a sentence."""

    line: int
    sentence: str


@dataclass(frozen=True)
class PracticeList:
    """The practices of a file, the lines left out, and how many lines were of other kinds of prescriber."""

    practices: tuple[Practice, ...]
    refused: tuple[BadLine, ...]
    others: int


def read(content: bytes) -> PracticeList:
    """Read a list of practices, in UTF-8 or Windows-1252.

    A bad line is left out and named; raises Refused when the file is not such a list at all. In epraccur.csv
    only prescribing setting 4 is a GP practice; the others (prisons, hospices, clinics) are only counted.
    """
    if len(content) > MAX_BYTES:
        raise Refused(
            "The file is larger than 50 MB, which no list of practices is. Check which file was chosen."
        )
    rows = csv.reader(io.StringIO(_decoded(content), newline=""))
    reading = _Reading()
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                reading.take(row, rows.line_num)
    except csv.Error:
        raise Refused("The file is not a readable table of practices. Check which file was chosen.") from None
    return reading.result()


class _Reading:
    """The state of reading one file: its heading, what was read, what was left out."""

    def __init__(self) -> None:
        self._heading: list[str] | None = None
        self._is_first = True
        self._practices: dict[str, Practice] = {}
        self._refused: list[BadLine] = []
        self._others = 0

    def take(self, row: list[str], line: int) -> None:
        """Read one line."""
        if self._is_first:
            self._is_first = False
            self._heading = _heading(row)
            if self._heading is not None:
                return
        try:
            self._keep(_cells(row, self._heading))
        except Refused as refused:
            self._refused.append(BadLine(line, f"Line {line} was left out. {refused}"))

    def _keep(self, cells: Mapping[str, str]) -> None:
        """Keep the practice of a line; raises Refused when it is bad or a repetition."""
        if cells.get("setting") not in (None, "", _GP_SETTING):
            self._others += 1
            return
        practice = _practice(cells)
        if practice.ods_code in self._practices:
            raise Refused(f"Practice {practice.ods_code} stands in the list twice; the first line was kept.")
        self._practices[practice.ods_code] = practice

    def result(self) -> PracticeList:
        """Give what was read; raises Refused when not one line was a practice."""
        if not (self._practices or self._others):
            raise Refused(
                "The file holds no GP practice. Choose a list with a heading line, or ODS epraccur.csv."
            )
        return PracticeList(tuple(self._practices.values()), tuple(self._refused), self._others)


def _decoded(content: bytes) -> str:
    """Decode UTF-8 with or without its mark, else Windows-1252 as spreadsheets save it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _heading(row: list[str]) -> list[str] | None:
    """Give the column names when the line is a heading; None when it is the first line of epraccur.csv."""
    names = [cell.strip().casefold() for cell in row]
    if "ods_code" in names and "name" in names:
        return ["status" if name.startswith("status") else name for name in names]
    if len(row) >= _EPRACCUR_COLUMNS - 1:
        return None
    raise Refused(
        "The file has neither a heading line with ods_code and name nor the 27 columns of ODS epraccur.csv. "
        "Check which file was chosen."
    )


def _cells(row: list[str], heading: list[str] | None) -> Mapping[str, str]:
    """Name the cells of a line."""
    cells = [" ".join(cell.split()) for cell in row]
    if heading is not None:
        return dict(zip(heading, cells, strict=False))
    if len(cells) < _EPRACCUR_COLUMNS - 1:
        raise Refused(f"It has {len(cells)} columns; epraccur.csv has {_EPRACCUR_COLUMNS}.")
    named = {name: cells[column] for column, name in _EPRACCUR.items()}
    named["address"] = ", ".join(cell for cell in cells[_EPRACCUR_ADDRESS] if cell)
    return named


def _practice(cells: Mapping[str, str]) -> Practice:
    """Check the cells of one line; raises Refused with the reason."""
    code = cells.get("ods_code", "")
    if not is_practice_code(code):
        raise Refused("It has no GP practice code of one letter and five digits.")
    if not cells.get("name"):
        raise Refused("It has no practice name.")
    postcode = cells.get("postcode", "")
    if postcode and not is_postcode(postcode):
        raise Refused("Its postcode is not a UK postcode.")
    closed_on = _date(cells.get("close_date", ""))
    lat, lon = _degrees(cells.get("lat", ""), 90), _degrees(cells.get("lon", ""), 180)
    if (lat is None) != (lon is None):
        raise Refused("It has only one of latitude and longitude.")
    return Practice(
        ods_code=normalise_practice_code(code),
        name=cells["name"],
        address=cells.get("address", ""),
        postcode=normalise_postcode(postcode) if postcode else "",
        phone=format_phone(cells.get("phone", "")),
        lat=lat,
        lon=lon,
        status=_status(cells.get("status", ""), closed_on),
        opened_on=_date(cells.get("open_date", "")),
        closed_on=closed_on,
    )


def _status(text: str, closed_on: dt.date | None) -> str:
    """Read a status as a letter or a word; without one a closing date decides."""
    if not text:
        return "closed" if closed_on else "active"
    status = _STATUSES.get(text[0].casefold())
    if status is None or text.casefold() not in (status, status[0]):
        raise Refused("Its status is none of active (A), closed (C), dormant (D) and proposed (P).")
    return status


def _date(text: str) -> dt.date | None:
    """Read a date written as 20240131 or 2024-01-31."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Refused("One of its dates is not written as year, month and day.") from None


def _degrees(text: str, limit: int) -> float | None:
    """Read degrees north or east."""
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError:
        degrees = float("nan")
    if not abs(degrees) <= limit:
        raise Refused("Its latitude or longitude is not a number of degrees.")
    return degrees
