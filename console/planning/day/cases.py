"""Invented patients: names that nobody has, real postcodes, NHS numbers of the test range."""

import datetime as dt
import random
from dataclasses import dataclass

from console.domain.identifiers import nhs_number_checks
from console.domain.words import Gender, Source
from console.planning.day.words import Case

# The range that begins with 999 is issued to nobody; each day takes numbers of its own out of it.
_FIRST_NUMBER, _NUMBERS = 999_000_000, 999_000
_A_DAY, _APART = 120, 5
# Kept free for fiction by Ofcom.
_PHONES = "01632 960"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FAMILY = _words(
    """
    Ashdown Penfold Goldsmith Whitlock Castell Hartnell Fairbrass Tillman Marlowe Pettit Sandling Kettle
    Oxley Barham Stelling Lindqvist Romer Achebe Dunnock Hollis Varga Whybrow Larkfield Quested Philpott
    Hogben Sladden Tapsell Unicume Wraight Coveney Dengate Filmer Gilham Igglesden Jarman Kingsnorth
    Luckhurst Minter Noakes Offen Pilcher Ransley Spicer Twyman Vinson Winfield Amos-Bell Okonjo Patel-Moore
    Kowalska Nguyen Fernandes Haddad Thapa Gurung Rai Limbu Szabo Costa Brenchley Clackett Daggers Epps Fagg
    Goodsell Hambrook Ivory Jull Keeler
    """
)
_GIVEN = {
    Gender.FEMALE: _words(
        """
    Margaret Irene Brenda Joan Sylvia Edna Lilian Astrid Ngozi Jean Tessa Dorothy Pauline Sheila Maureen
    Hilary Gwen Rosemary Beryl Amrita Zofia Linh Fatima Iris Nora Daphne Winifred Olive Thelma Connie
    """
    ),
    Gender.MALE: _words(
        """
    Arthur Derek Roy Graham Kenneth Victor Frank Paul Colin Peter Istvan Stanley Leonard Cyril Ronald Dennis
    Norman Gerald Clifford Bikram Tomasz Hassan Duc Owen Walter Percy Sidney Maurice Ernest Alec
    """
    ),
}
_STREETS = _words(
    """
    Harbour_Steps Quarry_Rise Lark_Fields Valley_Prospect Old_Lime_Row Bluebell_Bank Shingle_Street
    Priory_Walk Foreland_View Cherry_Orchard Mariner's_Reach Longacre Drovers_Way Marsh_End Castle_Close
    Coolinge_Mews Warren_Heights Sandgate_Rise Eythorne_Path Snargate_Court River_Meadow Capel_Ridge
    Romney_Drove Samphire_Lane Lookers_Row Oast_Corner Hop_Garden_Close Chalk_Pit_Lane Beacon_Field
    Ferry_Cottages
    """
)
_PRACTICES = {
    "Folkestone": ("Y99901", "Y99902"),
    "Hythe": ("Y99902",),
    "Hawkinge": ("Y99901",),
    "New Romney": ("Y99903",),
    "Dymchurch": ("Y99903",),
    "Dover": ("Y99904", "Y99905"),
    "Lydden": ("Y99904",),
    "Deal": ("Y99906",),
    "Sandwich": ("Y99906",),
}
AREAS = tuple(_PRACTICES)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why somebody is referred; ages in whole years."""

    problem: str
    narrative: str
    youngest: int = 62
    oldest: int = 95


class Drawer:
    """Draws patients without repeating a name; the same seed draws the same."""

    def __init__(self, rng: random.Random, day: dt.date, postcodes: dict[str, tuple[str, ...]]) -> None:
        """`postcodes` lists the real ones by area."""
        self._rng, self._day, self._postcodes = rng, day, postcodes
        self._families = rng.sample(_FAMILY, len(_FAMILY))
        self._drawn = 0

    def draw(
        self,
        key: str,
        problem: Problem,
        source: Source,
        *,
        area: str = "",
        disposition: str | None = None,
        priority: int | None = None,
        is_visitor: bool = False,
    ) -> Case:
        """Draw one patient with this problem."""
        rng, place = self._rng, self._drawn
        self._drawn += 1
        gender = rng.choice((Gender.FEMALE, Gender.MALE))
        area = area or rng.choice(AREAS)
        street = rng.choice(_STREETS).replace("_", " ")
        return Case(
            key=key,
            family_name=self._families[place % len(self._families)],
            given_name=rng.choice(_GIVEN[gender]),
            gender=gender,
            birth_date=self._born(rng.randint(problem.youngest, problem.oldest)),
            nhs_number=nhs_number(self._day, place),
            phone=f"{_PHONES}{300 + place:03d}",
            address=f"{rng.randint(1, 88)} {street}, {area}",
            postcode=rng.choice(self._postcodes[area]),
            practice=None if is_visitor else rng.choice(_PRACTICES[area]),
            problem=problem.problem,
            narrative=problem.narrative,
            source=source,
            disposition=disposition,
            priority=priority,
        )

    def _born(self, age: int) -> dt.date:
        """Give a date of birth of that age which is no birthday today."""
        born = dt.date(self._day.year - age, 1, 1) + dt.timedelta(days=self._rng.randrange(360))
        is_later = (born.month, born.day) >= (self._day.month, self._day.day)
        return born.replace(year=born.year - 1, day=min(born.day, 28)) if is_later else born


def nhs_number(day: dt.date, place: int) -> str:
    """Give the test NHS number of one patient of a day, with the right check digit."""
    first = _FIRST_NUMBER + (day.toordinal() * _A_DAY + place) * _APART % _NUMBERS
    numbers = (f"{nine}{check}" for nine in range(first, first + _APART) for check in range(10))
    return next(number for number in numbers if nhs_number_checks(number))
