"""The arrow and the walls of the house, and that a planted import breaks them."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ["console", "ui", "db", "migrations"]
PROGRAMS = Path(sys.executable).parent
QT = {"PySide6", "shiboken6"}
SQL = {"sqlalchemy", "psycopg", "alembic", "sqlite3"}
KEPT = "kept"
LONGEST_FILE = 300
LONGEST_FUNCTION = 60


def contracts(folder: Path) -> dict[str, str]:
    """What import-linter says of each contract on a tree: that it is kept, or by what it is broken."""
    command = [str(PROGRAMS / "lint-imports"), "--no-cache", "--no-logo"]
    wide = {**os.environ, "COLUMNS": "300"}
    done = subprocess.run(command, cwd=folder, env=wide, capture_output=True, text=True, check=False)
    lists, _, broken = done.stdout.partition("Broken contracts")
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    said = {}
    for one in project["tool"]["importlinter"]["contracts"]:
        name = one["name"]
        if f"{name} KEPT" in lists.splitlines():
            said[one["id"]] = KEPT
        else:  # its heading stands over a line of its own length, and goes on to the next such heading
            below = broken.partition(f"\n{name}\n{'-' * len(name)}\n")[2]
            said[one["id"]] = re.split(r"\n.+\n-{9,}\n", below)[0] or done.stdout + done.stderr
    return said


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


CONTRACTS = ["arrow", "window-without-database", "migrations-alone", "qt-wall", "sql-wall"]
PLANTED = [
    ("arrow", "console/domain", "import console.services", "console.services"),
    ("arrow", "console/domain", "from console import settings", "console.settings"),
    ("arrow", "console/services", "def late():\n    import console.jobs", "console.jobs"),
    ("arrow", "console/services", "import ui", "ui"),
    ("arrow", "console/jobs", "import console.worker", "console.worker"),
    ("arrow", "console/exchange", "import db", "db"),
    ("arrow", "console/planning", "import console.exchange", "console.exchange"),
    ("arrow", "db", "import console.planning", "console.planning"),
    ("arrow", "ui", "import console.worker", "console.worker"),
    ("arrow", "console/settings", "import console.domain", "console.domain"),
    ("window-without-database", "ui", "from db import models", "db.models"),
    ("migrations-alone", "migrations", "import console.services", "console.services"),
    ("qt-wall", "console/services", "from PySide6.QtCore import QObject", "PySide6"),
    ("qt-wall", "db", "import shiboken6", "shiboken6"),
    ("sql-wall", "console/services", "import sqlalchemy", "sqlalchemy"),
    ("sql-wall", "ui", "from psycopg import sql", "psycopg"),
    ("sql-wall", "console/worker", "import alembic", "alembic"),
]


@pytest.fixture(scope="module")
def of_this_tree() -> dict[str, str]:
    """The contracts as they stand: asked once, since it is the reading of the tree that takes long."""
    return contracts(ROOT)


@pytest.fixture(scope="module")
def of_a_broken_tree(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The contracts on a copy in which every one is broken, each import in a file of its own."""
    folder = tmp_path_factory.mktemp("planted")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for number, (_, package, line, _) in enumerate(PLANTED):
        (folder / package / f"planted_{number}.py").write_text(f"{line}\n", encoding="utf-8")
    return contracts(folder)


@pytest.mark.parametrize("identifier", CONTRACTS)
def test_that_every_contract_is_kept(identifier: str, of_this_tree: dict[str, str]) -> None:
    assert of_this_tree[identifier] == KEPT


def test_that_no_contract_is_left_out(of_this_tree: dict[str, str]) -> None:
    assert list(of_this_tree) == CONTRACTS


@pytest.mark.parametrize("number", range(len(PLANTED)), ids=["-".join(words[:3]) for words in PLANTED])
def test_that_a_planted_import_breaks_its_contract(number: int, of_a_broken_tree: dict[str, str]) -> None:
    identifier, package, _, imported = PLANTED[number]
    chain = f"{package.replace('/', '.')}.planted_{number} -> {imported} (l."
    assert chain in of_a_broken_tree[identifier]


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


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function of a piece of code; what stands within a statement need not be gone through."""
    ahead = [tree]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            ahead.extend(getattr(node, part, ()))


def test_that_a_function_is_found_wherever_it_stands() -> None:
    within = "class A:\n try:\n  pass\n except E:\n  if 1:\n   pass\n  else:\n   async def f(): pass\n"
    choice = "match 1:\n case 1:\n  with a:\n   def g():\n    def h(): pass\n"
    assert {one.name for one in functions(ast.parse(within + choice))} == {"f", "g", "h"}


def test_that_functions_stay_short() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in [*modules("console", "ui", "db"), ROOT / "main.py", ROOT / "start.py"]
        for node in functions(ast.parse(path.read_text(encoding="utf-8")))
        if (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == []
