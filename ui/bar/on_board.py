"""What can be found without asking anybody: the commands, and the rows of the board that is shown."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from console.domain.identifiers import format_nhs_number, format_phone
from console.domain.permissions import Deed
from console.domain.rows import HubRow, PractitionerRow, ReferralRow, ReportRow
from ui.actions import Command
from ui.bar.going import to_hub, to_patient, to_practitioner, to_report
from ui.bar.hits import Candidate, Hit, Sort, folded
from ui.boards import practitioner_cells, referral_cells, report_cells
from ui.boards.cells import PillText
from ui.boards.decisions import who_decides
from ui.boards.hub_load import load_of
from ui.boards.hub_opening import standing
from ui.boards.next_steps import for_referral
from ui.boards.referrals import found_by
from ui.session import Session

_Row = TypeVar("_Row", ReferralRow, PractitionerRow, HubRow, ReportRow)
OWN = "window.bar"
_ALWAYS_NEXT = ("referral.new", "hub.arrive", "visit.send_now", "practitioner.shift", "window.help")


def commands(session: Session) -> Iterator[Candidate]:
    """Every command of the one table, first what is wanted next for the chosen patient."""
    row = session.referral
    wanted = dict.fromkeys((*(() if row is None else for_referral(row, session)), *_ALWAYS_NEXT))
    rank = {command_id: place for place, command_id in enumerate(wanted)}
    about = _about(session)
    for one in sorted(session.commands, key=lambda one: rank.get(one.id, len(rank))):
        why_not = one.why_not(session)
        if one.id != OWN:
            yield Candidate(
                Sort.COMMAND,
                one.id,
                one.text,
                folded(one.text, one.group, one.short),
                partial(_command, one, why_not, about.get(one.group, "")),
                is_next=one.id in rank and not why_not,
                is_greyed=bool(why_not),
            )


def _about(session: Session) -> dict[str, str]:
    """Whom or what the commands of a group would act on."""
    referral, entry, report = session.referral, session.queue_entry, session.report
    practice, practitioner = session.practice_to_call, session.practitioner
    patient_name = "" if referral is None else referral_cells.name_of(referral)
    return {
        "Referral": patient_name,
        "Visit": patient_name,
        "Hub": "" if entry is None else referral_cells.name_of(entry),
        "Report": "" if report is None else referral_cells.name_of(report),
        "Practitioner": "" if practitioner is None else practitioner.name,
        "Call list": "" if practice is None else practice.name,
    }


def _command(command: Command[Session], why_not: str, about: str) -> Hit:
    return Hit(
        Sort.COMMAND,
        command.id,
        command.text,
        partial(_run, command.id),
        icon=command.icon,
        below=why_not or " · ".join(part for part in (command.group, about) if part),
        shortcut=command.shortcut,
        why_not=why_not,
    )


def _run(command_id: str, session: Session) -> None:
    session.commands.run(command_id)


class BoardIndex:
    """The rows of the board that this person's role may find; the text of each is made once."""

    def __init__(self, session: Session) -> None:
        """Nothing has been read."""
        self._session = session
        self._made: dict[tuple[Sort, int], tuple[object, Candidate]] = {}

    def candidates(self) -> Iterator[Candidate]:
        """Everything that is there now; what matters most first."""
        session, live = self._session, self._session.live
        may_find = session.may(Deed.FIND_PATIENT)
        if may_find:
            for referral in sorted(live.referrals.by_id.values(), key=referral_cells.order):
                yield self._kept(Sort.PATIENT, referral, self._patient)
        for practitioner in sorted(live.practitioners.by_id.values(), key=lambda one: one.name):
            yield self._kept(Sort.PRACTITIONER, practitioner, self._practitioner)
        for hub in sorted(live.hubs.by_id.values(), key=lambda one: one.id):
            yield self._kept(Sort.PLACE, hub, self._hub)
        if may_find and "reports" in session.workspaces:
            for report in sorted(live.reports.by_id.values(), key=report_cells.order):
                yield self._kept(Sort.REPORT, report, self._report)

    def _kept(self, sort: Sort, row: _Row, made: Callable[[_Row], Candidate]) -> Candidate:
        there = self._made.get((sort, row.id))
        if there is None or there[0] is not row:
            there = self._made[sort, row.id] = (row, made(row))
        return there[1]

    def _patient(self, row: ReferralRow) -> Candidate:
        words = f"{found_by(row)} {born_words(row.birth_date)}"
        make = partial(patient, row, self._session)
        return Candidate(Sort.PATIENT, row.id, referral_cells.name_of(row), words, make)

    def _practitioner(self, row: PractitionerRow) -> Candidate:
        words = folded(row.name, row.profession.label, row.hub, row.phone, row.referral_number)
        return Candidate(
            Sort.PRACTITIONER, row.id, row.name, words, partial(_practitioner, row, self._session)
        )

    def _hub(self, row: HubRow) -> Candidate:
        return Candidate(
            Sort.PLACE, ("hub", row.id), row.name, folded(row.name, "hub"), partial(_hub, row, self._session)
        )

    def _report(self, row: ReportRow) -> Candidate:
        title, words = f"Report on {referral_cells.name_of(row)}", f"report {report_cells.found_by(row)}"
        return Candidate(Sort.REPORT, row.id, title, words, partial(_report, row, title, self._session))


def patient(row: ReferralRow, session: Session) -> Hit:
    """A patient on the board, with their priority, state and time."""
    entry = session.live.queue.by_id.get(row.queue_entry_id or 0)
    offer = session.offers.of(row.id) if session.may(Deed.ALLOCATE) else None
    return Hit(
        Sort.PATIENT,
        row.id,
        referral_cells.name_of(row),
        partial(to_patient, row.id, entry),
        aside=referral_cells.age_and_sex(row.birth_date, row.gender, session.now()),
        below=" · ".join((*identity(row.birth_date, row.nhs_number), row.problem)),
        pill=_word(
            referral_cells.status(row, "send now" if offer is not None else "", who_decides(row, session))
        ),
        due=referral_cells.due(row) or "",
        priority=row.priority,
        has_chip=True,
    )


def identity(born: dt.date | None, number: str | None) -> tuple[str, str]:
    """By what two patients of one name are told apart."""
    said = f"born {born:%d/%m/%Y}" if born else "birth date not known"
    return said, f"NHS {format_nhs_number(number)}" if number else "NHS number not known"


def born_words(born: dt.date | None) -> str:
    """A birth date as people also write it: 3/10/1941 beside 03/10/1941."""
    return f"{born.day}/{born.month}/{born.year}" if born else ""


def _practitioner(row: PractitionerRow, session: Session) -> Hit:
    now, about = session.now(), session.live.referrals.by_id.get(row.referral_id or 0)
    return Hit(
        Sort.PRACTITIONER,
        row.id,
        row.name,
        partial(to_practitioner, row.id),
        icon="user",
        below=" · ".join(
            part for part in (row.profession.label, row.hub, format_phone(row.phone or "")) if part
        ),
        pill=_word(practitioner_cells.doing(row, about, now)),
        due=practitioner_cells.times(row, now).who,
    )


def _hub(row: HubRow, session: Session) -> Hit:
    word, tone, until = standing(load_of(session.live, row, session.now(), session.clocks))
    return Hit(
        Sort.PLACE,
        ("hub", row.id),
        row.name,
        partial(to_hub, row.id),
        icon="hospital",
        below="Hub",
        pill=PillText(word, tone),
        due=until,
    )


def _report(row: ReportRow, title: str, session: Session) -> Hit:
    now, practice = session.now(), row.practice or "No practice"
    return Hit(
        Sort.REPORT,
        row.id,
        title,
        partial(to_report, row.id),
        icon="file-text",
        below=f"{practice} · {row.referral_number} · {row.outcome_kind.label}",
        pill=_word(report_cells.status(row, now)),
        due=report_cells.due(row, now),
    )


def _word(told: PillText) -> PillText:
    """Only the word: the line below it says other things here."""
    return PillText(told.text, told.tone)
