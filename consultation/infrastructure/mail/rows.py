"""The outbox: mails as rows of the transaction that they follow."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure import clock
from consultation.infrastructure.database import Model, PublicId, new_public_id, session

# What browsers accept in <input type="email"> (HTML Living Standard, 4.10.5.1.5), with a dot in the domain: one
# address and never several, for what a stranger types becomes the recipient of a mail.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
ADDRESS = rf"(?a:[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,8}})\Z"

BLANK_KEPT = timedelta(days=30)
BLANK = {"recipient": "", "subject": "", "body": "", "html": "", "arguments": ""}


class OutgoingMail(Model):
    """A mail to be delivered; once it has been, its address and text are blanked."""

    __tablename__ = "outgoing_mail"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    recipient: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr")
    subject: Mapped[str] = mapped_column(default="", doc="empty until delivery where a writer composes the mail")
    body: Mapped[str] = mapped_column(default="")
    html: Mapped[str] = mapped_column(default="", doc="the same words as the body, for readers of HTML")
    writer: Mapped[str] = mapped_column(default="", doc="who composes the mail at delivery; empty where it is written")
    arguments: Mapped[str] = mapped_column(default="", doc="what the writer is given, as JSON: identifiers only")
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    def blank(self) -> None:
        """Forget the address and the text."""
        for name, nothing in BLANK.items():
            setattr(self, name, nothing)


def forget_recipient(recipient: str) -> None:
    """Delete every mail to somebody who has left, sent or waiting; its job finds nothing to deliver."""
    session.execute(delete(OutgoingMail).where(OutgoingMail.recipient == recipient))


def recipient_of(mail_id: str) -> str:
    """The address of a mail that is not blanked yet; empty where there is none."""
    return session.scalar(select(OutgoingMail.recipient).where(OutgoingMail.id == mail_id)) or ""


def blank_all(mail_ids: set[str]) -> int:
    """Blank those of these mails that were never sent; how many there were."""
    waiting = (OutgoingMail.id.in_(mail_ids), OutgoingMail.sent_at.is_(None), OutgoingMail.recipient != "")
    blanked = session.execute(update(OutgoingMail).where(*waiting).values(BLANK).returning(OutgoingMail.id))
    return len(blanked.all())


def forget_blank() -> None:
    """Delete the rows of mails that were blanked and are a month old: they hold nothing, and grow in number."""
    old = OutgoingMail.written_at < clock.now() - BLANK_KEPT
    session.execute(delete(OutgoingMail).where(OutgoingMail.recipient == "", old))


def shelf(limit: int = 100) -> Sequence[OutgoingMail]:
    """The latest mails, newest first: for the demonstration's page."""
    latest = select(OutgoingMail).where(OutgoingMail.subject != "").order_by(OutgoingMail.written_at.desc())
    return session.scalars(latest.limit(limit)).all()
