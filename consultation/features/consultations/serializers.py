"""Consultations as pages show them: their place in time, their tabs, their cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.phases import Phase
from consultation.features.accounts.models import MODERATOR, ORGANISER, Account
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.web.language import said_day, said_moment

INFORMATION, DEBATE, COUNTING, REPORT = range(4)
_STEP_OF_PHASE = {Phase.DRAFT: INFORMATION, Phase.CLOSING: COUNTING, Phase.CLOSED: COUNTING, Phase.PUBLISHED: REPORT}


@dataclass(frozen=True)
class Step:
    """One step of the rail: its name, its dates, and whether it is done, now or next."""

    label: str
    when: str
    state: str


@dataclass(frozen=True)
class Tab:
    """A link between the pages of one consultation."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Card:
    """A consultation in a list: plain strings, ready to be shown."""

    title: str
    language: str
    organiser: str
    summary: str
    url: str
    step: str
    when: str
    recommendations: str
    is_open: bool


@dataclass(frozen=True)
class DeskRow:
    """A consultation in the list of one member of its team; an address is None where their role gives no access."""

    title: str
    language: str
    step: str
    when: str
    desk_url: str | None
    queue_url: str | None


def page_of(consultation: Consultation, current: str) -> dict[str, object]:
    """What layouts/consultation.html needs; `current` is recommendations, ballot, results, opinions or verify."""
    return {"consultation": consultation, "rail": rail_of(consultation), "tabs": _tabs_of(consultation, current)}


def rail_of(consultation: Consultation) -> list[Step]:
    """The four steps of a consultation, with their dates said in full."""
    present = step_of(consultation, clock.now())
    return [
        Step(label, _dates(consultation, step, present), _state(step, present))
        for step, label in enumerate(_step_names())
    ]


def step_of(consultation: Consultation, moment: datetime) -> int:
    """The step of the rail that this moment belongs to: past the closing date it is the count, whatever the phase."""
    phase = Phase(consultation.phase)
    if phase is Phase.OPEN:
        return DEBATE if consultation.takes_part_at(moment) else COUNTING
    return _STEP_OF_PHASE[phase]


def cards_of(consultations: Sequence[Consultation]) -> list[Card]:
    """Consultations as cards, in the order given."""
    now = clock.now()
    return [_card(consultation, step_of(consultation, now)) for consultation in consultations]


def desk_rows_of(account: Account, consultations: Sequence[Consultation]) -> list[DeskRow]:
    """Consultations with the desks that this account's roles open."""
    now = clock.now()
    return [_desk_row(account, consultation, step_of(consultation, now)) for consultation in consultations]


def dates_of(consultation: Consultation) -> list[tuple[str, str]]:
    """The dates of a consultation for its team, each with its name; what has not happened yet is absent."""
    moments = [
        (_("Planned to open on"), consultation.opens_at),
        (_("Opened on"), consultation.opened_at),
        (_("Planned to close on"), consultation.closes_at),
        (_("Closed on"), consultation.closed_at),
        (_("Results published on"), consultation.published_at),
    ]
    said = [(name, said_moment(moment)) for name, moment in moments if moment is not None]
    return [*said, (_("Results promised for"), said_day(consultation.results_on))]


def days_left(closes_at: datetime, today: date) -> str:
    """The days that remain, in words: at the grain of a day, so that a page can be kept."""
    days = (closes_at.astimezone(clock.PARIS).date() - today).days
    if days <= 0:
        return str(_("last day"))
    return str(ngettext("%(num)s day left", "%(num)s days left", days))


def _desk_row(account: Account, consultation: Consultation, step: int) -> DeskRow:
    leads, moderates = (account.holds(role, consultation.id) for role in (ORGANISER, MODERATOR))
    return DeskRow(
        title=consultation.title,
        language=consultation.language,
        step=_step_names()[step],
        when=_dates(consultation, step, step),
        desk_url=url_for("consultations.desk", slug=consultation.slug) if leads else None,
        queue_url=url_for("moderation.queue", slug=consultation.slug) if moderates else None,
    )


def _card(consultation: Consultation, step: int) -> Card:
    count = consultation.recommendation_count
    return Card(
        title=consultation.title,
        language=consultation.language,
        organiser=consultation.organiser_name,
        summary=consultation.summary,
        url=url_for("recommendations.index", slug=consultation.slug),
        step=_step_names()[step],
        when=_dates(consultation, step, step),
        recommendations=ngettext("%(num)s recommendation", "%(num)s recommendations", count),
        is_open=step == DEBATE,
    )


def _tabs_of(consultation: Consultation, current: str) -> list[Tab]:
    pages = [("recommendations", _("Recommendations"), "recommendations.index")]
    if consultation.takes_part_at(clock.now()):
        pages.append(("ballot", _("Rank them"), "ballots.compose"))
    if consultation.phase == Phase.PUBLISHED:
        pages.append(("results", _("Results"), "results.show"))
        pages.append(("opinions", _("Opinion groups"), "opinions.show"))
    if consultation.outcome_count:
        pages.append(("outcomes", _("Outcomes"), "recommendations.outcomes"))
    if consultation.report_published_on is not None:
        pages.append(("report", _("Report"), "reports.show"))
    if consultation.opened_at is not None:
        pages.append(("verify", _("Verify"), "ballots.verify"))
    return [Tab(label, url_for(endpoint, slug=consultation.slug), name == current) for name, label, endpoint in pages]


def _step_names() -> tuple[str, str, str, str]:
    return (_("Information"), _("Debate and ranking"), _("Counting"), _("Public report"))


def _state(step: int, present: int) -> str:
    if step == present:
        return "now"
    return "done" if step < present else "next"


def _dates(consultation: Consultation, step: int, present: int) -> str:
    """The dates of one step, as they are said when another, or the same, is the present one."""
    start = said_day(consultation.opened_at or consultation.opens_at)
    end = said_day(_close_of(consultation))
    if step == INFORMATION:
        return str(_("until %(day)s", day=start))
    if step == DEBATE and present == DEBATE:
        return str(_("until %(day)s · %(left)s", day=end, left=days_left(consultation.closes_at, clock.today())))
    if step == DEBATE:
        return str(_("from %(start)s to %(end)s", start=start, end=end))
    if step == COUNTING:
        return str(_("since %(day)s", day=end) if present == COUNTING else _("from %(day)s", day=end))
    return said_day(consultation.published_at or consultation.results_on)


def _close_of(consultation: Consultation) -> datetime:
    """When contributions stopped, or will: the fence may come before or after the date announced."""
    return min(consultation.closed_at or consultation.closes_at, consultation.closes_at)
