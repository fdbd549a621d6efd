"""What the documentation says is there: links, commands, keys, and the pages that the program writes."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import main
from tests.support.written_pages import PAGES
from ui.actions import key_text
from ui.commands import all_commands

ROOT = Path(__file__).resolve().parents[1]
PAGES_AT_THE_TOP = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
FILES = sorted([*(ROOT / name for name in PAGES_AT_THE_TOP), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
# "main.py import referrals", "start.py doctor"; capitals, a dash or a second space end it.
COMMAND = re.compile(r"\b(?:main|start)\.py((?: [a-z][a-z-]*)+)")
OF_START = {"test"}
# "**Upgrade to 999** (`Ctrl+9`)": a command by its text, with its key.
NAMED_KEY = re.compile(r"\*\*([^*]+)\*\*\s+\(`([^`]+)`\)")
ANY_KEY = re.compile(r"`((?:(?:Ctrl|Shift|Alt)\+)+[A-Z0-9][a-zA-Z0-9]*|F[0-9]{1,2})`")
# Folders that a service has are named, those of one machine are not.
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|tmp|work|mnt)/|[A-Z]:\\")


def named(path: Path) -> str:
    """Name a page as its reader knows it."""
    return path.relative_to(ROOT).as_posix()


every_page = pytest.mark.parametrize("page", FILES, ids=named)


def anchors(page: Path) -> set[str]:
    """Give the anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def is_command(words: list[str]) -> bool:
    """Ask the program itself, by asking for its help."""
    with pytest.raises(SystemExit) as left:
        main.main([*words, "--help"])
    return left.value.code == 0


def commands_in(text: str) -> Iterator[list[str]]:
    """Give the words of each command that a page tells people to type."""
    for span in re.findall(r"`[^`]+`|^ {4}.*$", text, re.MULTILINE):
        for found in COMMAND.finditer(span):
            yield found[1].split()


@every_page
def test_that_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere."
        assert not anchor or anchor in anchors(target), f"{link} has no such heading."


@every_page
def test_that_every_command_of_a_page_is_one(page: Path) -> None:
    for words in commands_in(page.read_text(encoding="utf-8")):
        assert words[0] in OF_START or is_command(words), f"There is no command {' '.join(words)}."


@every_page
def test_that_no_page_names_a_folder_of_one_machine(page: Path) -> None:
    assert not OF_ONE_MACHINE.findall(page.read_text(encoding="utf-8"))


@every_page
def test_that_every_key_of_a_page_does_what_the_page_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    keys = {one.text: key_text(one.shortcut) for one in all_commands()}
    for name, key in NAMED_KEY.findall(text):
        assert keys.get(" ".join(name.split())) == key, f"{name} has not the key {key}."
    for key in ANY_KEY.findall(text):
        assert key in {*keys.values(), "F1"}, f"{key} does nothing."


def test_that_every_page_is_reached_from_the_readme() -> None:
    reached, ahead = set[Path](), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = (link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8")))
        ahead += [(page.parent / link).resolve() for link in links if link and "://" not in link]
    lost = [named(page) for page in FILES if page not in reached]
    assert not lost, "No page leads there: link it from docs/index.md."


@pytest.mark.parametrize(("file", "page"), PAGES.items(), ids=[named(file) for file in PAGES])
def test_that_a_written_page_says_what_the_code_says(file: Path, page: Callable[[], str]) -> None:
    assert file.read_text(encoding="utf-8") == page(), "Run: python -m tests.support.written_pages"


def test_that_every_package_has_its_reason_and_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted = {re.split(r"[^\w-]", one)[0] for one in asked}
    rows = re.findall(
        r"^\| ([^|]+) \|[^|]+\|[^|]+\|$", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE
    )
    assert wanted <= {re.split(r"[ ,]", row)[0] for row in rows}


def test_that_a_page_with_a_wrong_command_is_found() -> None:
    text = "Type `main.py imports referrals FILE`, or\n\n    main.py open --database URL\n"
    assert [is_command(words) for words in commands_in(text)] == [False, True]
