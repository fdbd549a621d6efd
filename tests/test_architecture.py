"""The arrow and the walls of the house, and that a planted import breaks them."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ["console", "ui", "db", "migrations"]
PROGRAMS = Path(sys.executable).parent
QT = {"PySide6", "shiboken6"}
SQL = {"sqlalchemy", "psycopg", "alembic", "sqlite3"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 60


def contract(identifier: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Check one contract of import-linter on a tree."""
    command = [str(PROGRAMS / "lint-imports"), "--no-cache", "--no-logo", "--contract", identifier]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def modules(*folders: str) -> list[Path]:
    """List the Python files below folders of the project."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Name the top-level packages that a piece of code imports, wherever it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0] if not node.level else "."


def imported_on_loading(code: str) -> set[str]:
    """Name the top-level packages that loading the code loads; functions and types wait."""

    class Loading(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            return None

        def visit_If(self, node: ast.If) -> ast.If | None:
            return None if ast.unparse(node.test).endswith("TYPE_CHECKING") else node

    return set(imported(Loading().visit(ast.parse(code))))


@pytest.mark.parametrize(
    "identifier", ["arrow", "window-without-database", "migrations-alone", "qt-wall", "sql-wall"]
)
def test_that_every_contract_is_kept(identifier: str) -> None:
    done = contract(identifier)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("identifier", "file", "line"),
    [
        ("arrow", "console/domain/planted.py", "import console.services"),
        ("arrow", "console/domain/planted.py", "from console import settings"),
        ("arrow", "console/services/planted.py", "def late():\n    import console.jobs"),
        ("arrow", "console/services/planted.py", "import ui"),
        ("arrow", "console/jobs/planted.py", "import console.worker"),
        ("arrow", "console/exchange/planted.py", "import db"),
        ("arrow", "console/planning/planted.py", "import console.exchange"),
        ("arrow", "db/planted.py", "import console.planning"),
        ("arrow", "ui/planted.py", "import console.worker"),
        ("arrow", "console/settings.py", "import console.domain"),
        ("window-without-database", "ui/planted.py", "from db import models"),
        ("migrations-alone", "migrations/planted.py", "import console.services"),
        ("qt-wall", "console/services/planted.py", "from PySide6.QtCore import QObject"),
        ("qt-wall", "db/planted.py", "import shiboken6"),
        ("sql-wall", "console/services/planted.py", "import sqlalchemy"),
        ("sql-wall", "ui/planted.py", "from psycopg import sql"),
        ("sql-wall", "console/worker/planted.py", "import alembic"),
    ],
)
def test_that_a_planted_import_breaks_its_contract(
    identifier: str, file: str, line: str, tmp_path: Path
) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / file).write_text(f"{line}\n", encoding="utf-8")
    done = contract(identifier, tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 broken" in done.stdout


def test_that_the_domain_needs_only_the_standard_library() -> None:
    for path in modules("console/domain"):
        foreign = set(imported(ast.parse(path.read_text(encoding="utf-8")))) - sys.stdlib_module_names
        assert foreign <= {"console"}, f"{path} imports {foreign}"


def test_that_start_needs_only_the_standard_library() -> None:
    code = (ROOT / "start.py").read_text(encoding="utf-8")
    assert set(imported(ast.parse(code))) <= sys.stdlib_module_names


def test_that_main_leaves_databases_to_db() -> None:
    code = (ROOT / "main.py").read_text(encoding="utf-8")
    assert not set(imported(ast.parse(code))) & SQL


def test_that_loading_main_loads_no_window() -> None:
    code = (ROOT / "main.py").read_text(encoding="utf-8")
    assert not imported_on_loading(code) & (QT | {"ui"})


@pytest.mark.parametrize(
    "line", ["import PySide6", "from ui.app import run", "try:\n    import ui\nfinally:\n    pass"]
)
def test_that_a_window_planted_into_main_is_found(line: str) -> None:
    assert imported_on_loading(line) & (QT | {"ui"})


def test_that_a_window_imported_where_it_is_opened_is_allowed() -> None:
    code = "if TYPE_CHECKING:\n    import ui\ndef open():\n    import ui.app\n"
    assert not imported_on_loading(code) & (QT | {"ui"})


@pytest.mark.parametrize("words", [["--help"], ["board", "--help"]])
def test_that_a_command_without_a_window_loads_no_qt(words: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", str(ROOT / "main.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "argparse" in done.stderr, "the list of what was loaded"
    assert not [line for line in done.stderr.splitlines() if "PySide6" in line or "shiboken6" in line]


def test_that_the_console_loads_without_alembic() -> None:
    program = (
        "import pkgutil, sys, console, ui\n"
        "for package in (console, ui):\n"
        "    for found in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        __import__(found.name)\n"
        "sys.exit('alembic' in sys.modules)\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_that_files_stay_short() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules("console", "ui", "db")
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_that_functions_stay_short() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in [*modules("console", "ui", "db"), ROOT / "main.py", ROOT / "start.py"]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == []
