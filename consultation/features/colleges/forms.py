"""Forms for the decisions about a claim."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # missing from the stubs
from wtforms.validators import DataRequired, InputRequired, Length

from consultation.features.colleges.serializers import PROOFS
from consultation.infrastructure.web.forms import Form

LONGEST_REASON = 1000


class AttestForm(Form):
    """Which proof was seen; nothing is chosen beforehand, so that nobody attests by habit."""

    proof = SelectField(
        _l("Proof that you have seen"),
        [InputRequired(_l("Choose the proof that you have seen."))],
        choices=[
            SelectChoice("", _l("Choose a proof")),
            *(SelectChoice(code, words) for code, words in PROOFS.items()),
        ],
    )


def _stripped(typed: str | None) -> str:
    return (typed or "").strip()


class RefuseForm(Form):
    """Why a claim is refused, in words for the person."""

    reason = TextAreaField(
        _l("Reason, sent to the person"),
        [
            DataRequired(_l("Write the reason: the person receives it.")),
            Length(max=LONGEST_REASON, message=_l("A reason holds at most 1,000 characters.")),
        ],
        filters=[_stripped],
    )


class RevokeForm(RefuseForm):
    """Why an accepted proof does not hold, in words for the person; its fields stand beside those of a double."""

    def __init__(self) -> None:
        super().__init__(prefix="revoke-")


class DoubleForm(RefuseForm):
    """Which account a person keeps, and why the other is closed."""

    kept = StringField(
        _l("Reference of the claim whose account is kept"),
        [DataRequired(_l("Write the reference of the claim whose account is kept."))],
        filters=[_stripped],
    )

    def __init__(self) -> None:
        super().__init__(prefix="double-")


class ClaimForm(Form):
    """A button alone, by which somebody says to be a physician."""
