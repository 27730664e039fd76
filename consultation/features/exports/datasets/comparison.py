"""The tables that take both colleges: how far they agree, what divides them, and the order that a plan combines."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from consultation.domain.privacy.publication import COMBINED as COMBINED_TABLE
from consultation.domain.privacy.publication import TOO_FEW_BALLOTS
from consultation.domain.privacy.publication.steps import LARGEST_DIFFERENCE
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.release import Placement, Release
from consultation.features.exports.datasets.table import (
    BALLOTS,
    COLLEGE,
    RECOMMENDATION,
    TITLE,
    Cell,
    Column,
    Dataset,
    Row,
    Titles,
    marked,
)

NOT_DECLARED = "not_declared"

_COLLEGES: tuple[Column, ...] = (
    COLLEGE,
    ("other_college", _l("The college that it is compared with.")),
    BALLOTS,
    ("other_ballots", _l("Number of ballots counted in the other college, exact.")),
)
_ABSENT: Column = ("absent", _l("Why the comparison is absent: too_few_ballots; empty where it is there."))


def _compared(
    file_name: str,
    title: object,
    own_columns: tuple[Column, ...],
    own_rows: Callable[[Release, Titles], Iterator[Row] | None],
) -> Dataset:
    """A table of two colleges, whose rows are None where it is not published."""

    def rows(release: Release, titles: Titles) -> Iterator[Row]:
        names, sizes = list(release["colleges"]), [one["ballots"] for one in release["colleges"].values()]
        own = own_rows(release, titles)
        found = [(*([""] * len(own_columns)), TOO_FEW_BALLOTS)] if own is None else [(*row, "") for row in own]
        yield from ((*names, *sizes, *row) for row in found)

    return Dataset(file_name, title, (*_COLLEGES, *own_columns, _ABSENT), rows)


def _agreement_rows(release: Release, _titles: Titles) -> Iterator[Row] | None:
    if "agreement" not in release:
        return None
    agreement = release["agreement"]
    inside = [college.get("mean_tau") for college in release["colleges"].values()]
    figures = [agreement.get("tau_b"), *agreement.get("reference", [None, None]), *inside]
    return iter([tuple("" if one is None else Decimal(one) for one in figures)])


def _dividing_rows(release: Release, titles: Titles) -> Iterator[Row] | None:
    if "agreement" not in release:
        return None
    here, there = ({one["recommendation"]: one for one in each["order"]} for each in release["colleges"].values())
    return (
        (number, titles[number], *_place(here[number]), *_place(there[number]))
        for number in release["agreement"].get("dividing", [])
    )


def _place(one: Placement) -> tuple[Cell, ...]:
    return (one["rank"], one["low"], one["high"])


def _reversed_rows(release: Release, _titles: Titles) -> Iterator[Row] | None:
    if "reversed" not in release.get("agreement", {}):
        return None
    step = max(college["step"] for college in release["colleges"].values())
    bounds = (-LARGEST_DIFFERENCE, LARGEST_DIFFERENCE)
    return (
        (pair["first"], pair["second"], *marked(pair["difference"], *bounds), pair["low"], pair["high"], step)
        for pair in release["agreement"]["reversed"]
    )


def _combined_rows(release: Release, titles: Titles) -> Iterator[Row]:
    if "combined" not in release:
        declared = any(cell["table"] == COMBINED_TABLE for cell in release["suppressed"])
        yield ("", "", "", TOO_FEW_BALLOTS if declared else NOT_DECLARED)
        return
    for number, rank in WeakOrder.from_tiers(release["combined"]["order"]).places().items():
        yield (number, titles[number], rank, "")


AGREEMENT = _compared(
    "agreement",
    _l("Agreement"),
    (
        ("tau_b", _l("Kendall’s tau-b between the two orders, from -1 to 1; empty where one ties everything.")),
        ("reference_low", _l("How far two random groups of these sizes agree: where 95 percent of draws begin.")),
        ("reference_high", _l("Where 95 percent of these draws end.")),
        (
            "mean_tau",
            _l("How far two ballots of the college agree in the mean, from -1 to 1; empty under 100 ballots."),
        ),
        ("other_mean_tau", _l("The same in the other college.")),
    ),
    _agreement_rows,
)
DIVIDING = _compared(
    "dividing",
    _l("Recommendations that divide"),
    (
        RECOMMENDATION,
        TITLE,
        ("rank", _l("Its rank in the college; the intervals of the two colleges have no place in common.")),
        ("low", _l("The best rank of the interval that holds 950 of 1,000 resamples.")),
        ("high", _l("The worst rank of that interval.")),
        ("other_rank", _l("Its rank in the other college.")),
        ("other_low", _l("The best rank of its interval there.")),
        ("other_high", _l("The worst rank of its interval there.")),
    ),
    _dividing_rows,
)
REVERSED = _compared(
    "reversed",
    _l("Reversed pairs"),
    (
        ("first", _l("Official number of a recommendation.")),
        ("second", _l("Official number of another.")),
        (
            "difference",
            _l(
                "Of the ballots that decide between the two, the share that places the first before in the college, "
                "less that in the other college, in points, rounded to the step."
            ),
        ),
        ("mark", _l("at_most or at_least where the difference is beyond what is published; empty otherwise.")),
        ("low", _l("The lower bound of the interval that holds the difference 95 times in 100.")),
        ("high", _l("Its upper bound.")),
        ("step", _l("The coarser of the steps of the two colleges, in percent.")),
    ),
    _reversed_rows,
)
COMBINED = Dataset(
    "combined",
    _l("Combined order"),
    (
        RECOMMENDATION,
        TITLE,
        ("rank", _l("Its rank in the order that gives each college one half of the weight.")),
        ("absent", _l("Why there is none: not_declared in the counting plan, or too_few_ballots in a college.")),
    ),
    _combined_rows,
)
