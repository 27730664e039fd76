"""The form of the search: it changes nothing and knows nobody, so it needs neither token nor cookie."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SearchField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # missing from the stubs

from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.search import Scope
from consultation.infrastructure.web.forms import Form

LONGEST_SHOWN = 1000


def _typed(value: str | None) -> str:
    """What was typed on one line, without what no page can show."""
    seen = "".join(character if character.isprintable() else " " for character in (value or "")[:LONGEST_SHOWN])
    return " ".join(seen.split())


def _choices(first: Any, labels: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice("", first), *(SelectChoice(value, label) for value, label in labels.items())]


class SearchForm(Form):
    """Words, and what the search is narrowed to."""

    class Meta(Form.Meta):  # type: ignore[misc,name-defined]
        """Nothing is changed by this form."""

        csrf = False

    q = SearchField(
        _l("Words to look for"),
        filters=[_typed],
        description=_l("Put a phrase in quotes; put a minus sign before a word that must not be there."),
    )
    recommendation = HiddenField()
    consultation = SelectField(_l("Consultation"))
    kind = SelectField(
        _l("What to look for"),
        choices=_choices(
            _l("Everything"),
            {
                "consultation": _l("Consultations"),
                "recommendation": _l("Recommendations"),
                "comment": _l("Comments"),
                "reply": _l("Official replies"),
                "outcome": _l("What became of the recommendations"),
                "report": _l("Reports"),
            },
        ),
    )
    college = SelectField(
        _l("College of the author"),
        choices=_choices(
            _l("Both colleges"),
            {College.CITIZENS.value: _l("Citizens"), College.PHYSICIANS.value: _l("Physicians")},
        ),
    )
    alignment = SelectField(
        _l("Position of the comment"),
        choices=_choices(
            _l("All positions"),
            {
                Alignment.FOR.value: _l("For"),
                Alignment.NUANCED.value: _l("Nuanced"),
                Alignment.AGAINST.value: _l("Against"),
            },
        ),
    )

    def __init__(self, arguments: "MultiDict[str, str]", consultations: Sequence[Consultation]) -> None:
        """The form as an address fills it in, and the consultations to choose from."""
        super().__init__(formdata=arguments)
        self._consultations = {one.slug: one for one in consultations}
        self.consultation.choices = _choices(_l("All consultations"), {one.slug: one.title for one in consultations})
        for choice in self._filters:
            choice.data = choice.data or ""

    @property
    def typed(self) -> str:
        """What is looked for."""
        return self.q.data or ""

    def scope(self) -> Scope:
        """What the search is narrowed to."""
        chosen = self._consultations.get(self.consultation.data)
        return Scope(
            consultation_id=chosen.id if chosen and not self.recommendation.data else None,
            recommendation_id=self.recommendation.data or None,
            kind=self.kind.data or None,
            college=self.college.data or None,
            alignment=self.alignment.data or None,
        )

    def arguments(self) -> dict[str, str]:
        """What the address of this search holds, what is not chosen left out."""
        values = {"q": self.typed, **{one.name: one.data for one in (self.recommendation, *self._filters)}}
        return {name: value for name, value in values.items() if value}

    def is_narrowed(self) -> bool:
        """Whether the search leaves anything out."""
        return any(one.data for one in (self.recommendation, *self._filters))

    @property
    def _filters(self) -> tuple[SelectField, ...]:
        return (self.consultation, self.kind, self.college, self.alignment)
