"""A mail as mail servers and readers of mail understand it (RFC 5322, 2919, 3834, 8058)."""

from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from flask import current_app

from consultation.infrastructure.mail.letters import Letter
from consultation.infrastructure.mail.rows import OutgoingMail

# An address in one of these is read by programs, whole: folding would turn a long one into an encoded word (RFC 2047).
_WHOLE = frozenset({"message-id", "list-id", "list-unsubscribe"})


class WholeAddresses(EmailPolicy):
    """The policy of SMTP, under which headers that hold an address for programs are never folded."""

    def fold(self, name: str, value: str) -> str:
        """A header as it leaves."""
        return f"{name}: {value}{self.linesep}" if name.lower() in _WHOLE else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it leaves, in bytes."""
        return self.fold(name, value).encode() if name.lower() in _WHOLE else super().fold_binary(name, value)


POLICY = WholeAddresses(linesep="\r\n")


def message_of(mail: OutgoingMail, letter: Letter | None = None) -> EmailMessage:
    """The message of a mail, the same at each attempt: whoever got it twice can tell by its Message-ID."""
    sender = str(current_app.config["MAIL_SENDER"])
    host = sender.rpartition("@")[2]
    message = EmailMessage(policy=POLICY)
    message["To"] = mail.recipient
    message["From"] = sender
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = f"<{mail.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter is not None:
        message["Precedence"] = "bulk"
        message["List-Id"] = f"<{letter.list_name}.{host}>"
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    message["Content-Language"] = mail.language  # last: it would go to the first alternative otherwise
    return message
