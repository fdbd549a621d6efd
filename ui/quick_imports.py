"""Keeps PySide from reading the source of every module that is imported after it."""

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401 - from here on its hook sees every import


def _uses_pyside(_: ModuleType) -> bool:
    """Say yes without looking: such a module may use Qt's own names only, which is what all of ours do."""
    return True


def let_imports_be_quick() -> None:
    """Answer PySide's question whether a module uses it, before it opens hundreds of files to find out.

    PySide asks so that `from __feature__ import snake_case` can rename methods module by module. Nothing here
    does that, and searching the sources takes an eighth of the time of loading the console, and 25 MB.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and "_mod_uses_pyside" in vars(feature):
        vars(feature)["_mod_uses_pyside"] = _uses_pyside
