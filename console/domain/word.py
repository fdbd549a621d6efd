"""What a word of the service is."""

import enum
from typing import Self


class Word(enum.StrEnum):
    """A stored word with the label that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make the stored word and keep its label beside it; only looking a word up goes without a label."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word
