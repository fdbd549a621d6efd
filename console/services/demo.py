"""The demo's day: two hubs in the middle of a shift, made up to this minute, the same every time."""

import datetime as dt
from dataclasses import replace

from console.domain.clinical_words import Consciousness, MedicineAction
from console.domain.news2 import Observations
from console.domain.report_content import GpAction, Medicine, ReportContent
from console.domain.words import (
    MarkerKind,
    OutcomeDisposition,
    Placement,
    Role,
    Stream,
)
from console.services.demo_player import Player
from db.engine import Database
from db.models import Referral, Report, Visit

_SHIFT_BEGAN = 330
# Login, hub, placement, hours left, where they were last, how many minutes ago, and who said so.
_ON_DUTY = (
    ("sam.hill", "folkestone", Placement.HOME_VISITING, 4.5, (51.1182, 1.1608), 3, "OwnTracks"),
    ("priya.nair", "folkestone", Placement.HOME_VISITING, 5.5, (51.0786, 1.0956), 8, "OwnTracks"),
    ("tom.fletcher", "dover", Placement.HOME_VISITING, 4.5, (51.1932, 1.3570), 1, "OwnTracks"),
    ("grace.okafor", "dover", Placement.HUB, 6.0, (51.1279, 1.3134), 40, "by hand"),
    ("dan.price", "folkestone", Placement.HUB, 6.0, (51.0809, 1.1660), 55, "by hand"),
    ("helen.osei", "dover", Placement.HUB, 6.0, (51.1279, 1.3134), 35, "by hand"),
)


def play(database: Database, now: dt.datetime) -> None:
    """Play the day so far in a database that is set up with the people of the demo."""
    player = Player(database, now)
    _come_on_duty(player)
    _visits_that_are_done(player)
    _visits_under_way(player)
    _patients_who_wait(player)
    _hub_folkestone(player)
    _hub_dover(player)
    _positions(player)


def _come_on_duty(player: Player) -> None:
    for login, hub, placement, hours_left, *_ in _ON_DUTY:
        began_at = player.at(_SHIFT_BEGAN)
        ends_at = player.now + dt.timedelta(hours=hours_left)
        who = player.practitioner(login)
        player.jo.workforce.shift_on(who, player.hubs[hub], placement, began_at, ends_at)


def _positions(player: Player) -> None:
    for login, _, _, _, (lat, lon), minutes_ago, source in _ON_DUTY:
        at = player.at(minutes_ago)
        accuracy = 400.0 if source == "by hand" else 12.0
        player.jo.workforce.position(player.practitioner(login), lat, lon, source, at, accuracy)


def _visits_that_are_done(player: Player) -> None:
    """One report sent, one written and not signed, one that nobody has begun and that is late."""
    late = player.triaged("late", 320, 2)
    _clear(player, player.visited(late, "tom.fletcher", 310, 307, 300, 275), 245)
    sent = player.triaged("sent", 240, 2)
    report = _clear(player, player.visited(sent, "sam.hill", 228, 226, 222, 205), 160)
    _write(player, report, "sam.hill", 140)
    player.sent(report, "sam.hill", 120)
    draft = player.triaged("draft", 190, 3)
    report = _clear(player, player.visited(draft, "priya.nair", 170, 168, 160, 140), 95)
    _write(player, report, "priya.nair", 60)


def _clear(player: Player, visit: int, minutes_ago: float) -> int:
    player.at(minutes_ago)
    return player.jo.visits.clear(
        visit,
        player.version(Visit, visit),
        OutcomeDisposition.TREATED_AT_HOME,
        True,
        "Treated at home; would otherwise have been taken to hospital",
    )


def _write(player: Player, report: int, login: str, minutes_ago: float) -> None:
    player.at(minutes_ago)
    reports = player.desk(login, Role.PRACTITIONER).reports
    reports.draft(report, player.version(Report, report), _filled(reports.content(report), player.now))


def _filled(content: ReportContent, now: dt.datetime) -> ReportContent:
    """Write a report as a practitioner would."""
    return replace(
        content,
        history="Three days of increasing symptoms. No chest pain. Eating and drinking a little.",
        examination="Chest: fine crackles at both bases. Ankles swollen. Abdomen soft.",
        observations=Observations(
            respiratory_rate=18,
            spo2=95,
            on_oxygen=False,
            systolic=128,
            pulse=84,
            consciousness=Consciousness.ALERT,
            temperature=37.2,
        ),
        diagnosis="Exacerbation of heart failure, mild",
        treatment="Diuretic doubled for three days by agreement with the duty clinician.",
        medicines=(Medicine("Furosemide 40 mg tablets", MedicineAction.CHANGED, "80 mg in the morning"),),
        allergies="No known allergies",
        gp_actions=(GpAction("Blood test for kidney function", (now + dt.timedelta(days=6)).date()),),
        advice="Ring 111 or this service if breathing worsens; 999 for chest pain.",
        safeguarding=False,
        admission_prevented=True,
        prevented_judged_by=content.clinician,
        prevented_because="Stable, with family support and a plan for review",
    )


def _visits_under_way(player: Player) -> None:
    on_scene = player.triaged("on_scene", 110, 2)
    player.visited(on_scene, "sam.hill", 82, 78, 66, 41, clear_in=55)
    en_route = player.triaged("en_route", 74, 3)
    player.visited(en_route, "tom.fletcher", 31, 26, 12)
    allocated = player.triaged("allocated", 62, 2)
    player.visited(allocated, "priya.nair", 18)


def _patients_who_wait(player: Player) -> None:
    player.received("waiting", 104, stated_priority=3)
    player.received("routine", 150, stated_priority=4)
    player.triaged("gp_needed", 48, 2, gp_needed=True)
    player.triaged("nursing", 66, 3)
    player.received("visitor", 9)
    player.received("untriaged", 14)
    player.received("untriaged_late", 27)
    player.received("ambulance", 6)
    worse = player.triaged("worse", 92, 2)
    player.at(4)
    player.jo.referrals.worse(worse, "drowsier than an hour ago, carer is worried")
    _marked(player, player.triaged("marker", 40, 3))


def _marked(player: Player, referral_id: int) -> None:
    player.at(30)
    with player.database.read() as session:
        patient_id = session.get_one(Referral, referral_id).patient_id
    review_on = (player.now + dt.timedelta(days=90)).date()
    words = "Two large dogs: ask for them to be shut away before going in"
    player.jo.markers.add(patient_id, None, None, MarkerKind.ANIMAL, words, review_on, referral_id)


def _hub_folkestone(player: Player) -> None:
    seen = player.arrived("hub_seen", "folkestone", 70)
    player.streamed(seen, 60, Stream.PARAMEDIC_PRACTITIONER, 3, "Clean wound, no GP needed")
    player.seen_by(seen, 15, "dan.price")
    waiting = player.arrived("hub_waiting", "folkestone", 38)
    player.streamed(waiting, 30, Stream.PARAMEDIC_PRACTITIONER, 3, "Simple infection likely")
    player.arrived("hub_new", "folkestone", 9)


def _hub_dover(player: Player) -> None:
    seen = player.arrived("dover_seen", "dover", 55)
    player.streamed(seen, 47, Stream.PARAMEDIC_PRACTITIONER, 3, "Child, well hydrated")
    player.seen_by(seen, 8, "grace.okafor")
    needs_gp = player.arrived("dover_gp", "dover", 44)
    player.streamed(needs_gp, 34, Stream.GP_NEEDED, 2, "Irregular pulse: a doctor decides")
    player.arrived("dover_late", "dover", 19)
