"""Lets what is imported after this be imported as quickly as in the console."""

from ui.quick_imports import let_imports_be_quick

let_imports_be_quick()
