"""Mail: a row of the act it follows, delivered by a job to a real server, blanked once it has left."""

import socketserver
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask
from sqlalchemy import func, select

from consultation.infrastructure import clock, events, jobs, mail
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import QueuedJob
from consultation.infrastructure.mail import OutgoingMail, ShelfPostman, SmtpPostman
from consultation.infrastructure.mail.messages import POLICY

ADDRESS = "camille@example.org"


class Desk(socketserver.StreamRequestHandler):
    """One conversation with the mail server, after RFC 5321."""

    server: "MailServer"

    def handle(self) -> None:
        """Greet, answer each command, keep what is sent."""
        self._say("220 ready")
        while line := self.rfile.readline():
            self._answer(line)

    def finish(self) -> None:
        """Hang up."""
        super().finish()
        self.connection.close()

    def _answer(self, line: bytes) -> None:
        command = line[:4].upper().strip()
        if command == b"DATA":
            self._say("354 go on")
            self._take(self._text())
        elif command == b"EHLO" and self.server.certificate:
            self._say("250-here")
            self._say("250-STARTTLS")
            self._say("250 AUTH PLAIN")
        elif command == b"STAR":
            self._say("220 go on")
            self._encrypt()
        elif command == b"AUTH":
            self.server.passwords.append(line.split()[-1])
            self._say("235 welcome")
        elif command == b"RCPT" and self.server.refusal:
            self._say(self.server.refusal)
        else:
            self._say("221 bye" if command == b"QUIT" else "250 done")

    def _take(self, text: bytes) -> None:
        if self.server.text_refusal:
            self._say(self.server.text_refusal)
            return
        self.server.received.append(text)
        self._say("250 done")

    def _encrypt(self) -> None:
        """Go on over TLS, under a certificate that nobody vouches for."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server.certificate)
        try:
            self.connection = context.wrap_socket(self.connection, server_side=True)
        except ssl.SSLError:  # the other side asked for a name that is proven
            self.rfile = BytesIO()
            return
        self.server.encrypted += 1
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _text(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server on this machine; refusals are its answers to recipients and texts, empty where it takes them."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Desk)
        self.received: list[bytes] = []
        self.refusal = self.text_refusal = self.certificate = ""
        self.passwords: list[bytes] = []
        self.encrypted = 0

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


def said(message: EmailMessage) -> str:
    """The text of a mail."""
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


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
    assert said(message) == body
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


def test_a_mail_says_the_same_as_text_and_as_html_and_what_it_is(server: MailServer) -> None:
    with clock.standing_at(datetime(2026, 3, 12, 9, 30, tzinfo=UTC)):
        mail.write(ADDRESS, "passphrase_changed", "en")
    session.commit()
    identifier = stored().id
    jobs.run_all()
    (message,) = server.messages()
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Message-ID"] == f"<{identifier}@localhost>"
    assert message["Date"] == "Thu, 12 Mar 2026 09:30:00 +0000"
    assert message["Content-Language"] == "en"
    assert "List-Unsubscribe" not in message
    html = message.get_body(("html",)).get_content()
    assert "The passphrase of your account was just changed" in html
    assert "<h1>Your passphrase was changed</h1>" in html


def test_a_recipient_refused_for_good_is_not_tried_again_and_is_forgotten(server: MailServer) -> None:
    server.refusal = "550 nobody here"
    written()
    jobs.run_all()
    assert (stored().recipient, stored().body, stored().sent_at) == ("", "", None)
    assert session.scalars(select(QueuedJob)).all() == []


@pytest.mark.parametrize("refusal", ["530 5.7.0 who are you", "550 5.7.1 relaying denied", "554 5.7.1 blocked list"])
def test_a_refusal_that_is_a_matter_of_policy_is_no_word_on_the_recipient(server: MailServer, refusal: str) -> None:
    server.refusal = refusal
    written()
    jobs.run_all()
    assert stored().recipient == ADDRESS
    assert session.scalars(select(QueuedJob.attempts)).one() == 1


def test_a_text_refused_for_good_is_not_sent_again_and_says_nothing_of_its_recipient(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[mail.MailRefused] = []
    monkeypatch.setitem(events._handlers, mail.MailRefused, (told.append,))
    server.text_refusal = "552 5.3.4 too long"
    written()
    jobs.run_all()
    assert (stored().recipient, stored().body, stored().sent_at) == ("", "", None)
    assert session.scalars(select(QueuedJob)).all() == []
    assert told == []
    server.text_refusal, server.refusal = "", "550 5.1.1 nobody here"
    mail.write("gone@example.org", "passphrase_changed", "fr")
    session.commit()
    jobs.run_all()
    assert len(told) == 1


def test_a_mail_that_no_try_delivers_does_not_keep_its_address_and_text_for_ever(server: MailServer) -> None:
    server.refusal = "450 later"
    written()
    for day in range(jobs.ATTEMPTS + 2):
        with clock.standing_at(clock.now() + timedelta(days=day)):
            jobs.run_all()
    assert session.scalars(select(QueuedJob.attempts)).one() == jobs.ATTEMPTS
    assert stored().recipient == ADDRESS
    assert mail.blank_undeliverable() == 1
    session.commit()
    assert (stored().recipient, stored().subject, stored().body, stored().html) == ("", "", "", "")
    assert session.scalars(select(QueuedJob)).all() == []
    assert mail.blank_undeliverable() == 0


def test_what_is_left_of_a_mail_that_was_sent_goes_after_a_month(server: MailServer) -> None:
    written()
    jobs.run_all()
    mail.write("waiting@example.org", "passphrase_changed", "fr")
    mail.forget_blank()
    assert session.scalar(select(func.count()).select_from(OutgoingMail)) == 2
    with clock.standing_at(clock.now() + timedelta(days=31)):
        mail.forget_blank()
    assert stored().recipient == "waiting@example.org"


def test_a_mail_that_may_still_be_delivered_keeps_its_text(server: MailServer) -> None:
    server.refusal = "450 later"
    written()
    jobs.run_all()
    assert mail.blank_undeliverable() == 0
    assert stored().recipient == ADDRESS


@pytest.fixture
def certificate(tmp_path: Path) -> str:
    """A key with a certificate that it signed itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    moment = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = tmp_path / "server.pem"
    path.write_bytes(private + signed.public_bytes(Encoding.PEM))
    return str(path)


def test_a_mail_travels_encrypted_wherever_the_server_offers_it(server: MailServer, certificate: str) -> None:
    server.certificate = certificate
    written()
    jobs.run_all()
    assert server.encrypted == 1
    assert len(server.received) == 1


def test_a_password_is_given_to_nobody_who_does_not_prove_their_name(
    app: Flask, server: MailServer, certificate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.certificate = certificate
    postman = SmtpPostman(f"smtp://camille:secret@127.0.0.1:{server.port}")
    monkeypatch.setitem(app.extensions, "postman", postman)
    written()
    jobs.run_all()
    assert (server.encrypted, server.passwords, server.received) == (0, [], [])
    assert stored().recipient == ADDRESS


def test_an_address_for_programs_is_one_unfolded_line_however_long() -> None:
    address = f"<https://{'a' * 60}.example.org/unsubscribe/{'b' * 200}>"
    message = EmailMessage(policy=POLICY)
    message["List-Unsubscribe"] = address
    message["Subject"] = "un objet assez long pour être plié, " * 5
    lines = message.as_bytes().split(b"\r\n")
    assert f"List-Unsubscribe: {address}".encode() in lines
    assert f"List-Unsubscribe: {address}" in message.as_string()
    assert max(len(line) for line in lines if not line.startswith(b"List-")) <= 78


def test_a_mail_taken_by_the_server_before_a_crash_leaves_twice_under_one_identifier(
    server: MailServer, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    postman = app.extensions["postman"]

    class Dying:
        """Hands the mail over, and dies before anybody can note it."""

        def deliver(self, message: EmailMessage) -> None:
            postman.deliver(message)
            raise ConnectionResetError

    written()
    monkeypatch.setitem(app.extensions, "postman", Dying())
    jobs.run_all()
    monkeypatch.setitem(app.extensions, "postman", postman)
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        jobs.run_all()
        assert jobs.run_all() == 0
    first, second = server.messages()
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]
    assert stored().recipient == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_mail_is_written_in_the_language_of_its_reader(server: MailServer, language: str) -> None:
    mail.write(ADDRESS, "passphrase_changed", language)
    session.commit()
    jobs.run_all()
    text = said(server.messages()[0])
    assert text.startswith("Bonjour,") is (language == "fr")


@pytest.mark.parametrize("smuggled", ["\r\nBcc: everybody@example.org", "\nBcc: everybody@example.org"])
def test_a_recipient_that_smuggles_a_header_is_sent_nothing(server: MailServer, smuggled: str) -> None:
    written(ADDRESS + smuggled)
    jobs.run_all()
    assert server.received == []
    assert stored().sent_at is None


def test_a_mail_that_the_server_puts_off_stays_to_be_tried_again(server: MailServer) -> None:
    server.refusal = "450 later"
    written()
    jobs.run_all()
    assert stored().recipient == ADDRESS
    server.refusal = ""
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
