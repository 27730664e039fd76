"""Forms for the decisions about a claim."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
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


class RefuseForm(Form):
    """Why a claim is refused, in words for the person."""

    reason = TextAreaField(
        _l("Reason, sent to the person"),
        [
            DataRequired(_l("Write the reason: the person receives it.")),
            Length(max=LONGEST_REASON, message=_l("A reason holds at most 1,000 characters.")),
        ],
        filters=[lambda typed: (typed or "").strip()],
    )


class ClaimForm(Form):
    """A button alone, by which somebody says to be a physician."""
