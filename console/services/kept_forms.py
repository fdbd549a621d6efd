"""Half-typed forms, kept on this computer for who types them until they are entered or thrown away."""

import datetime as dt
import json
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from console.domain.refusals import Refused
from console.services.process_mark import ProcessMark, is_running

NO_KEYRING = (
    "This computer has no keyring that can be used, so a half-typed form is kept only while this window is"
    " open. Your administrator can set one up."
)
NOT_KEPT = (
    "What you are typing cannot be kept on this computer: its disk may be full. Go on, and save it before you"
    " leave."
)
_PLAIN, _SEALED = b"plain\n", b"sealed\n"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What somebody had typed: into which dialog, about which row, and when."""

    id: str
    login: str
    title: str
    about: str  # whom, as the dialog names them
    opens: dict[str, Any]  # how the dialog is opened again
    typed_at: dt.datetime
    values: list[dict[str, Any]] = field(default_factory=list)
    is_saving: bool = False  # it was on its way to the database: perhaps it arrived


class Seal(Protocol):
    """Makes bytes unreadable to whoever has no key, and readable again."""

    def encrypt(self, data: bytes) -> bytes:
        """Seal."""

    def decrypt(self, token: bytes) -> bytes:
        """Open; raises an error for what was sealed with another key."""


class FormStore:
    """Keeps the forms of one database, from any thread; one that is discarded is never written again."""

    def __init__(
        self, folder: Path, database: str, days: int, key: Callable[[], bytes | None] | None = None
    ) -> None:
        """`key` gives the key that forms are sealed with, or None when there is no place for one.

        Without `key` they are kept as they are: beside a local database, which the same account can read.
        """
        self._folder, self._database, self._days, self._key = folder, database, days, key
        self._process = os.urandom(16).hex()
        self._lock = threading.Lock()
        self._mark: ProcessMark | None = None
        self._seal: Seal | None = None
        self._is_ready = self._is_in_memory = False
        self._memory: dict[str, KeptForm] = {}
        self._open: set[str] = set()
        self._gone: set[str] = set()

    def keep(self, form: KeptForm) -> None:
        """Write a form, whole or not at all; it belongs to an open dialog from now on."""
        with self._lock:
            if form.id in self._gone:
                return
            self._open.add(form.id)
            self._make_ready()
            if self._is_in_memory:
                self._memory[form.id] = form
                return
            try:
                self._write(form)
            except OSError as error:
                raise Refused(NOT_KEPT) from error

    def discard(self, form_id: str) -> None:
        """Remove a form that was entered or thrown away."""
        with self._lock:
            self._gone.add(form_id)
            self._open.discard(form_id)
            self._memory.pop(form_id, None)
            for file in self._folder.glob(f"*-{form_id}.form*"):
                file.unlink(missing_ok=True)

    def reopen(self, form_id: str) -> None:
        """Say that a dialog holds this form again."""
        with self._lock:
            self._open.add(form_id)

    def close_dialog(self, form_id: str) -> None:
        """Say that its dialog went without an answer: the form waits for its person again."""
        with self._lock:
            self._open.discard(form_id)

    def left(self, login: str) -> tuple[list[KeptForm], str]:
        """Give a person's forms that no dialog holds, oldest first, and a sentence if none can be kept."""
        with self._lock:
            self._make_ready()
            if self._is_in_memory:
                waiting = [one for one in self._memory.values() if one.id not in self._open]
                return [one for one in waiting if one.login == login], NO_KEYRING
            self._remove_old()
            found = [
                form for file in sorted(self._folder.glob("*.form")) if (form := self._waiting(file, login))
            ]
            return sorted(found, key=lambda one: one.typed_at), ""

    def close(self) -> None:
        """Let other consoles see that this one is gone."""
        with self._lock:
            if self._mark is not None:
                self._mark.release()
                self._mark = None

    # How a form lies on the disk

    def _make_ready(self) -> None:
        if self._is_ready:
            return
        if self._key is not None:
            key = self._key()
            if key is None:
                self._is_in_memory = self._is_ready = True
                return
            from cryptography.fernet import Fernet  # slow to load, and only for a shared database

            self._seal = Fernet(key)
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._mark = ProcessMark(self._folder, self._process)
        self._is_ready = True

    def _write(self, form: KeptForm) -> None:
        stored = asdict(form) | {"typed_at": form.typed_at.isoformat(), "database": self._database}
        data = json.dumps(stored, ensure_ascii=False).encode()
        sealed = _PLAIN + data if self._seal is None else _SEALED + self._seal.encrypt(data)
        file = self._folder / f"{self._process}-{form.id}.form"
        unfinished = file.with_suffix(".form-unfinished")
        try:
            with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as opened:
                opened.write(sealed)
                opened.flush()
                os.fsync(opened.fileno())
            unfinished.replace(file)
        except OSError:
            unfinished.unlink(missing_ok=True)  # the one before stays
            raise

    def _waiting(self, file: Path, login: str) -> KeptForm | None:
        """The form of a file, if it is this person's, of this database, and no console has it open."""
        process, _, form_id = file.stem.partition("-")
        if form_id in self._open or (process != self._process and is_running(self._folder, process)):
            return None
        stored = self._read(file)
        if stored is None or (stored.pop("database"), stored["login"]) != (self._database, login):
            return None
        if process != self._process:
            file.replace(self._folder / f"{self._process}-{form_id}.form")  # ours now: nobody else offers it
        return KeptForm(**stored | {"typed_at": dt.datetime.fromisoformat(stored["typed_at"])})

    def _read(self, file: Path) -> dict[str, Any] | None:
        """What a file holds; None for one that cannot be read here, which goes when it is old."""
        try:
            kind, _, data = file.read_bytes().partition(b"\n")
            if kind + b"\n" == _SEALED and self._seal is not None:
                data = self._seal.decrypt(data)
            elif kind + b"\n" != _PLAIN or self._seal is not None:
                return None
            stored: dict[str, Any] = json.loads(data)
        except Exception:  # noqa: BLE001 - another key, a cut file: nothing that a person could act on
            return None
        return stored

    def _remove_old(self) -> None:
        oldest = time.time() - self._days * 86_400
        for file in self._folder.glob("*"):
            with suppress(OSError):
                if file.stat().st_mtime < oldest and not is_running(
                    self._folder, file.stem.partition("-")[0]
                ):
                    file.unlink()
