"""Mail: a row of the act it follows, delivered by a job to a real server, blanked once it has left."""

import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultation.infrastructure import clock, jobs, mail
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import QueuedJob
from consultation.infrastructure.mail import OutgoingMail, ShelfPostman, SmtpPostman

ADDRESS = "camille@example.org"


class Desk(socketserver.StreamRequestHandler):
    """One conversation with the mail server, after RFC 5321."""

    server: "MailServer"

    def handle(self) -> None:
        """Greet, answer each command, keep what is sent."""
        self._say("220 ready")
        for line in self.rfile:
            command = line[:4].upper().strip()
            if command == b"DATA":
                self._say("354 go on")
                self.server.received.append(self._text())
            if command == b"RCPT" and self.server.refuses:
                self._say("550 nobody here")
                continue
            self._say("221 bye" if command == b"QUIT" else "250 done")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _text(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)


class MailServer(socketserver.ThreadingTCPServer):
    """A small mail server on this machine; `refuses` makes it know nobody."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Desk)
        self.received: list[bytes] = []
        self.refuses = False

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def messages(self) -> list[EmailMessage]:
        """What arrived, read."""
        return [message_from_bytes(one, policy=default) for one in self.received]  # type: ignore[arg-type]


@contextmanager
def listening(port: int = 0) -> Iterator[MailServer]:
    """A mail server that answers while the block lasts."""
    with MailServer(port) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def deliver_to(app: Flask, context: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[MailServer], None]:
    """Make a server the one that mails are handed to."""

    def use(server: MailServer) -> None:
        monkeypatch.setitem(app.extensions, "postman", SmtpPostman(f"smtp://127.0.0.1:{server.port}"))

    return use


@pytest.fixture
def server(deliver_to: Callable[[MailServer], None]) -> Iterator[MailServer]:
    """A mail server that mails are handed to."""
    with listening() as found:
        deliver_to(found)
        yield found


def written(recipient: str = ADDRESS) -> None:
    """A mail of the product, committed."""
    mail.write(recipient, "passphrase_changed", "fr")
    session.commit()


def stored() -> OutgoingMail:
    """The one mail that there is, read anew."""
    session.expire_all()
    return session.scalars(select(OutgoingMail)).one()


def test_a_mail_is_delivered_whole_and_then_blanked(server: MailServer) -> None:
    written()
    subject, body = stored().subject, stored().body
    jobs.run_all()
    (message,) = server.messages()
    assert (message["To"], message["Subject"]) == (ADDRESS, subject)
    assert message["From"] == "consultation@localhost"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == body
    assert (stored().recipient, stored().subject, stored().body) == ("", "", "")
    assert stored().sent_at is not None


def test_a_mail_of_an_act_that_was_undone_is_not_sent(server: MailServer) -> None:
    mail.write(ADDRESS, "passphrase_changed", "fr")
    session.flush()
    session.rollback()
    jobs.run_all()
    assert server.received == []
    assert session.scalar(select(func.count()).select_from(OutgoingMail)) == 0


def test_a_mail_is_delivered_once_even_when_its_job_is_done_twice(server: MailServer) -> None:
    written()
    jobs.enqueue(mail.deliver, mail_id=stored().id)
    session.commit()
    assert jobs.run_all() == 2
    assert len(server.received) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_mail_is_written_in_the_language_of_its_reader(server: MailServer, language: str) -> None:
    mail.write(ADDRESS, "passphrase_changed", language)
    session.commit()
    jobs.run_all()
    text = server.messages()[0].get_content()
    assert text.startswith("Bonjour,") is (language == "fr")


@pytest.mark.parametrize("smuggled", ["\r\nBcc: everybody@example.org", "\nBcc: everybody@example.org"])
def test_a_recipient_that_smuggles_a_header_is_sent_nothing(server: MailServer, smuggled: str) -> None:
    written(ADDRESS + smuggled)
    jobs.run_all()
    assert server.received == []
    assert stored().sent_at is None


def test_a_mail_that_the_server_refuses_stays_to_be_tried_again(server: MailServer) -> None:
    server.refuses = True
    written()
    jobs.run_all()
    assert stored().recipient == ADDRESS
    server.refuses = False
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        jobs.run_all()
    assert len(server.received) == 1
    assert stored().recipient == ""


def test_nothing_is_lost_while_the_mail_server_is_down(deliver_to: Callable[[MailServer], None]) -> None:
    with listening() as former:
        deliver_to(former)
    written()
    jobs.run_all()
    assert (stored().recipient, stored().sent_at) == (ADDRESS, None)
    assert session.scalars(select(QueuedJob.attempts)).one() == 1
    session.rollback()
    with listening(former.port) as server, clock.standing_at(clock.now() + timedelta(hours=1)):
        jobs.run_all()
    assert [message["To"] for message in server.messages()] == [ADDRESS]


def test_the_shelf_of_the_demonstration_keeps_mails_readable_newest_first(app: Flask, context: None) -> None:
    assert isinstance(app.extensions["postman"], ShelfPostman)
    moment = clock.now()
    for minutes, recipient in ((-2, "first@example.org"), (-1, "second@example.org")):
        with clock.standing_at(moment + timedelta(minutes=minutes)):
            written(recipient)
    jobs.run_all()
    assert [one.recipient for one in mail.shelf()] == ["second@example.org", "first@example.org"]
    assert all(one.sent_at for one in mail.shelf())
