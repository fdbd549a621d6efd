"""Draws a pack in a process of its own: beside two thousand patients the window would stutter for seconds.

Python lets one thread at a time run, and drawing is nearly all Python: on a thread of the window's own
process it would take every second turn from the board.
"""

import os
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from console.domain.refusals import Refused
from ui.pack.contents import PackContents

KINDER = 10  # steps of niceness: whoever works at this computer comes first
_Answer = TypeVar("_Answer")
Printed = tuple[str, bytes]  # what to say, else the PDF: there is no printer


def drawn(pack: PackContents) -> bytes:
    """Give the pack as a PDF; a pack matters more than a smooth board, so at worst it is drawn here."""
    return _beside(_draw, pack, _as_pdf)


def printed(pack: PackContents) -> Printed:
    """Print the pack, and give what to say; without a printer give it as a PDF. At worst it is done here."""
    return _beside(_print, pack, _on_paper)


def _beside(
    work: Callable[[PackContents], _Answer], pack: PackContents, here: Callable[[PackContents], _Answer]
) -> _Answer:
    try:
        answer = _asked(work, pack)
    except (OSError, EOFError):  # no process could be begun, or it was ended before it was done
        return here(pack)
    if isinstance(answer, Refused):
        raise answer
    return answer


def _asked(work: Callable[[PackContents], _Answer], pack: PackContents) -> _Answer | Refused:
    context = get_context("spawn")  # a copy of this process would hold half of a window
    ours, theirs = context.Pipe(duplex=False)
    with ours:
        process = context.Process(target=_answer, args=(work, pack, theirs), daemon=True)
        process.start()
        theirs.close()
        try:
            answer: _Answer | Refused = ours.recv()
        finally:
            process.join()
    return answer


# In that process


def _answer(
    work: Callable[[PackContents], object], pack: PackContents, to: "Connection[object, object]"
) -> None:
    try:
        to.send(work(pack))
    except Refused as refusal:
        to.send(refusal.anew())


def _draw(pack: PackContents) -> bytes:
    _prepare()
    return _as_pdf(pack)


def _print(pack: PackContents) -> Printed:
    _prepare(needs_windows=sys.platform != "linux")  # elsewhere printers belong to the system's windows
    return _on_paper(pack)


def _prepare(*, needs_windows: bool = False) -> None:
    if hasattr(os, "nice"):
        os.nice(KINDER)
    if not needs_windows:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui import theme

    theme.apply(theme.application(), "light")


# In whichever process


def _as_pdf(pack: PackContents) -> bytes:
    from ui.pack.pack import pdf

    return pdf(pack)


def _on_paper(pack: PackContents) -> Printed:
    from ui.pack.printing import print_pack

    said = print_pack(pack)
    return said, b"" if said else _as_pdf(pack)
