"""Forms that change what was written, or what stands beside a name."""

import re

from wtforms import HiddenField

from consultation.features.comments.forms.writing import ArgumentForm, interests_field
from consultation.infrastructure.web.forms import Form

_REVISION = re.compile("[0-9]{1,9}")  # what the column holds


class EditForm(ArgumentForm):
    """What a comment is to say from now on, and which of its texts was being changed."""

    offers_reading = False
    revision = HiddenField()

    def seen(self) -> int:
        """The revision that the person saw; 0, which no comment has, where it is lost."""
        said = str(self.revision.data or "")
        return int(said) if _REVISION.fullmatch(said) else 0


class InterestsForm(Form):
    """Interests to be shown with one's comments, or none."""

    interests = interests_field()

    def declared(self) -> str:
        """The interests declared; empty for none."""
        return self.interests.data or ""


class WithdrawForm(Form):
    """A button."""
