"""A release as its page shows it: plain strings and rows, ready for the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from consultation.domain.colleges import College
from consultation.domain.privacy.publication import MINIMUM_FOR_ORDER
from consultation.domain.social_choice.explanation import explanations, shown_share
from consultation.domain.social_choice.release import CollegeRelease, Release
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.results.queries import Published
from consultation.features.results.serializers.lead import lead_of
from consultation.features.results.serializers.left_out import left_out_of
from consultation.features.results.serializers.sentences import decimal_said, sentence
from consultation.features.results.serializers.slope import Slope, slope_of
from consultation.infrastructure.web.language import current_language

NAMES = {College.CITIZENS.value: _l("Citizens"), College.PHYSICIANS.value: _l("Physicians")}
FIGURE_NAMES = {College.CITIZENS.value: _l("Citizens"), College.PHYSICIANS.value: _l("Verified physicians")}


@dataclass(frozen=True)
class OrderRow:
    """A recommendation in the order of one college."""

    number: int
    title: str
    url: str
    rank: int
    is_tied: bool
    between: str


@dataclass(frozen=True)
class MatrixRow:
    """The duels of one recommendation: for each column the share as shown and its step, None on the diagonal."""

    number: int
    cells: list[tuple[str, int] | None]


@dataclass(frozen=True)
class CollegePage:
    """What the page shows of one college; `rows`, `matrix` and `reasons` are empty where the rules allow none."""

    code: str
    name: str
    ballots: str
    rows: list[OrderRow]
    step: int
    matrix: list[MatrixRow]
    reasons: list[Markup]


@dataclass(frozen=True)
class Results:
    """All that the page shows."""

    openings: list[Markup]
    following: list[Markup]
    figures: list[tuple[str, str, str | None]]
    colleges: list[CollegePage]
    slope: Slope | None
    left_out: list[str]
    title_language: str | None
    published: Published
    has_ballots: bool
    minimum: int


def results_of(consultation: Consultation, recommendations: Sequence[Recommendation], published: Published) -> Results:
    """The page of a release, with the titles of the recommendations that it orders."""
    release = published.content
    language = consultation.language if consultation.language != current_language() else None
    titles = {one.number: one.title for one in recommendations}
    openings, following = lead_of(release, {number: _marked(title, language) for number, title in titles.items()})
    return Results(
        openings=openings,
        following=following,
        figures=_figures(release, sum(one.comments() for one in recommendations)),
        colleges=_colleges(release, consultation.slug, titles),
        slope=_slope(release, titles),
        left_out=left_out_of(release),
        title_language=language,
        published=published,
        has_ballots=any(college["ballots"] for college in release["colleges"].values()),
        minimum=MINIMUM_FOR_ORDER,
    )


def _marked(title: str, language: str | None) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(language, title) if language else Markup("{}").format(title)


def _figures(release: Release, comments: int) -> list[tuple[str, str, str | None]]:
    ballots = {name: college["ballots"] for name, college in release["colleges"].items()}
    figures: list[tuple[str, str, str | None]] = [(_("Ballots"), format_decimal(sum(ballots.values())), None)]
    figures += [(str(FIGURE_NAMES[name]), format_decimal(count), name) for name, count in ballots.items()]
    figures.append((_("Comments"), format_decimal(comments), None))
    if "agreement" in release:
        tau_b = decimal_said(release["agreement"]["tau_b"])
        figures.append((_("Agreement between colleges"), f"τ = {tau_b}", None))
    return figures


def _colleges(release: Release, slug: str, titles: Mapping[int, str]) -> list[CollegePage]:
    threads = url_for("comments.thread", slug=slug, number=0).removesuffix("0/")
    plain = {number: Markup("{}").format(title) for number, title in titles.items()}
    return [
        CollegePage(
            code=name,
            name=str(NAMES[name]),
            ballots=_ballots(college["ballots"]),
            rows=_rows(college, titles, threads),
            step=college.get("step", 0),
            matrix=_matrix(college),
            reasons=[sentence(message, plain) for message in explanations(college)],
        )
        for name, college in release["colleges"].items()
    ]


def _ballots(count: int) -> str:
    return ngettext("%(ballots)s ballot", "%(ballots)s ballots", count, ballots=format_decimal(count))


def _rows(college: CollegeRelease, titles: Mapping[int, str], threads: str) -> list[OrderRow]:
    order = college.get("order", [])
    ranks = [placement["rank"] for placement in order]
    between = _("%(low)s and %(high)s")
    return [
        OrderRow(
            number=one["recommendation"],
            title=titles[one["recommendation"]],
            url=f"{threads}{one['recommendation']}/",
            rank=one["rank"],
            is_tied=ranks.count(one["rank"]) > 1,
            between=str(one["low"]) if one["low"] == one["high"] else between % one,
        )
        for one in order
    ]


def _matrix(college: CollegeRelease) -> list[MatrixRow]:
    if "pairwise_percent" not in college:
        return []
    shares, clip = college["pairwise_percent"], college["clip"]
    numbers = [placement["recommendation"] for placement in college["order"]]
    return [MatrixRow(row, [_cell(shares[str(row)].get(str(column)), clip) for column in numbers]) for row in numbers]


def _cell(share: int | None, clip: list[int]) -> tuple[str, int] | None:
    return None if share is None else (shown_share(share, clip), (share + 5) // 10)


def _slope(release: Release, titles: Mapping[int, str]) -> Slope | None:
    orders = [college["order"] for college in release["colleges"].values() if "order" in college]
    if len(orders) != len(College):
        return None
    first, second = orders
    return slope_of(first, second, titles)
