"""The base of every form: CSRF, and refusals of the rules shown where they belong."""

from flask_wtf import FlaskForm

from consultation.domain.errors import RuleBroken
from consultation.infrastructure.web.refusals import sentence_of


class Form(FlaskForm):  # type: ignore[misc]
    """A form of the product; fields draw themselves through templates/components/."""

    def refuse(self, refusal: RuleBroken, field: str | None = None) -> None:
        """Show a refusal of the rules beside a field, or above the whole form."""
        target = self[field].errors if field else self.form_errors
        target.append(sentence_of(refusal))

    @property
    def is_refused(self) -> bool:
        """Whether there is anything to correct."""
        return bool(self.errors or self.form_errors)
