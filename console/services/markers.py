"""Markers: warnings about a patient or a place, read by name before anyone is sent."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from console.domain.acting import NOW, Happened
from console.domain.calendar import local_day
from console.domain.identifiers import normalise_postcode
from console.domain.permissions import Deed
from console.domain.words import MarkerKind
from console.services.basis import Basis, refuse
from console.services.steps import happened_at
from db.models import Marker, MarkerAcknowledgement, Patient, Referral
from db.queries.markers import read_markers


class Markers:
    """Warnings, each with an owner and a date to look at it again."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def add(
        self,
        patient_id: int | None,
        place_postcode: str | None,
        place_address: str | None,
        kind: MarkerKind,
        words: str,
        review_on: dt.date,
        referral_id: int | None = None,
        *,
        happened: Happened = NOW,
    ) -> int:
        """Add a marker and give its id; its owner is the person who adds it."""
        with self._basis.work(Deed.ADD_MARKER) as work:
            refuse(_reasons_not_to_add(patient_id, place_postcode, words, review_on, local_day(work.now)))
            referral = work.get(Referral, referral_id) if referral_id is not None else None
            at = happened_at(work, happened)
            marker = work.add(
                Marker(
                    patient_id=work.get(Patient, patient_id).id if patient_id is not None else None,
                    place_postcode=normalise_postcode(place_postcode) if place_postcode else None,
                    place_address=(place_address or "").strip() or None,
                    kind=kind,
                    words=words.strip(),
                    owner_id=work.actor.staff_id,
                    review_on=review_on,
                    created_at=work.now,
                )
            )
            work.step(
                "marker.added",
                f"Marker added: {kind.label}",
                hub_id=referral.hub_id if referral else None,
                referral_id=referral_id,
                happened=replace(happened, at=at),
            )
        return marker.id

    def acknowledge(self, referral_id: int, marker_ids: Sequence[int]) -> None:
        """Acknowledge having read these markers for this referral, by name."""
        with self._basis.work(Deed.ACKNOWLEDGE_MARKER) as work:
            referral = work.lock(Referral, referral_id)
            holding = {one.id: one for one in read_markers(work.session, referral.id)}
            refuse(("This marker does not hold here any more.",) if set(marker_ids) - set(holding) else ())
            unread = [holding[one] for one in dict.fromkeys(marker_ids) if not holding[one].acknowledged_by]
            for marker in unread:
                work.add(
                    MarkerAcknowledgement(
                        marker_id=marker.id,
                        referral_id=referral.id,
                        acknowledged_by_id=work.actor.staff_id,
                        acknowledged_at=work.now,
                    )
                )
            if unread:
                work.step(
                    "marker.acknowledged",
                    f"Markers acknowledged: {', '.join(one.kind.label for one in unread)}",
                    hub_id=referral.hub_id,
                    referral_id=referral.id,
                )

    def end(
        self,
        marker_id: int,
        seen_version: int,
        reason: str,
        referral_id: int | None = None,
        happened: Happened = NOW,
    ) -> None:
        """End a marker that no longer holds."""
        with self._basis.work(Deed.END_MARKER) as work:
            marker = work.lock(Marker, marker_id)
            work.expect(marker, seen_version)
            refuse(("This marker has ended already.",) if marker.ended_at is not None else ())
            refuse(() if reason.strip() else ("Say why the marker no longer holds.",))
            at = happened_at(work, happened)
            marker.ended_at, marker.ended_by_id = at, work.actor.staff_id
            referral = work.get(Referral, referral_id) if referral_id is not None else None
            work.step(
                "marker.ended",
                f"Marker ended: {marker.kind.label}. {reason.strip()}",
                hub_id=referral.hub_id if referral else None,
                referral_id=referral_id,
                happened=replace(happened, at=at),
            )


def _reasons_not_to_add(
    patient_id: int | None, place_postcode: str | None, words: str, review_on: dt.date, today: dt.date
) -> tuple[str, ...]:
    checks = (
        (patient_id is None and not place_postcode, "Say whom or which place the marker is about."),
        (not words.strip(), "Write down what staff must know."),
        (review_on < today, "The review date has passed: choose a later one."),
    )
    return tuple(words for is_reason, words in checks if is_reason)
