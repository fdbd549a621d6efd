"""The colours of the three themes, each declared once, and the pairs that must stay readable."""

from typing import NamedTuple


class Tokens(NamedTuple):
    """One theme's colours as #rrggbb; a name says the use, never the hue."""

    bg: str
    card: str
    alt: str
    line: str
    edge: str
    button: str
    track: str
    text: str
    mute: str
    brand: str
    on_brand: str
    head: str
    on_head: str
    head_mute: str
    selection: str
    hover: str
    glow: str
    focus: str
    bad: str
    bad_ground: str
    warn: str
    warn_ground: str
    ok: str
    ok_ground: str
    info: str
    info_ground: str
    plain: str
    plain_ground: str
    primary: str
    on_primary: str
    band: str = "#ffb81c"
    on_band: str = "#212b32"
    p1: str = "#d5281b"
    on_p1: str = "#ffffff"
    p2: str = "#ffb81c"
    on_p2: str = "#212b32"
    p3: str = "#0072ce"
    on_p3: str = "#ffffff"
    p4: str = "#56656f"
    on_p4: str = "#ffffff"
    sea: str = "#d3e5f1"
    land: str = "#f6f5f0"
    urban: str = "#e4e0d6"
    road: str = "#ffffff"

    @property
    def untriaged(self) -> str:
        """The ground of the question mark of a referral that nobody has triaged."""
        return self.text

    @property
    def on_untriaged(self) -> str:
        """The question mark itself."""
        return self.card


LIGHT = Tokens(
    bg="#eef2f5", card="#ffffff", alt="#f8fafb", line="#d8dfe5", edge="#788894",
    button="#c3cdd5", track="#e2e8ed",
    text="#212b32", mute="#4c6272",
    brand="#005eb8", on_brand="#ffffff", head="#003087", on_head="#ffffff", head_mute="#cfdcf2",
    selection="#e3eefa", hover="#f2f6f9", glow="#fff3c9", focus="#005eb8",
    bad="#c2201a", bad_ground="#fdeceb", warn="#8f4700", warn_ground="#fff3e0",
    ok="#00703a", ok_ground="#e4f3ea", info="#005eb8", info_ground="#e6f0fa",
    plain="#425563", plain_ground="#e8edf0", primary="#00703a", on_primary="#ffffff",
)  # fmt: skip

DARK = Tokens(
    bg="#0d1620", card="#15212d", alt="#182632", line="#263545", edge="#7089a0",
    button="#3b4f62", track="#2a3a49",
    text="#e9eff4", mute="#9db0c1",
    brand="#58acf8", on_brand="#0d1620", head="#0a1a3a", on_head="#ffffff", head_mute="#b9c8e0",
    selection="#1c3a5b", hover="#1a2936", glow="#3f3a1d", focus="#ffb81c",
    bad="#ff8d82", bad_ground="#43201f", warn="#ffb54d", warn_ground="#3d2e16",
    ok="#5fd38d", ok_ground="#15382a", info="#7cbcff", info_ground="#17324e",
    plain="#b6c5d2", plain_ground="#2a3947", primary="#5fd38d", on_primary="#0d1620",
    sea="#0e2233", land="#1d2a33", urban="#2b3944", road="#51616e",
)  # fmt: skip

CONTRAST = Tokens(
    bg="#000000", card="#000000", alt="#101010", line="#9a9a9a", edge="#ffffff",
    button="#ffffff", track="#4d4d4d",
    text="#ffffff", mute="#e8e8e8",
    brand="#7fd0ff", on_brand="#000000", head="#000000", on_head="#ffffff", head_mute="#f0f0f0",
    selection="#00305e", hover="#1c1c1c", glow="#332c00", focus="#ffe800",
    bad="#ffaaa2", bad_ground="#3a0500", warn="#ffd24d", warn_ground="#2e2000",
    ok="#7dffae", ok_ground="#002b14", info="#a6d8ff", info_ground="#00284d",
    plain="#ffffff", plain_ground="#2b2b2b", primary="#7dffae", on_primary="#000000",
    band="#ffe800", on_band="#000000",
    p1="#b3000c", p2="#ffd24d", on_p2="#000000", p3="#004f9e", p4="#454545",
    sea="#001c33", land="#121212", urban="#2e2e2e", road="#8c8c8c",
)  # fmt: skip

THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

TONES = ("plain", "info", "ok", "warn", "bad")
_GROUNDS = ("bg", "card", "alt", "selection", "hover", "bad_ground", "glow")

# Every text colour with every ground that it is painted on somewhere: (text, ground).
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "mute", "bad") for ground in _GROUNDS),
    *(
        (ink, ground)
        for ink in ("warn", "ok", "info", "brand")
        for ground in ("bg", "card", "alt", "selection")
    ),
    *((tone, f"{tone}_ground") for tone in TONES),
    *(("text", f"{tone}_ground") for tone in TONES),
    ("on_brand", "brand"),
    ("on_head", "head"),
    ("head_mute", "head"),
    ("on_primary", "primary"),
    ("on_band", "band"),
    ("on_untriaged", "untriaged"),
    *((f"on_p{n}", f"p{n}") for n in (1, 2, 3, 4)),
    # On the map: names on whatever ground they stand, and the letters of the marks.
    *((ink, ground) for ink in ("text", "mute") for ground in ("sea", "land", "urban")),
    *(("card", tone) for tone in ("plain", "info", "ok", "warn", "bad")),
)
# What is not text and must still be seen, against every ground on which it stands.
SHAPE_PAIRS: tuple[tuple[str, str], ...] = (
    *((mark, ground) for mark in ("edge", "focus") for ground in ("bg", "card", "alt", "selection", "hover")),
    *(("focus", ground) for ground in ("bad_ground", "warn_ground", "plain_ground", "glow")),
    *(("focus", ground) for ground in ("sea", "land", "urban")),
    # Around what has a strong ground, and in the head; inside it the colour of its words is the ring.
    *(("text", ground) for ground in ("bg", "card")),
    ("band", "head"),
    # The bar below a due time, and what is chosen among chips and workspaces.
    *((tone, "track") for tone in ("ok", "warn", "bad", "brand")),
    *(("brand", ground) for ground in ("bg", "card", "selection")),
    # The frame of what is old.
    *(("warn", ground) for ground in ("bg", "card")),
    # Marks on the map.
    *(
        (tone, ground)
        for tone in ("plain", "ok", "warn", "bad", "info")
        for ground in ("sea", "land", "urban")
    ),
)


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
