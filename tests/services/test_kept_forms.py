"""Half-typed forms are kept for who typed them, readable to nobody else, until they are done with."""

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest

from console import secrets, settings
from console.domain.refusals import Refused
from console.services.kept_forms import NO_KEYRING, NOT_KEPT, FormStore, KeptForm
from tests.support.programs import run

AT = dt.datetime(2026, 1, 14, 14, 2, tzinfo=dt.UTC)
WORDS = "Fall, cannot get up alone"
FORM = KeptForm(
    "0a1b",
    "jo",
    "New referral",
    "",
    {"module": "new_referral", "dialog": "NewReferralDialog", "has_row": False, "given": []},
    AT,
    [{"key": "1.problem", "words": "Problem", "value": WORDS}],
)
MakeStore = Callable[..., FormStore]


@pytest.fixture
def make() -> Iterator[MakeStore]:
    """Makes stores as consoles have them, each closed at the end."""
    made: list[FormStore] = []

    def store(database: str = "jo@db.example:5432/doorstep", *, shared: bool = True) -> FormStore:
        key = secrets.kept_forms_key if shared else None
        made.append(FormStore(settings.kept_forms_folder(), database, 3, key))
        return made[-1]

    yield store
    for one in made:
        one.close()


def files() -> list[Path]:
    """The forms that lie in the folder."""
    return list(settings.kept_forms_folder().glob("*.form*"))


@pytest.mark.parametrize("shared", [True, False])
def test_that_a_form_is_offered_to_its_person_when_its_console_is_gone(
    make: MakeStore, *, shared: bool
) -> None:
    before = make(shared=shared)
    before.keep(replace(FORM, values=[]))
    before.keep(FORM)
    after = make(shared=shared)
    assert after.left("jo") == ([], "")  # the console that has it open is still there
    before.close()
    assert after.left("sam") == ([], "")
    assert make("jo@db.example:5432/other", shared=shared).left("jo") == ([], "")
    assert after.left("jo") == ([FORM], "")
    assert make(shared=shared).left("jo") == ([], "")  # one console alone offers it


def test_that_a_form_of_a_shared_database_is_sealed_and_only_this_account_may_read_it(
    make: MakeStore,
) -> None:
    make().keep(FORM)
    [file] = files()
    stored = file.read_bytes()
    for word in (WORDS, "Problem", "New referral"):
        assert word.encode() not in stored
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_that_a_form_whose_key_is_lost_is_offered_to_nobody_and_harms_nothing(make: MakeStore) -> None:
    before = make()
    before.keep(FORM)
    before.close()
    keyring.delete_password(secrets.KEYRING_SERVICE, secrets.FORMS_KEY)
    [file] = files()
    (file.parent / "0000-cut.form").write_bytes(file.read_bytes()[:40])
    assert make().left("jo") == ([], "")
    assert make(shared=False).left("jo") == ([], "")


def test_that_an_entered_form_is_gone_and_is_not_written_again(make: MakeStore) -> None:
    store = make()
    store.keep(FORM)
    store.discard(FORM.id)
    store.keep(FORM)  # what was on its way when the dialog closed
    assert files() == []
    assert store.left("jo") == ([], "")


def test_that_an_old_form_is_removed(make: MakeStore) -> None:
    before = make()
    before.keep(FORM)
    before.close()
    [file] = files()
    at = time.time() - 3.1 * 86_400
    os.utime(file, (at, at))
    assert make().left("sam") == ([], "")
    assert files() == []


def test_that_without_a_keyring_a_form_is_kept_in_the_window_alone_and_that_is_said(
    make: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    store = make()
    store.keep(FORM)
    assert files() == []
    assert store.left("jo") == ([], NO_KEYRING)
    store.close_dialog(FORM.id)
    assert store.left("jo") == ([FORM], NO_KEYRING)
    store.discard(FORM.id)
    assert store.left("jo") == ([], NO_KEYRING)


FULL = """
import resource, sys
from tests.services.test_kept_forms import FORM, WORDS
from console import settings
from console.domain.refusals import Refused
from console.services.kept_forms import FormStore
from dataclasses import replace

store = FormStore(settings.kept_forms_folder(), "file", 3)
store.keep(FORM)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, resource.RLIM_INFINITY))
try:
    store.keep(replace(FORM, title="x" * 5_000))
except Refused as told:
    print(told)
"""


def test_that_a_full_disk_is_told_and_leaves_what_was_kept_before(make: MakeStore) -> None:
    done = run("-c", FULL)
    assert done.stdout.strip() == NOT_KEPT, done.stderr
    assert len(files()) == 1
    assert make("file", shared=False).left("jo") == ([FORM], "")


def test_that_a_folder_that_cannot_be_made_is_told(make: MakeStore) -> None:
    settings.data_folder().mkdir(parents=True, exist_ok=True)
    settings.kept_forms_folder().write_text("a file where the folder should be")
    store = make(shared=False)
    assert store.left("jo") == ([], "")
    with pytest.raises(Refused, match="cannot be kept"):
        store.keep(FORM)
