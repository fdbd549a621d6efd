"""A keyring that outlives a process that is killed: a file in the folder of the test."""

import json
from typing import Any

from keyring.backend import KeyringBackend

from console.settings import data_folder


class KeyringInFile(KeyringBackend):
    """Chosen with PYTHON_KEYRING_BACKEND by processes that a test starts."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        found: str | None = self._kept().get(f"{service} {username}")
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        file = data_folder() / "keyring.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(self._kept() | {f"{service} {username}": password}), encoding="utf-8")

    def _kept(self) -> dict[str, Any]:
        file = data_folder() / "keyring.json"
        kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return kept
