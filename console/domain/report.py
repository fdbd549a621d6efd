"""The life of an outcome report, what it owes before signing, and when the practice is telephoned."""

import datetime as dt

from console.domain import moves
from console.domain.calendar import WorkingCalendar, local_day
from console.domain.clinical_words import MedicineAction
from console.domain.news2 import ADULT_FROM_YEARS, news2, reasons_not_to_believe
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.report_content import GpAction, Medicine, ReportContent
from console.domain.words import OutcomeDisposition, OutcomeKind, ReportStatus, Role

_S = ReportStatus

MOVES: moves.Moves[ReportStatus] = {
    _S.OWED: frozenset({_S.DRAFTED}),
    _S.DRAFTED: frozenset({_S.SIGNED}),
    _S.SIGNED: frozenset({_S.SENT, _S.HELD, _S.DRAFTED}),
    _S.SENT: frozenset({_S.DELIVERED, _S.ACCEPTED, _S.REJECTED, _S.UNCERTAIN, _S.DRAFTED}),
    _S.DELIVERED: frozenset({_S.ACCEPTED, _S.REJECTED, _S.UNCERTAIN, _S.DRAFTED}),
    # A changed report goes again, whole, as a new version.
    _S.ACCEPTED: frozenset({_S.DRAFTED}),
    _S.REJECTED: frozenset({_S.DRAFTED, _S.SENT, _S.HELD}),
    _S.HELD: frozenset({_S.DRAFTED, _S.SENT, _S.ACCEPTED}),
    _S.UNCERTAIN: frozenset({_S.SENT, _S.DELIVERED, _S.ACCEPTED, _S.REJECTED, _S.DRAFTED}),
}

# These go to whatever is known as the own practice by now; what another one has, or accepted, stays there.
GO_TO_OWN_PRACTICE = frozenset({_S.OWED, _S.DRAFTED, _S.SIGNED, _S.HELD, _S.REJECTED})

# Contacts in which the patient was examined; the others owe less.
EXAMINED = frozenset({OutcomeKind.VISIT, OutcomeKind.HUB_CONSULTATION})
SPOKEN = EXAMINED | {OutcomeKind.PHONE_ADVICE}
_NOT_RELEASABLE = {
    _S.OWED: "The report is not written yet: write it first.",
    _S.SIGNED: "The report is signed: it needs no release.",
}
_GONE = "The report is no draft any more: only a draft that nobody has signed is released."
_WITH_AUTHORITY = frozenset({MedicineAction.GIVEN, MedicineAction.SUPPLIED})


def reasons_not_to_move(
    before: ReportStatus, after: ReportStatus, *, is_released: bool = False
) -> tuple[str, ...]:
    """Give why a report may not go from one status to another; empty when it may.

    A draft that the supervisor released goes wherever a signed report goes, and may still be signed.
    """
    if is_released and before is _S.DRAFTED and after in MOVES[_S.SIGNED]:
        return ()
    return moves.reasons_not_to_move(MOVES, "report", before, after)


def status_for_another_practice(status: ReportStatus, *, is_signed: bool) -> ReportStatus:
    """Give where a report stands once it goes to another practice: which has rejected nothing."""
    if status is not _S.REJECTED:
        return status
    return _S.SIGNED if is_signed else _S.DRAFTED


def answers(status: ReportStatus, *, is_released: bool, is_sent: bool) -> tuple[ReportStatus, ...]:
    """Give what may be recorded of a report as it stands: what the practice answered, or that it is held."""
    every = (_S.ACCEPTED, _S.DELIVERED, _S.REJECTED, _S.HELD) if is_sent else (_S.HELD,)
    return tuple(one for one in every if not reasons_not_to_move(status, one, is_released=is_released))


def reasons_not_to_accept(*, is_sent: bool) -> tuple[str, ...]:
    """Give why no practice can have accepted it: one that was held before it went never arrived."""
    return () if is_sent else ("This report was never sent: send it and record that first.",)


def is_released(released_version: int | None, content_version: int, signed_at: dt.datetime | None) -> bool:
    """Tell whether a report stands by its release: of the newest version, and nobody has signed that."""
    return released_version == content_version and signed_at is None


def reasons_not_ones_own(role: Role, staff_id: int, contact_by_id: int | None) -> tuple[str, ...]:
    """Give why a report is another's to sign; of a contact by nobody who has a login any clinician may."""
    is_own = staff_id == contact_by_id or (contact_by_id is None and role is Role.CLINICIAN)
    return () if is_own else ("Only the clinician who had the contact signs its report.",)


def reasons_not_to_sign(
    role: Role,
    *,
    staff_id: int,
    contact_by_id: int | None,
    registration: str | None,
    content: ReportContent,
    age_years: int | None,
) -> tuple[str, ...]:
    """Give why this person may not sign: the registered clinician of the contact does, once complete."""
    reasons = list(reasons_not_permitted(role, Deed.SIGN_REPORT))
    reasons += reasons_not_ones_own(role, staff_id, contact_by_id)
    if not (registration or "").strip():
        reasons.append("Your registration is not recorded: an administrator adds it to your name.")
    return (*reasons, *what_is_missing(content, age_years=age_years))


def reasons_not_to_release(
    role: Role,
    *,
    status: ReportStatus,
    is_released: bool,
    content: ReportContent | None,
    age_years: int | None,
    why: str,
) -> tuple[str, ...]:
    """Give why this person may not release a report that nobody has signed.

    Only a supervisor does, with a reason, once the content is whole; `content` is None before it is written.
    """
    reasons = list(reasons_not_permitted(role, Deed.RELEASE_REPORT))
    reasons += reasons_not_releasable(status, is_released=is_released)
    if content is not None:
        reasons += what_is_missing(content, age_years=age_years)
    if not why.strip():
        reasons.append("Say why it is released without a signature.")
    return tuple(reasons)


def reasons_not_releasable(status: ReportStatus, *, is_released: bool) -> tuple[str, ...]:
    """Give why a report as it stands cannot be released: it must be a draft that waits for a signature."""
    if status is not _S.DRAFTED:
        return (_NOT_RELEASABLE.get(status, _GONE),)
    return ("The report is released already: send it and record that next.",) if is_released else ()


def what_is_missing(content: ReportContent, *, age_years: int | None = None) -> tuple[str, ...]:
    """Give what a report still owes before it can be signed, in the order of the form.

    `age_years` decides whether NEWS2 is asked for; an unknown age is taken for an adult's.
    """
    return (*_missing_texts(content), *_missing_observations(content, age_years), *_missing_answers(content))


def telephone_rule(content: ReportContent, now: dt.datetime, calendar: WorkingCalendar) -> tuple[str, ...]:
    """Give why a named person must telephone the practice now; empty when the report alone will do.

    Product rule: safeguarding, deaths, and actions due before the end of the next working day.
    """
    reasons = []
    if content.safeguarding:
        reasons.append("Safeguarding: telephone the practice now.")
    if content.kind is OutcomeKind.DEATH or content.disposition is OutcomeDisposition.DIED:
        reasons.append("The patient has died: telephone the practice now.")
    last_day = calendar.next_working_day(local_day(now))
    if any(_is_due_by(action, last_day) for action in content.gp_actions):
        reasons.append("An action is due before the end of the next working day: telephone the practice now.")
    return tuple(reasons)


def _is_due_by(action: GpAction, last_day: dt.date) -> bool:
    return action.for_action and action.due is not None and action.due <= last_day


def _missing_texts(content: ReportContent) -> tuple[str, ...]:
    examined, spoken = content.kind in EXAMINED, content.kind in SPOKEN
    owed = (
        (True, content.reason, "Give the reason of the referral."),
        (True, content.attended_at, "Give when the contact began."),
        (examined, content.left_at, "Give when the practitioner left or the consultation ended."),
        (True, content.history, "Give the history, or what was found."),
        (examined, content.examination, "Give the examination."),
        (spoken, content.diagnosis, "Give the working diagnosis."),
        (examined, content.allergies, "Give the allergies, or that none are known."),
        (spoken, content.advice, "Give the advice and the safety-net."),
        (True, content.disposition, "Choose what became of the patient."),
        (True, content.clinician, "Name the clinician."),
    )
    missing = [words for is_owed, value, words in owed if is_owed and not _is_given(value)]
    if content.attended_at and content.left_at and content.left_at < content.attended_at:
        missing.append("The contact ended before it began: check both times.")
    return tuple(missing)


def _is_given(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _missing_observations(content: ReportContent, age_years: int | None) -> tuple[str, ...]:
    if content.kind not in EXAMINED or content.observations_note.strip():
        return ()
    if age_years is not None and age_years < ADULT_FROM_YEARS:
        return ()
    if doubts := reasons_not_to_believe(content.observations):
        return doubts
    score = news2(content.observations, age_years=age_years, is_pregnant=content.is_pregnant)
    if not score.missing:
        return ()
    return (f"Give these observations, or say why they were not taken: {', '.join(score.missing).lower()}.",)


def _missing_answers(content: ReportContent) -> tuple[str, ...]:
    missing = [words for one in content.medicines for words in _missing_of_medicine(one)]
    missing += [words for one in content.gp_actions for words in _missing_of_action(one)]
    if content.safeguarding is None:
        missing.append("Say whether there is a safeguarding concern.")
    if content.safeguarding and not content.safeguarding_note.strip():
        missing.append("Say what the safeguarding concern is and who was told.")
    return (*missing, *_missing_judgement(content))


def _missing_of_medicine(medicine: Medicine) -> list[str]:
    if not medicine.name.strip():
        return ["Name every medicine, or take the empty line out."]
    owed = [] if medicine.action is MedicineAction.STOPPED else [("dose", medicine.dose)]
    if medicine.action in _WITH_AUTHORITY:
        owed += [
            ("route", medicine.route),
            ("quantity", medicine.quantity),
            ("authority", medicine.authority),
        ]
    missing = [name for name, value in owed if not value.strip()]
    return [f"{medicine.name}: give the {', '.join(missing)}."] if missing else []


def _missing_of_action(action: GpAction) -> list[str]:
    if not action.text.strip():
        return ["Say what the practice is asked to do, or take the empty line out."]
    if action.for_action and action.due is None:
        return [f"Give the date by which the practice should act: {action.text}"]
    return []


def _missing_judgement(content: ReportContent) -> list[str]:
    if content.kind not in SPOKEN:
        return []
    if content.admission_prevented is None:
        return ["Say whether an admission was prevented in your judgement."]
    owed = ((content.prevented_judged_by, "Name who judged it."), (content.prevented_because, "Say why."))
    wanted = owed if content.admission_prevented else ()
    return [f"Admission prevented: {words}" for value, words in wanted if not value.strip()]
