"""The identifiers that people and messages bring: NHS number, practice code, postcode, phone, initials."""

import re
from collections.abc import Callable

from console.domain.refusals import Refused

_NHS_DIGITS = re.compile(r"[0-9]{10}")
_NHS_SEPARATORS = re.compile(r"[\s\-\u2010\u2011\u2013]+")
_PRACTICE_CODE = re.compile(r"[A-Z][0-9]{5}")
_POSTCODE = re.compile(
    r"(?:GIR ?0AA|(?:[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW]))"
    r" ?[0-9][ABD-HJLNP-UW-Z]{2})"
)
# What every mail server takes: no quotes, no letters beyond ASCII, a domain with a dot.
_MAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}", re.ASCII
)
_LONGEST_MAIL = 254
_PHONE_EXTENSION = re.compile(r"[;,#]|ext|x(?=\s?[0-9])", re.IGNORECASE)
_LONGEST_PHONE = 60
_PHONE_FILLERS = re.compile(r"[\s().\-\u2010\u2011\u2013/]+")
_PHONE = re.compile(r"0[1-9][0-9]{8,9}|\+[1-9][0-9]{6,14}|[1-9][0-9]{2}|116[0-9]{3}")


def nhs_number_checks(digits: str) -> bool:
    """Whether ten ASCII digits carry the right modulus 11 check digit and are not all zero.

    Source: NHS Data Dictionary, NHS NUMBER: weights 10 to 2, a remainder that asks for 10 is never issued.
    """
    if not _NHS_DIGITS.fullmatch(digits) or digits == "0000000000":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def normalise_nhs_number(text: str) -> str:
    """Give the ten digits of an NHS number typed with or without spaces and hyphens.

    Raises Refused when it is not ten ASCII digits (full-width and other scripts' digits are not taken),
    or when the check digit does not fit. Source: NHS Data Dictionary, NHS NUMBER.
    """
    digits = _NHS_SEPARATORS.sub("", text)
    if not _NHS_DIGITS.fullmatch(digits):
        raise Refused("An NHS number has 10 digits, 0 to 9. Check it, or leave it empty.")
    if not nhs_number_checks(digits):
        raise Refused(
            "The last digit of this NHS number does not fit the others. Check it, or leave it empty."
        )
    return digits


def is_nhs_number(text: str) -> bool:
    """Whether `normalise_nhs_number` would take the text."""
    return _accepts(normalise_nhs_number, text)


def format_nhs_number(digits: str) -> str:
    """Show ten digits as 3-3-4 (`943 476 5919`); any other text is shown as it is."""
    if not _NHS_DIGITS.fullmatch(digits):
        return digits
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def normalise_practice_code(text: str) -> str:
    """Give a GP practice's ODS code in capitals: one letter and five digits (`G12345`).

    Raises Refused for any other shape. Source: Organisation Data Service, GP practice codes.
    """
    code = text.strip().upper()
    if not text.isascii() or not _PRACTICE_CODE.fullmatch(code):
        raise Refused("A GP practice code is one letter and five digits, such as G12345.")
    return code


def is_practice_code(text: str) -> bool:
    """Whether `normalise_practice_code` would take the text."""
    return _accepts(normalise_practice_code, text)


def normalise_postcode(text: str) -> str:
    """Give a UK postcode in capitals with one space before its last three characters (`CT20 1AB`).

    Raises Refused when it cannot be a postcode. Source: the shapes of all live codes in the ONS Postcode
    Directory.
    """
    joined = "".join(text.upper().split())
    postcode = f"{joined[:-3]} {joined[-3:]}"
    if not _POSTCODE.fullmatch(postcode):
        raise Refused("This is not a UK postcode. Check it, such as CT20 1AB, or leave it empty.")
    return postcode


def is_postcode(text: str) -> bool:
    """Whether `normalise_postcode` would take the text."""
    return _accepts(normalise_postcode, text)


def normalise_phone(text: str) -> str:
    """Give a phone number for matching and dialling: UK as `01303123456`, others as `+33123456789`.

    Takes +44, 0044, (0), spaces, hyphens and an extension, which is left off; 999, 111 and their like stay
    short. Raises Refused when the rest cannot be dialled. Source: Ofcom, National Telephone Numbering Plan.
    """
    number = _PHONE_EXTENSION.split(text[:_LONGEST_PHONE].replace("(0)", ""), maxsplit=1)[0]
    number = _PHONE_FILLERS.sub("", number)
    if number.startswith("00"):
        number = "+" + number[2:]
    if number.startswith("+44"):
        number = "0" + number[3:].removeprefix("0")
    if not number.isascii() or not _PHONE.fullmatch(number):
        raise Refused("This is not a phone number that can be dialled. Check it, with its area code.")
    return number


def is_phone(text: str) -> bool:
    """Whether `normalise_phone` would take the text."""
    return _accepts(normalise_phone, text)


def format_phone(text: str) -> str:
    """Show a phone number in the usual UK groups (`01303 123456`, `020 7946 0000`); other text as it is."""
    if not is_phone(text):
        return text.strip()
    number = normalise_phone(text)
    if not number.startswith("0"):
        return number
    if number.startswith("02"):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    if number[1] in "389" or re.match(r"011|01[0-9]1", number):
        return f"{number[:4]} {number[4:7]} {number[7:]}"
    return f"{number[:5]} {number[5:]}"


def normalise_mail(text: str) -> str:
    """Give a mail address with its domain in small letters; Refused for what every server would refuse."""
    local, at, domain = text.strip().rpartition("@")
    address = f"{local}{at}{domain.lower()}"
    if len(address) > _LONGEST_MAIL or not _MAIL.fullmatch(address) or ".." in local:
        raise Refused("This is no mail address such as jo.bates@nhs.net.")
    return address


def is_mail(text: str) -> bool:
    """Whether `normalise_mail` would take the text."""
    return _accepts(normalise_mail, text)


def initials(given_name: str, family_name: str) -> str:
    """Give the initials for a crowded row: `Anne-Marie O'Neill` becomes `AMO`, no name an empty text."""
    words = [word for word in re.split(r"[\s\-\u2010]+", given_name) if word[:1].isalpha()]
    family = [letter for letter in family_name if letter.isalpha()][:1]
    return "".join([word[0] for word in words] + family).upper()


def _accepts(normalise: Callable[[str], str], text: str) -> bool:
    """Whether the function takes the text without a refusal."""
    try:
        normalise(text)
    except Refused:
        return False
    return True
