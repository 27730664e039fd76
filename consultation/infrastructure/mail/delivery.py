"""Writing a mail into the outbox, and delivering what lies there."""

import json
from dataclasses import dataclass
from typing import Any

from flask import current_app

from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import Event, record
from consultation.infrastructure.mail.letters import Letter, Words, composed, rendered
from consultation.infrastructure.mail.messages import message_of
from consultation.infrastructure.mail.postmen import MessageRefused, Postman, RecipientRefused, ShelfPostman
from consultation.infrastructure.mail.rows import OutgoingMail, blank_all


@dataclass(frozen=True)
class MailRefused(Event):
    """A mail server refused the recipient of a mail for good; until this event is over the mail names it."""

    mail_id: str


def write(recipient: str, name: str, language: str, **values: object) -> None:
    """Write the mail of templates/mail/<name>/ in the person's language, in the present transaction."""
    words = rendered(name, language, values)
    _post(OutgoingMail(recipient=recipient, language=language, **_parts(words)))


def write_later(recipient: str, language: str, writer: str, **arguments: Any) -> None:
    """Leave it to a writer to compose the mail when it is delivered, from identifiers: what is public then, it says."""
    _post(OutgoingMail(recipient=recipient, language=language, writer=writer, arguments=json.dumps(arguments)))


def deliver(mail_id: str) -> None:
    """Deliver one mail, once.

    Between the server's yes and our commit a crash may still fall: the mail then leaves a second time, under the same
    Message-ID.
    """
    mail = session.get(OutgoingMail, mail_id)
    if mail is None or mail.sent_at is not None or not mail.recipient:
        return
    letter = _composed(mail)
    if mail.writer and letter is None:
        session.delete(mail)
        return
    try:
        _hand_over(mail, letter)
    except RecipientRefused:
        record(MailRefused(mail.id))
        mail.blank()
    except MessageRefused:
        mail.blank()


def blank_undeliverable() -> int:
    """Blank the mails whose delivery failed for the last time, and forget their jobs; how many there were."""
    return blank_all({arguments["mail_id"] for arguments in jobs.forget_given_up(deliver)})


def _post(mail: OutgoingMail) -> None:
    mail.id, mail.written_at = new_public_id(), clock.now()
    session.add(mail)
    jobs.enqueue(deliver, mail_id=mail.id)


def _composed(mail: OutgoingMail) -> Letter | None:
    """What the mail's writer says now, put into words; None for a mail that was written before."""
    if not mail.writer:
        return None
    letter = composed(mail.writer, mail.language, json.loads(mail.arguments))
    if letter is not None:
        for name, value in _parts(rendered(letter.name, mail.language, letter.values)).items():
            setattr(mail, name, value)
    return letter


def _hand_over(mail: OutgoingMail, letter: Letter | None) -> None:
    postman: Postman = current_app.extensions["postman"]
    postman.deliver(message_of(mail, letter))
    mail.sent_at = clock.now()
    if not isinstance(postman, ShelfPostman):
        mail.blank()


def _parts(words: Words) -> dict[str, str]:
    return {"subject": words.subject, "body": words.body, "html": words.html}
