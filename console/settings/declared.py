"""Every setting, declared once."""

import datetime as dt

from console.settings.setting import Scope, Setting, Value


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
        "connections",
        dict,
        {},
        "The databases among which the sign-in lets one choose, by name; no address holds a password.",
        Scope.MACHINE,
    ),
    Setting(
        "sign_in.means",
        str,
        "scram",
        "By what people come in from this computer: scram (a password), kerberos, certificate or ldap.",
        Scope.MACHINE,
    ),
    Setting(
        "local_wait_ms",
        int,
        5000,
        "Milliseconds for which a local database waits for another program that is writing it.",
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
        "kept_forms_days",
        int,
        3,
        "Days after which a half-typed form that nobody continues is removed from this computer.",
        Scope.MACHINE,
    ),
    Setting(
        "downtime.folder",
        str,
        "",
        "The folder for downtime packs, which must be there (empty: one of its own in the data folder).",
        Scope.MACHINE,
    ),
    Setting(
        "backup.folder",
        str,
        "",
        "The folder whose newest backup the restore drill brings back (empty: the drill is told one).",
        Scope.MACHINE,
    ),
    Setting(
        "backup.archive_folder",
        str,
        "",
        "The folder with the archived write-ahead log, for a base backup (empty: the backup alone).",
        Scope.MACHINE,
    ),
    Setting("downtime.every", int, 15, "Minutes between two downtime packs.", Scope.MACHINE),
    Setting("downtime.keep", int, 8, "Downtime packs that are kept; older ones are removed.", Scope.MACHINE),
    Setting(
        "downtime.printer",
        str,
        "",
        "The printer for the downtime pack (empty: the system's usual one).",
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
    Setting(
        "positions.listen",
        bool,
        False,
        "Whether the worker on this computer takes the positions that devices tell.",
        Scope.MACHINE,
    ),
    Setting(
        "positions.address",
        str,
        "127.0.0.1",
        "The address at which it listens; any other than this computer's own needs a certificate.",
        Scope.MACHINE,
    ),
    Setting("positions.port", int, 8642, "The port at which it listens.", Scope.MACHINE),
    Setting(
        "positions.certificate_file",
        str,
        "",
        "A file with the certificate chain for HTTPS (empty: plain HTTP, for a proxy on this computer).",
        Scope.MACHINE,
    ),
    Setting("positions.key_file", str, "", "A file with the private key of that certificate.", Scope.MACHINE),
    Setting("theme", str, "light", "The colours of the window: light, dark or contrast.", Scope.PERSON),
    Setting("sounds", str, "on", "Whether what is new and urgent is heard: on or off.", Scope.PERSON),
    _service("service.name", "Home visiting", "What the service is called in the window and on reports."),
    _service("intake.hub_by_district", {}, "Which hub takes a postcode district, by the hub's code."),
    _service("mail.supervisor", "", "Where reminders for the supervisor go (empty: they cannot go by mail)."),
    _service(
        "mail.audit",
        "",
        "Where the newest hash of the audit goes each day, between commas (empty: into workers' logs alone).",
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
    _service(
        "look.away_after", 5, "Minutes without key or pointer after which a console tells what changed since."
    ),
    _service(
        "lock.after", 10, "Minutes without key or pointer after which a console covers what is on its screen."
    ),
    _service(
        "wallboard.names", False, "Whether the wallboard, which is read from afar, shows patients' names."
    ),
    _service("chase.longest_snooze", 72, "Hours for which a report or a call list may be snoozed at most."),
    _service("position.oldest", 60, "Minutes after which a position that a device tells is too old to keep."),
    _service(
        "clock.closing_warning",
        dt.time(18, 30),
        "From when a hub shows who cannot be seen today; 90 minutes before it closes, if that is earlier.",
    ),
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
    _service(
        "ladder.address_supervisor",
        5,
        "Minutes until the supervisor is asked, too, to tell a corrected address.",
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
        "paper.settle",
        5,
        "Minutes after an entry from paper until its patient is chased: the rest of the paper comes first.",
    ),
    _service("ladder.again", 60, "Minutes after a result that changed nothing until it is asked again."),
    _service("ladder.again_safety", 15, "The same for what is asked about somebody's safety."),
    _service(
        "ladder.acceptance", 30, "Minutes for which an accepted task is its taker's, unless it is done."
    ),
    _service("ladder.acceptance_safety", 10, "The same for tasks about somebody's safety."),
)
REGISTRY = {setting.name: setting for setting in _ALL}
