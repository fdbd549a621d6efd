"""How a person has arranged one part of the window."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Arranged:
    """What they chose for it; `screen` is empty for what holds on every screen."""

    name: str
    screen: str
    value: Any
