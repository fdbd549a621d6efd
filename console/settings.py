"""The one registry of settings: name, type, default, one sentence, and where each is kept.

A machine's settings come from the environment, else from `doorstep.toml`; those of the service and of a
person are rows of the database, each version with its author, reason and the moment from which it holds.
"""

import datetime as dt
import enum
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

Value = str | int | bool | dt.time | dict[str, str]


class Scope(enum.StrEnum):
    """Whom a setting is for, which says where it is kept."""

    MACHINE = "machine"
    PERSON = "person"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is declared, once."""

    name: str
    kind: type
    default: Value
    sentence: str
    scope: Scope

    def read(self, stored: Any) -> Value:
        """Give the value of what was stored or typed; ValueError, in a sentence, for another kind."""
        read = _time(stored) if self.kind is dt.time else stored
        # A yes or no is a whole number to Python, but not to the person who set it.
        is_meant = isinstance(read, self.kind) and not (self.kind is int and isinstance(read, bool))
        if not is_meant or (self.kind is int and read < 1):
            raise ValueError(f"{self.name} must be {_KINDS[self.kind]}. {self.sentence}")
        value: Value = read
        return value

    def typed(self, text: str) -> Value:
        """Give the value of what was typed as one text; ValueError, in a sentence, when it is none."""
        read = _TYPED.get(self.kind)
        return self.read(text if read is None else read(text.strip()))

    def shown(self, value: Value) -> str:
        """Give a value as a person would type it."""
        if isinstance(value, dict):
            return ", ".join(f"{name}={text}" for name, text in sorted(value.items()))
        if isinstance(value, bool):
            return "true" if value else "false"
        return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)

    def store(self, value: Value) -> Any:
        """Give the value in the form in which the database keeps it."""
        return value.isoformat("minutes") if isinstance(value, dt.time) else value


def _time(stored: Any) -> Any:
    """Read a time, or give back what is none."""
    try:
        return dt.time.fromisoformat(stored)
    except (TypeError, ValueError):
        return stored


def _number(text: str) -> Any:
    """Read a whole number, or give back what is none."""
    return int(text) if text.isascii() and text.isdigit() else text


def _table(text: str) -> Any:
    """Read CT19=FOL, CT16=DOV, or give back what is no such table."""
    pairs = [part.split("=") for part in text.split(",") if part.strip()]
    if any(len(pair) != 2 or not all(word.strip() for word in pair) for pair in pairs):
        return None
    return {name.strip(): word.strip() for name, word in pairs}


# How each kind is read from one typed text; the others are taken as they are typed.
_TYPED: dict[type, Callable[[str], Any]] = {
    int: _number,
    bool: lambda text: {"true": True, "false": False}.get(text.lower(), text),
    dict: _table,
}
_KINDS = {
    str: "a text",
    int: "a whole number above 0",
    bool: "true or false",
    dt.time: "a time such as 08:00",
    dict: "a table such as CT19=FOL, CT16=DOV",
}


def _service(name: str, default: Value, sentence: str) -> Setting:
    return Setting(name, type(default), default, sentence, Scope.SERVICE)


_ALL = (
    Setting(
        "database",
        str,
        "",
        "Which database the console opens (empty: a file of its own on this computer).",
        Scope.MACHINE,
    ),
    Setting(
        "log_days",
        int,
        14,
        "Days for which the log of this computer is kept; it holds nothing about patients.",
        Scope.MACHINE,
    ),
    Setting(
        "mail.host",
        str,
        "",
        "The mail server for reminders (empty: none is sent, and each says so).",
        Scope.MACHINE,
    ),
    Setting("mail.port", int, 587, "The port of the mail server; 465 is usual for tls.", Scope.MACHINE),
    Setting(
        "mail.security",
        str,
        "starttls",
        "How the mail server encrypts: starttls, or tls from the first byte. Plain text is never sent.",
        Scope.MACHINE,
    ),
    Setting("mail.user", str, "", "The login at the mail server (empty: it asks for none).", Scope.MACHINE),
    Setting("mail.from", str, "", "The address from which reminders come.", Scope.MACHINE),
    Setting(
        "mail.password_file",
        str,
        "",
        "A file that holds the password of the mail server alone (empty: systemd's credential, else the"
        " keyring).",
        Scope.MACHINE,
    ),
    Setting(
        "mail.trusted_file",
        str,
        "",
        "A file with an authority of your own to trust at the mail server, beside those of the system.",
        Scope.MACHINE,
    ),
    Setting("theme", str, "light", "The colours of the window: light, dark or contrast.", Scope.PERSON),
    Setting("sounds", str, "on", "Whether what is new and urgent is heard: on or off.", Scope.PERSON),
    _service("service.name", "Home visiting", "What the service is called in the window and on reports."),
    _service("intake.hub_by_district", {}, "Which hub takes a postcode district, by the hub's code."),
    _service("mail.supervisor", "", "Where reminders for the supervisor go (empty: they cannot go by mail)."),
    _service(
        "mail.coordinator", "", "Where reminders for the coordinator go (empty: they cannot go by mail)."
    ),
    _service(
        "mail.deduplicates",
        False,
        "Whether the mail server drops a message whose Message-ID it has accepted before.",
    ),
    _service("clock.triage_urgent", 20, "Minutes from receipt to triage, urgent or not known."),
    _service("clock.triage_routine", 60, "Minutes from receipt to triage, asked for as routine."),
    _service("clock.response_emergency", 30, "Minutes from the first triage to being seen, emergency."),
    _service("clock.response_acute", 60, "Minutes from the first triage to being seen, acute."),
    _service("clock.response_urgent", 120, "Minutes from the first triage to being seen, urgent."),
    _service("clock.response_routine", 360, "Minutes from the first triage to being seen, routine."),
    _service("clock.hub_arrival", 15, "Minutes from arriving at a hub to being streamed."),
    _service("clock.report_due", 180, "Minutes from clear until the report must be signed and sent."),
    _service("clock.report_latest", dt.time(8), "The latest time, on the next working day, for a report."),
    _service("clock.delivery_hours", 24, "Hours until a sent report must have arrived."),
    _service("clock.acknowledgement_working_days", 2, "Working days until the practice must have answered."),
    _service("clock.uncollected_days", 5, "Days after which a report that nobody fetched is given up."),
    _service("clock.expected_clear", 45, "Minutes on scene until a visit is expected to be clear."),
    _service("clock.welfare_call", 15, "Minutes after the expected clear until the practitioner is called."),
    _service(
        "clock.welfare_supervisor", 30, "Minutes after the expected clear until the supervisor is told."
    ),
    _service(
        "clock.waiting_call", 60, "Minutes between a clinician's calls to a patient who waits too long."
    ),
    _service("clock.failed_contact_attempts", 3, "Attempts after which a clinician decides."),
    _service("clock.failed_contact_window", 30, "Minutes within which those attempts are made."),
    _service("chase.longest_snooze", 72, "Hours for which a report or a call list may be snoozed at most."),
    _service("clock.closing_warning", dt.time(18, 30), "From when a hub shows who cannot be seen today."),
    _service(
        "ladder.clinician_quiet_from", dt.time(22), "From when whoever writes a report is not reminded of it."
    ),
    _service(
        "ladder.clinician_quiet_until",
        dt.time(7),
        "Until when whoever writes a report is not reminded of it.",
    ),
    _service(
        "ladder.coordinator_quiet_from", dt.time(20), "From when coordinators are not asked about reports."
    ),
    _service(
        "ladder.coordinator_quiet_until", dt.time(8), "Until when coordinators are not asked about reports."
    ),
    _service("ladder.practice_opens", dt.time(8), "From when practices can be called on a working day."),
    _service(
        "ladder.practice_closes", dt.time(18, 30), "Until when practices can be called on a working day."
    ),
    _service(
        "ladder.report_coordinator", 120, "Minutes after a report is due until the coordinator is asked."
    ),
    _service(
        "ladder.report_coordinator_by",
        dt.time(19, 30),
        "By when the coordinator is asked on the day on which it is due.",
    ),
    _service(
        "ladder.report_supervisor_at",
        dt.time(20),
        "When the supervisor is asked each day about late reports.",
    ),
    _service(
        "ladder.report_supervisor_morning",
        dt.time(7),
        "When the supervisor is asked on a report's last morning.",
    ),
    _service("ladder.practice_failed_calls", 2, "Calls to a practice in vain until the supervisor is asked."),
    _service(
        "ladder.practice_again_hours",
        24,
        "Hours after a finished call list until the practice is called again.",
    ),
    _service(
        "ladder.unacknowledged", 10, "Minutes until the coordinator is asked about an unacknowledged visit."
    ),
    _service(
        "ladder.unacknowledged_supervisor", 20, "Minutes until the supervisor is asked about such a visit."
    ),
    _service("ladder.en_route", 60, "Minutes on the way until the practitioner is called."),
    _service("ladder.en_route_supervisor", 75, "Minutes on the way until the supervisor is asked."),
    _service("ladder.safe_home", 15, "Minutes after the end of a shift until the practitioner is called."),
    _service(
        "ladder.safe_home_supervisor", 30, "Minutes after the end of a shift until the supervisor is asked."
    ),
    _service("ladder.triage_supervisor", 10, "Minutes after triage was due until the supervisor is asked."),
    _service(
        "ladder.response_supervisor", 15, "Minutes after a patient was due until the supervisor is asked."
    ),
    _service(
        "ladder.acceptance", 30, "Minutes for which an accepted task is its taker's, unless it is done."
    ),
    _service("ladder.acceptance_safety", 10, "The same for tasks about somebody's safety."),
    _service("mail.supervisor", "", "Where the supervisor's reminders go by mail (empty: none are sent)."),
)
REGISTRY = {setting.name: setting for setting in _ALL}
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


def log_folder() -> Path:
    """Give the folder for the log of this computer, which holds nothing about patients."""
    return data_folder() / "log"


def refused_folder() -> Path:
    """Give the folder for received files that are too large for the database."""
    return data_folder() / "refused"
