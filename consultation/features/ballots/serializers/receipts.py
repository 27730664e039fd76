"""Receipts as their owner reads and keeps them."""

import json
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from consultation.infrastructure.web.language import said_day


@dataclass(frozen=True)
class ReceiptPage:
    """A receipt in words; `whole` is what was signed, exactly."""

    day: date
    note: str
    commitment: str
    key: str
    line: str
    ballot: str
    random: str
    notice: str
    whole: str


def receipt_page_of(receipt: bytes) -> ReceiptPage:
    """A signed receipt as its page shows it."""
    said = json.loads(receipt)
    return ReceiptPage(
        day=date.fromisoformat(said["day"]),
        note=said.get("note", ""),
        commitment=said["commitment"],
        key=said["key"],
        line=said["line"],
        ballot=said["ballot"],
        random=said["random"],
        notice=said.get("notice", ""),
        whole=receipt.decode(),
    )


def receipt_text_of(receipt: bytes) -> str:
    """A signed receipt as a text file: words, then, as its last line, what was signed."""
    said = receipt_page_of(receipt)
    lines = [
        _("Receipt of a ballot. Whoever reads this file knows how you ranked: keep it to yourself."),
        _("Fictitious data: this receipt proves nothing.") if said.notice else "",
        _("Held on %(day)s.", day=said_day(said.day)),
        _("Your phrase: %(note)s", note=said.note) if said.note else "",
        _("Commitment: %(commitment)s", commitment=said.commitment),
        _("Signing key: %(key)s", key=said.key),
        _("To check this file without the site: python3 audit.py receipt FILE (audit.py is on the verification page)."),
        'salt = SHA-256("consultation:salt:1" || 0x00 || random || note)',
        'commitment = SHA-256("consultation:ballot:1" || 0x00 || salt || ballot)',
        said.whole,
    ]
    return "\n".join(str(line) for line in lines if line) + "\n"
