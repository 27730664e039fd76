"""Forms of the organiser's answers."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from consultation.features.comments.forms.pointed import PointedForm
from consultation.features.comments.models import OfficialReply
from consultation.infrastructure.web.versioned import VersionedForm, carry, long_text, within_column


class AnswerForm(PointedForm, VersionedForm):
    """The words of an answer, and which revision of the comment they answer."""

    offers_reading = False
    read = IntegerField(widget=HiddenInput(), default=0)
    body = long_text(
        _l("Your answer"),
        _l("Write the answer."),
        _l("It appears under the comment in the name of your institution, not in yours. 2,000 characters at most."),
    )

    @classmethod
    def about(cls, reply: OfficialReply | None, revision: int) -> "AnswerForm":
        """The form as it is first shown: with the present words, where there are any."""
        shown = {"version": reply.version if reply else 0, "read": revision}
        return cls(data=shown | ({"body": reply.body} if reply else {}))

    def show(self, revision: int) -> None:
        """Carry the revision of the comment that the page shows beside the form."""
        carry(self.read, revision)

    def revision(self) -> int:
        """The revision of the comment that the organiser read."""
        return within_column(self.read.data)

    def words(self) -> str:
        """The text of the answer."""
        return self.body.data or ""


class WithdrawAnswerForm(VersionedForm):
    """A button."""
