"""Mail: written as a row of the transaction it follows, delivered by a job, kept readable in the demonstration."""

import smtplib
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Protocol
from urllib.parse import unquote, urlsplit

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import Model, PublicId, new_public_id, session

# What browsers accept in <input type="email"> (HTML Living Standard, 4.10.5.1.5), with a dot in the domain: one
# address and never several, for what a stranger types becomes the recipient of a mail.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
ADDRESS = rf"(?a:[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,8}})\Z"


class OutgoingMail(Model):
    """A mail to be delivered; once it has been, its address and text are blanked."""

    __tablename__ = "outgoing_mail"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class Postman(Protocol):
    """Whoever carries a mail out of the house."""

    def deliver(self, mail: EmailMessage) -> None:
        """Hand the mail over; any error means that it was not."""


class SmtpPostman:
    """Delivers by the server of MAIL_URL: smtp://user:password@host:port or smtps://…"""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)

    def deliver(self, mail: EmailMessage) -> None:
        """Hand the mail to the server, over TLS when the URL says smtps."""
        secure = self._parts.scheme == "smtps"
        connect = smtplib.SMTP_SSL if secure else smtplib.SMTP
        with connect(self._parts.hostname or "", self._parts.port or (465 if secure else 25), timeout=30) as server:
            if self._parts.username:
                server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
            server.send_message(mail)


class ShelfPostman:
    """The postman of the demonstration: mails stay on the shelf, to be read on a page."""

    def deliver(self, mail: EmailMessage) -> None:
        """Leave the mail where it is."""


def write(recipient: str, name: str, language: str, **values: object) -> None:
    """Write the mail of templates/mail/<name>/ in the person's language, in the present transaction."""
    with force_locale(language):
        subject = _rendered(f"mail/{name}/subject.txt", language=language, **values)
        body = _rendered(f"mail/{name}/body.txt", language=language, **values) + "\n"
    mail = OutgoingMail(id=new_public_id(), recipient=recipient, subject=subject, body=body, written_at=clock.now())
    session.add(mail)
    jobs.enqueue(deliver, mail_id=mail.id)


def deliver(mail_id: str) -> None:
    """Deliver one mail, once."""
    mail = session.get(OutgoingMail, mail_id)
    if mail is None or mail.sent_at is not None:
        return
    postman: Postman = current_app.extensions["postman"]
    postman.deliver(_message_of(mail))
    mail.sent_at = clock.now()
    if not isinstance(postman, ShelfPostman):
        mail.recipient = mail.subject = mail.body = ""


def forget_recipient(recipient: str) -> None:
    """Delete every mail to somebody who has left, sent or waiting; its job finds nothing to deliver."""
    session.execute(delete(OutgoingMail).where(OutgoingMail.recipient == recipient))


def blank_undeliverable() -> int:
    """Blank the mails whose delivery failed for the last time, and forget their jobs; how many there were."""
    given_up = {arguments["mail_id"] for arguments in jobs.forget_given_up(deliver)}
    waiting = (OutgoingMail.id.in_(given_up), OutgoingMail.sent_at.is_(None), OutgoingMail.recipient != "")
    blanked = session.execute(
        update(OutgoingMail).where(*waiting).values(recipient="", subject="", body="").returning(OutgoingMail.id)
    )
    return len(blanked.all())


def shelf(limit: int = 100) -> Sequence[OutgoingMail]:
    """The latest mails, newest first: for the demonstration's page."""
    return session.scalars(select(OutgoingMail).order_by(OutgoingMail.written_at.desc()).limit(limit)).all()


def _rendered(template: str, **values: object) -> str:
    # Without what pages know of their request: a mail is also written by a job, and never holds anything of a session.
    return current_app.jinja_env.get_template(template).render(**values).strip()


def _message_of(mail: OutgoingMail) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["To"] = mail.recipient
    message["From"] = current_app.config["MAIL_SENDER"]
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message
