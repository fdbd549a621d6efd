"""Every attack, from the files beside: who tries it, what they say, what must come of it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
KINDS = ("scope", "rights", "decisions", "records", "audit", "files", "information", "time")
NOTHING = "nothing"
"""It runs, and neither shows nor changes a row; for the owner the same words do."""
DENIED = "denied"
"""The server says that there is no such right."""
REFUSED = "refused"
"""A function of ours refuses in a sentence."""


@dataclass(frozen=True)
class Attack:
    """One attempt; `{fol_patient}` and its kind stand for ids of the attacked service."""

    kind: str
    name: str
    login: str
    says: str
    expected: str

    def with_ids(self, ids: Mapping[str, int]) -> str:
        """Give the words to the server, with the ids in place; other braces stay."""
        return re.sub(r"\{(\w+)\}", lambda found: str(ids.get(found[1], found[0])), self.says)


def _of(kind: str) -> list[Attack]:
    kept = tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))
    return [
        Attack(kind, name, login, says, expected)
        for login, by_outcome in kept.items()
        for expected, attacks in by_outcome.items()
        for name, says in attacks.items()
    ]


def _leaks() -> list[Attack]:
    kept = tomllib.loads((FOLDER / "leaks.toml").read_text(encoding="utf-8"))
    return [
        Attack("leaks", name, login, says, NOTHING) for login in kept for name, says in kept[login].items()
    ]


ALL = [attack for kind in KINDS for attack in _of(kind)]
LEAKS = _leaks()
