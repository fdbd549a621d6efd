"""A keyring that forgets."""

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class KeyringInMemory(KeyringBackend):
    """Holds secrets for the length of one test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        try:
            del self._secrets[service, username]
        except KeyError:
            raise PasswordDeleteError(username) from None
