"""The one registry of settings: name, type, default, one sentence, and where each is kept.

A machine's settings come from the environment, else from `doorstep.toml`; those of the service and of a
person are rows of the database, each version with its author, reason and the moment from which it holds.
"""

from console.settings.declared import REGISTRY
from console.settings.machine import (
    data_folder,
    database_url,
    kept_forms_folder,
    log_folder,
    machine,
    own_database_url,
    refused_folder,
    settings_file,
)
from console.settings.setting import Scope, Setting, Value

__all__ = [
    "REGISTRY",
    "Scope",
    "Setting",
    "Value",
    "data_folder",
    "database_url",
    "kept_forms_folder",
    "log_folder",
    "machine",
    "own_database_url",
    "refused_folder",
    "settings_file",
]
