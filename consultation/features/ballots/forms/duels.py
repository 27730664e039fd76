"""A duel: the question that the page shows, and the button that was pressed."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from consultation.domain.social_choice.insertion import Answer, Insertion
from consultation.infrastructure.web.forms import Form

UNDO = "undo"


class DuelForm(Form):
    """A question as the page carries it, and one of the answers to it, or the wish to take the last one back."""

    question = HiddenField(_l("Question"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a button that no page has."""
        valid = bool(super().validate(extra_validators))
        if self._pressed in (*Answer, UNDO):
            return valid
        self.form_errors.append(_("What was sent names a button that is not on this page. Nothing was recorded."))
        return False

    def fits(self, duels: Insertion) -> bool:
        """Whether the page showed the question that is the present one, with the button that was pressed."""
        return self.question.data == question_as_text(duels) and self._pressed in _buttons_of(duels)

    def applied_to(self, duels: Insertion) -> Insertion:
        """The duels after this answer, or without the last one; NotAsked unless the form fits them."""
        return duels.undone() if self._pressed == UNDO else duels.answered(Answer(self._pressed))

    def is_of_account(self) -> bool:
        """Whether the page was made for somebody who was signed in, and whose duels those of a visitor are not."""
        return request.form.get("of") == "account"

    @property
    def _pressed(self) -> str:
        return request.form.get("answer", "")


def question_as_text(duels: Insertion) -> str:
    """The present question as a form carries it: candidate, opponent, and how many answers were given before."""
    question = duels.question
    return f"{question.candidate}:{question.opponent}:{duels.asked}" if question else f"::{duels.asked}"


def _buttons_of(duels: Insertion) -> list[str]:
    return [*(duels.question.answers if duels.question else ()), *([UNDO] if duels.asked else ())]
