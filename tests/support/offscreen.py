"""A screen that is not there, of any size and scale; to be chosen before Qt is loaded."""

import json
import os

from tests.support.in_memory import folder_of_this_process


def prepare(size: str, scale: float) -> None:
    """Give Qt one screen of that size, counted as a desktop counts it: at scale 2 it has twice the pixels."""
    width, height = (round(int(part) * scale) for part in size.split("x"))
    screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    file = folder_of_this_process() / "screens.json"
    file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    # A picture is of the program, not of what somebody keeps on this computer.
    os.environ["DOORSTEP_HOME"] = str(file.parent / "home")
