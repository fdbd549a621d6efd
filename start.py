"""Set Doorstep up once, then run it.

python3 start.py                    open the console on this computer with a demo service
python3 start.py test [words]       run the tests; the words go to pytest
python3 start.py --screenshot FILE  render the console to a picture, without a display
                                    [--workspace NAME] [--theme light|dark|contrast] [--size WxH] [--scale N]
python3 start.py COMMAND [words]    run a command of main.py; `--help` lists them

Needs nothing but Python 3.11 or later.
"""

from __future__ import annotations  # so that an older Python gets as far as being refused

import ctypes
import hashlib
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "set-up-from"
UNFINISHED = ROOT / ".venv.unfinished"
OPENS_WINDOW = {"open", "open-demo"}  # commands of main.py that need a display

# What Qt's wheels expect of a Debian system: package, and the library by which its absence shows.
LIBRARIES = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libfreetype6": "libfreetype.so.6",
    "libdbus-1-3": "libdbus-1.so.3",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libx11-xcb1": "libX11-xcb.so.1",
}
# What the tests on a real display need besides: package, and the program by which its absence shows.
FOR_TESTS = {
    "xvfb": "Xvfb",
    "xdotool": "xdotool",
    "x11-xkb-utils": "setxkbmap",
    "dbus-daemon": "dbus-daemon",
    "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",
}


def main(words: list[str]) -> None:
    """Set up when needed, then do what the words ask for."""
    if words in (["-h"], ["--help"]):
        print(__doc__)
        return
    if words[:1] == ["test"]:
        set_up(for_tests=True)
        os.chdir(ROOT)
        # The tests start programs by the hundred: not each is to compile what it loads anew.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        # Two more than there are cores, since some tests wait for processes; whoever is done takes over what
        # the others have left. Words that follow hold instead.
        at_once = str((os.cpu_count() or 1) + 2)
        become([str(PYTHON), "-m", "pytest", "-n", at_once, "--dist", "worksteal", *words[1:]])
    if not words or words[0].startswith("-"):
        words = ["open-demo", *words]
    if any(word.startswith("--screenshot") for word in words):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if words[0] in OPENS_WINDOW and not has_display():
        leave(
            "There is no display here. Run this in a desktop session, or render a picture with:\n"
            "    python3 start.py --screenshot board.png"
        )
    set_up()
    become([str(PYTHON), str(ROOT / "main.py"), *words])


def has_display() -> bool:
    """Tell whether a window can be shown to somebody."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal", "vnc")):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def leave(sentence: str) -> NoReturn:
    """Say what to do instead, and end."""
    print(sentence, file=sys.stderr)
    raise SystemExit(2)


def become(command: list[str]) -> NoReturn:
    """Hand over to the command; where the system cannot replace a process, wait for it."""
    sys.stdout.flush()
    if sys.platform == "win32":
        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)  # noqa: S606 - the same fixed programs, without a process in between


def set_up(*, for_tests: bool = False) -> None:
    """Make or repair the environment, unless it stands as the lock file asks."""
    if is_set_up() and not (for_tests and missing_programs()):
        return
    with one_at_a_time():
        ensure_system_libraries(for_tests=for_tests)
        if is_set_up():  # the other start that was waited for did it, or only programs were missing
            return
        ensure_environment()
        install_packages()
        UNFINISHED.unlink()


def wanted_stamp() -> str:
    """Name the set-up that this checkout and this Python ask for."""
    packages = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{packages} {platform.python_version()} {platform.machine()}\n"


def is_set_up() -> bool:
    """Tell whether the last set-up was finished from the same lock file and Python, and still stands."""
    try:
        stamp = STAMP.read_text(encoding="utf-8")
    except OSError:
        return False
    return stamp == wanted_stamp() and os.access(PYTHON, os.X_OK)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second start wait for the first one's set-up."""
    with (ROOT / ".venv.lock").open("a", encoding="utf-8") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
            os.set_inheritable(file.fileno(), True)  # a pip that outlives us still holds the others back
        yield  # closing the file lets the next one in


def missing_packages() -> list[str]:
    """List the Debian packages whose library cannot be loaded or whose Python module is absent."""
    missing = [package for package, library in LIBRARIES.items() if not can_load(library)]
    if not environment_works() and importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    return missing


def missing_programs() -> list[str]:
    """List the Debian packages of the programs that only the tests need."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for package, program in FOR_TESTS.items() if shutil.which(program) is None]


def can_load(library: str) -> bool:
    """Ask the system's own loader, which alone knows."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_system_libraries(*, for_tests: bool = False) -> None:
    """Install what Qt needs from Debian as root; else print the one line that does.

    Without the programs that only tests need one goes on: a test that needs them is skipped and says so.
    """
    if not sys.platform.startswith("linux"):
        return
    needed, wanted = missing_packages(), missing_programs() if for_tests else []
    if not needed + wanted:
        return
    end = leave if needed else go_on
    install = ["apt-get", "install", "-y", "--no-install-recommends", *needed, *wanted]
    if shutil.which("apt-get") is None:
        end(f"Install what these Debian packages hold, then start again: {' '.join(needed + wanted)}")
    elif os.geteuid() != 0:
        line = f"sudo apt-get update && sudo {shlex.join(install)}"
        what = "Some system libraries" if needed else "Some programs for tests on a real display"
        end(f"{what} are missing. Run this line, then start again:\n{line}")
    else:
        print(f"Installing from Debian: {' '.join(needed + wanted)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-q"], environment, end)
        run(install, environment, end)


def go_on(sentence: str) -> None:
    """Say what to do, and leave out meanwhile what needs it."""
    print(sentence, file=sys.stderr, flush=True)


def run(
    command: list[str], environment: dict[str, str] | None = None, end: Callable[[str], None] = leave
) -> None:
    """Run one step of the set-up; when it fails, say so and leave, unless one can go on without."""
    done = subprocess.run(command, env=environment, stdout=sys.stderr, check=False, close_fds=False)
    if done.returncode:
        step = shlex.join(command[:4])
        end(f"The set-up stopped: {step} ... ended with {done.returncode}. Start again to repair it.")


def ensure_environment() -> None:
    """Keep an environment that works; make it anew when there is none or a set-up broke off in it."""
    is_kept = environment_works()
    UNFINISHED.touch()
    if is_kept:
        return
    print("Making the Python environment in .venv", flush=True)
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def environment_works() -> bool:
    """Tell whether .venv holds this Python and pip, and no set-up broke off in it."""
    if UNFINISHED.exists() or not os.access(PYTHON, os.X_OK):
        return False
    question = "import pip, platform; print(platform.python_version())"
    answer = subprocess.run([str(PYTHON), "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == platform.python_version()


def install_packages() -> None:
    """Install exactly what the lock file names, compiled, and stamp the environment last."""
    print("Installing the packages of requirements.lock", flush=True)
    STAMP.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    run([*pip, "--compile", "--require-hashes", "-r", str(LOCK)])
    STAMP.write_text(wanted_stamp(), encoding="utf-8")


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - said in a sentence, before anything newer is used
        sys.exit("Doorstep needs Python 3.11 or later; this is Python " + platform.python_version() + ".")
    try:
        main(sys.argv[1:])
    except PermissionError as error:
        leave(
            f"This account may not write {error.filename}. Use the account that made this folder, or a copy."
        )
    except KeyboardInterrupt:
        sys.exit(130)  # what a shell expects; the next start repairs a set-up that this broke off
