"""Makes the sounds of the alarms: `python resources/build_sounds.py` writes resources/sounds/*.wav.

Short tones of our own. The gravest is told by its pattern, not by being loud: three steps up twice, two equal
tones, one low tone.
"""  # noqa: INP001 - this folder holds files, not a package

import math
import struct
import wave
from pathlib import Path

FOLDER = Path(__file__).parent / "sounds"
RATE = 22_050
LOUD = 0.5
EDGE_S = 0.012
# Each sound is a row of tones: hertz (0 is a pause) and seconds.
UP = ((740, 0.13), (0, 0.03), (988, 0.13), (0, 0.03), (1319, 0.2), (0, 0.12))
SOUNDS = {
    "help": (*UP, *UP),
    "urgent": ((880, 0.14), (0, 0.07), (880, 0.22)),
    "late": ((523, 0.3),),
}


def samples(tones: tuple[tuple[int, float], ...]) -> list[int]:
    """Give the samples of a row of tones, each faded in and out so that none clicks."""
    made = []
    for hertz, seconds in tones:
        count, edge = round(RATE * seconds), round(RATE * EDGE_S)
        for at in range(count):
            fade = min(1.0, at / edge, (count - at) / edge)
            wave_ = math.sin(2 * math.pi * hertz * at / RATE)
            made.append(round(32767 * LOUD * fade * wave_) if hertz else 0)
    return made


def build(folder: Path) -> None:
    """Write every sound as 16 bit mono."""
    folder.mkdir(exist_ok=True)
    for name, tones in SOUNDS.items():
        found = samples(tones)
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(struct.pack(f"<{len(found)}h", *found))


if __name__ == "__main__":
    build(FOLDER)
