"""XML from outside: no document type, no entities, no network, bounded size and depth."""

import itertools
import re

from lxml import etree

from console.domain.refusals import Refused

MAX_BYTES = 20 * 1024 * 1024
# Real reports have some hundreds of elements each; this bounds the time that any message can take.
MAX_ELEMENTS = 100_000

_ENCODED_NUL = b"\x00"
_SPACES = re.compile(rb"\s*")
_PROLOG_SKIPS = ((b"<?", b"?>"), (b"<!--", b"-->"))
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def parse(content: bytes) -> etree._Element:
    """Parse bytes into the root element, comments and processing instructions removed.

    Raises Refused, with a sentence on what to do next, for everything that is not plain well-formed XML
    of at most `MAX_BYTES`. With `huge_tree` off libxml2 stops at 256 levels and at a text of 10 MB.
    """
    if len(content) > MAX_BYTES:
        raise Refused("The message is larger than 20 MB. Ask the sender for it by telephone.")
    if not content.strip():
        raise Refused("The message is empty. Ask the sender to send it again.")
    if _declares_type(content):
        raise Refused(_TYPE_REFUSED)
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError):
        # The parser's own words may quote the patient's, so they end here.
        raise Refused(
            "The message is cut short or is not well-formed XML. Ask the sender to send it again."
        ) from None
    if root.getroottree().docinfo.doctype:
        raise Refused(_TYPE_REFUSED)
    if sum(1 for _ in itertools.islice(root.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS:
        raise Refused(
            "The message has far more parts than any real one. Ask the sender what it was meant to be."
        )
    return root


_TYPE_REFUSED = (
    "The message declares a document type, which no real referral does and which can do harm. "
    "It was not read. Tell the sender by telephone and ask what was meant."
)


def _parser() -> etree.XMLParser:
    """Make a parser that expands, loads and fetches nothing; one per message, so that threads share none."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )


def _declares_type(content: bytes) -> bool:
    """Whether a document type comes first after declarations and comments, in UTF-8, UTF-16 or UTF-32."""
    # Looked at before libxml2 sees it, which expands entities in attributes even with resolve_entities off.
    for mark in _BYTE_ORDER_MARKS:
        content = content.removeprefix(mark)
    text = content.replace(_ENCODED_NUL, b"") if _ENCODED_NUL in content[:64] else content
    position = 0
    while True:
        position = _skip_spaces(text, position)
        for opening, closing in _PROLOG_SKIPS:
            if text.startswith(opening, position):
                end = text.find(closing, position)
                if end < 0:
                    return False
                position = end + len(closing)
                break
        else:
            return text[position : position + 9].upper() == b"<!DOCTYPE"


def _skip_spaces(text: bytes, position: int) -> int:
    """Give the place of the next byte that is not white space."""
    match = _SPACES.match(text, position)
    return match.end() if match else position
