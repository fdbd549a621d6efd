"""A person's initials: what fits a small box on paper, and what finds them again when it is entered."""

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "prof", "sir", "dame"})


def initials(name: str) -> str:
    """Give SH for Sam Hill and HO for Dr Helen Osei; each part of a hyphened name counts."""
    words = [word for word in name.replace("-", " ").split() if word.rstrip(".").lower() not in _TITLES]
    return "".join(word[0] for word in words).upper()
