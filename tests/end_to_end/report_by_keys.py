"""A report by keys: written as it was dictated, signed by who was there, sent, and accepted."""

from console.domain.rows import ReportRow
from console.domain.words import ReportStatus
from tests.end_to_end.driver import AtTheDesk, words_of


def write_what_sam_dictates(desk: AtTheDesk) -> None:
    desk.passes(4)
    desk.goes_to("Ctrl+3", "reports")
    desk.chooses("Outcome reports", lambda row: row.family_name == "Marsh")
    desk.opens("Ctrl+R", "Write report")
    desk.waits_until(lambda: desk.has_keyboard == "Reason of the referral")
    desk.fill("History", "Known COPD, more breathless since midnight, no chest pain")
    desk.fill("Examination", "Wheeze on both sides, speaks in sentences")
    desk.fill("Working diagnosis", "Exacerbation of COPD")
    desk.press("Alt+2")
    desk.fill("Breaths a minute", "20")
    desk.fill("Oxygen saturation %", "91")
    desk.fill("Systolic, mmHg", "138")
    desk.fill("Pulse a minute", "88")
    desk.fill("Temperature °C", "37.2")
    desk.choose("Consciousness", "alert")
    desk.choose("Air or oxygen", "air")
    desk.choose("Saturation scale", "scale 2")
    desk.press("Alt+3")
    desk.fill("Treatment", "Nebuliser, inhaler technique")
    desk.fill("Allergies, or that none are known", "None known")
    desk.press("Alt+4")
    desk.fill("Advice and safety-net", "999 if she cannot finish a sentence")
    desk.press("Alt+5")
    desk.choose("Is there a safeguarding concern", "no")
    desk.tick("Dictated: written for the clinician, who signs it")
    desk.waits_until(lambda: "Nothing: it can be signed." in desk.shown(), desk.shown)
    desk.submit("saved as a draft. It can be signed.")
    desk.press("Ctrl+Shift+G")  # a coordinator does not sign
    assert desk.dialog is None


def let_sam_sign(desk: AtTheDesk) -> None:
    desk.passes(30)
    desk.hands_over_to("Sam Hill")
    desk.goes_to("Ctrl+3", "reports")
    desk.chooses("Outcome reports", lambda row: row.family_name == "Marsh")
    desk.opens("Ctrl+Shift+G", "Sign report")
    desk.waits_until(lambda: "Nothing: it can be signed." in desk.shown())
    desk.submit("is signed: send it to the practice.")
    desk.hands_over_to("Jo Bates")


def send_the_report(desk: AtTheDesk) -> None:
    desk.goes_to("Ctrl+3", "reports")
    desk.chooses("Outcome reports", lambda row: row.family_name == "Marsh")
    desk.waits_until(lambda: the_report(desk).status is ReportStatus.SIGNED)
    desk.opens("Ctrl+Shift+E", "Report sent by hand")
    desk.choose("How", "secure mail")
    desk.submit("is sent to Leas View Medical Centre.")
    desk.waits_until(lambda: the_report(desk).status is ReportStatus.SENT)
    desk.passes(25)
    desk.opens("Ctrl+Shift+N", "What the practice answered")
    desk.choose("Answer", "accepted")
    desk.fill("Who accepted it", "Mrs Webb, practice manager")
    desk.submit("accepted")
    desk.waits_until(lambda: desk.report("Marsh") is None)
    desk.waits_until(lambda: "No practice waits for a report." in words_of(desk.page))


def the_report(desk: AtTheDesk) -> ReportRow:
    return desk.awaits(lambda: desk.report("Marsh"))
