"""Forms around following."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # missing from the stubs
from wtforms.validators import InputRequired

from consultation.domain.deliberation.paces import Pace
from consultation.features.notifications.serializers.things import PACES
from consultation.infrastructure.web.forms import Form

USUAL = (Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY, Pace.PRODUCT)


class FollowForm(Form):
    """How somebody wants to be told."""

    pace = RadioField(
        _l("How do you want to be told?"),
        [InputRequired(_l("Choose how you want to be told."))],
        choices=[SelectChoice(pace.value, PACES[pace]) for pace in USUAL],
    )

    def chosen(self) -> Pace:
        """The pace chosen."""
        return Pace(self.pace.data)


class FollowConsultationForm(FollowForm):
    """The same for a whole consultation, whose results alone may be waited for."""

    pace = RadioField(
        _l("How do you want to be told?"),
        [InputRequired(_l("Choose how you want to be told."))],
        choices=[SelectChoice(pace.value, PACES[pace]) for pace in (*USUAL, Pace.RESULTS)],
    )


class ButtonForm(Form):
    """A button."""
