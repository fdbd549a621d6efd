"""The values inside an HL7 version 3 document: texts, codes, times, addresses, phones and names."""

import contextlib
import datetime as dt
import re
from zoneinfo import ZoneInfo

from lxml import etree

from console.domain.identifiers import is_phone, is_postcode, normalise_phone, normalise_postcode
from console.exchange.message_places import called
from console.exchange.received import Address, Coding, Notes, Phone

LONDON = ZoneInfo("Europe/London")

_PLACEHOLDER = re.compile(r"@@[^@]*@@")
_TIME = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{1,2}(?::?\d\d)?)?",
    re.ASCII,
)
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d\d))?")
_PHONE_USES = {
    "H": "home",
    "HP": "home",
    "HV": "temporary",
    "MC": "mobile",
    "EC": "emergency contact",
    "WP": "work",
    "PG": "pager",
}
_NOT_A_LINE = frozenset({"country", "addressKey", "useablePeriod", "censusTract"})


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(etree.QName(element).localname)


def clean(text: str | None) -> str:
    """Put a text on one line, without control characters and with single spaces."""
    kept = "".join(letter if letter.isprintable() else " " for letter in text or "")
    return " ".join(kept.split())


def filled(notes: Notes, path: str, text: str | None) -> str:
    """Give the cleaned text, or nothing and an issue when the sender left a template's placeholder in it."""
    value = clean(text)
    if _PLACEHOLDER.search(value):
        notes.add(path, f"Instead of {called(path)} the sender left a template's placeholder.")
        return ""
    return value


def _sent_as(path: str) -> str:
    return f"What was sent as {called(path)}"


def attribute(notes: Notes, path: str, element: etree._Element | None, name: str) -> str:
    """Give an attribute's value in the same way; nothing when the element is absent."""
    return "" if element is None else filled(notes, path, element.get(name))


def all_text(element: etree._Element | None) -> str:
    """Give all text under an element on one line."""
    return "" if element is None else clean(" ".join(str(part) for part in element.itertext()))


def coding(notes: Notes, path: str, element: etree._Element | None) -> Coding:
    """Read code, display name and code system of a coded element."""
    return Coding(
        attribute(notes, path, element, "code"),
        attribute(notes, path, element, "displayName"),
        attribute(notes, path, element, "codeSystem"),
    )


def instant(notes: Notes, path: str, text: str | None) -> dt.datetime | None:
    """Read an HL7 (`20210803140714+0100`) or ISO 8601 time into aware UTC.

    Without a zone it is taken as Europe/London (the earlier of two where clocks go back) and noted.
    A placeholder, a date alone or an impossible time gives None and an issue; a missing text None alone.
    """
    value = filled(notes, path, text)
    if not value:
        return None
    match = _TIME.fullmatch(value)
    if match is None or match[4] is None:
        notes.add(path, f"{_sent_as(path)} is not a time with hours and minutes, so it was not used.")
        return None
    try:
        numbers = [int(match[group] or 0) for group in range(1, 7)]
        local = dt.datetime(*numbers, tzinfo=_zone(notes, path, match[7]))  # type: ignore[arg-type,misc]
        return local.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        notes.add(path, f"{_sent_as(path)} is a time that cannot exist, so it was not used.")
        return None


def _zone(notes: Notes, path: str, offset: str | None) -> dt.tzinfo:
    """Give the zone of an offset, noting a missing one and one that is not used in this country."""
    if offset is None:
        notes.add(path, f"{_sent_as(path)} names no zone and was taken as UK local time.")
        return LONDON
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return dt.UTC
    minutes = int(match[3] or 0)
    if minutes > 59 or int(match[2]) > 14:
        raise ValueError("offset")
    shift = dt.timedelta(hours=int(match[2]), minutes=minutes) * (-1 if match[1] == "-" else 1)
    if shift not in (dt.timedelta(0), dt.timedelta(hours=1)):
        notes.add(path, f"{_sent_as(path)} has an offset that is not used in the UK: ask the sender.")
    return dt.timezone(shift)


def day(notes: Notes, path: str, text: str | None) -> dt.date | None:
    """Read a date of at least eight digits, whatever time follows; a shorter or impossible one is noted."""
    value = filled(notes, path, text)
    if not value:
        return None
    match = _TIME.fullmatch(value)
    if match:
        with contextlib.suppress(ValueError):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
    notes.add(path, f"{_sent_as(path)} is not a whole date, so it was not used. Ask for it.")
    return None


def address(notes: Notes, path: str, element: etree._Element | None) -> Address | None:
    """Read an address with its directions and locators; None when nothing is stated."""
    if element is None:
        return None
    lines, directions, locators, postcode = [filled(notes, path, element.text)], [], [], ""
    for part in element:
        name, value = local_name(part), filled(notes, f"{path}/{local_name(part)}", part.text)
        if name == "postalCode":
            postcode = postcode or value
        elif name == "desc":
            directions.append(value)
        elif name == "additionalLocator":
            locators.append(value)
        elif name not in _NOT_A_LINE:
            lines.append(value)
    stated = [line for line in lines if line]
    if not postcode and stated and is_postcode(stated[-1]):
        postcode = stated.pop()
    if not stated and not postcode:
        return None
    return Address(
        tuple(stated),
        checked_postcode(notes, f"{path}/postalCode", postcode),
        " ".join(text for text in directions if text),
        tuple(text for text in locators if text),
    )


def checked_postcode(notes: Notes, path: str, text: str) -> str:
    """Normalise a postcode; a wrong one is kept as sent, with an issue."""
    if not text:
        notes.add(path, "The address has no postcode. Ask for it.")
        return ""
    if is_postcode(text):
        return normalise_postcode(text)
    notes.add(path, "The postcode is not a valid one. Check the address with the patient.")
    return text


def phones(notes: Notes, path: str, elements: list[etree._Element]) -> tuple[Phone, ...]:
    """Read the phone numbers, each once, with all its uses; other kinds of address are left out."""
    uses: dict[str, list[str]] = {}
    for element in elements:
        value = filled(notes, path, element.get("value"))
        scheme, found, rest = value.partition(":")
        if not value or (found and scheme.casefold() != "tel"):
            continue
        number = checked_phone(notes, path, rest if found else value)
        labels = [_PHONE_USES.get(use, use) for use in (element.get("use") or "").upper().split()]
        known = uses.setdefault(number, [])
        known.extend(label for label in labels if label not in known)
    return tuple(Phone(number, ", ".join(labels)) for number, labels in uses.items() if number)


def checked_phone(notes: Notes, path: str, text: str) -> str:
    """Normalise a phone number; one that cannot be dialled is kept as sent, with an issue."""
    if is_phone(text):
        return normalise_phone(text)
    if text:
        notes.add(path, "A phone number cannot be dialled as sent. Check it before you ring.")
    return text


def person_name(notes: Notes, path: str, elements: list[etree._Element]) -> tuple[str, str, str]:
    """Read title, given names and family name of the first name that says anything.

    A name sent as one text is split before its last word, with an issue.
    """
    for element in elements:
        parts = {kind: _parts(notes, path, element, kind) for kind in ("prefix", "given", "family")}
        if parts["given"] or parts["family"]:
            return parts["prefix"], parts["given"], parts["family"]
        whole = filled(notes, path, all_text(element))
        if whole:
            notes.add(path, "The name was sent as one text. Check which part is the family name.")
            given, _, family = whole.rpartition(" ")
            return "", given, family
    return "", "", ""


def _parts(notes: Notes, path: str, element: etree._Element, kind: str) -> str:
    """Join the parts of one kind of a name."""
    values = [filled(notes, f"{path}/{kind}", part.text) for part in element.findall(f"{{*}}{kind}")]
    return " ".join(value for value in values if value)


def full_name(notes: Notes, path: str, element: etree._Element | None) -> str:
    """Read a name of somebody else than the patient as one text."""
    return filled(notes, path, all_text(element))
