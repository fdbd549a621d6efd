"""What becomes of the reports of a day: most are sent, some late, and some never, so that they are chased."""

import datetime as dt

from console.planning.day.sketch import Sketch
from console.planning.day.words import Act

_PATHS = ("accepted", "accepted", "accepted", "sent", "unsigned", "never", "rejected")
_BY_WHOM = ("Dr Farrow", "Dr Menon", "the practice manager", "the duty doctor")


def report(sketch: Sketch, key: str, who: str, cleared_at: dt.datetime, path: str = "") -> None:
    """Let the clinician of a contact write the report, as far as this path goes."""
    path = path or sketch.rng.choice(_PATHS)
    if path == "never":
        return
    least, most = (150, 175) if path == "late" else (14, 38)
    drafted_at = sketch.after(cleared_at, least, most)
    sketch.add(drafted_at, Act.DRAFT, who, case=key, who=who)
    if path == "unsigned":
        return
    signed_at = sketch.after(drafted_at, 2, 17)
    sketch.add(signed_at, Act.SIGN, who, case=key, who=who)
    sent_at = sketch.after(signed_at, 2, 25)
    sketch.add(sent_at, Act.SENT, sketch.coordinator(), case=key)
    if path != "sent" and sketch.is_working_day:
        _answered(sketch, key, sent_at, is_rejected=path == "rejected")


def _answered(sketch: Sketch, key: str, sent_at: dt.datetime, *, is_rejected: bool) -> None:
    arrived_at = sketch.after(sent_at, 1, 6)
    sketch.add(arrived_at, Act.DELIVERED, sketch.coordinator(), case=key)
    answered_at = sketch.after(arrived_at, 25, 170)
    if answered_at > sketch.at("18:15"):
        return  # the practice has closed: it answers tomorrow, if somebody asks
    if is_rejected:
        sketch.add(
            answered_at, Act.REJECTED, sketch.coordinator(), case=key, words="The patient has moved away"
        )
        return
    by_whom = sketch.rng.choice(_BY_WHOM)
    sketch.add(answered_at, Act.ACCEPTED, sketch.coordinator(), case=key, words=by_whom)
