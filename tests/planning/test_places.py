"""Where the shipped table puts postcodes, against what is known of them."""

import csv
import gzip
from pathlib import Path

import pytest

from console.planning.places import PostcodeTable, distance_km, shipped


@pytest.mark.parametrize(
    ("postcode", "area"),
    [("ct21 5lf", "Hythe"), ("CT161AS", "Dover"), ("TN29 9DT", "Lydd"), ("SW1A 1AA", "")],
)
def test_that_a_postcode_however_written_names_its_surroundings(postcode: str, area: str) -> None:
    assert shipped().area(postcode) == area


def test_that_a_postcode_newer_than_the_table_has_its_sectors_name_and_no_place() -> None:
    assert shipped().area("CT21 5AA") == "Hythe"
    assert shipped().locate("CT21 5AA") is None


def test_that_folkestone_lies_about_eleven_kilometres_from_dover() -> None:
    assert distance_km((51.0790, 1.1650), (51.1290, 1.3090)) == pytest.approx(11.5, abs=0.3)


def test_that_the_table_agrees_with_the_map_within_twenty_metres(shared_data: Path) -> None:
    table = PostcodeTable()
    path = shared_data / "map-site" / "postcodes_south_kent.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = [
            distance_km(here, (float(row["lat"]), float(row["lon"])))
            for row in csv.DictReader(lines)
            if (here := table.locate(row["postcode"]))
        ]
    assert len(found) > 19_000
    assert max(found) < 0.02
