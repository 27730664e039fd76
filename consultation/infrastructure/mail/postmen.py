"""Whoever carries a mail out of the house: a mail server, or the shelf of the demonstration."""

import smtplib
import ssl
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

AUTHENTICATION_WANTED = 530  # RFC 4954, 6


class RecipientRefused(Exception):
    """The mail server says that this recipient will never be reached (RFC 5321, 4.2.1: a reply of 5yz)."""


class MessageRefused(Exception):
    """The mail server took the recipient and says that it will never take this very mail."""


class Postman(Protocol):
    """Whoever carries a mail out of the house."""

    def deliver(self, mail: EmailMessage) -> None:
        """Hand the mail over; any error means that it was not, those of this module that it never will be."""


class SmtpPostman:
    """Delivers by the server of MAIL_URL: smtp://user:password@host:port or smtps://…"""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)

    def deliver(self, mail: EmailMessage) -> None:
        """Hand the mail to the server, over TLS wherever it can be had."""
        with self._connected() as server:
            self._secure(server)
            try:
                server.send_message(mail)
            except smtplib.SMTPRecipientsRefused as refusal:
                if all(_is_for_good(code, words) for code, words in refusal.recipients.values()):
                    raise RecipientRefused from refusal
                raise
            except smtplib.SMTPDataError as refusal:
                if _is_for_good(refusal.smtp_code, refusal.smtp_error):
                    raise MessageRefused from refusal
                raise

    def _connected(self) -> smtplib.SMTP:
        host = self._parts.hostname or ""
        if self._parts.scheme == "smtps":
            return smtplib.SMTP_SSL(host, self._parts.port or 465, timeout=30, context=ssl.create_default_context())
        return smtplib.SMTP(host, self._parts.port or 25, timeout=30)

    def _secure(self, server: smtplib.SMTP) -> None:
        """Encrypt where the server offers it, and let it prove its name where it is given a password."""
        server.ehlo_or_helo_if_needed()
        name = unquote(self._parts.username or "")
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context() if name else _any_server())
        if name:
            server.login(name, unquote(self._parts.password or ""))


def _is_for_good(code: int, words: bytes | str) -> bool:
    """Whether a refusal is final and about the mail: a policy (X.7.Z of RFC 3463) is ours or theirs to mend."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return code >= 500 and code != AUTHENTICATION_WANTED and not said.startswith("5.7.")


def _any_server() -> ssl.SSLContext:
    """Encryption without proof of who is there, as between mail servers (RFC 7435): better than none at all."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class ShelfPostman:
    """The postman of the demonstration: mails stay on the shelf, to be read on a page."""

    def deliver(self, mail: EmailMessage) -> None:
        """Leave the mail where it is."""
