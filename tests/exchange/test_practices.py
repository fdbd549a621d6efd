"""Lists of practices, of our own making and the real one beside the checkout."""

import datetime as dt
from pathlib import Path

import pytest

from console.domain.refusals import Refused
from console.exchange.practices import read

HEADING = "ods_code,name,address,postcode,phone,lat,lon,status_2025,open_date,close_date\n"
GOOD = 'g82999,Harbour Surgery,"1 Quay, Dover",ct161aa,01304123456,51.1,1.3,active,19740401,\n'


def epraccur(code: str = "G82999", status: str = "A", setting: str = "4", columns: int = 27) -> str:
    cells = [code, "HARBOUR SURGERY", "Y58", "QKS", "1 QUAY", "", "DOVER", "KENT", "", "CT16 1AA"]
    cells += ["19740401", "", status, "B", "91Q", "20130401", "", "01304 123456"] + [""] * 7 + [setting, ""]
    return ",".join(f'"{cell}"' for cell in cells[:columns]) + "\r\n"


def test_that_a_table_with_a_heading_is_read() -> None:
    found = read((HEADING + GOOD).encode("utf-8-sig"))
    (practice,) = found.practices
    assert (practice.ods_code, practice.name) == ("G82999", "Harbour Surgery")
    assert (practice.address, practice.postcode) == ("1 Quay, Dover", "CT16 1AA")
    assert (practice.phone, practice.lat, practice.lon) == ("01304 123456", 51.1, 1.3)
    assert (practice.opened_on, practice.closed_on) == (dt.date(1974, 4, 1), None)
    assert practice.is_open
    assert found.refused == ()


def test_that_epraccur_is_read_by_its_columns_and_other_prescribers_are_only_counted() -> None:
    text = epraccur() + epraccur("G82998", status="C") + epraccur("Y01234", setting="10")
    found = read(text.encode())
    assert [(one.ods_code, one.status) for one in found.practices] == [
        ("G82999", "active"),
        ("G82998", "closed"),
    ]
    assert found.practices[0].address == "1 QUAY, DOVER, KENT"
    assert found.practices[0].phone == "01304 123456"
    assert (found.others, found.refused) == (1, ())


def test_that_names_saved_by_a_spreadsheet_keep_their_letters() -> None:
    found = read((HEADING + GOOD.replace("Harbour", "Café–Harbour")).encode("cp1252"))
    assert found.practices[0].name == "Café–Harbour Surgery"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("g82999", "82999G", "practice code"),
        ("Harbour Surgery", "", "no practice name"),
        ("ct161aa", "nowhere", "postcode"),
        ("active", "asleep", "status"),
        ("19740401", "1974-13-01", "dates"),
        ("51.1", "nan", "latitude"),
        ("51.1", "", "only one of"),
        (",1.3,", ",1300,", "longitude"),
    ],
)
def test_that_a_bad_line_is_named_and_the_others_are_read(old: str, new: str, reason: str) -> None:
    found = read((HEADING + GOOD.replace(old, new) + GOOD).encode())
    assert len(found.practices) == 1
    (bad,) = found.refused
    assert bad.line == 2
    assert bad.sentence.startswith("Line 2 was left out.")
    assert reason in bad.sentence


def test_that_a_repeated_practice_keeps_its_first_line() -> None:
    found = read((HEADING + GOOD + GOOD.replace("Harbour", "Other")).encode())
    assert [practice.name for practice in found.practices] == ["Harbour Surgery"]
    assert "twice" in found.refused[0].sentence


def test_that_a_short_line_of_epraccur_is_named() -> None:
    found = read((epraccur() + epraccur("G82998", columns=12)).encode())
    assert "12 columns" in found.refused[0].sentence


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b,c\n1,2,3\n", HEADING.encode(), b"\x00\xff\x00\xfe", b'"' + b"x" * 200_000, b"%PDF-1.7\n"],
)
def test_that_a_file_of_another_kind_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match=r"Check which|Choose a list"):
        read(content)


def test_that_the_real_list_is_read_whole(shared_data: Path) -> None:
    content = (shared_data / "map-site" / "gp_practices.csv").read_bytes()
    found = read(content)
    lines = content.decode("utf-8-sig").strip().splitlines()
    assert found.refused == ()
    assert len(found.practices) == len(lines) - 1
    assert [practice.ods_code for practice in found.practices] == [line[:6] for line in lines[1:]]
    assert sum(practice.is_open for practice in found.practices) == sum(",active," in line for line in lines)
    assert all(practice.lat is None or 50.8 < practice.lat < 51.6 for practice in found.practices)
