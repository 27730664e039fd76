"""Naming an auditor, and putting on record what one found."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from consultation.domain.deliberation.texts import clean_text, clean_title
from consultation.domain.errors import AuditorRefused
from consultation.features.ballots.services.auditors import LONGEST_NAME, LONGEST_STATEMENT, SHORTEST_STATEMENT
from consultation.infrastructure import clock
from consultation.infrastructure.web.forms import Form


def _line(typed: str | None) -> str:
    return clean_title(typed or "")


def _text(typed: str | None) -> str:
    return clean_text(typed or "")


class AuditorForm(Form):
    """Who is proposed, and the key that will open the bundle."""

    name = StringField(
        _l("Name"),
        description=_l("First and last name, and whom they audit for, if anybody. It is public once confirmed."),
        filters=[_line],
        validators=[
            InputRequired(_l("Give the auditor’s name.")),
            Length(max=LONGEST_NAME, message=_l("Keep to 100 characters at most.")),
        ],
    )
    recipient = StringField(
        _l("Public key"),
        description=_l("The line that begins with age1, which the auditor’s own age-keygen printed. It is not secret."),
        filters=[_line],
        validators=[InputRequired(_l("Copy the auditor’s public key."))],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )

    def show(self, refusal: AuditorRefused) -> None:
        """Show a refusal beside the field that it is about."""
        self.refuse(refusal, "name" if refusal.values["reason"] == "name" else "recipient")


class StatementForm(Form):
    """What an auditor declares to have found, in the auditor's own words."""

    day = DateField(
        _l("Day of the statement"),
        validators=[InputRequired(_l("Give the day on which the auditor made the statement."))],
    )
    text = TextAreaField(
        _l("The statement, word for word"),
        description=_l("10 to 5,000 characters. It is public at once, beside the auditor’s name, and stays."),
        filters=[_text],
        validators=[
            InputRequired(_l("Copy the auditor’s statement.")),
            Length(SHORTEST_STATEMENT, LONGEST_STATEMENT, _l("A statement has 10 to 5,000 characters.")),
        ],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also refuse a day that is to come, beside the day."""
        if not super().validate(extra_validators):
            return False
        if self.said_on() > clock.today():
            self.refuse(AuditorRefused(reason="statement"), "day")
            return False
        return True

    def said_on(self) -> date:
        """The day of the statement; today where none was given, which validation refuses."""
        return self.day.data or clock.today()

    def words(self) -> str:
        """The statement."""
        return str(self.text.data)
