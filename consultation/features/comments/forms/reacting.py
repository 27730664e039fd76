"""Buttons under a comment."""

from wtforms import IntegerField, StringField

from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.errors import Invalid
from consultation.infrastructure.web.forms import Form


class ReactionForm(Form):
    """Three buttons: each says what the reaction will be, nothing where it is taken back."""

    kind = StringField()
    revision = IntegerField()

    def seen(self) -> int:
        """The revision that the person read: the first one where the form does not say."""
        return self.revision.data if self.revision.data and self.revision.data > 0 else 1

    def reaction(self) -> Reaction | None:
        """The reaction asked for; Invalid for one that does not exist."""
        if not self.kind.data:
            return None
        try:
            return Reaction(self.kind.data)
        except ValueError as error:
            raise Invalid from error
