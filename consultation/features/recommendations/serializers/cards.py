"""Recommendations as cards."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.web.language import current_language


@dataclass(frozen=True)
class Card:
    """A recommendation in a list, with the counts of its public comments; `lang` where it is not that of the page."""

    number: int
    lang: str | None
    theme: str
    title: str
    url: str
    comments: int
    count_for: int
    count_nuanced: int
    count_against: int
    outcome: str | None


def cards_of(consultation: Consultation, recommendations: Sequence[Recommendation]) -> list[Card]:
    """The recommendations of a consultation as cards, in the order given."""
    lang = consultation.language if consultation.language != current_language() else None
    threads = url_for("comments.thread", slug=consultation.slug, number=0).removesuffix("0/")
    return [
        Card(
            number=one.number,
            lang=lang,
            theme=one.theme,
            title=one.title,
            url=f"{threads}{one.number}/",
            comments=one.comments(),
            count_for=one.count("for"),
            count_nuanced=one.count("nuanced"),
            count_against=one.count("against"),
            outcome=one.outcome.kind if one.outcome else None,
        )
        for one in recommendations
    ]
