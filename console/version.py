"""Which version of Doorstep this is: declared once, in pyproject.toml."""

import tomllib
from pathlib import Path

_DECLARED = Path(__file__).resolve().parents[1] / "pyproject.toml"


def version() -> str:
    """Give the version, such as 0.1.0."""
    return str(tomllib.loads(_DECLARED.read_text(encoding="utf-8"))["project"]["version"])
