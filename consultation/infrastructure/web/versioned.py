"""Forms about a text that several people may change: each says which version it was written on."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import HiddenInput

from consultation.domain.deliberation.texts import TEXT_MAXIMUM, clean_text
from consultation.infrastructure.web.forms import Form

LARGEST_VERSION = 2**31 - 1  # what the column holds


class VersionedForm(Form):
    """A form that carries the version of what it changes; 0 where there was nothing yet."""

    version = IntegerField(widget=HiddenInput(), default=0)

    def seen(self) -> int:
        """The version that the person saw; 0 where it is lost."""
        return within_column(self.version.data)

    def carry(self, version: int) -> None:
        """Let the form be sent again knowingly: on this version, which the page shows beside it."""
        carry(self.version, version)


def carry(field: Field, number: int) -> None:
    """Put a number in a hidden field in place of the one that came back in it."""
    field.raw_data, field.data = None, number


def within_column(number: int | None) -> int:
    """A number that came back from a hidden field; 0 where it is lost or could not have been ours."""
    return number if number is not None and 0 < number <= LARGEST_VERSION else 0


def long_text(label: Any, missing: Any, description: Any) -> Any:
    """A field for a text of at most 2,000 characters, cleaned as it comes in."""
    return TextAreaField(
        label,
        [
            DataRequired(missing),
            Length(max=TEXT_MAXIMUM, message=_l("This holds at most 2,000 characters: please shorten it.")),
        ],
        filters=[lambda typed: clean_text(typed or "")],
        description=description,
    )
