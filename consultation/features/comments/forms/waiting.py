"""Forms of what is not public yet."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from consultation.domain.deliberation.texts import clean_text
from consultation.domain.deliberation.waiting import ADVICE_MAXIMUM, ADVICE_MINIMUM
from consultation.features.comments.forms.writing import ArgumentForm
from consultation.infrastructure.web.forms import Form


class HeldForm(ArgumentForm):
    """What a held comment is to say; its buttons publish it, or leave it to be read."""


class DropForm(Form):
    """A button."""


class ReturnForm(Form):
    """Why a held comment goes back to its author."""

    advice = TextAreaField(
        _l("Your advice to the author"),
        [
            Length(
                ADVICE_MINIMUM,
                ADVICE_MAXIMUM,
                _l("Tell the author in 20 to 1,000 characters what to change before this can be public."),
            )
        ],
        filters=[lambda typed: clean_text(typed or "")],
        description=_l("Sent by mail as it is, without your name. Quote the passage, and say what would do instead."),
    )

    def words(self) -> str:
        """The advice."""
        return self.advice.data or ""
