"""Passwords, which are in no setting: a credential file for a headless process, else the person's keyring."""

import base64
import os
from pathlib import Path
from urllib.parse import quote, urlsplit

KEYRING_SERVICE = "doorstep"
MAIL_CREDENTIAL = "mail-password"
FORMS_KEY = "half-typed forms"


def with_password(url: str) -> str:
    """Give a database address with the password that is kept for it, or as it is when none is kept or needed.

    The credential file named by DOORSTEP_CREDENTIALS holds the password alone; the keyring holds it under the
    service `doorstep` and a name such as `jo.bates@db.example:5432/doorstep`.
    """
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgresql") or not parts.username or parts.password is not None:
        return url
    password = _from_file() or _from_keyring(entry_name(url))
    if not password:
        return url
    return url.replace(f"{parts.username}@", f"{parts.username}:{quote(password, safe='')}@", 1)


def keep_password(url: str, password: str) -> bool:
    """Keep the password of a database address in this account's keyring; tell whether it is kept."""
    import keyring

    name = entry_name(url)
    try:
        keyring.set_password(KEYRING_SERVICE, name, password)
        return keyring.get_password(KEYRING_SERVICE, name) == password
    except Exception:  # noqa: BLE001 - a keyring is somebody else's program
        return False


def forget_password(url: str) -> None:
    """Keep the password of a database address no longer, if it is kept."""
    import keyring

    try:
        if keyring.get_password(KEYRING_SERVICE, entry_name(url)):
            keyring.delete_password(KEYRING_SERVICE, entry_name(url))
    except Exception:  # noqa: BLE001 - a keyring is somebody else's program: without one nothing is kept
        return


def entry_name(url: str) -> str:
    """Give the name under which the keyring keeps the password of a database address."""
    parts = urlsplit(url)
    return f"{parts.username}@{parts.hostname or 'localhost'}:{parts.port or 5432}{parts.path}"


def mail_password(user: str, host: str, named: str = "") -> str:
    """Give the password of a login at a mail server, or nothing when none is kept.

    It stands alone in the file that is named, else in systemd's credential `mail-password`; else the keyring
    holds it under the service `doorstep` and a name such as `mail:doorstep@nhs.net@send.nhs.net`.
    """
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    file = Path(named) if named else Path(folder, MAIL_CREDENTIAL) if folder else None
    if file is not None and (named or file.is_file()):
        return file.read_text(encoding="utf-8").strip()
    return _from_keyring(f"mail:{user}@{host}")


def kept_forms_key() -> bytes | None:
    """Give the key that half-typed forms are sealed with, made when there is none; None without a keyring.

    The keyring holds it under the service `doorstep` and the name `half-typed forms`.
    """
    import keyring

    try:
        kept = keyring.get_password(KEYRING_SERVICE, FORMS_KEY)
        if not kept:
            made = base64.urlsafe_b64encode(os.urandom(32)).decode()
            keyring.set_password(KEYRING_SERVICE, FORMS_KEY, made)
            # Read back: a keyring that keeps nothing says so to nobody, and two consoles may start at once.
            kept = keyring.get_password(KEYRING_SERVICE, FORMS_KEY)
    except Exception:  # noqa: BLE001 - a keyring is somebody else's program: without it nothing is kept
        return None
    return kept.encode() if kept else None


def _from_file() -> str:
    """Read the credential file of a headless process, when one is named."""
    named = os.environ.get("DOORSTEP_CREDENTIALS")
    return Path(named).read_text(encoding="utf-8").strip() if named else ""


def _from_keyring(name: str) -> str:
    """Ask the keyring of the person who is logged in; a machine without one keeps nothing there."""
    import keyring  # slow to load, and needed only where a shared database asks for a password
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(KEYRING_SERVICE, name) or ""
    except KeyringError:
        return ""
