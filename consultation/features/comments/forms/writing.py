"""What a person writes: an argument, its position and its sources."""

import re
import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # missing from the stubs
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.argument import Argument
from consultation.domain.deliberation.texts import (
    INTERESTS_MAXIMUM,
    SOURCES_MAXIMUM,
    TEXT_MAXIMUM,
    TITLE_MAXIMUM,
    Source,
    clean_text,
    clean_title,
    is_web_address,
)
from consultation.features.comments.forms.pointed import PointedForm
from consultation.features.comments.models import PenName

_SUBMISSION = re.compile(r"[\w-]{16,64}", re.ASCII)


def _text(value: str | None) -> str:
    return clean_text(value or "")


def _line(value: str | None) -> str:
    return clean_title(value or "")


def _has_address(form: "ArgumentForm", field: Field) -> None:
    """A title stands with an address: the other of the two fields is told."""
    if not field.data and form.twin_of(field).data:
        raise ValidationError(_l("Give this source a title: readers see it in place of the address."))


def _is_address(form: "ArgumentForm", field: Field) -> None:
    """An address is one that a reader can follow."""
    if not field.data and form.twin_of(field).data:
        raise ValidationError(_l("Give the address of this source, or take its title away."))
    if field.data and not is_web_address(field.data):
        raise ValidationError(_l("An address begins with http:// or https:// and holds at most 500 characters."))


def _source_title(label: Any) -> Any:
    too_long = _l("A title holds at most 200 characters.")
    return StringField(label, [Length(max=TITLE_MAXIMUM, message=too_long), _has_address], filters=[_line])


def _source_url(label: Any) -> Any:
    return StringField(label, [_is_address], filters=[_line], render_kw={"inputmode": "url"})


def interests_field() -> Any:
    """A field for whatever readers should know of who writes; it may stay empty."""
    return StringField(
        _l("Declared interests (optional)"),
        [Length(max=INTERESTS_MAXIMUM, message=_l("Declared interests hold at most 200 characters."))],
        filters=[_line],
        description=_l(
            "What readers may wish to know: for instance an employer, a product or an association that you work for. "
            "Shown with your comments; you can change it at any time."
        ),
    )


class ArgumentForm(PointedForm):
    """What a comment says, whether it is new or changed."""

    alignment = RadioField(
        _l("Your position on this recommendation"),
        [InputRequired(_l("Choose a position: for, nuanced or against."))],
        choices=[
            SelectChoice(Alignment.FOR.value, _l("For")),
            SelectChoice(Alignment.NUANCED.value, _l("Nuanced")),
            SelectChoice(Alignment.AGAINST.value, _l("Against")),
        ],
    )
    body = TextAreaField(
        _l("Your argument"),
        [
            DataRequired(_l("Write your argument.")),
            Length(max=TEXT_MAXIMUM, message=_l("An argument holds at most 2,000 characters: please shorten yours.")),
        ],
        filters=[_text],
        description=_l(
            "One argument a comment. Name no patient: medical secrecy applies here too. 2,000 characters at most."
        ),
    )
    source_title_1 = _source_title(_l("Source 1: title"))
    source_url_1 = _source_url(_l("Source 1: address"))
    source_title_2 = _source_title(_l("Source 2: title"))
    source_url_2 = _source_url(_l("Source 2: address"))
    source_title_3 = _source_title(_l("Source 3: title"))
    source_url_3 = _source_url(_l("Source 3: address"))

    def texts(self) -> Sequence[Field]:
        """The argument and its sources."""
        return [*super().texts(), *(field for pair in self.source_fields() for field in pair)]

    def twin_of(self, field: Field) -> Field:
        """The address beside a title, or the title beside an address."""
        pair = ("title", "url") if "_title_" in field.name else ("url", "title")
        return self[field.name.replace(*pair)]

    def source_fields(self) -> list[tuple[Field, Field]]:
        """The pairs of fields, title and address, of each source."""
        return [(self[f"source_title_{place}"], self[f"source_url_{place}"]) for place in range(1, SOURCES_MAXIMUM + 1)]

    def shows_sources(self) -> bool:
        """Whether anything was written in, or is to be corrected about, the sources."""
        return any(field.data or field.errors for pair in self.source_fields() for field in pair)

    def words(self) -> str:
        """The text of the comment."""
        return self.body.data or ""

    def position(self) -> Alignment:
        """The alignment chosen."""
        return Alignment(self.alignment.data)

    def sources(self) -> list[Source]:
        """The sources cited."""
        return [Source(title.data, url.data) for title, url in self.source_fields() if url.data]

    def argument(self, submission: str) -> Argument:
        """All that the comment says."""
        return Argument(self.position(), self.words(), self.sources(), submission)


class CommentForm(ArgumentForm):
    """A comment or a reply; `display_name` is there until one has been chosen in the consultation."""

    pen_name: PenName | None = None
    is_for_visitor = False
    submission = HiddenField(default=lambda: secrets.token_urlsafe(18))
    display_name = StringField(
        _l("Your name in this consultation"),
        [DataRequired(_l("Choose the name that your comments will carry."))],
        filters=[_line],
        description=_l(
            "Shown with your comments here and nowhere else, for the whole consultation. It need not be your own: the "
            "name of a plant or of a place will do."
        ),
    )
    interests = interests_field()

    def texts(self) -> Sequence[Field]:
        """The argument, its sources, and the name that will stand above them where it is chosen here."""
        chosen = [self.display_name, self.interests] if self.display_name else []
        return [*super().texts(), *chosen]

    @property
    def is_to_reread(self) -> bool:
        """Never for a visitor: what they keep is public to nobody, and is looked through when they publish it."""
        return not self.is_for_visitor and super().is_to_reread

    def name(self) -> str:
        """The name chosen."""
        return self.display_name.data or ""

    def declared(self) -> str:
        """The interests declared; empty for none."""
        return self.interests.data or ""

    def key(self) -> str:
        """What tells this form from any other that was shown, so that it counts once; a fresh one where it is lost."""
        sent = self.submission.data or ""
        return sent if _SUBMISSION.fullmatch(sent) else secrets.token_urlsafe(18)
