"""The readable text of an NHS 111 report: every section in its order, and the reason for the call."""

import re
from collections.abc import Iterator

from lxml import etree

from console.exchange.hl7_values import all_text, attribute, clean, coding, local_name
from console.exchange.pathways_case import PathwaysCase
from console.exchange.received import Coding, Notes

MAX_NARRATIVE = 200_000
MAX_UNSAID = 1_000
CONSENT = "Consent"

_AFTER = {"th": ": ", "td": " "}
_BREAKS_BEFORE = frozenset({"br", "tr", "li", "item", "p", "paragraph", "list", "table", "caption", "div"})
# SNOMED CT codes that the messages themselves carry for the section with the reason for the call.
_PROBLEM_CODES = frozenset({"886891000000102"})
_PROBLEM_TITLE = re.compile(r"reported condition|reason for call|presenting", re.IGNORECASE)


class Section:
    """One titled text of the report."""

    def __init__(self, title: str, code: str, text: str) -> None:
        """Keep the title, the section's code and its lines."""
        self.title = title
        self.code = code
        self.text = text


def sections(notes: Notes, document: etree._Element) -> list[Section]:
    """Read every section with a text, nested ones after the one that holds them."""
    found = []
    for element in document.iterfind("{*}component/{*}structuredBody//{*}section"):
        text = lines_of(element.find("{*}text"))
        if text:
            title = all_text(element.find("{*}title"))
            found.append(
                Section(title, attribute(notes, "section/code", element.find("{*}code"), "code"), text)
            )
    return found + _unstructured(notes, document) + _consent(document)


def _unstructured(notes: Notes, document: etree._Element) -> list[Section]:
    """Read a body that is one plain text; note one that is a file."""
    element = document.find("{*}component/{*}nonXMLBody/{*}text")
    if element is None:
        return []
    if element.get("representation") == "B64" or not (element.get("mediaType") or "text/plain").startswith(
        "text/"
    ):
        notes.add(
            "component/nonXMLBody", "The clinical text came as a file. Open the stored message to read it."
        )
        return []
    return [Section("Report", "", lines_of(element))]


def _consent(document: etree._Element) -> list[Section]:
    """Read what the patient agreed to, which is sent as a code with its text."""
    codes = document.iterfind("{*}authorization/{*}consent/{*}code")
    lines = [said for code in codes if (said := clean(code.get("displayName")))]
    return [Section(CONSENT, "", "\n".join(lines))] if lines else []


def narrative(notes: Notes, found: list[Section]) -> str:
    """Join the sections into one text, each under its title."""
    text = "\n\n".join(
        f"{section.title}\n{section.text}" if section.title else section.text for section in found
    )
    if len(text) > MAX_NARRATIVE:
        notes.add(
            "component/structuredBody",
            "The text is very long and was cut. The stored message holds all of it.",
        )
    return text[:MAX_NARRATIVE]


def problem(found: list[Section]) -> str:
    """Give the reason for the call on one line: the section that is coded or titled so."""
    for section in found:
        if section.code in _PROBLEM_CODES or _PROBLEM_TITLE.search(section.title):
            return clean(section.text)
    return ""


def unsaid(case: PathwaysCase, found: list[Section]) -> list[Section]:
    """Give what the attached case says and the report's own text does not."""
    said = _bare(" ".join(section.text for section in found)[:MAX_NARRATIVE])
    lines = []
    for line in case.lines[:MAX_UNSAID]:
        missing = [part for part in (line.said, line.comment) if part and _bare(part) not in said]
        if missing:
            lines.append(" - ".join(part for part in (line.question, line.answer, *missing) if part))
    return [Section("Also in the attached Pathways case", "", "\n".join(lines))] if lines else []


def _bare(text: str) -> str:
    """The letters and digits of a text, for comparison."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def discriminators(notes: Notes, document: etree._Element) -> list[Coding]:
    """Read the clinical discriminators that are sent as coded entries (code CD)."""
    found = []
    for entry in document.iterfind("{*}component/{*}structuredBody//{*}entry/{*}observation"):
        if attribute(notes, "entry/observation/code", entry.find("{*}code"), "code") == "CD":
            item = coding(notes, "entry/observation/value", entry.find("{*}value"))
            if item.code or item.text:
                found.append(item)
    return found


def lines_of(element: etree._Element | None) -> str:
    """Flatten marked-up text to plain lines: breaks, rows and items start a new one."""
    if element is None:
        return ""
    lines = [" ".join(line.split()) for line in "".join(_pieces(element)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _pieces(element: etree._Element) -> Iterator[str]:
    """Give the texts under an element with line ends where people see them."""
    # Walked, not recursed: each level of nested generators would touch every text below it once more.
    for event, part in etree.iterwalk(element, events=("start", "end")):
        name = local_name(part)
        if event == "start":
            if part is not element and name in _BREAKS_BEFORE:
                yield "\n"
            yield _inline(part.text)
        elif part is not element:
            yield _AFTER.get(name, "")
            yield _inline(part.tail)


def _inline(text: str | None) -> str:
    """Replace control characters and line ends of the file by spaces; both are layout, not text."""
    return "".join(letter if letter.isprintable() else " " for letter in text or "")
