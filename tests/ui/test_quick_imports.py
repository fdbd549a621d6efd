"""PySide is answered before it searches every source; an update of PySide must not undo that."""

import sys

from ui.quick_imports import let_imports_be_quick


def test_that_pyside_asks_the_question_that_is_answered_for_it() -> None:
    feature = sys.modules["shibokensupport.feature"]
    before = vars(feature)["_mod_uses_pyside"]
    try:
        let_imports_be_quick()
        assert vars(feature)["_mod_uses_pyside"](sys) is True
    finally:
        vars(feature)["_mod_uses_pyside"] = before
