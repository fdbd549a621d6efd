"""Reminders by mail: handed to a real server with TLS, and every way in which that fails."""

import datetime as dt
import socket
import threading
from pathlib import Path

import keyring
import pytest

from console import settings
from console.exchange import mail
from console.exchange.mail import NotKnown, NotSent
from tests.support.mail_server import PASSWORD, USER, mail_server

AT = dt.datetime(2026, 1, 14, 14, 2, tzinfo=dt.UTC)
TO = "jo.bates@example.nhs.uk"
TEXT = "3 reports are not sent.\n.\nA line of one dot, and \u2013 a dash.\n"


def message(key: str = "key1", text: str = TEXT) -> str:
    return mail.compose(key, USER, TO, "Doorstep: 3 reports are not sent", text, AT)


def always() -> bool:
    return True


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_that_a_message_arrives_by_both_kinds_of_tls_byte_for_byte(tmp_path: Path, security: str) -> None:
    with mail_server(tmp_path, security=security) as server:
        mail.send(server.seen_by(), message(), always)
        assert server.taken == [message().encode("ascii")]
        (came,) = server.messages
    assert (came["To"], came["Subject"]) == (TO, "Doorstep: 3 reports are not sent")
    assert came["Message-ID"] == "<key1@example.nhs.uk>"
    assert (came["X-Doorstep-Key"], came["Auto-Submitted"]) == ("key1", "auto-generated")
    assert mail.text_of(message()).replace("\r\n", "\n") == TEXT


def test_that_the_same_message_is_the_same_bytes() -> None:
    assert message() == message()


def test_that_a_certificate_of_nobody_we_trust_is_refused(tmp_path: Path) -> None:
    with mail_server(tmp_path) as server, pytest.raises(NotSent, match="certificate") as refused:
        mail.send(server.seen_by(trusted_file=""), message(), always)
    assert refused.value.is_final
    assert server.taken == []


def test_that_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    with mail_server(tmp_path, certificate_for="mail.example") as server:
        with pytest.raises(NotSent, match="certificate") as refused:
            mail.send(server.seen_by(), message(), always)
        assert server.taken == []
    assert refused.value.is_final


def test_that_a_wrong_password_is_told_and_is_not_in_the_sentence(tmp_path: Path) -> None:
    with (
        mail_server(tmp_path) as server,
        pytest.raises(NotSent, match="does not accept the login") as refused,
    ):
        mail.send(server.seen_by(password="wrong one"), message(), always)
    assert refused.value.is_final
    assert "wrong one" not in refused.value.sentence


def test_that_a_login_that_mail_cannot_carry_is_told(tmp_path: Path) -> None:
    with mail_server(tmp_path) as server, pytest.raises(NotSent, match="letters") as refused:
        mail.send(server.seen_by(password="pässword"), message(), always)
    assert refused.value.is_final


@pytest.mark.parametrize(("answer", "is_final"), [("450 busy", False), ("550 no such box", True)])
def test_that_a_refused_address_is_final_only_when_the_server_means_it(
    tmp_path: Path, answer: str, is_final: bool
) -> None:
    with mail_server(tmp_path, to_answer=answer) as server:
        with pytest.raises(NotSent, match=answer[:3]) as refused:
            mail.send(server.seen_by(), message(), always)
        assert server.taken == []
    assert refused.value.is_final is is_final
    assert "box" not in refused.value.sentence


@pytest.mark.parametrize(("answer", "is_final"), [("452 full", False), ("554 spam", True)])
def test_that_a_refused_message_is_known_not_to_be_sent(tmp_path: Path, answer: str, is_final: bool) -> None:
    with mail_server(tmp_path, data_answer=answer) as server, pytest.raises(NotSent) as refused:
        mail.send(server.seen_by(), message(), always)
    assert answer[:3] in refused.value.sentence
    assert refused.value.is_final is is_final


def test_that_a_server_without_encryption_gets_nothing(tmp_path: Path) -> None:
    with (
        mail_server(tmp_path, security="none") as server,
        pytest.raises(NotSent, match="STARTTLS") as refused,
    ):
        mail.send(server.seen_by(security="starttls"), message(), always)
    assert refused.value.is_final
    assert server.taken == []


def test_that_nobody_at_home_may_be_tried_again(tmp_path: Path) -> None:
    with (
        mail_server(tmp_path) as server,
        pytest.raises(NotSent, match="Nothing takes connections") as refused,
    ):
        mail.send(server.seen_by(port=free_port()), message(), always)
    assert not refused.value.is_final


def test_that_a_server_that_hangs_before_the_message_is_known_not_to_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "ANSWER_WITHIN_S", 0.3)
    with mail_server(tmp_path, hangs_at="RCPT") as server:
        with pytest.raises(NotSent, match="in time") as refused:
            mail.send(server.seen_by(), message(), always)
        server.let_go()
    assert not refused.value.is_final


def test_that_a_server_that_hangs_after_the_message_leaves_it_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "TAKEN_WITHIN_S", 0.3)
    with mail_server(tmp_path, hangs_at="DATA") as server:
        with pytest.raises(NotKnown):
            mail.send(server.seen_by(), message(), always)
        server.let_go()
        assert len(server.taken) == 1


def test_that_a_server_that_breaks_off_with_the_message_in_hand_leaves_it_unknown(tmp_path: Path) -> None:
    with mail_server(tmp_path) as server:
        cut = _Cut(server.port)
        with pytest.raises(NotKnown):
            mail.send(server.seen_by(port=cut.port), message(), cut.now)
        cut.end()


def test_that_who_was_held_up_for_too_long_sends_nothing(tmp_path: Path) -> None:
    with mail_server(tmp_path) as server, pytest.raises(NotSent, match="another worker") as refused:
        mail.send(server.seen_by(), message(), lambda: False)
    assert not refused.value.is_final
    assert server.taken == []


def test_that_this_computer_names_its_server_in_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mail.server_of_this_computer() is None
    with mail_server(tmp_path) as server:
        server.write_settings(settings.settings_file().parent)
        assert mail.server_of_this_computer() == server.seen_by()


def test_that_the_password_comes_from_systemd_or_the_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.settings_file().parent.mkdir(parents=True)
    settings.settings_file().write_text(
        f'[mail]\nhost = "send.example"\nuser = "{USER}"\nfrom = "{USER}"\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match="No password is kept"):
        mail.server_of_this_computer()
    keyring.set_password("doorstep", f"mail:{USER}@send.example", "from the keyring")
    assert _password() == "from the keyring"
    (tmp_path / "mail-password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert _password() == PASSWORD


@pytest.mark.parametrize(
    ("line", "told"), [('security = "none"', "starttls or tls"), ('from = "nobody"', "mail.from")]
)
def test_that_settings_that_cannot_be_right_are_told(line: str, told: str) -> None:
    settings.settings_file().parent.mkdir(parents=True)
    settings.settings_file().write_text(f'[mail]\nhost = "send.example"\n{line}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        mail.server_of_this_computer()


def _password() -> str:
    server = mail.server_of_this_computer()
    assert server is not None
    assert PASSWORD not in repr(server)
    return server.password


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


class _Cut:
    """Passes bytes on to the server, until the moment after the message was handed over."""

    def __init__(self, server_port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._server = socket.create_connection(("127.0.0.1", server_port))
        self._is_last = False
        self._threads = [threading.Thread(target=self._run)]
        self._threads[0].start()

    def now(self) -> bool:
        """What comes back from now on is kept back, and the line is closed."""
        self._is_last = True
        return True

    def end(self) -> None:
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _run(self) -> None:
        self._client, _ = self._listener.accept()
        forward = threading.Thread(target=self._forward)
        self._threads.append(forward)
        forward.start()
        answers_left = 1  # to DATA itself; the one to the message is kept back
        while piece := self._server.recv(65536):
            if self._is_last and (answers_left := answers_left - 1) < 0:
                break
            self._client.sendall(piece)
        self._client.shutdown(socket.SHUT_RDWR)
        self._client.close()
        self._server.close()

    def _forward(self) -> None:
        try:
            while piece := self._client.recv(65536):
                self._server.sendall(piece)
        except OSError:
            return
