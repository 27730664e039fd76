"""Forms of what becomes of recommendations."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # missing from the stubs
from wtforms.validators import InputRequired, Length

from consultation.domain.deliberation.answers import REASON_MAXIMUM, Decided
from consultation.domain.deliberation.texts import clean_title
from consultation.features.recommendations.models import Outcome
from consultation.infrastructure.web.forms import Form
from consultation.infrastructure.web.versioned import VersionedForm, long_text


class OutcomeForm(VersionedForm):
    """What becomes of a recommendation, and why."""

    kind = RadioField(
        _l("What becomes of this recommendation"),
        [InputRequired(_l("Choose what becomes of this recommendation."))],
        choices=[
            SelectChoice(Decided.ADOPTED.value, _l("Adopted")),
            SelectChoice(Decided.ADAPTED.value, _l("Adapted")),
            SelectChoice(Decided.NOT_FOLLOWED.value, _l("Not followed")),
            SelectChoice(Decided.UNDER_STUDY.value, _l("Under study")),
        ],
    )
    body = long_text(
        _l("Why"),
        _l("Say why, whatever you decided."),
        _l("What was taken up, what was not, and for which reasons. 2,000 characters at most."),
    )

    @classmethod
    def about(cls, outcome: Outcome | None) -> "OutcomeForm":
        """The form as it is first shown: with the present outcome, where there is one."""
        shown = {"kind": outcome.kind, "body": outcome.body, "version": outcome.version} if outcome else {}
        return cls(data=shown)

    def decided(self) -> Decided:
        """What was chosen."""
        return Decided(self.kind.data)

    def words(self) -> str:
        """Why."""
        return self.body.data or ""


class PromiseForm(Form):
    """A day for the answers, with a reason where it takes the place of another."""

    day = DateField(
        _l("Day promised for the answers"),
        [InputRequired(_l("Give a day, as 2018-12-14."))],
        description=_l("Readers see it with the days that remain, and see too when it has passed."),
    )
    reason = StringField(
        _l("Why the day changes"),
        [Length(max=REASON_MAXIMUM, message=_l("A reason holds at most 500 characters."))],
        filters=[lambda typed: clean_title(typed or "")],
        description=_l("Published with today’s date, beside the day that was promised before."),
    )

    def promised(self) -> date:
        """The day."""
        if self.day.data is None:
            raise ValueError("no day was given: validate the form first")
        return self.day.data

    def words(self) -> str:
        """The reason, where the form asks for one."""
        return (self.reason.data or "") if self.reason else ""
