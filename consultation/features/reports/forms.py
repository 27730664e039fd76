"""Forms of the report."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # missing from the stubs
from wtforms.widgets import HiddenInput

from consultation.domain.deliberation.texts import clean_title
from consultation.features.recommendations.models import Recommendation
from consultation.features.reports.models import ReportLine
from consultation.infrastructure.web.forms import Form
from consultation.infrastructure.web.versioned import VersionedForm, long_text, within_column

_WHOLE = "0"


class LineForm(VersionedForm):
    """A line of the report; `about` is there while it is new."""

    about = SelectField(_l("About"), choices=[])
    body = long_text(
        _l("The line"),
        _l("Write the line."),
        _l("One statement a line; the comments that it rests on are cited next. 2,000 characters at most."),
    )

    def offer(self, recommendations: Sequence[Recommendation]) -> "LineForm":
        """Let the line be about the whole or about one of these recommendations."""
        self.about.choices = [
            SelectChoice(_WHOLE, _("the whole consultation")),
            *(SelectChoice(str(one.number), f"{one.number} · {one.title}") for one in recommendations),
        ]
        return self

    @classmethod
    def changing(cls, line: ReportLine) -> "LineForm":
        """The form of a line that is there."""
        form = cls(data={"body": line.body, "version": line.version})
        del form.about
        return form

    def chosen(self, recommendations: Sequence[Recommendation]) -> Recommendation | None:
        """The recommendation that the line is about; None for the whole."""
        return next((one for one in recommendations if str(one.number) == self.about.data), None)

    def words(self) -> str:
        """The text of the line."""
        return self.body.data or ""


class MoveForm(Form):
    """A button up or down, with the place at which the line was seen."""

    direction = HiddenField()
    position = IntegerField(widget=HiddenInput(), default=0)

    def goes_up(self) -> bool:
        """Whether the line is to stand earlier."""
        return bool(self.direction.data == "up")

    def seen(self) -> int:
        """The place at which the line was seen."""
        return within_column(self.position.data)


class TakeOutForm(VersionedForm):
    """A button."""


class CiteForm(Form):
    """A comment to cite: the address that was pasted, or the button pressed in the list."""

    address = StringField(
        _l("Address of the comment"),
        filters=[lambda typed: clean_title(typed or "")],
        description=_l("In the debate, the date of a comment is its lasting link: copy it and paste it here."),
    )

    revision = IntegerField(widget=HiddenInput(), default=0)

    def read(self) -> int:
        """The revision of the comment that the list showed; 0 where an address was pasted."""
        return within_column(self.revision.data)

    def identifier(self) -> str:
        """The identifier at the end of the address; what was typed, where there is no address around it."""
        return (self.address.data or "").split("#")[0].rstrip("/").rpartition("/")[2]
