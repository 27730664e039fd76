"""What a release leaves out, and why, in words."""

from collections import Counter

from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.privacy.publication import (
    AGREEMENT,
    MINIMUM_FOR_ORDER,
    ORDER,
    PAIRWISE_PERCENT,
    TABLE,
    UNDEFINED,
)
from consultation.domain.social_choice.release import Release
from consultation.features.results.serializers.sentences import COLLEGES

MINIMUM_FOR_SHARES = TABLE[-1].minimum_ballots


def left_out_of(release: Release) -> list[str]:
    """One sentence for each table that is absent and, by college, for the shares that are clipped."""
    cells = release["suppressed"]
    return [
        *_absent_orders([cell["college"] for cell in cells if cell["table"] == ORDER]),
        *_absent_shares(release),
        *_clipped(release),
        *(_agreement(cell["reason"]) for cell in cells if cell["table"] == AGREEMENT),
    ]


def _absent_orders(colleges: list[str]) -> list[str]:
    return [
        _(
            "For %(college)s, everything but the number of ballots, because there are fewer than %(minimum)s.",
            college=str(COLLEGES[college]),
            minimum=MINIMUM_FOR_ORDER,
        )
        for college in colleges
    ]


def _absent_shares(release: Release) -> list[str]:
    return [
        _(
            "For %(college)s, the shares of the duels, because there are fewer than %(minimum)s ballots.",
            college=str(COLLEGES[name]),
            minimum=MINIMUM_FOR_SHARES,
        )
        for name, college in release["colleges"].items()
        if "order" in college and "pairwise_percent" not in college
    ]


def _clipped(release: Release) -> list[str]:
    counts = Counter(
        cell["college"] for cell in release["suppressed"] if cell["table"] == PAIRWISE_PERCENT and "row" in cell
    )
    return [
        ngettext(
            "For %(college)s, the exact value of %(num)s share, shown as “≤ %(low)s” or “≥ %(high)s”.",
            "For %(college)s, the exact value of %(num)s shares, shown as “≤ %(low)s” or “≥ %(high)s”.",
            count,
            college=str(COLLEGES[name]),
            low=release["colleges"][name]["clip"][0],
            high=release["colleges"][name]["clip"][1],
        )
        for name, count in counts.items()
    ]


def _agreement(reason: str) -> str:
    if reason == UNDEFINED:
        return _("The agreement between the colleges, because one of them ties every recommendation.")
    return _(
        "The agreement between the colleges, because one of them has fewer than %(minimum)s ballots.",
        minimum=MINIMUM_FOR_SHARES,
    )
