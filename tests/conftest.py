"""What every test stands on: offscreen windows, no network, nothing left behind."""

import gc
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports PySide6

from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import keyring
import pytest
from PySide6.QtWidgets import QApplication

from tests.support.in_memory import keep_files_in_memory
from tests.support.keyring_in_memory import KeyringInMemory
from tests.support.leaks import Leaks
from tests.support.look import Look
from tests.support.network import only_this_machine
from tests.support.statements import share_compiled
from ui.collector import Collector
from ui.quick_imports import let_imports_be_quick

_SUPPORT = ("databases", "played_day", "secured", "guarded")
pytest_plugins = [f"tests.support.{name}" for name in _SUPPORT]

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

keep_files_in_memory()
gc.disable()  # until the tests are loaded: modules stay
let_imports_be_quick()  # of the plugins and the tests, hundreds of modules
share_compiled()

_outcome = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for garbage when all tests are loaded, and then only among what they make."""
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those that wait for workers for minutes: last of all, they alone would keep everybody."""
    items.sort(key=lambda item: item.path.parent.name != "worker")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test itself passed; what a failed one leaves behind is not news."""
    report = yield
    if report.when == "call":
        item.stash[_outcome] = report.passed
    return report


@pytest.fixture(autouse=True)
def _keyring_in_memory() -> None:
    """No test reads or writes the keyring of the person who runs it."""
    keyring.set_keyring(KeyringInMemory())


@pytest.fixture(autouse=True)
def _home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the files or settings of the person who runs it."""
    monkeypatch.setenv("DOORSTEP_HOME", str(tmp_path / "doorstep-home"))


@pytest.fixture(autouse=True)
def _only_this_machine() -> Iterator[None]:
    """A test that reaches for another machine fails, even when the attempt was caught."""
    with only_this_machine() as attempts:
        yield
    assert not attempts, f"The test asked for the network: {', '.join(attempts)}"


@pytest.fixture(scope="session")
def _collector(qapp: QApplication) -> Iterator[Collector]:
    """Collect garbage on the thread of the windows only, as the console does."""
    collector = Collector()
    collector.start()
    collector.settle()  # what imports brought stays; looking for leaks need not look at it
    yield collector
    collector.stop()


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that uses the application leaves no window, thread, timer, animation or theme."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("_collector")
    plain = Look.of(request.getfixturevalue("qapp"))
    leaks = Leaks()
    leaks.remember()
    yield
    left = leaks.left_behind() if request.node.stash.get(_outcome, False) else []
    plain.put_back()
    assert not left, f"The test left behind: {', '.join(left)}"


@pytest.fixture
def now() -> datetime:
    """A Wednesday afternoon in winter, when London is on UTC."""
    return datetime(2026, 1, 14, 14, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real sample messages beside the checkout; skip where it was not handed over."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the sample data that is handed over beside the checkout is not here")
    return folder
