"""What is looked up on the page of verification: a commitment, its first two digits, or a whole receipt."""

import re
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp

from consultation.infrastructure.web.forms import Form

LONGEST_RECEIPT = 20_000


# What no text holds, and no page can give back.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _printable(typed: str | None) -> str:
    return _CONTROLS.sub("", typed or "")


def _tightened(typed: str | None) -> str:
    return re.sub(r"\s+", "", _printable(typed)).lower()


class CommitmentForm(Form):
    """A commitment: 64 hexadecimal digits, however they are spaced.

    There is no token against forgery, and so no cookie: nothing is changed by asking.
    """

    class Meta:
        """Without a token."""

        csrf: ClassVar[bool] = False

    commitment = StringField(
        _l("Commitment"),
        description=_l("64 figures from 0 to 9 and letters from a to f, as your receipt gives them."),
        filters=[_tightened],
        validators=[
            InputRequired(_l("Copy the commitment from your receipt.")),
            Regexp(r"[0-9a-f]{64}\Z", message=_l("A commitment has 64 figures from 0 to 9 and letters from a to f.")),
        ],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )

    def value(self) -> bytes:
        """The commitment that was typed (32 bytes)."""
        return bytes.fromhex(str(self.commitment.data))


class DigitsForm(Form):
    """The first two digits of a commitment, which lead to a part of the list; an address, so no token."""

    class Meta:
        """Without a token."""

        csrf: ClassVar[bool] = False

    digits = StringField(
        _l("First two figures or letters of your commitment"),
        filters=[_tightened],
        validators=[
            InputRequired(_l("Give the first two figures or letters.")),
            Regexp(r"[0-9a-f]{2}\Z", message=_l("Give two figures from 0 to 9 or letters from a to f, no more.")),
        ],
        render_kw={"maxlength": "2", "autocapitalize": "none", "spellcheck": "false"},
    )

    def value(self) -> str:
        """The two digits, in lower case."""
        return str(self.digits.data)


class ReceiptForm(Form):
    """A receipt, as its text file gives it; no token, as above."""

    class Meta:
        """Without a token."""

        csrf: ClassVar[bool] = False

    receipt = TextAreaField(
        _l("Receipt"),
        description=_l("The whole text, or its last line alone."),
        filters=[_printable],
        validators=[
            InputRequired(_l("Paste your receipt.")),
            Length(max=LONGEST_RECEIPT, message=_l("This is too long to be a receipt.")),
        ],
    )
