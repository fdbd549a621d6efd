"""The settings of this computer, from the environment, else from `doorstep.toml`; and its folders."""

import os
from pathlib import Path
from typing import Any

import platformdirs

from console.settings.declared import REGISTRY
from console.settings.setting import Value

# Any of these may stand in the environment instead of the file.
_ENVIRONMENT = {"database": "DOORSTEP_DATABASE"}


def data_folder() -> Path:
    """Give the folder for databases and kept files: DOORSTEP_HOME, else where the system wants them."""
    home = os.environ.get("DOORSTEP_HOME")
    return Path(home) if home else platformdirs.user_data_path("doorstep", appauthor=False)


def settings_file() -> Path:
    """Give the file with this machine's settings; it need not exist."""
    home = os.environ.get("DOORSTEP_HOME")
    folder = Path(home) if home else platformdirs.user_config_path("doorstep", appauthor=False)
    return folder / "doorstep.toml"


def machine(name: str) -> Value:
    """Give a setting of this machine: the environment's, else the file's, else the default."""
    setting = REGISTRY[name]
    if stated := os.environ.get(_ENVIRONMENT.get(name, "")):
        return setting.read(stated)
    file = settings_file()
    if not file.is_file():
        return setting.default
    import tomllib  # the window is painted without it, and mostly there is no file

    try:
        stored = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(f"The settings in {file.name} cannot be read: {wrong}.") from wrong
    found = _find(stored, name)
    return setting.default if found is None else setting.read(found)


def _find(stored: Any, name: str) -> Any:
    """Find `mail.host` under its own name, or as `host` of a table `[mail]`; None when it is not there."""
    if name in stored:
        return stored[name]
    for part in name.split("."):
        stored = stored.get(part) if isinstance(stored, dict) else None
    return stored


def database_url() -> str:
    """Give the database that this machine works with."""
    return str(machine("database")) or own_database_url("doorstep")


def own_database_url(name: str) -> str:
    """Give the database in a file of this name in the data folder."""
    return f"sqlite:///{data_folder() / name}.sqlite"


def kept_forms_folder() -> Path:
    """Give the folder for half-typed forms, which only this account may read."""
    return data_folder() / "half-typed"


def log_folder() -> Path:
    """Give the folder for the log of this computer, which holds nothing about patients."""
    return data_folder() / "log"


def refused_folder() -> Path:
    """Give the folder for received files that are too large for the database."""
    return data_folder() / "refused"
