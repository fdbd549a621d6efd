"""Writes a named connection into `doorstep.toml`, and leaves every other line of it as it is."""

import json
import re
import tomllib

from console.domain.refusals import Refused
from console.settings import settings_file

NOT_WRITTEN = (
    "The connection could not be kept: {file} may not be written by this account. Ask whoever looks after"
    " this computer to add it there."
)
UNREADABLE = "The connection could not be kept: {file} is written in a way that leaves no room for it."
_HEAD = re.compile(r"^\[connections\][ \t]*(#.*)?$", re.MULTILINE)


def keep(name: str, address: str) -> None:
    """Keep an address under a name; one that is there under this name is replaced."""
    file = settings_file()
    try:
        before = file.read_text(encoding="utf-8") if file.is_file() else ""
        file.parent.mkdir(parents=True, exist_ok=True)
        after = with_connection(before, name, address)
        if after is None:
            raise Refused(UNREADABLE.format(file=file.name))
        written = file.with_suffix(".toml.new")
        written.write_text(after, encoding="utf-8")
        written.replace(file)
    except OSError:
        raise Refused(NOT_WRITTEN.format(file=file.name)) from None


def with_connection(text: str, name: str, address: str) -> str | None:
    """Give the text with this connection in it; None where that cannot be done safely."""
    key = json.dumps(name, ensure_ascii=False)
    entry = f"{key} = {json.dumps(address, ensure_ascii=False)}"
    own = re.compile(rf"^({re.escape(key)}|{re.escape(name)})[ \t]*=.*$", re.MULTILINE)
    head = _HEAD.search(text)
    if head is None:
        made = f"{text.rstrip()}\n\n[connections]\n{entry}\n".lstrip()
    else:
        end = re.compile(r"^\[", re.MULTILINE).search(text, head.end())
        inside = own.sub("", text[head.end() : end.start() if end else len(text)])
        rest = text[end.start() :] if end else ""
        made = f"{text[: head.end()]}\n{entry}{inside}{rest}"
    return made if _says(made, text, name, address) else None


def _says(made: str, text: str, name: str, address: str) -> bool:
    """Read both again: everything else must stand there as before."""
    try:
        before, after = tomllib.loads(text), tomllib.loads(made)
    except tomllib.TOMLDecodeError:
        return False
    had = before.pop("connections", {})
    has = after.pop("connections", {})
    return before == after and isinstance(had, dict) and has == {**had, name: address}
