"""A machine's settings and the passwords that are in none of them."""

from pathlib import Path

import keyring
import pytest

from console import secrets, settings

PROJECT = Path(__file__).parent.parent
URL = "postgresql://jo@db.example/doorstep"


def write(text: str) -> None:
    settings.settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings.settings_file().write_text(text, encoding="utf-8")


def test_that_without_a_word_the_database_is_a_file_of_its_own() -> None:
    assert settings.database_url() == f"sqlite:///{settings.data_folder()}/doorstep.sqlite"


def test_that_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write(f'database = "{URL}"\n')
    assert settings.database_url() == URL
    monkeypatch.setenv("DOORSTEP_DATABASE", "sqlite:////elsewhere.sqlite")
    assert settings.database_url() == "sqlite:////elsewhere.sqlite"


@pytest.mark.parametrize("text", ["database = 3\n", "database = \n"])
def test_that_a_wrong_file_is_told_in_a_sentence(text: str) -> None:
    write(text)
    with pytest.raises(ValueError, match=r"must be a text|cannot be read"):
        settings.database_url()


def test_that_a_password_comes_from_the_keyring_and_is_quoted() -> None:
    keyring.set_password("doorstep", "jo@db.example:5432/doorstep", "p@ss/word")
    assert secrets.with_password(URL) == "postgresql://jo:p%40ss%2Fword@db.example/doorstep"


def test_that_a_headless_process_reads_its_credential_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "credential"
    file.write_text("secret\n", encoding="utf-8")
    monkeypatch.setenv("DOORSTEP_CREDENTIALS", str(file))
    assert secrets.with_password(URL) == "postgresql://jo:secret@db.example/doorstep"


def test_that_nothing_is_added_where_nothing_is_kept_or_needed() -> None:
    for url in (URL, "sqlite:///x.sqlite", "postgresql://jo:known@db.example/doorstep"):
        assert secrets.with_password(url) == url


@pytest.mark.parametrize("text", ['[mail]\nhost = "send.example"\n', '"mail.host" = "send.example"\n'])
def test_that_a_name_with_a_dot_may_stand_in_a_table(text: str) -> None:
    write(text)
    assert settings.machine("mail.host") == "send.example"
    assert settings.machine("mail.port") == 587


def test_that_every_setting_has_an_effect() -> None:
    """The figures of clocks and of ladders are read all together."""
    files = [PROJECT / "main.py"]
    files += (file for folder in ("console", "db", "ui") for file in (PROJECT / folder).rglob("*.py"))
    code = "".join(file.read_text(encoding="utf-8") for file in files if file.name != "declared.py")
    unread = {name for name in settings.REGISTRY if f'"{name}"' not in code}
    assert {name for name in unread if not name.startswith(("clock.", "ladder."))} == set()
