"""Whether what somebody typed is said of a row; nothing here knows Qt."""

import re


def is_said(typed: str, text: str, name: str = "") -> bool:
    """Whether each word that was typed is said in a folded text, or in the name of the patient.

    Of a name the middle will do: half of it may be all that was heard.
    """
    return all(part in name.casefold() or begins(part, text) for part in typed.split())


def begins(part: str, text: str) -> bool:
    """Whether a word of the text begins like this: `stone` is said of Stone Street, not of Folkestone.

    A part of a number is found anywhere in it: of NHS and telephone numbers people say the end as well.
    """
    if part not in text or not any(letter.isalpha() for letter in part):
        return part in text
    return re.search(rf"(?<!\w){re.escape(part)}", text) is not None
