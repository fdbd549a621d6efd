"""What a day is made of: invented patients, and events that somebody does at a moment."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.words import Gender, Placement, Source, Stream


class Act(enum.StrEnum):
    """What somebody does; each is one step, in one transaction."""

    SHIFT_ON = "shift_on"
    SHIFT_OFF = "shift_off"
    POSITION = "position"
    RECEIVE = "receive"
    TRIAGE = "triage"
    RAISE = "raise"
    WORSE = "worse"
    ADVISE = "advise"
    REDIRECT = "redirect"
    DECLINE = "decline"
    REFERENCE = "reference"
    TAKE_OVER = "take_over"
    ADD_MARKER = "add_marker"
    READ_MARKERS = "read_markers"
    RECORD_ACCESS = "record_access"
    ALLOCATE = "allocate"
    ACKNOWLEDGE = "acknowledge"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    CLEAR = "clear"
    NO_ACCESS = "no_access"
    HAND_BACK = "hand_back"
    DIVERT = "divert"
    ACKNOWLEDGE_RETURN = "acknowledge_return"
    ARRIVE = "arrive"
    STREAM = "stream"
    CALL = "call"
    BEGIN = "begin"
    FINISH = "finish"
    LEFT = "left"
    ELSEWHERE = "elsewhere"
    HAND_ALL = "hand_all"
    CLOSE_HUB = "close_hub"
    OPEN_HUB = "open_hub"
    DRAFT = "draft"
    SIGN = "sign"
    SENT = "sent"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ACCEPT_TASK = "accept_task"
    DO_TASK = "do_task"
    TRIAGE_OTHERS = "triage_others"
    TIDY_VISIT = "tidy_visit"
    TIDY_ENTRY = "tidy_entry"
    TIDY_REFERRAL = "tidy_referral"


@dataclass(frozen=True, slots=True)
class Case:
    """One invented patient with what they are referred for; the practice is its ODS code."""

    key: str
    family_name: str
    given_name: str
    gender: Gender
    birth_date: dt.date
    nhs_number: str
    phone: str
    address: str
    postcode: str
    practice: str | None
    problem: str
    narrative: str
    source: Source
    disposition: str | None = None
    priority: int | None = None  # as the sender states it


@dataclass(frozen=True, slots=True)
class Event:
    """One step: who does it (`by`, a login), when, to which case, and what it says.

    `who` is the practitioner whom it is about, `hub` a hub's code, `minutes` until a visit is expected to be
    clear.
    """

    at: dt.datetime
    act: Act
    by: str
    case: str = ""
    who: str = ""
    hub: str = ""
    words: str = ""
    priority: int = 3
    stream: Stream = Stream.HOME_VISIT
    placement: Placement = Placement.HOME_VISITING
    minutes: int = 30
    point: tuple[float, float] | None = None
    until: dt.datetime | None = None
    is_yes: bool = False


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A whole day, its events in the order in which they happen."""

    day: dt.date
    cases: Mapping[str, Case] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
