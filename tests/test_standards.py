"""Style and types are checked with the tests, so that one command says whether a change can go in."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("words", ["ruff check", "ruff format --check --diff", "mypy"])
def test_that_the_code_keeps_the_rules_of(words: str) -> None:
    program, *rest = words.split()
    done = subprocess.run(
        [sys.executable, "-m", program, *rest], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
