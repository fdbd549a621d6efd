"""What the programs that tests start import; loaded once, in the process from which they are forked."""

import gc

import PySide6.QtPrintSupport
import PySide6.QtTest
import PySide6.QtWidgets
import uvicorn

import console.command_list
import console.services.desk
import console.worker.process
import db.upgrade
import main
import ui.desk_page
import ui.main_window

__all__ = ["PySide6", "console", "db", "main", "ui", "uvicorn"]

gc.freeze()  # no program looks for garbage among them, which would copy all of it
