"""The counting plan in plain words: what was decided, and what a later version changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from consultation.domain.verifiability.plan import MEAN, STEPS, CountingPlan
from consultation.features.ballots.models import PlanVersion
from consultation.infrastructure.web.language import said_day, said_moment
from consultation.infrastructure.web.methods import METHODS


@dataclass(frozen=True)
class Decision:
    """One thing that the plan decides: its name, the sentences that say it."""

    name: str
    said: list[str]


@dataclass(frozen=True)
class Change:
    """What a version says of one decision, beside what the version before it said."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One version of the plan: when and why it was decided, what it changed, its SHA-256."""

    number: int
    day: date
    reason: str
    changes: list[Change]
    hash: str


@dataclass(frozen=True)
class ShareStep:
    """From how many ballots shares are published, rounded to what, between which bounds (all in words)."""

    ballots: str
    step: str
    bounds: str


def decisions_of(plan: CountingPlan) -> list[Decision]:
    """All that a plan decides, in the order in which a page tells it."""
    return [Decision(str(name), said(plan)) for name, said in _DECISIONS.values()]


def methods_of(plan: CountingPlan) -> list[tuple[str, str]]:
    """The methods of a plan, the main one first, each with a sentence."""
    return [(str(name), str(said)) for code, (name, said) in METHODS.items() if code in plan.methods]


def share_steps() -> list[ShareStep]:
    """The steps in which shares are published, from the fewest ballots on."""
    return [
        ShareStep(
            ballots=_("from %(number)s", number=one.ballots),
            step=_("%(step)s%%", step=one.step),
            bounds=_("%(low)s%% to %(high)s%%", low=one.low, high=one.high),
        )
        for one in reversed(STEPS)
    ]


def versions_of(stored: Sequence[PlanVersion]) -> list[Version]:
    """The versions of a plan, the latest first, each with what it changed."""
    plans = [CountingPlan.from_bytes(one.content.encode()) for one in stored]
    changes = [[], *(changes_between(before, after) for before, after in pairwise(plans))]
    shown = [
        Version(plan.version, one.decided_on, one.reason, changed, plan.hash)
        for one, plan, changed in zip(stored, plans, changes, strict=True)
    ]
    return shown[::-1]


def changes_between(before: CountingPlan, after: CountingPlan) -> list[Change]:
    """What the one says otherwise than the other, decision by decision."""
    return [
        Change(str(name), " ".join(said(before)), " ".join(said(after)))
        for name, said in _DECISIONS.values()
        if said(before) != said(after)
    ]


def _methods(plan: CountingPlan) -> list[str]:
    others = ", ".join(name for name, _said in methods_of(plan)[1:])
    main = _("The order published is that of Schulze; what is equal stays equal, nothing is drawn by lot.")
    return [main, _("Beside it, on the same ballots: %(methods)s.", methods=others) if others else _("No other.")]


def _unranked(_plan: CountingPlan) -> list[str]:
    return [
        _("What a ballot leaves unranked comes after all that it ranks, tied: leaving out is taken as placing last."),
        _("The rule is fixed beforehand because it can decide: over 72 real elections another one changes 23 winners."),
    ]


def _minimum(plan: CountingPlan) -> list[str]:
    return [
        ngettext(
            "A college with fewer than %(num)s ballot is not published, its number of ballots apart.",
            "A college with fewer than %(num)s ballots is not published, its number of ballots apart.",
            plan.minimum_ballots,
        )
    ]


def _bands(plan: CountingPlan) -> list[str]:
    starts = (1, *(end + 1 for end in plan.bands))
    said = [
        str(first) if first == last else _("%(first)s to %(last)s", first=first, last=last)
        for first, last in zip(starts, plan.bands, strict=False)
    ]
    return [_("Places %(bands)s, then the rest; from 100 ballots on.", bands=", ".join(said))]


def _combination(plan: CountingPlan) -> list[str]:
    if plan.combination == MEAN:
        return [_("Beside the order of each college, one of both at equal weight: an order alone, without any share.")]
    return [_("None: the two colleges are counted apart, and no common order is made.")]


def _dates(plan: CountingPlan) -> list[str]:
    opens, closes = (said_moment(datetime.fromisoformat(moment)) for moment in (plan.opens, plan.closes))
    results = said_day(date.fromisoformat(plan.results_on))
    return [
        _("Opens on %(moment)s.", moment=opens),
        _("Closes on %(moment)s.", moment=closes),
        _("Results promised for %(day)s.", day=results),
    ]


def _claims(plan: CountingPlan) -> list[str]:
    return [
        ngettext(
            "%(num)s day after the publication to contest the count.",
            "%(num)s days after the publication to contest the count.",
            plan.claims_days,
        )
    ]


def _openings(plan: CountingPlan) -> list[str]:
    return [
        ngettext(
            "The platform, and auditors who were handed them, keep the rankings %(num)s day after the publication.",
            "The platform, and auditors who were handed them, keep the rankings %(num)s days after the publication.",
            plan.openings_kept_days,
        ),
        _("Then they are deleted. The public record, the list and the results stay; no recount is possible any more."),
    ]


def _observers(plan: CountingPlan) -> list[str]:
    return [", ".join(plan.observers) if plan.observers else _("Nobody is named.")]


_DECISIONS: dict[str, tuple[object, Callable[[CountingPlan], list[str]]]] = {
    "methods": (_l("Methods"), _methods),
    "unranked": (_l("What a ballot leaves unranked"), _unranked),
    "minimum": (_l("Fewest ballots"), _minimum),
    "bands": (_l("Groups of places"), _bands),
    "combination": (_l("Order of both colleges together"), _combination),
    "dates": (_l("Dates"), _dates),
    "claims": (_l("Claims"), _claims),
    "openings": (_l("The rankings after the results"), _openings),
    "observers": (_l("Observers of the closing"), _observers),
}
