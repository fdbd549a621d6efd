"""The pages of docs/ that the program writes itself: `python -m tests.support.written_pages`.

What they say is declared once, in the code: the commands with their keys, the settings, the words. The list
of decisions is their headings.
"""

from itertools import groupby
from pathlib import Path

from console.domain import clinical_words, words
from console.domain.word import Word
from console.settings import REGISTRY, Scope, Setting
from ui.actions import key_text
from ui.commands import all_commands
from ui.key_card import MOVING

DOCS = Path(__file__).resolve().parents[2] / "docs"
HOW = "This page is written by `python -m tests.support.written_pages`; change the code, not the page."

_KEYS = f"""# Keys

Every command of the window with its key. In the window, F1 shows the same list and finds a command by any
part of its name or key. A key that does not fit what is chosen, or that your role may not use, says why at
the foot of the window, and what to do instead.

{HOW}
"""
_SETTINGS = f"""# Settings

Every setting, as it is declared in `console/settings/declared.py`.

{HOW}
"""
_ROWS = """\
Rows of the database; every change is a new row with its author, its reason and the time from which it holds.
`main.py setup` writes the name and the districts from the service file. There is no dialog yet:

    main.py settings list
    main.py settings set clock.report_due 150 --by mia.cole --reason "Agreed" --from "2026-12-01 08:00"

The list says of each setting, between tabs, its name, the value in force, the default, since when it holds
and what it says; what is planned for later follows as a line of its own. `--by` is the login of a service
manager or administrator, and at a secured database the one in the address too; `--from` is the clock on the
wall in London; without it the change holds at once. No change reaches back. A table is written as
`CT19=folkestone, CT16=dover`, with the codes of the hubs. What is done goes by new figures at once, consoles
that are open show them within three minutes. Due times that were given already stay as they are; the
service's name follows when a console is opened again."""
_SCOPES = {
    Scope.MACHINE: (
        "Of this computer",
        "In `doorstep.toml` (where: [install](install.md)), or in the environment variable, which wins.",
    ),
    Scope.PERSON: (
        "Of a person",
        "Chosen in the window and kept in `window.ini` of this computer; until then it follows the system.",
    ),
    Scope.SERVICE: (
        "Of the service",
        _ROWS,
    ),
}
_ENVIRONMENT = {"database": " (`DOORSTEP_DATABASE`)"}
_GLOSSARY = f"""# Glossary

One word for one thing, in the table, the class, the heading and the message.

{HOW}

## Things

| word | what it is |
|---|---|
| referral | one request to see a patient, from receipt until our care ends |
| source | who referred |
| practice | the patient's own GP practice, by its ODS code |
| hub | a place where patients are seen and visits are coordinated |
| practitioner | whoever may be sent or sees patients; a person who signs in is *staff*, and may be both |
| shift, placement | when somebody works, and as what on that shift, whoever employs them |
| visit | one practitioner sent to one referral; one is active per referral |
| queue entry | one patient's place in a hub's queue |
| stream | the kind of care a patient waits for |
| disposition | what NHS 111 decided (a `Dx` code); what became of a patient is the *outcome's* disposition |
| outcome | what came of one clinical contact |
| report | the outcome report that is owed to the practice, in whole versions |
| marker | what staff must know before they go or call; it has an owner and a review date |
| contact | one talk or attempt, with a patient, caller, practice or service |
| task | something asked of a role, accepted and finished by a named person |
| downtime pack | the last true board and blank forms as a PDF, for when the database is away |
| from paper | said of a step: written down while the database was away, and entered afterwards |
| step | one line of a timeline: who did what, when it happened, when it was entered |
| chase, ladder | reminders about what is late: a ladder has steps, a chase is one step that came due |
| feed, bell, cursor | how a console hears of changes: see [the database](database.md) |
| desk | all services in the name of one signed-in person |
| deed | one thing that a role may or may not do: `console/domain/permissions.py` |

Times end in `_at` and are UTC in code, Europe/London on the screen. People end in `_by`.
"""
_DECISIONS = """# Decisions

What was decided, why, and what it costs. A note is not changed when a decision is; a new one takes its place.
This list is written by `python -m tests.support.written_pages`.
"""
_LISTS = (
    words.Role, words.Source, words.ReferralStatus, words.VisitStatus, words.QueueStatus, words.ReportStatus,
    words.Stream, words.Profession, words.Employer, words.Placement, words.Availability, words.TaskKind,
    words.MarkerKind, words.OutcomeKind, words.OutcomeDisposition, words.ContactWith, words.ContactResult,
    words.Channel, words.PracticeLink, words.RecordAccess, words.MessageState, clinical_words.DueClock,
)  # fmt: skip


def keys() -> str:
    """Give docs/users/keys.md."""
    parts = [_KEYS, _table("Everywhere", ("key", "what it does"), MOVING)]
    for group, inside in groupby(all_commands(), key=lambda one: one.group):
        rows = tuple((key_text(one.shortcut), one.text) for one in inside)
        parts.append(_table(group, ("key", "what it does"), rows))
    return "\n".join(parts)


def settings() -> str:
    """Give docs/administrators/settings.md."""
    parts = [_SETTINGS]
    for scope, (heading, sentence) in _SCOPES.items():
        rows = tuple(
            (f"`{one.name}`{_ENVIRONMENT.get(one.name, '')}", _default(one), one.sentence)
            for one in REGISTRY.values()
            if one.scope is scope
        )
        parts.append(_table(heading, ("setting", "default", "what it says"), rows, sentence))
    return "\n".join(parts)


def glossary() -> str:
    """Give docs/developers/glossary.md."""
    return "\n".join((_GLOSSARY, *(_listed(one) for one in _LISTS)))


def decisions() -> str:
    """Give docs/decisions/index.md."""
    notes = sorted(one for one in (DOCS / "decisions").glob("*.md") if one.name != "index.md")
    headings = (one.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for one in notes)
    rows = (f"- {one.name[:4]} [{heading}]({one.name})" for one, heading in zip(notes, headings, strict=True))
    return "\n".join((_DECISIONS, *rows, ""))


def _listed(kind: type[Word]) -> str:
    sentence = (kind.__doc__ or "").splitlines()[0]
    rows = tuple((f"`{word.value}`", word.label) for word in kind)
    return _table(f"{kind.__name__}", ("stored", "on the screen"), rows, sentence)


def _default(setting: Setting) -> str:
    return setting.shown(setting.default) or "empty"


def _table(
    heading: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], sentence: str = ""
) -> str:
    lines = [f"## {heading}", ""]
    if sentence:
        lines += [sentence, ""]
    lines += [_row(columns), "|" + "---|" * len(columns), *(_row(row) for row in rows), ""]
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


PAGES = {
    DOCS / "users" / "keys.md": keys,
    DOCS / "administrators" / "settings.md": settings,
    DOCS / "developers" / "glossary.md": glossary,
    DOCS / "decisions" / "index.md": decisions,
}


def write() -> None:
    """Write all of them."""
    for file, page in PAGES.items():
        file.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
