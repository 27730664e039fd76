"""Opinion groups as their page shows them: plain strings and lines, ready for the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.deliberation.opinion_groups.comparison import Comparison
from consultation.domain.deliberation.opinion_groups.publication import Groups
from consultation.domain.deliberation.opinion_groups.stability import LEAST_STABILITY
from consultation.domain.deliberation.opinion_groups.standing import Standing
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.opinions.queries import Published, cut_day
from consultation.features.opinions.serializers.chart import MapChart, chart_of
from consultation.features.opinions.serializers.lines import Compared, Line, Reader, comments_shown
from consultation.features.opinions.serializers.sentences import (
    about,
    decimal_said,
    enumerated,
    name_said,
    refusal_said,
    share_said,
)


@dataclass(frozen=True)
class GroupRow:
    """An opinion group in the table of the map, and the comments by which it stands out."""

    letter: str
    name: str
    people: str
    share: str
    typical: Sequence[Line]


@dataclass(frozen=True)
class Opinions:
    """All that the page shows; `groups` is empty and `chart` None where groups are refused, for the reason given."""

    lead: Sequence[str]
    refusal: str
    chart: MapChart | None
    groups: Sequence[GroupRow]
    silhouette: str
    stability: str
    between_groups: Compared | None
    between_colleges: Compared
    published: Published
    cut_on: date
    letter: str
    least_stability: str


def shown_comments(published: Published) -> list[str]:
    """The comments that the page needs."""
    groups = published.content.get("groups")
    comparisons: list[Comparison] = [published.content["colleges"], *([groups] if groups else [])]
    return comments_shown(comparisons, [one["comment"] for group in _each(groups) for one in group["typical"]])


def opinions_shown(
    consultation: Consultation, published: Published, comments: Mapping[str, Comment], standing: Standing | None
) -> Opinions:
    """The page of a map, with the comments that it names, and the place of the one who reads it."""
    content = published.content
    groups = content.get("groups")
    reader = Reader(consultation.slug, comments)
    between_groups = reader.compared(groups) if groups else None
    between_colleges = reader.compared(content["colleges"])
    return Opinions(
        lead=_lead(groups, between_groups, between_colleges),
        refusal="" if groups else refusal_said(content),
        chart=chart_of(groups, standing.point if standing else None) if groups else None,
        groups=_rows(groups, reader) if groups else [],
        silhouette=decimal_said(groups["silhouette"]) if groups else "",
        stability=decimal_said(groups["stability"]) if groups else "",
        between_groups=between_groups,
        between_colleges=between_colleges,
        published=published,
        cut_on=cut_day(consultation),
        letter=standing.letter if standing else "",
        least_stability=decimal_said(f"{LEAST_STABILITY:.2f}"),
    )


def _each(groups: Groups | None) -> Sequence[Mapping[str, Sequence[Mapping[str, str]]]]:
    return groups["groups"] if groups else []  # type: ignore[return-value]


def _lead(groups: Groups | None, between_groups: Compared | None, between_colleges: Compared) -> list[str]:
    """Say first how many groups there are, then what they share; without groups, what the colleges share."""
    if groups is None or between_groups is None:
        return [_shared_by_colleges(between_colleges)]
    sizes = [f"{name_said(one['letter'])}, {about(one['people'])}" for one in groups["groups"]]
    said = ngettext(
        "Reactions show %(num)s group of people who react alike: %(groups)s.",
        "Reactions show %(num)s groups of people who react alike: %(groups)s.",
        len(sizes),
        groups=enumerated(sizes),
    )
    return [said, _shared_by_groups(between_groups)]


def _shared_by_groups(compared: Compared) -> str:
    if not compared.all_together:
        return _("No comment is agreed with by more than half of every group.")
    return ngettext(
        "More than half of every group agrees with %(num)s comment.",
        "More than half of every group agrees with %(num)s comments.",
        compared.all_together,
    )


def _shared_by_colleges(compared: Compared) -> str:
    if not compared.comments:
        return _("Too few people of both colleges reacted to the same comments for their agreement to be published.")
    if not compared.all_together:
        return _("No comment is agreed with by more than half of each college.")
    return ngettext(
        "More than half of each college agrees with %(num)s comment.",
        "More than half of each college agrees with %(num)s comments.",
        compared.all_together,
    )


def _rows(groups: Groups, reader: Reader) -> list[GroupRow]:
    cells = groups["cells"]
    sides = {"agree": _("Agrees more than the others."), "disagree": _("Disagrees more than the others.")}
    people = sum(one["people"] for one in groups["groups"])
    return [
        GroupRow(
            letter=one["letter"],
            name=name_said(one["letter"]),
            people=_("about %(people)s", people=one["people"]),
            share=share_said(one["share"], people),
            typical=[
                reader.line(each["comment"], cells, sides[each["side"]], one["letter"]) for each in one["typical"]
            ],
        )
        for one in groups["groups"]
    ]
