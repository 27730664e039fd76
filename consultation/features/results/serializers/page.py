"""A release as its page shows it: plain strings and rows, ready for the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from consultation.domain.colleges import College
from consultation.domain.social_choice.explanation import explanations
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.release import CollegeRelease, Release
from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.results.queries import Edition, Published
from consultation.features.results.serializers.chances import Chances, chances_of
from consultation.features.results.serializers.division import Division, division_of
from consultation.features.results.serializers.duels import MatrixRow, matrix_of
from consultation.features.results.serializers.lead import lead_of
from consultation.features.results.serializers.left_out import left_out_of
from consultation.features.results.serializers.methods import Methods, methods_of
from consultation.features.results.serializers.orders import OrderRow, certainty, order_rows
from consultation.features.results.serializers.participation import Participation, participation_chart
from consultation.features.results.serializers.places import Places, places_of
from consultation.features.results.serializers.sentences import NAMES, decimal_said, sentence
from consultation.features.results.serializers.slope import Slope, slope_of
from consultation.infrastructure.web.language import current_language

FIGURE_NAMES = {College.CITIZENS.value: _l("Citizens"), College.PHYSICIANS.value: _l("Verified physicians")}
Figures = list[tuple[str, str, str | None]]


@dataclass(frozen=True)
class CollegePage:
    """What the page shows of one college; what the rules do not allow is empty or None."""

    code: str
    name: str
    ballots: str
    rows: list[OrderRow]
    certainty: str
    step: int
    matrix: list[MatrixRow]
    methods: Methods | None
    places: Places | None
    reasons: list[Markup]


@dataclass(frozen=True)
class Results:
    """All that the page shows."""

    openings: list[Markup]
    following: list[Markup]
    figures: Figures
    colleges: list[CollegePage]
    slope: Slope | None
    combined: list[tuple[int, int, str]]
    chances: Chances | None
    division: Division | None
    participation: Participation | None
    left_out: list[str]
    editions: Sequence[Edition]
    title_language: str | None
    published: Published
    has_ballots: bool
    recommendations: int
    plan: CountingPlan


def results_of(
    consultation: Consultation,
    recommendations: Sequence[Recommendation],
    published: Published,
    *,
    plan: CountingPlan,
    editions: Sequence[Edition],
    participation: Sequence[tuple[date, int]],
) -> Results:
    """The page of a release, with the titles of the recommendations that it orders, under the plan it was counted by.

    `editions` are all the releases, the first one first; `participation` the numbers of ballots held, by day.
    """
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
        combined=_combined(release, titles),
        chances=chances_of(release, titles),
        division=division_of(release, titles),
        participation=participation_chart(participation),
        left_out=left_out_of(release, plan.minimum_ballots),
        editions=editions,
        title_language=language,
        published=published,
        has_ballots=any(college["ballots"] for college in release["colleges"].values()),
        recommendations=len(titles),
        plan=plan,
    )


def _marked(title: str, language: str | None) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(language, title) if language else Markup("{}").format(title)


def _figures(release: Release, comments: int) -> Figures:
    ballots = {name: college["ballots"] for name, college in release["colleges"].items()}
    figures: Figures = [(_("Ballots"), format_decimal(sum(ballots.values())), None)]
    figures += [(str(FIGURE_NAMES[name]), format_decimal(count), name) for name, count in ballots.items()]
    figures.append((_("Comments"), format_decimal(comments), None))
    if "tau_b" in release.get("agreement", {}):
        tau_b = decimal_said(release["agreement"]["tau_b"])
        figures.append((_("Agreement between colleges"), f"τ = {tau_b}", None))
    return figures


def _colleges(release: Release, slug: str, titles: Mapping[int, str]) -> list[CollegePage]:
    threads = url_for("comments.thread", slug=slug, number=0).removesuffix("0/")
    return [_college(name, college, titles, threads) for name, college in release["colleges"].items()]


def _college(name: str, college: CollegeRelease, titles: Mapping[int, str], threads: str) -> CollegePage:
    plain = {number: Markup("{}").format(title) for number, title in titles.items()}
    is_alone = len(titles) < 2
    return CollegePage(
        code=name,
        name=str(NAMES[name]),
        ballots=_ballots(college["ballots"]),
        rows=order_rows(college, titles, threads),
        certainty=certainty(college),
        step=college.get("step", 0),
        matrix=[] if is_alone else matrix_of(college),
        methods=None if is_alone else methods_of(college, titles),
        places=None if is_alone else places_of(college, titles),
        reasons=[sentence(message, plain) for message in explanations(college)],
    )


def _ballots(count: int) -> str:
    return ngettext("%(ballots)s ballot", "%(ballots)s ballots", count, ballots=format_decimal(count))


def _slope(release: Release, titles: Mapping[int, str]) -> Slope | None:
    orders = [college["order"] for college in release["colleges"].values() if "order" in college]
    if len(orders) != len(College) or len(titles) < 2:
        return None
    first, second = orders
    return slope_of(first, second, titles)


def _combined(release: Release, titles: Mapping[int, str]) -> list[tuple[int, int, str]]:
    """The order of both colleges together, as rank, number and title; empty where the plan declares none."""
    if "combined" not in release:
        return []
    places = WeakOrder.from_tiers(release["combined"]["order"]).places()
    return [(rank, number, titles[number]) for number, rank in places.items()]
