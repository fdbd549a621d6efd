"""The invented patients of the demo: NHS numbers of the test range, telephone numbers kept for fiction."""

import datetime as dt
from dataclasses import dataclass

from console.domain.identifiers import nhs_number_checks
from console.domain.words import Gender, Source

F, M = Gender.FEMALE, Gender.MALE


@dataclass(frozen=True, slots=True)
class Case:
    """One patient with what they are referred for; `age` in whole years."""

    family_name: str
    given_name: str
    gender: Gender
    age: int
    address: str
    postcode: str
    practice: str | None
    problem: str
    narrative: str = ""
    source: Source = Source.GP_PRACTICE
    disposition: str | None = None


GP, NHS111, NURSES, HUB = (
    Source.GP_PRACTICE,
    Source.NHS_111,
    Source.COMMUNITY_NURSING,
    Source.HUB,
)

CASES = {
    "sent": Case("Ashdown", "Margaret", F, 84, "3 Harbour Steps, Folkestone", "CT19 6HD", "Y99901",
                 "Short of breath, known heart failure", "Ankles swollen for three days. Daughter present."),
    "late": Case("Penfold", "Arthur", M, 79, "17 Quarry Rise, Dover", "CT16 2HT", "Y99904",
                 "Fall, cut to the shin", "On warfarin. Skin flap about 6 cm."),
    "draft": Case("Goldsmith", "Irene", F, 91, "2 Lark Fields, Hythe", "CT21 5UR", "Y99902",
                  "Confused since last night", "Carer says not herself. Possible urine infection."),
    "on_scene": Case("Whitlock", "Derek", M, 72, "41 Valley Prospect, Hawkinge", "CT18 7TL", "Y99901",
                     "COPD, wheezy, out of rescue pack", "Speaks in short sentences. Peak flow not known."),
    "en_route": Case("Castell", "Brenda", F, 88, "9 Old Lime Row, Deal", "CT14 6FH", "Y99906",
                     "Blocked catheter, in discomfort", "Last changed seven weeks ago."),
    "allocated": Case("Hartnell", "Roy", M, 67, "28 Bluebell Bank, Folkestone", "CT19 5LZ", "Y99902",
                      "Cellulitis, no better on antibiotics", "Leg red above the knee since the morning."),
    "untriaged": Case("Fairbrass", "Joan", F, 76, "6 Shingle Street, New Romney", "TN28 8DT", "Y99903",
                      "Dizzy on standing", "NHS 111: new tablets for blood pressure two days ago.",
                      NHS111, "Dx05"),
    "untriaged_late": Case("Tillman", "Graham", M, 58, "52 Priory Walk, Dover", "CT17 9TT", "Y99905",
                           "Back pain since yesterday", "NHS 111: no red flags recorded.", NHS111, "Dx09"),
    "waiting": Case("Marlowe", "Sylvia", F, 81, "15 Foreland View, Deal", "CT14 7BU", "Y99906",
                    "Chest infection, poor intake", "GP asks for a visit today; lives alone."),
    "routine": Case("Pettit", "Kenneth", M, 70, "33 Cherry Orchard, Hythe", "CT21 6DE", "Y99902",
                    "Medication review after discharge", "Home since Friday; new insulin."),
    "ambulance": Case("Sandling", "Victor", M, 63, "7 Mariner's Reach, Dover", "CT17 0WU", "Y99905",
                      "Chest pain, clammy", "NHS 111: pain for 40 minutes.", NHS111, "Dx012"),
    "worse": Case("Kettle", "Edna", F, 93, "20 Longacre, Folkestone", "CT20 3RJ", "Y99901",
                  "Vomiting since the night", "Carer rings: drowsier than an hour ago."),
    "gp_needed": Case("Oxley", "Frank", M, 86, "11 Drovers Way, Lydden", "CT15 7DX", "Y99904",
                      "End of life, breathless, family distressed", "Anticipatory medicines in the house."),
    "nursing": Case("Barham", "Lilian", F, 78, "4 Marsh End, Romney Marsh", "TN29 0DA", "Y99903",
                    "Leg ulcer, spreading redness", "District nurse worried about sepsis.", NURSES),
    "marker": Case("Stelling", "Paul", M, 49, "60 Castle Close, Dover", "CT16 1AN", "Y99904",
                   "Abdominal pain after discharge", "Seen at the emergency department on Sunday."),
    "visitor": Case("Lindqvist", "Astrid", F, 66, "Room 4, The Pilot House, Folkestone", "CT20 2DA", None,
                    "Migraine, cannot keep tablets down", "On holiday here until Saturday."),
    "hub_new": Case("Romer", "Colin", M, 35, "12 Coolinge Mews, Folkestone", "CT20 2DA", "Y99902",
                    "Ear pain and fever", source=HUB),
    "hub_waiting": Case("Achebe", "Ngozi", F, 29, "5 Warren Heights, Folkestone", "CT19 6HD", "Y99901",
                        "Painful urination", source=HUB),
    "hub_seen": Case("Dunnock", "Peter", M, 54, "38 Sandgate Rise, Folkestone", "CT20 3RJ", "Y99902",
                     "Hand wound, needs closing", source=HUB),
    "dover_late": Case("Hollis", "Jean", F, 61, "22 Eythorne Path, Dover", "CT16 2HT", "Y99905",
                       "Rash after new tablets", source=HUB),
    "dover_gp": Case("Varga", "Istvan", M, 47, "8 Snargate Court, Dover", "CT17 9TT", "Y99904",
                     "Palpitations for two days", source=HUB),
    "dover_seen": Case("Whybrow", "Tessa", F, 8, "19 River Meadow, Dover", "CT17 0WU", "Y99905",
                       "Sore throat, rash", source=HUB),
}  # fmt: skip


def birth_date(case: Case, today: dt.date) -> dt.date:
    """Give a date of birth of that age which is no birthday today."""
    return dt.date(today.year - case.age, 1, 1) + dt.timedelta(days=len(case.problem) % 28)


def nhs_number(place: int) -> str:
    """Give the test NHS number of a case: the range that starts with 999 is never issued to anybody."""
    first = 999_100_000 + place * 11
    numbers = (f"{nine}{check}" for nine in range(first, first + 11) for check in range(10))
    return next(number for number in numbers if nhs_number_checks(number))


def phone(place: int) -> str:
    """Give a telephone number of the range that is kept free for fiction."""
    return f"01632 960{300 + place}"
