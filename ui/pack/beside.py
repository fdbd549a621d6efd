"""Draws a pack in a process of its own: beside two thousand patients the window would stutter for seconds.

Python lets one thread at a time run, and drawing is nearly all Python: on a thread of the window's own
process it would take every second turn from the board.
"""

import os
from multiprocessing import get_context
from multiprocessing.connection import Connection

from ui.pack.contents import PackContents

KINDER = 10  # steps of niceness: whoever works at this computer comes first


def drawn(pack: PackContents) -> bytes:
    """Give the pack as a PDF; a pack matters more than a smooth board, so at worst it is drawn here."""
    try:
        return _drawn_beside(pack)
    except (OSError, EOFError):  # no process could be begun, or it was ended before it was done
        from ui.pack.pack import pdf

        return pdf(pack)


def _drawn_beside(pack: PackContents) -> bytes:
    context = get_context("spawn")  # a copy of this process would hold half of a window
    ours, theirs = context.Pipe(duplex=False)
    with ours:
        process = context.Process(target=_draw, args=(pack, theirs), daemon=True)
        process.start()
        theirs.close()
        try:
            return ours.recv_bytes()
        finally:
            process.join()


def _draw(pack: PackContents, answer: "Connection[bytes, bytes]") -> None:
    if hasattr(os, "nice"):
        os.nice(KINDER)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui import theme
    from ui.pack.pack import pdf

    theme.apply(theme.application(), "light")
    answer.send_bytes(pdf(pack))
