"""Forms of moderation."""

import re
import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # missing from the stubs
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput

from consultation.domain.deliberation.texts import clean_text, clean_title
from consultation.domain.errors import RuleBroken, StatementIncomplete
from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import MAXIMUM, StatementOfReasons, faults_of
from consultation.features.moderation.services import EXPLANATION_MAXIMUM, EXPLANATION_MINIMUM
from consultation.infrastructure.mail import ADDRESS
from consultation.infrastructure.web.forms import Form
from consultation.infrastructure.web.grounds import ground_with_article, ready_made_sentences

_SUBMISSION = re.compile(r"[\w-]{16,64}", re.ASCII)
LARGEST_VERSION = 2**31 - 1  # what the column holds


def _text(value: str | None) -> str:
    return clean_text(value or "")


def _line(value: str | None) -> str:
    return clean_title(value or "")


def _address(value: str | None) -> str:
    return _line(value).lower()


def _grounds() -> list[SelectChoice]:
    return [SelectChoice(ground.value, ground_with_article(ground.value)) for ground in Ground]


class NoticeForm(Form):
    """What is wrong with a comment; `contact` is there for visitors without an account."""

    submission = HiddenField(default=lambda: secrets.token_urlsafe(18))
    ground = RadioField(_l("What is wrong with this comment?"), [InputRequired(_l("Choose a reason."))])
    explanation = TextAreaField(
        _l("Explain in your own words"),
        [
            InputRequired(_l("Explain in 20 to 1,000 characters what is wrong with this comment.")),
            Length(
                EXPLANATION_MINIMUM,
                EXPLANATION_MAXIMUM,
                _l("Explain in 20 to 1,000 characters what is wrong with this comment."),
            ),
        ],
        filters=[_text],
        description=_l(
            "Which passage, and why: 20 to 1,000 characters. Only the moderators read this; the author never learns "
            "who wrote it."
        ),
    )
    contact = StringField(
        _l("Your e-mail address, if you wish to be told the outcome"),
        [
            Optional(),
            Length(max=254, message=_l("An address holds at most 254 characters.")),
            Regexp(ADDRESS, message=_l("This is not a whole e-mail address. Correct it, or leave this empty.")),
        ],
        filters=[_address],
        description=_l("Used for this alone, then erased."),
    )

    def __init__(self, *, has_account: bool, **values: Any) -> None:
        """A form without the address where there is an account to write to."""
        super().__init__(**values)
        self.ground.choices = _grounds()
        if has_account:
            del self.contact

    def reason(self) -> Ground:
        """The ground chosen."""
        return Ground(self.ground.data)

    def words(self) -> str:
        """The explanation given."""
        return self.explanation.data or ""

    def address(self) -> str | None:
        """The address left, if any."""
        return self.contact.data or None if self.contact else None

    def key(self) -> str:
        """What tells this form from any other that was shown, so that it counts once; a fresh one where it is lost."""
        sent = self.submission.data or ""
        return sent if _SUBMISSION.fullmatch(sent) else secrets.token_urlsafe(18)


class DecisionForm(Form):
    """One decision: what is done, on which ground, about which passage, with which words to the author."""

    version = IntegerField(widget=HiddenInput())
    outcome = RadioField(
        _l("Outcome"),
        [InputRequired(_l("Choose what becomes of the comment."))],
        choices=[
            SelectChoice(Outcome.KEEP.value, _l("Keep")),
            SelectChoice(Outcome.WITHHOLD.value, _l("Withhold")),
        ],
    )
    ground = SelectField(
        _l("Article of the charter"),
        [Optional()],
        description=_l("Needed to withhold, with the facts and the reasons below. Optional when the comment is kept."),
    )
    facts = StringField(
        _l("Facts: the passage in question"),
        [Length(max=MAXIMUM, message=_l("The facts hold at most 2,000 characters."))],
        filters=[_line],
        description=_l("Quote the very words, so that the author finds them: at least 20 characters."),
    )
    statement = TextAreaField(
        _l("Reasons given to the author"),
        [Length(max=MAXIMUM, message=_l("The reasons hold at most 2,000 characters."))],
        filters=[_text],
    )

    def __init__(self, **values: Any) -> None:
        """The grounds are named in the language of the page."""
        super().__init__(**values)
        self.ground.choices = [SelectChoice("", _l("No ground chosen")), *_grounds()]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also refuse a measure that lacks one of its reasons, beside the field that lacks it."""
        if not super().validate(extra_validators):
            return False
        faults = faults_of(self.reasons(), self.templates())
        for field, code in faults.items():
            self.refuse(StatementIncomplete(reason=code), field)
        return not faults

    def reasons(self) -> StatementOfReasons:
        """The decision with its statement of reasons, complete or not."""
        return StatementOfReasons(
            outcome=Outcome(self.outcome.data),
            ground=Ground(self.ground.data) if self.ground.data else None,
            facts=self.facts.data or "",
            statement=self.statement.data or "",
        )

    def templates(self) -> frozenset[str]:
        """The ready-made sentences, which locate no passage."""
        return frozenset(ready_made_sentences())

    def read_again(self, refusal: RuleBroken, version: int) -> None:
        """Say that the comment has changed, and take what is sent next as said of what it says now."""
        self.refuse(refusal)
        self.version.raw_data, self.version.data = None, version

    def seen(self) -> int:
        """The version of the case that the moderator saw; 0, which no case has, where it is lost."""
        seen = int(self.version.data or 0)
        return seen if 0 < seen <= LARGEST_VERSION else 0
