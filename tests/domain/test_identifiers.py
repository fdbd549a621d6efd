"""NHS numbers, practice codes, postcodes, phones and initials."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import identifiers as ids
from console.domain.refusals import Refused


@pytest.mark.parametrize("text", ["9434765919", "943 476 5919", "943-476-5919", " 943\u00a0476\u00a05919 "])
def test_that_an_nhs_number_may_be_typed_with_spaces_and_hyphens(text: str) -> None:
    assert ids.normalise_nhs_number(text) == "9434765919"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000000000",
        "9434765918",
        "943476591",
        "94347659190",
        "９４３４７６５９１９",
        "٩٤٣٤٧٦٥٩١٩",
        "943.476.5919",
    ],
)
def test_that_what_is_no_nhs_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(Refused) as refused:
        ids.normalise_nhs_number(text)
    assert not text or text not in str(refused.value)


@given(st.integers(0, 999_999_999))
def test_that_at_most_one_last_digit_fits_nine_others(number: int) -> None:
    fitting = [digit for digit in range(10) if ids.is_nhs_number(f"{number:09d}{digit}")]
    total = sum(int(digit) * weight for digit, weight in zip(f"{number:09d}", range(10, 1, -1), strict=True))
    assert len(fitting) == (total % 11 != 1 and number != 0)


def test_that_an_nhs_number_is_shown_in_three_groups() -> None:
    assert ids.format_nhs_number("9434765919") == "943 476 5919"
    assert ids.format_nhs_number("12") == "12"


@pytest.mark.parametrize("text", ["G8269", "G123456", "8G2696", "GG2696", "G８2696", "", "ſ82696"])
def test_that_a_practice_code_is_one_letter_and_five_digits(text: str) -> None:
    assert ids.normalise_practice_code(" g12345 ") == "G12345"
    assert not ids.is_practice_code(text)


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("ct201ab", "CT20 1AB"),
        (" sw1a 1aa", "SW1A 1AA"),
        ("m1 1ae", "M1 1AE"),
        ("gir0aa", "GIR 0AA"),
        ("W1A0AX", "W1A 0AX"),
    ],
)
def test_that_a_postcode_is_put_in_its_usual_form(text: str, postcode: str) -> None:
    assert ids.normalise_postcode(text) == postcode


@pytest.mark.parametrize("text", ["", "CT14", "CT14 6P", "ME5 FS3", "CT14 6PC", "Q1 1AA", "CT20 1ABY", "1AA"])
def test_that_what_is_no_postcode_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        ids.normalise_postcode(text)


def test_that_every_real_postcode_of_the_area_is_accepted(shared_data: Path) -> None:
    with gzip.open(shared_data / "map-site" / "postcodes_south_kent.csv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        codes = [line.split(",")[0].strip('"') for line in lines]
    assert len(codes) > 1000
    assert [code for code in codes if not ids.is_postcode(code)] == []


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("01303 123456", "01303123456", "01303 123456"),
        ("+44 (0)1303-123456", "01303123456", "01303 123456"),
        ("0044 7700 900123", "07700900123", "07700 900123"),
        ("020 7946 0000 ext 12", "02079460000", "020 7946 0000"),
        ("0300 1234567", "03001234567", "0300 123 4567"),
        ("0113 496 0000x204", "01134960000", "0113 496 0000"),
        ("+33 1 23 45 67 89", "+33123456789", "+33123456789"),
        ("111", "111", "111"),
    ],
)
def test_that_a_phone_number_matches_however_it_is_written(text: str, number: str, shown: str) -> None:
    assert ids.normalise_phone(text) == number
    assert ids.format_phone(text) == shown


@pytest.mark.parametrize(
    "text", ["", "ask neighbour", "0", "01303", "12345", "０１３０３１２３４５６", "x" * 100_000]
)
def test_that_what_cannot_be_dialled_is_refused(text: str) -> None:
    assert not ids.is_phone(text)


@pytest.mark.parametrize(
    ("given_name", "family_name", "letters"),
    [
        ("Ada", "Marsh", "AM"),
        ("Anne-Marie", "O'Neill", "AMO"),
        ("", "", ""),
        ("", "Marsh", "M"),
        ("élan", "", "É"),
    ],
)
def test_that_initials_are_the_first_letters(given_name: str, family_name: str, letters: str) -> None:
    assert ids.initials(given_name, family_name) == letters


@given(st.text(max_size=30))
def test_that_any_text_is_taken_or_refused_and_taken_again_unchanged(text: str) -> None:
    for accepts, normalise in (
        (ids.is_nhs_number, ids.normalise_nhs_number),
        (ids.is_practice_code, ids.normalise_practice_code),
        (ids.is_postcode, ids.normalise_postcode),
        (ids.is_phone, ids.normalise_phone),
    ):
        if accepts(text):
            assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize("text", ["Jo.Bates@NHS.net ", "o'neill+cc@south-kent.nhs.uk"])
def test_that_a_mail_address_keeps_its_name_and_folds_its_domain(text: str) -> None:
    name, _, domain = text.strip().partition("@")
    assert ids.normalise_mail(text) == f"{name}@{domain.lower()}"


@pytest.mark.parametrize(
    "text",
    [
        *("", "jo", "jo@", "@nhs.net", "jo@nhs", "jo bates@nhs.net", "jo@nhs.net\nBcc: x@y.zz"),
        *("jo..b@nhs.net", "j\u00f6@nhs.net", "jo@-nhs.net", "a@b@nhs.net"),
        *(f"{'x' * 65}@nhs.net", f"jo@{'x.' * 130}net"),
    ],
)
def test_that_what_a_mail_server_would_refuse_is_no_mail_address(text: str) -> None:
    assert not ids.is_mail(text)
