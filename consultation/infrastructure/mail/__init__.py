"""Mail: written as a row of the transaction it follows, delivered by a job, kept readable in the demonstration."""

from consultation.infrastructure.mail.delivery import MailRefused, blank_undeliverable, deliver, write, write_later
from consultation.infrastructure.mail.letters import Letter, register_writers
from consultation.infrastructure.mail.postmen import (
    MessageRefused,
    Postman,
    RecipientRefused,
    ShelfPostman,
    SmtpPostman,
)
from consultation.infrastructure.mail.rows import (
    ADDRESS,
    OutgoingMail,
    forget_blank,
    forget_recipient,
    recipient_of,
    shelf,
)

__all__ = [
    "ADDRESS",
    "Letter",
    "MailRefused",
    "MessageRefused",
    "OutgoingMail",
    "Postman",
    "RecipientRefused",
    "ShelfPostman",
    "SmtpPostman",
    "blank_undeliverable",
    "deliver",
    "forget_blank",
    "forget_recipient",
    "recipient_of",
    "register_writers",
    "shelf",
    "write",
    "write_later",
]
