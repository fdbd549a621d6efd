"""Takes in files: referrals, whose bytes are kept before anyone judges them, and lists of practices."""

import datetime as dt
import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from console.domain.permissions import Deed
from console.domain.refusals import Refused, Unreachable
from console.domain.words import MessageState
from console.exchange import itk111
from console.exchange import practices as practice_lists
from console.exchange.received import OwnPractice, ReceivedReferral
from console.planning.places import PostcodeTable
from console.services import accounts, site
from console.services.basis import Basis
from console.services.from_message import form_of
from console.services.referrals import Referrals
from console.settings import refused_folder
from db.engine import Database
from db.models import Practice, ReceivedMessage, Referral
from db.queries import care, lookups, service
from db.unit_of_work import UnitOfWork

LARGEST_BYTES = 20 * 1024 * 1024
_KEPT_OF_TOO_LARGE = 1024 * 1024
_CHUNK = 1024 * 1024
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file, in a sentence without patient details."""

    file: str
    sentence: str
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class PracticesTaken:
    """What became of a list of practices."""

    sentence: str
    refused: tuple[str, ...]


def referrals(database: Database, paths: list[Path], now: Callable[[], dt.datetime]) -> Iterator[FileOutcome]:
    """Take in every file of these files and folders; yields what became of each as soon as it is known."""
    actor = accounts.importing(database, Deed.IMPORT_REFERRALS)
    basis = Basis(database, actor, now, site.england(), PostcodeTable())
    for path in paths:
        files = _files(path)
        if not files:
            yield FileOutcome(_name(path), "There is no file here. Check the path.", is_refused=True)
        for file in files:
            yield _one_file(basis, file)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path] if path.is_file() else []
    return sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))


def _name(file: Path) -> str:
    """Give a file's name as text, whatever bytes it is made of: a disk knows names that no text has."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def _one_file(basis: Basis, file: Path) -> FileOutcome:
    try:
        message_id, sha256 = _keep(basis, file)
    except OSError as error:
        return FileOutcome(_name(file), f"The file cannot be read: {error.strerror}.", is_refused=True)
    with basis.database.read() as session:
        earlier = service.same_message(session, sha256, message_id)
        numbers = service.numbers_from_messages(session, sha256) if earlier else ()
    if earlier:
        _judge(basis, message_id, MessageState.REPEATED, [])
        return FileOutcome(_name(file), f"Received before, as {', '.join(numbers)}.")
    made, refused = _take_in(basis, message_id, sha256)
    if not made:
        return FileOutcome(_name(file), f"Refused and kept. {' '.join(refused)}", is_refused=True)
    received = f"Received as {', '.join(made)}."
    return FileOutcome(_name(file), " ".join((received, *refused)), is_refused=bool(refused))


def _keep(basis: Basis, file: Path) -> tuple[int, str]:
    """Commit what came in before it is read; a file that is too large leaves its beginning and a copy."""
    size = file.stat().st_size
    digest = hashlib.sha256()
    body = bytearray()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            if len(body) < LARGEST_BYTES:
                body += chunk
    sha256, is_whole = digest.hexdigest(), size <= LARGEST_BYTES
    if not is_whole:
        body = body[:_KEPT_OF_TOO_LARGE]
        refused_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = refused_folder() / sha256
        shutil.copyfile(file, kept)
        kept.chmod(0o600)
    with basis.database.work(basis.actor, basis.now()) as work:
        message = work.add(_message(work, _name(file), sha256, size, bytes(body), is_whole=is_whole))
    return message.id, sha256


def _message(
    work: UnitOfWork,
    origin: str,
    sha256: str,
    size: int,
    body: bytes,
    *,
    is_whole: bool = True,
    part: int = 1,
) -> ReceivedMessage:
    # Senders repeat their ids over different messages: only equal bytes are the same message.
    return ReceivedMessage(
        origin=f"file {origin}",
        received_at=work.now,
        sha256=sha256,
        size=size,
        body=body,
        is_whole=is_whole,
        state=MessageState.RECEIVED,
        message_key=service.message_key(sha256, part),
    )


def _take_in(basis: Basis, message_id: int, sha256: str) -> tuple[list[str], list[str]]:
    """Take in the referrals of a kept message: gives their numbers, and why any could not be taken."""
    made: list[str] = []
    refused: list[str] = []
    try:
        received = _read(basis, message_id)
    except Refused as unreadable:
        _judge(basis, message_id, MessageState.REFUSED, list(unreadable.reasons))
        return made, list(unreadable.reasons)
    for part, one in enumerate(received, start=1):
        own_id = message_id if part == 1 else _part(basis, message_id, sha256, part)
        try:
            made.append(_receive(basis, one, own_id))
        except Unreachable:
            raise
        except Refused as reasons:
            refused += [f"Report {part}: {reason}" for reason in reasons.reasons]
            _judge(basis, own_id, MessageState.REFUSED, list(reasons.reasons))
    issues = [f"{issue.path}: {issue.sentence}" for one in received for issue in one.issues]
    _settle_others(basis, message_id, sha256)
    # Read means all of it: what is not is tried again when the same bytes come again.
    is_all_in = bool(made) and not refused
    _judge(basis, message_id, MessageState.READ if is_all_in else MessageState.REFUSED, issues + refused)
    return made, refused


def _read(basis: Basis, message_id: int) -> list[ReceivedReferral]:
    """Read the bytes that were kept; a fault of our reader refuses this message, and the others go on."""
    with basis.database.read() as session:
        message = session.get_one(ReceivedMessage, message_id)
        body, is_whole = message.body, message.is_whole
    if not is_whole:
        raise Refused("The file is larger than 20 MB, which no referral is. Ask the sender what it is.")
    try:
        return itk111.read(body)
    except Refused:
        raise
    except Exception as fault:  # noqa: BLE001 - one message must not stop those after it
        # The kind of the fault only: its text may quote the patient.
        _LOG.error("message %s could not be read: %s", message_id, type(fault).__name__)
        raise Refused(
            "This program failed to read the message. Enter the referral by hand and report the fault."
        ) from None


def _part(basis: Basis, message_id: int, sha256: str, part: int) -> int:
    """Give a further report of one message a row of its own; its bytes stand in the first one's."""
    with basis.database.work(basis.actor, basis.now()) as work:
        origin = work.get(ReceivedMessage, message_id).origin.removeprefix("file ")
        row = _message(work, f"{origin}, report {part}", sha256, 0, b"", is_whole=False, part=part)
        return work.add(row).id


def _receive(basis: Basis, received: ReceivedReferral, message_id: int) -> str:
    practice_id, is_new = _own_practice(basis, received.practice)
    form = form_of(received, message_id, practice_id, practice_is_new=is_new)
    referral_id = Referrals(basis).receive(form)
    with basis.database.read() as session:
        return session.get_one(Referral, referral_id).number


def _own_practice(basis: Basis, named: OwnPractice) -> tuple[int | None, bool]:
    """Find the practice that the message names; one outside this service's list is added as it is named."""
    if not named.code:
        return None, False
    with basis.database.read() as session:
        known = service.practice_by_code(session, named.code)
    if known is not None:
        return known.id, False
    try:
        with basis.database.work(basis.actor, basis.now()) as work:
            practice = Practice(ods_code=named.code, name=named.name or named.code, phone=named.phone or None)
            return work.add(practice).id, True
    except Unreachable:
        raise
    except Refused:  # another import has added it in this moment
        with basis.database.read() as session:
            known = service.practice_by_code(session, named.code)
        if known is None:
            raise
        return known.id, True


def _judge(basis: Basis, message_id: int, state: MessageState, issues: list[str]) -> None:
    with basis.database.work(basis.actor, basis.now()) as work:
        message = work.lock(ReceivedMessage, message_id)
        message.state, message.issues = state, issues


def _settle_others(basis: Basis, message_id: int, sha256: str) -> None:
    """Judge the further parts of a message, and copies whose import broke off before anybody judged them."""
    with basis.database.work(basis.actor, basis.now()) as work:
        for row in service.unjudged(work.session, sha256):
            if row.id != message_id:
                row.state = _state_of(work, row.id)


def _state_of(work: UnitOfWork, message_id: int) -> MessageState:
    """Tell from the referrals what became of a kept message or part."""
    if lookups.referral_of_messages(work.session, [message_id]) is not None:
        return MessageState.READ
    like = lookups.lock_messages_like(work.session, message_id)
    is_repeated = lookups.referral_of_messages(work.session, like) is not None
    return MessageState.REPEATED if is_repeated else MessageState.REFUSED


def practices(database: Database, file: Path, now: dt.datetime) -> PracticesTaken:
    """Take in a list of practices: new ones are added, known ones brought up to date, none taken away."""
    read = practice_lists.read(file.read_bytes())
    places = PostcodeTable()
    with database.work(accounts.importing(database, Deed.IMPORT_PRACTICES), now) as work:
        standing = service.practices(work.session)
        hub_ids = _hub_ids_by_district(work)
        for one in read.practices:
            practice = standing.get(one.ods_code) or Practice(ods_code=one.ods_code)
            _write(practice, one, places)
            if practice.hub_id is None:
                practice.hub_id = hub_ids.get(one.postcode.partition(" ")[0])
            work.session.add(practice)
    known = sum(one.ods_code in standing for one in read.practices)
    added = len(read.practices) - known
    return PracticesTaken(
        f"Practices: {added} added, {known} brought up to date, {len(read.refused)} lines left out.",
        tuple(line.sentence for line in read.refused),
    )


def _write(practice: Practice, one: practice_lists.Practice, places: PostcodeTable) -> None:
    """Write what the list says; what it does not say stays as it is known."""
    practice.name, practice.is_active = one.name, one.is_open
    practice.address = one.address or practice.address or ""
    practice.postcode = one.postcode or practice.postcode
    practice.phone = one.phone or practice.phone
    point = (one.lat, one.lon) if one.lat is not None else None
    point = point or (places.locate(one.postcode) if one.postcode else None)
    if point:
        practice.lat, practice.lon = point


def _hub_ids_by_district(work: UnitOfWork) -> dict[str, int]:
    by_code = {hub.code: hub.id for hub in service.hubs(work.session)}
    mapping = site.value("intake.hub_by_district", care.settings_in_force(work.session, work.now))
    if not isinstance(mapping, dict):
        return {}
    return {district: by_code[code] for district, code in mapping.items() if code in by_code}
