"""Scenes of referrals: taken in, triaged, decided about."""

import datetime as dt

from console.domain.calendar import local_day
from console.domain.refusals import Refused
from console.domain.words import MarkerKind, PracticeLink, ReferralStatus
from console.planning.day.words import Act
from console.services.forms import NewReferral
from console.services.players.stage import MOVED_ON, REFERENCE, Scene, Stage
from db.queries import training as queries
from db.queries.markers import read_markers

_DISPOSITION_BEFORE = dt.timedelta(minutes=5)
_REVIEW_AFTER = dt.timedelta(days=90)


def form(stage: Stage) -> NewReferral:
    """Fill in the form of a case."""
    case = stage.case()
    return NewReferral(
        source=case.source,
        family_name=case.family_name,
        given_name=case.given_name,
        gender=case.gender,
        birth_date=case.birth_date,
        nhs_number=case.nhs_number,
        nhs_number_verified=True,
        phone=case.phone,
        home_address=case.address,
        home_postcode=case.postcode,
        caller="Reception" if case.priority else "",
        practice_id=stage.cast.practices.get(case.practice) if case.practice else None,
        practice_link=None if case.practice else PracticeLink.VISITOR,
        problem=case.problem,
        narrative=case.narrative,
        stated_priority=case.priority,
        disposition=case.disposition,
        disposition_at=stage.now - _DISPOSITION_BEFORE if case.disposition else None,
        identity_read_back=True,
        sender_reference=stage.reference(case.key),
    )


def receive(stage: Stage) -> None:
    """Somebody rings, and the coordinator takes it in."""
    stage.desk.referrals.receive(form(stage))


def triage(stage: Stage) -> None:
    """The clinician triages, unless somebody has."""
    seen = stage.referral()
    stage.desk.triage.triage(
        seen.id,
        seen.version,
        stage.event.priority,
        stage.event.stream,
        reason=stage.event.words or "Telephone assessment",
    )


def raise_priority(stage: Stage) -> None:
    """The clinician raises a priority that is still lower."""
    seen = stage.referral()
    if seen.priority is None or seen.priority <= stage.event.priority or seen.seen_at is not None:
        raise Refused(MOVED_ON)
    stage.desk.triage.change_priority(seen.id, seen.version, stage.event.priority, stage.event.words)


def worse(stage: Stage) -> None:
    """Somebody rings again: the patient is worse."""
    seen = stage.referral()
    if seen.seen_at is not None:
        raise Refused(MOVED_ON)
    stage.desk.referrals.worse(seen.id, stage.event.words)


def advise(stage: Stage) -> None:
    """The clinician settles it by telephone."""
    seen = stage.referral()
    if seen.seen_at is not None:
        raise Refused(MOVED_ON)
    stage.desk.contacts.advise(seen.id, seen.version, stage.event.words)


def redirect(stage: Stage) -> None:
    """Somebody else takes the patient."""
    seen = stage.referral()
    stage.desk.referrals.redirect(seen.id, seen.version, "Another service, by telephone", stage.event.words)


def decline(stage: Stage) -> None:
    """The clinician declines."""
    seen = stage.referral()
    if seen.seen_at is not None:
        raise Refused(MOVED_ON)
    stage.desk.referrals.decline(seen.id, seen.version, stage.event.words)


def reference(stage: Stage) -> None:
    """Ambulance control gives a reference."""
    seen = stage.referral()
    if seen.ambulance_reference:
        raise Refused(MOVED_ON)
    stage.desk.ambulance.reference(seen.id, seen.version, stage.event.words, "Call handler 7")


def take_over(stage: Stage) -> None:
    """The crew takes the patient over."""
    seen = stage.referral()
    stage.desk.ambulance.take_over(seen.id, seen.version)


def add_marker(stage: Stage) -> None:
    """The coordinator is told what whoever goes must know."""
    seen = stage.referral()
    review_on = local_day(stage.now + _REVIEW_AFTER)
    stage.desk.markers.add(
        seen.patient_id, None, None, MarkerKind.ANIMAL, stage.event.words, review_on, seen.id
    )


def read_the_markers(stage: Stage) -> None:
    """The coordinator reads what whoever goes must know, by name."""
    seen = stage.referral()
    with stage.database.read() as session:
        unread = [one.id for one in read_markers(session, seen.id) if not one.acknowledged_by]
    if not unread:
        raise Refused(MOVED_ON)
    stage.desk.markers.acknowledge(seen.id, unread)


def triage_others(stage: Stage) -> None:
    """What a trainee took in waits for a clinician like everything else."""
    before = stage.now - dt.timedelta(minutes=stage.event.minutes)
    with stage.database.read() as session:
        seen = stage.there(queries.untriaged_by_hand(session, before, REFERENCE))
    stage.desk.triage.triage(seen.id, seen.version, 3, reason="Telephone assessment")


def tidy(stage: Stage) -> None:
    """What yesterday left with nobody goes back to the own practice."""
    before = stage.now - dt.timedelta(hours=8)
    with stage.database.read() as session:
        seen = stage.there(queries.left_referral(session, before))
    words = "Left from the day before: the practice sees the patient today"
    if seen.seen_at is not None and seen.status is ReferralStatus.ACCEPTED:
        stage.desk.referrals.close(seen.id, seen.version, "Seen the day before")
    else:
        stage.desk.referrals.redirect(seen.id, seen.version, "The patient's own practice", words)


SCENES: dict[Act, Scene] = {
    Act.RECEIVE: receive,
    Act.TRIAGE: triage,
    Act.RAISE: raise_priority,
    Act.WORSE: worse,
    Act.ADVISE: advise,
    Act.REDIRECT: redirect,
    Act.DECLINE: decline,
    Act.REFERENCE: reference,
    Act.TAKE_OVER: take_over,
    Act.ADD_MARKER: add_marker,
    Act.READ_MARKERS: read_the_markers,
    Act.TRIAGE_OTHERS: triage_others,
    Act.TIDY_REFERRAL: tidy,
}
