"""The file that describes a service: hubs, hours, intake; and, for the demo only, people and practices."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.domain.refusals import Refused
from console.domain.words import Role
from console.services import practitioner_plan
from console.services.practitioner_plan import PractitionerPlan

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "services" / "south_kent_coast.toml"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class HubPlan:
    """One hub as the file describes it; `days` are weekdays, 0 is Monday."""

    code: str
    name: str
    phone: str | None
    postcode: str | None
    lat: float | None
    lon: float | None
    opens: dt.time
    closes: dt.time
    days: tuple[int, ...]
    is_intake: bool
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PracticePlan:
    """One invented practice of the demo."""

    ods_code: str
    name: str
    address: str
    postcode: str
    phone: str
    hub: str


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """One invented person of the demo."""

    login: str
    name: str
    roles: tuple[Role, ...]
    hubs: tuple[str, ...]
    registration: str | None
    practitioner: PractitionerPlan | None
    mail: str | None = None


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """Everything that the file says."""

    name: str
    hubs: tuple[HubPlan, ...]
    practitioners: tuple[PractitionerPlan, ...]
    demo_practices: tuple[PracticePlan, ...]
    demo_people: tuple[PersonPlan, ...]


def read(path: Path = SHIPPED) -> ServicePlan:
    """Read a service file; refuse one that cannot be right, saying where."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        plan = _plan(written)
    except OSError as error:
        raise Refused(f"The service file {path.name} cannot be read: {error.strerror}.") from error
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"The service file {path.name} is not valid TOML: {error}.") from error
    except KeyError as missing:
        raise Refused(f"The service file {path.name} lacks {missing}.") from missing
    except (TypeError, ValueError) as error:
        raise Refused(f"The service file {path.name} holds a value that cannot be right: {error}.") from error
    if reasons := _reasons_against(plan):
        raise Refused(*reasons)
    return plan


def _plan(written: Mapping[str, Any]) -> ServicePlan:
    demo = written.get("demo", {})
    return ServicePlan(
        name=written["service"]["name"],
        hubs=tuple(_hub(one) for one in written["hub"]),
        practitioners=practitioner_plan.read_all(written.get("practitioner", ())),
        demo_practices=tuple(PracticePlan(**one) for one in demo.get("practice", ())),
        demo_people=tuple(_person(one) for one in demo.get("person", ())),
    )


def _hub(written: Mapping[str, Any]) -> HubPlan:
    return HubPlan(
        code=written["code"],
        name=written["name"],
        phone=written.get("phone"),
        postcode=written.get("postcode"),
        lat=written.get("lat"),
        lon=written.get("lon"),
        opens=dt.time.fromisoformat(written["opens"]),
        closes=dt.time.fromisoformat(written["closes"]),
        days=tuple(_DAYS.index(day) for day in written.get("days", _DAYS)),
        is_intake=written.get("is_intake", False),
        districts=tuple(district.upper() for district in written.get("districts", ())),
    )


def _person(written: Mapping[str, Any]) -> PersonPlan:
    own = {name: written.get(name) for name in ("login", "name", "registration", "phone")}
    work = written.get("practitioner")
    return PersonPlan(
        login=written["login"],
        name=written["name"],
        roles=tuple(Role(role) for role in written["roles"]),
        hubs=tuple(written["hubs"]),
        registration=written.get("registration"),
        practitioner=practitioner_plan.read(own | work) if work else None,
    )


def _reasons_against(plan: ServicePlan) -> list[str]:
    codes = [hub.code for hub in plan.hubs]
    reasons = []
    if len(set(codes)) < len(codes):
        reasons.append("Two hubs have the same code.")
    if sum(hub.is_intake for hub in plan.hubs) != 1:
        reasons.append("Exactly one hub must take in the referrals that name none (is_intake = true).")
    reasons += [f"{hub.name} closes before it opens." for hub in plan.hubs if hub.closes <= hub.opens]
    named = [practice.hub for practice in plan.demo_practices]
    named += [hub for person in plan.demo_people for hub in person.hubs]
    reasons += [f"There is no hub with the code {code}." for code in sorted(set(named) - set(codes))]
    districts = [district for hub in plan.hubs for district in hub.districts]
    twice = sorted({district for district in districts if districts.count(district) > 1})
    return reasons + [f"The district {district} is given to two hubs." for district in twice]
