"""How a command is described to argparse: a name, a sentence, what it runs."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

# argparse has no public name for it.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
Run = Callable[[argparse.Namespace], int]


def command(commands: Commands, name: str, sentence: str, run: Run) -> argparse.ArgumentParser:
    """Add one command; all of them take --database."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=sentence, description=sentence)
    made.add_argument("--database", metavar="URL", help="sqlite:///file or postgresql://user@host/name")
    made.set_defaults(run=run)
    return made
