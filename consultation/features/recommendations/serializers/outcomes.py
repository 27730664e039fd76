"""What becomes of recommendations, and the day by which that was promised, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from consultation.domain.deliberation.answers import Decided, days_until
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Outcome, OutcomeRevision, Promise, Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.web.language import current_language, said_day


@dataclass(frozen=True)
class Promised:
    """What was promised, with the days that remain: true for the whole of a day, so that a page can be kept."""

    sentence: str
    is_overdue: bool


@dataclass(frozen=True)
class FormerOutcome:
    """What an outcome said, and from which day on."""

    kind: str
    since: str
    html: Markup


@dataclass(frozen=True)
class ShownOutcome:
    """An outcome ready to be shown, with what it said before."""

    kind: str
    day: str
    changed: str
    html: Markup
    former: Sequence[FormerOutcome] = ()


@dataclass(frozen=True)
class OutcomeRow:
    """A recommendation with its outcome, if any; `lang` where it is not that of the page."""

    number: int
    title: str
    lang: str | None
    url: str
    anchor: str
    outcome: ShownOutcome | None


@dataclass(frozen=True)
class OutcomePanel:
    """What stands beside a debate: the outcome, or the day promised for it, and the way to all outcomes."""

    organiser: str
    outcome: ShownOutcome | None
    promised: Promised | None
    url: str


@dataclass(frozen=True)
class DeskRow:
    """A recommendation in the organisers' list."""

    number: int
    title: str
    lang: str | None
    kind: str | None
    day: str
    url: str


@dataclass(frozen=True)
class ShownPromise:
    """A day that was promised: when, for when, and why it took the place of another."""

    made: str
    day: str
    reason: str


def panel_of(consultation: Consultation, recommendation: Recommendation) -> OutcomePanel | None:
    """What stands beside a debate; None where nothing was promised and nothing given."""
    outcome, promised = recommendation.outcome, awaited_of(consultation, [recommendation])
    if outcome is None and promised is None:
        return None
    return OutcomePanel(
        organiser=consultation.organiser_name,
        outcome=outcome_shown(outcome) if outcome else None,
        promised=promised,
        url=url_for("recommendations.outcomes", slug=consultation.slug, _anchor=f"o-{recommendation.number}"),
    )


def awaited_of(consultation: Consultation, recommendations: Sequence[Recommendation]) -> Promised | None:
    """The day promised for the answers, for as long as one of these recommendations awaits its final one."""
    return None if recommendations and all(_is_answered(one) for one in recommendations) else promised_of(consultation)


def promised_of(consultation: Consultation) -> Promised | None:
    """The day promised for the answers, as it is said today; None where none was promised."""
    if consultation.answers_on is None:
        return None
    days, said = days_until(consultation.answers_on, clock.today()), said_day(consultation.answers_on)
    if days < 0:
        return Promised(_("Answers were promised for %(day)s: the promise has not been kept since.", day=said), True)
    if days == 0:
        return Promised(_("Answers are promised for today, %(day)s.", day=said), False)
    sentence = ngettext(
        "Answers are promised for %(day)s (in %(num)s day).",
        "Answers are promised for %(day)s (in %(num)s days).",
        days,
        day=said,
    )
    return Promised(sentence, False)


def outcome_shown(outcome: Outcome, former: Sequence[OutcomeRevision] = ()) -> ShownOutcome:
    """An outcome with its days said in full."""
    return ShownOutcome(
        kind=outcome.kind,
        day=said_day(outcome.given_on),
        changed=_("changed on %(day)s", day=said_day(outcome.changed_on)) if outcome.changed_on else "",
        html=Markup(outcome.html),  # noqa: S704 - sanitised at writing
        former=[
            FormerOutcome(one.kind, said_day(one.written_on), Markup(one.html))  # noqa: S704 - sanitised at writing
            for one in former
        ],
    )


def outcomes_of(
    consultation: Consultation,
    recommendations: Sequence[Recommendation],
    former: Sequence[OutcomeRevision],
    promises: Sequence[Promise],
) -> dict[str, object]:
    """What the page of all outcomes shows: each recommendation, what awaits an answer, and every promise."""
    rows = _rows(consultation, recommendations, _by_recommendation(former))
    return {
        "rows": rows,
        "has_outcomes": any(row.outcome for row in rows),
        "answered": sum(_is_answered(one) for one in recommendations),
        "promised": awaited_of(consultation, recommendations),
        "promises": [ShownPromise(said_day(one.made_on), said_day(one.answers_on), one.reason) for one in promises],
    }


def desk_rows_of(consultation: Consultation, recommendations: Sequence[Recommendation]) -> list[DeskRow]:
    """The recommendations with the way to give or change the outcome of each."""
    return [
        DeskRow(
            number=one.number,
            title=one.title,
            lang=_lang(consultation),
            kind=one.outcome.kind if one.outcome else None,
            day=said_day(one.outcome.changed_on or one.outcome.given_on) if one.outcome else "",
            url=url_for("recommendations.decide", slug=consultation.slug, number=one.number),
        )
        for one in recommendations
    ]


def _rows(
    consultation: Consultation,
    recommendations: Sequence[Recommendation],
    former: Mapping[str, Sequence[OutcomeRevision]],
) -> list[OutcomeRow]:
    return [
        OutcomeRow(
            number=one.number,
            title=one.title,
            lang=_lang(consultation),
            url=url_for("comments.thread", slug=consultation.slug, number=one.number),
            anchor=f"o-{one.number}",
            outcome=outcome_shown(one.outcome, former.get(one.id, ())) if one.outcome else None,
        )
        for one in recommendations
    ]


def _is_answered(recommendation: Recommendation) -> bool:
    return recommendation.outcome is not None and Decided(recommendation.outcome.kind).is_final


def _by_recommendation(former: Sequence[OutcomeRevision]) -> dict[str, list[OutcomeRevision]]:
    grouped: dict[str, list[OutcomeRevision]] = {}
    for one in former:
        grouped.setdefault(one.recommendation_id, []).append(one)
    return grouped


def _lang(consultation: Consultation) -> str | None:
    return consultation.language if consultation.language != current_language() else None
