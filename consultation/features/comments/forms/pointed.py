"""Forms whose texts are looked through for personal data before they are public: the person decides, and says so."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import Field, HiddenField, StringField

from consultation.domain.deliberation.personal_data import Kind, Pointer, pointers_in
from consultation.domain.deliberation.waiting import over_at
from consultation.infrastructure import clock
from consultation.infrastructure.markdown import rendered
from consultation.infrastructure.personal_data import FINDERS
from consultation.infrastructure.web.forms import Form

_WORDS = {
    Kind.NIR: _l("social-security number"),
    Kind.IBAN: _l("bank account"),
    Kind.EMAIL: _l("e-mail address"),
    Kind.PHONE: _l("telephone number"),
    Kind.RPPS: _l("RPPS number"),
    Kind.BIRTH: _l("date of birth"),
    Kind.PATIENT: _l("somebody named"),
    Kind.POSTAL: _l("postal address"),
}
_REASONS = {
    Kind.NIR: _l(
        "Thirteen digits followed by the key that fits them: this is how a social-security number is written."
    ),
    Kind.IBAN: _l("These letters and digits, whose check digits fit, are how a bank account is written."),
    Kind.EMAIL: _l("An e-mail address, even spelled out, leads to one person, and programs collect it."),
    Kind.PHONE: _l("These digits are written as a telephone number is dialled: anybody could call it."),
    Kind.RPPS: _l("Eleven digits that fit each other: this is how a health professional’s RPPS number is written."),
    Kind.BIRTH: _l("A date said to be that of a birth: with little else, it is enough to find somebody."),
    Kind.PATIENT: _l(
        "A name beside the words patient or relative, an age or an illness: somebody could be recognised, and medical "
        "secrecy applies here too. An invented first name or “a patient” says as much."
    ),
    Kind.POSTAL: _l("A number and a street: this is where somebody lives or works."),
}
# In a web address, digits and names of streets are those of a page.
_IN_ADDRESSES = (Kind.EMAIL, Kind.NIR)


class Act(StrEnum):
    """What the button says that was pressed; without one, to go on as usual."""

    PREVIEW = "preview"
    AS_IS = "as_is"
    READ_FIRST = "read_first"


@dataclass(frozen=True)
class Passage:
    """A text in which something may be pointed out; `place` tells it from the others, in any language."""

    place: str
    label: str
    text: str
    pointers: Sequence[Pointer]

    def pieces(self) -> list[tuple[str, str]]:
        """The text cut at what is pointed out: each piece, with the kind in words where it is marked."""
        pieces, place = [], 0
        for pointer in self.pointers:
            pieces.append((self.text[place : pointer.start], ""))
            pieces.append((self.text[pointer.start : pointer.end], str(_WORDS[pointer.kind])))
            place = pointer.end
        return [*pieces, (self.text[place:], "")]


def passage_of(place: str, label: str, text: str) -> Passage:
    """A text with what is pointed out in it."""
    return Passage(place, label, text, pointers_in(text, FINDERS))


def reasons_for(passages: Sequence[Passage]) -> list[str]:
    """Why each kind of passage is pointed out, once each."""
    kinds = dict.fromkeys(pointer.kind for passage in passages for pointer in passage.pointers)
    return [str(_REASONS[kind]) for kind in kinds]


class PointedForm(Form):
    """A form with texts that will be public; the choice made about them holds for exactly these texts.

    `offers_reading`: whether a moderator can be asked to read them first.
    """

    body: Field
    offers_reading = True
    act = StringField()
    confirmed = HiddenField()

    def texts(self) -> Sequence[Field]:
        """The fields whose texts will be public: the body, where a form names no more."""
        return [self.body]

    @cached_property
    def passages(self) -> list[Passage]:
        """The texts in which something is pointed out, as they were sent."""
        found = [(field, _pointed(field)) for field in self.texts() if field.data]
        return [Passage(field.name, field.label.text, field.data, pointers) for field, pointers in found if pointers]

    def reasons(self) -> list[str]:
        """Why each kind of passage is pointed out, once each."""
        return reasons_for(self.passages)

    def digest(self) -> str:
        """What tells these very passages from any others."""
        said = json.dumps([[passage.place, passage.text] for passage in self.passages])
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def is_to_reread(self) -> bool:
        """Whether the person is to read again what they sent: pointed out, and neither confirmed nor to be read."""
        is_sent = self.is_submitted() and not self.asks_for_preview and not self.asks_for_reading
        return bool(is_sent and self.passages and not self._is_confirmed)

    @property
    def asks_for_preview(self) -> bool:
        """Whether the text is only to be shown as it would look."""
        return bool(self.act.data == Act.PREVIEW)

    @property
    def asks_for_reading(self) -> bool:
        """Whether a moderator is to read the text before it is public."""
        return bool(self.offers_reading and self.act.data == Act.READ_FIRST)

    @property
    def is_settled(self) -> bool:
        """Whether the texts may go their way."""
        return not self.asks_for_preview and not self.is_to_reread

    @staticmethod
    def preview_of(field: Field) -> Markup:
        """A text of the form as its readers would see it."""
        return Markup(rendered(field.data or ""))  # noqa: S704 - sanitised here

    @staticmethod
    def reading_over_at() -> datetime:
        """When a reading asked for now is over at the latest."""
        return over_at(clock.now().astimezone(clock.PARIS))

    @property
    def _is_confirmed(self) -> bool:
        return bool(self.act.data == Act.AS_IS and self.confirmed.data == self.digest())


def _pointed(field: Field) -> list[Pointer]:
    pointers = pointers_in(field.data, FINDERS)
    is_address = field.render_kw and field.render_kw.get("inputmode") == "url"
    return [pointer for pointer in pointers if not is_address or pointer.kind in _IN_ADDRESSES]
