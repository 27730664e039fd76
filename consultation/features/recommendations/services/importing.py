"""Recommendations, imported as one set."""

from collections.abc import Iterator, Mapping

from sqlalchemy import delete

from consultation.domain.errors import EntryRefused, ImportRefused, RecommendationsFrozen
from consultation.domain.phases import Phase
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import keep_recommendation_count
from consultation.features.recommendations.events import RecommendationsImported
from consultation.features.recommendations.models import LARGEST_NUMBER, Recommendation
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record

LONGEST = {"title": 300, "text": 10_000, "theme": 100, "introduction": 1_000}
REQUIRED = ("title", "text")


def import_recommendations(consultation: Consultation, entries: object) -> list[Recommendation]:
    """Give a draft its recommendations, in place of those that it had: all of the entries or none.

    `entries` is what a file held, untrusted: it must be a list of mappings with number, title and text, and perhaps
    theme and introduction; other fields are left aside. ImportRefused names every fault, RecommendationsFrozen refuses
    a consultation that has opened.
    """
    if consultation.phase != Phase.DRAFT:
        raise RecommendationsFrozen()
    recommendations = [_recommendation(consultation, entry) for entry in _checked(entries)]
    session.execute(delete(Recommendation).where(Recommendation.consultation_id == consultation.id))
    session.add_all(recommendations)
    keep_recommendation_count(consultation, len(recommendations))
    session.flush()
    record(RecommendationsImported(consultation.id, len(recommendations)))
    return sorted(recommendations, key=lambda one: one.number)


def _recommendation(consultation: Consultation, entry: Mapping[str, object]) -> Recommendation:
    words = {name: str(entry.get(name) or "").strip() for name in LONGEST}
    return Recommendation(
        id=new_public_id(), consultation_id=consultation.id, number=entry["number"], version=1, **words
    )


def _checked(entries: object) -> list[Mapping[str, object]]:
    if not isinstance(entries, list) or not entries:
        raise ImportRefused(faults=(EntryRefused(entry=0, reason="none"),))
    if faults := tuple(_faults(entries)):
        raise ImportRefused(faults=faults)
    return entries


def _faults(entries: list[object]) -> Iterator[EntryRefused]:
    seen: set[object] = set()
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, Mapping):
            yield EntryRefused(entry=place, reason="shape")
            continue
        number = entry.get("number")
        if not _is_number(number):
            yield EntryRefused(entry=place, reason="number")
        elif number in seen:
            yield EntryRefused(entry=place, reason="repeated")
        else:
            seen.add(number)
        yield from (EntryRefused(entry=place, reason=name) for name in LONGEST if not _is_text(entry, name))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST_NUMBER


def _is_text(entry: Mapping[str, object], name: str) -> bool:
    """Whether this field is a text of a bearable length (PostgreSQL holds no NUL), present where it must be."""
    value = entry.get(name)
    if value is None:
        return name not in REQUIRED
    if not isinstance(value, str) or "\0" in value or len(value) > LONGEST[name]:
        return False
    return bool(value.strip()) or name not in REQUIRED
