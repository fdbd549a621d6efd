"""Back-entry: what was written on paper while the database was away, entered with its true times."""

from collections.abc import Callable

from console.domain import paper
from console.domain import visit as visits
from console.domain.acting import Happened
from console.domain.calendar import local
from console.domain.paper import PaperEntry, PaperStep
from console.domain.permissions import reasons_not_permitted
from console.domain.refusals import Refused, SeemsEntered
from console.domain.words import OutcomeDisposition, OutcomeKind, Stream, VisitStatus
from console.services.ambulance import Ambulance
from console.services.basis import Basis, refuse
from console.services.contacts import Contacts
from console.services.hub_queue import HubQueue
from console.services.referrals import Referrals
from console.services.triage import Triage
from console.services.visit_steps import Found
from console.services.visits import Visits
from console.services.workforce import Workforce
from db.models import Referral, Visit
from db.queries import care, lookups
from db.queries import paper as entered

_NO_VISIT = "Nobody has been sent to {number} yet: enter first who was asked to go, and when."
_ENDED_VISIT = "Nobody has {number} in hand any more: look at its timeline."
_NO_ENTRY = "{number} is in no hub's queue: enter first that the patient came to the hub."
_OFF = "This practitioner is not on duty: look at the shift."


class Paper:
    """The lines of the paper, each one step of the service that it belongs to."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def enter(self, entry: PaperEntry) -> None:
        """Enter one line; the rules are those of every day, and it is marked as entered from paper."""
        refuse(reasons_not_permitted(self._basis.actor.role, paper.DEEDS[entry.step]))
        if not entry.again:
            self._refuse_what_seems_entered(entry)
        if entry.step in paper.OF_PRACTITIONERS:
            self._enter_shift(entry)
        elif entry.step in _VISITS:
            self._enter_visit(entry)
        elif entry.step in _QUEUE:
            self._enter_queue(entry)
        else:
            self._enter_referral(entry)

    def _refuse_what_seems_entered(self, entry: PaperEntry) -> None:
        with self._basis.database.read() as session:
            found = entered.like(
                session,
                paper.LEAVES.get(entry.step, ""),
                (entry.ended_at - paper.SAME_WITHIN, entry.ended_at + paper.SAME_WITHIN),
                referral_id=entry.referral_id,
                practitioner_id=entry.practitioner_id,
            )
        if found is not None:
            words, happened_at, entered_at, by = found
            raise SeemsEntered(
                f"This seems to be entered already: {words}, at {local(happened_at):%H:%M}, entered by {by}"
                f" at {local(entered_at):%H:%M}. If it happened twice, save it once more."
            )

    def _enter_shift(self, entry: PaperEntry) -> None:
        workforce, who = Workforce(self._basis), entry.practitioner_id or 0
        happened = Happened(entry.at, who, said=entry.words, from_paper=True)
        if entry.step is PaperStep.SHIFT_OFF:
            with self._basis.database.read() as session:
                shift = care.shift_on_duty(session, who)
                seen = None if shift is None else (shift.id, shift.version)
            if seen is None:
                raise Refused(_OFF)
            workforce.shift_off(*seen, happened)
            return
        if entry.hub_id is None or entry.until_at is None:
            raise Refused("Say at which hub, and until when the shift goes.")
        workforce.shift_on(who, entry.hub_id, entry.placement, None, entry.until_at, happened=happened)

    def _enter_visit(self, entry: PaperEntry) -> None:
        with self._basis.database.read() as session:
            referral = _referral(session, entry)
            found = lookups.active_visit(session, referral.id)
            if found is None:
                has_had = entered.has_had_a_visit(session, referral.id)
                refuse(((_ENDED_VISIT if has_had else _NO_VISIT).format(number=referral.number),))
                return
            visit, name = found
            refuse(_at_work(session, visit, name, entry.step) or _missing(visit, name, entry.step))
            seen = (visit.id, visit.version)
            practitioner_id = visit.practitioner_id
        happened = Happened(entry.at, practitioner_id, said=entry.words, from_paper=True)
        _VISITS[entry.step](Visits(self._basis), entry, seen, happened)

    def _enter_queue(self, entry: PaperEntry) -> None:
        with self._basis.database.read() as session:
            referral = _referral(session, entry)
            found = care.open_entry(session, referral.id)
            refuse(() if found is not None else (_NO_ENTRY.format(number=referral.number),))
            seen = (found.id, found.version) if found is not None else (0, 0)
        happened = Happened(entry.at, said=entry.words, from_paper=True)
        _QUEUE[entry.step](HubQueue(self._basis), entry, seen, happened)

    def _enter_referral(self, entry: PaperEntry) -> None:
        with self._basis.database.read() as session:
            referral = _referral(session, entry)
            seen = (referral.id, referral.version)
        _REFERRALS[entry.step](self._basis, entry, seen, Happened(entry.at, from_paper=True))


Seen = tuple[int, int]
_P = PaperStep


def _referral(session: lookups.Open, entry: PaperEntry) -> Referral:
    found = session.get(Referral, entry.referral_id) if entry.referral_id is not None else None
    if found is None:
        raise Refused("Choose the patient of the board.")
    return found


_MEANS = {
    PaperStep.ACKNOWLEDGED: VisitStatus.ACKNOWLEDGED,
    PaperStep.LEFT: VisitStatus.EN_ROUTE,
    PaperStep.THERE: VisitStatus.ON_SCENE,
    PaperStep.CLEAR: VisitStatus.CLEAR,
}
_SAID = {
    VisitStatus.ACKNOWLEDGED: "acknowledged",
    VisitStatus.EN_ROUTE: "left for the patient",
    VisitStatus.ON_SCENE: "was with the patient",
}


def _missing(visit: Visit, name: str, step: PaperStep) -> tuple[str, ...]:
    """Say which steps come before this one and are not entered."""
    wanted, missing = _MEANS.get(step), []
    at = visits.next_step(visit.status)
    while wanted is not None and at is not None and at is not wanted:
        missing.append(_SAID.get(at, ""))
        at = visits.next_step(at)
    if at is not wanted or not missing:
        return ()  # it fits, or the rule of the visit says why it never will
    return (
        f"Enter first when {name} {' and '.join(missing)}: as the paper says, or as near as anybody knows.",
    )


def _at_work(session: lookups.Open, visit: Visit, name: str, step: PaperStep) -> tuple[str, ...]:
    """Nobody is under way to two patients at once: who works for others by now has ended what is on paper."""
    if step not in _MEANS or visit.status is not VisitStatus.ALLOCATED:
        return ()
    other = lookups.engaged_with(session, visit.practitioner_id, visit.id)
    if other is None:
        return ()
    one_line = f"enter this visit as one line, {paper.KEYS[_P.VISITED]}"
    return (f"{name} has {other} in hand by now: {one_line}, with when they were there and clear.",)


def _clear(service: Visits, entry: PaperEntry, seen: Seen, happened: Happened) -> None:
    is_death = entry.disposition is OutcomeDisposition.DIED
    service.clear(
        *seen,
        disposition=entry.disposition,
        admission_prevented=entry.admission_prevented,
        prevented_because=entry.words,
        kind=OutcomeKind.DEATH if is_death else OutcomeKind.VISIT,
        happened=happened,
    )


def _seen(service: HubQueue, entry: PaperEntry, seen: Seen, happened: Happened) -> None:
    is_death = entry.disposition is OutcomeDisposition.DIED
    service.finish(
        *seen,
        disposition=entry.disposition,
        admission_prevented=entry.admission_prevented,
        prevented_because=entry.words,
        kind=OutcomeKind.DEATH if is_death else OutcomeKind.HUB_CONSULTATION,
        happened=happened,
    )


def _contact(basis: Basis, entry: PaperEntry, seen: Seen, happened: Happened) -> None:
    Contacts(basis).record(
        seen[0],
        entry.contact_with,
        entry.channel,
        entry.number,
        entry.result,
        said=entry.words,
        promised_by_at=entry.until_at,
        happened=happened,
    )


def _triaged(basis: Basis, entry: PaperEntry, seen: Seen, happened: Happened) -> None:
    if entry.priority is None:
        raise Refused("Choose the priority that stands on the paper.")
    stream = entry.stream or Stream.HOME_VISIT
    Triage(basis).triage(*seen, entry.priority, stream, entry.gp_needed, entry.words, happened)


def _streamed(service: HubQueue, entry: PaperEntry, seen: Seen, happened: Happened) -> None:
    if entry.priority is None or entry.stream is None:
        raise Refused("Choose the stream and the priority that stand on the paper.")
    service.stream(*seen, entry.stream, entry.priority, entry.gp_needed, entry.words, happened)


def _visited(basis: Basis, entry: PaperEntry, seen: Seen, _: Happened) -> None:
    if entry.practitioner_id is None or entry.until_at is None:
        raise Refused("Say who was there, and when they were clear.")
    is_death = entry.disposition is OutcomeDisposition.DIED
    kind = OutcomeKind.DEATH if is_death else OutcomeKind.VISIT
    found = Found(kind, entry.disposition, entry.admission_prevented, entry.words)
    told = Happened(None, entry.practitioner_id, said=entry.words, from_paper=True)
    Visits(basis).visited(seen[0], entry.practitioner_id, seen[1], entry.at, entry.until_at, found, told)


def _visit_of(basis: Basis, entry: PaperEntry, seen: Seen, happened: Happened) -> None:
    Visits(basis).allocate(seen[0], entry.practitioner_id or 0, seen[1], entry.words, happened)


_VISITS: dict[PaperStep, Callable[[Visits, PaperEntry, Seen, Happened], object]] = {
    _P.ACKNOWLEDGED: lambda to, _, seen, then: to.acknowledge(*seen, then),
    _P.LEFT: lambda to, one, seen, then: to.en_route(*seen, one.until_at, then),
    _P.THERE: lambda to, one, seen, then: to.on_scene(*seen, one.until_at, then),
    _P.CLEAR: _clear,
    _P.NO_ACCESS: lambda to, one, seen, then: to.no_access(*seen, one.is_concern, one.words, then),
    _P.HANDED_BACK: lambda to, one, seen, then: to.hand_back(*seen, one.words, then),
}
_QUEUE: dict[PaperStep, Callable[[HubQueue, PaperEntry, Seen, Happened], object]] = {
    _P.STREAMED: _streamed,
    _P.CALLED: lambda to, _, seen, then: to.call(*seen, then),
    _P.BEING_SEEN: lambda to, one, seen, then: to.begin(*seen, one.practitioner_id or 0, then),
    _P.SEEN: _seen,
    _P.LEFT_UNSEEN: lambda to, one, seen, then: to.left(*seen, one.words, then),
}
_REFERRALS: dict[PaperStep, Callable[[Basis, PaperEntry, Seen, Happened], object]] = {
    _P.TRIAGED: _triaged,
    _P.ALLOCATED: _visit_of,
    _P.VISITED: _visited,
    _P.ARRIVED: lambda to, one, seen, then: HubQueue(to).arrive(seen[0], one.hub_id, then),
    _P.CONTACT: _contact,
    _P.ADVISED: lambda to, one, seen, then: Contacts(to).advise(*seen, one.words, happened=then),
    _P.WORSE: lambda to, one, seen, then: Referrals(to).worse(seen[0], one.words, then),
    _P.ASKED_999: lambda to, one, seen, then: Ambulance(to).upgrade(*seen, one.words, then),
    _P.REFERENCE_999: lambda to, one, seen, then: Ambulance(to).reference(
        *seen, one.words, one.accepted_by, then
    ),
    _P.TAKEN_OVER_999: lambda to, _, seen, then: Ambulance(to).take_over(*seen, then),
    _P.CANCELLED: lambda to, one, seen, then: Referrals(to).cancel(*seen, one.words, happened=then),
}
