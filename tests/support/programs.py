"""Programs of their own, forked from one that has loaded what they import: a start takes 20 ms and not 1.3 s.

Each is a process like any other, with arguments, an environment, streams and an end of its own. What is about
the very start of Python, such as what is imported when, starts the interpreter itself instead.
"""

import atexit
import multiprocessing
import os
import runpy
import sys
import tempfile
from collections.abc import Mapping
from multiprocessing import reduction
from pathlib import Path
from subprocess import PIPE, CompletedProcess, TimeoutExpired
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
IS_FORKED = "forkserver" in multiprocessing.get_all_start_methods()
PROCESSES: Any = multiprocessing.get_context("forkserver" if IS_FORKED else "spawn")
"""Where a process has no connection, thread or lock of the one that started it."""
PATIENCE_S = 100.0

multiprocessing.set_forkserver_preload(["tests.support.quick", "tests.support.programs_loaded"])


class _Stream:
    """A file number that goes over to the process that is being started."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __reduce__(self) -> tuple[Any, ...]:
        return _taken, (reduction.DupFd(self._number),)


def _taken(handed: Any) -> int:
    return int(handed.detach())


class Program:
    """`python WORDS` from the folder of the project, in a process of its own.

    The words are those of the interpreter: a file, `-m` and a module, or `-c` and a text. Streams that are
    not given lead nowhere; `PIPE` makes one that is to be closed.
    """

    stdin: IO[str]
    stdout: IO[str]

    def __init__(
        self,
        *words: str,
        env: Mapping[str, str] | None = None,
        stdin: IO[Any] | int | None = None,
        stdout: IO[Any] | int | None = None,
        stderr: IO[Any] | int | None = None,
    ) -> None:
        given = dict(os.environ if env is None else env)
        with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123 - both ways, which Path.open has no word for
            theirs = []
            if stdin == PIPE:
                stdin, ours = os.pipe()
                self.stdin = os.fdopen(ours, "w")
                theirs.append(stdin)
            if stdout == PIPE:
                ours, stdout = os.pipe()
                self.stdout = os.fdopen(ours)
                theirs.append(stdout)
            streams = [_Stream(_number(nowhere if one is None else one)) for one in (stdin, stdout, stderr)]
            self._process = PROCESSES.Process(target=_become, args=(words, given, *streams))
            self._process.start()
            for number in theirs:
                os.close(number)

    @property
    def pid(self) -> int:
        """Its number."""
        return int(self._process.pid)

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""
        code: int | None = self._process.exitcode
        return code

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        return self.returncode

    def wait(self, seconds: float = PATIENCE_S) -> int:
        """Wait until it has ended, and give how."""
        self._process.join(seconds)
        if self.returncode is None:
            raise TimeoutExpired(f"program {self.pid}", seconds)
        return self.returncode

    def kill(self) -> None:
        """End it as a power cut does: it can finish nothing."""
        self._process.kill()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()


def run(
    *words: str, env: Mapping[str, str] | None = None, given: str = "", seconds: float = PATIENCE_S
) -> CompletedProcess[str]:
    """Run `python WORDS` to its end, with a text to read; gives what it said and how it ended."""
    with tempfile.TemporaryFile() as read, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        read.write(given.encode())
        read.seek(0)
        program = Program(*words, env=env, stdin=read, stdout=said, stderr=told)
        try:
            code = program.wait(seconds)
        finally:
            program.kill()
        said.seek(0)
        told.seek(0)
        return CompletedProcess(list(words), code, said.read().decode(), told.read().decode())


def _number(stream: IO[Any] | int) -> int:
    return stream if isinstance(stream, int) else stream.fileno()


def _become(words: tuple[str, ...], env: dict[str, str], *streams: int) -> None:
    """Be what `python WORDS` is, from here to the end of this process."""
    for wanted, number in enumerate(streams):
        os.dup2(number, wanted)
        os.close(number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(env)
    os.chdir(ROOT)
    try:
        _run(words)
    finally:
        atexit._run_exitfuncs()


def _run(words: tuple[str, ...]) -> None:
    first, *rest = words
    if first == "-c":
        sys.argv = ["-c", *rest[1:]]
        exec(compile(rest[0], "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - a test's own text
    elif first == "-m":
        sys.argv = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = list(words)
        runpy.run_path(first, run_name="__main__")
