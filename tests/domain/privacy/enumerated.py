"""Every row that can be released of so many ballots, and how many counts it leaves to each of its cells.

Rounding by largest remainders is rounding at one threshold for all cells of a row: remainders that reach it are rounded
up. At each threshold the counts behind a cell are an interval, and what the sum leaves of the intervals is exact; a row
stands for what any threshold gives it. Rows are taken by their shares before they are clipped, in steps and without
regard to the order of their cells: clipping hides more, and thresholds that part equal remainders are left out, like
some where there are many, so that no row keeps fewer counts than are found here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from math import gcd

from consultation.domain.privacy.publication.steps import Steps

Interval = tuple[int, int]
HIDDEN = -1
MOST_THRESHOLDS = 25


def fewest_left_in_a_row(cells: int, ballots: int, steps: Steps) -> int:
    """The fewest counts that any row of so many cells leaves to one of them."""
    return min(
        counts.bit_count()
        for row in partitions(100 // steps.step, cells, 0)
        for counts in _counts_behind(row, ballots, steps).values()
    )


def fewest_left_in_first_choices(recommendations: int, ballots: int, steps: Steps) -> int:
    """The fewest that first choices leave to one of so many recommendations, be it shown or below the bound."""
    whole, bound = 100 // steps.step, steps.low // steps.step
    left = []
    for shown in range(recommendations + 1):
        for row in (row for total in range(whole + 1) for row in partitions(total, shown, bound + 1)):
            counts = _first_choices_behind(row, recommendations - shown, ballots, steps)
            left += [possible.bit_count() for possible in counts.values()]
    return min(left)


def partitions(total: int, parts: int, least: int, most: int | None = None) -> Iterator[tuple[int, ...]]:
    """All ways to write a number as a sum of so many others, none less than `least`, the greatest first."""
    if not parts:
        yield from [()] if total == 0 else []
        return
    for first in range(min(total, total if most is None else most), least - 1, -1):
        yield from ((first, *rest) for rest in partitions(total - first, parts - 1, least, first))


def _counts_behind(row: Sequence[int], ballots: int, steps: Steps) -> dict[int, int]:
    counts = dict.fromkeys(row, 0)
    for threshold in _thresholds(ballots, steps):
        intervals = [_rounded_to(share, threshold, ballots * steps.step) for share in row]
        for share, (low, high) in zip(row, _narrowed(intervals, ballots), strict=False):
            counts[share] |= _bits(low, high)
    return counts


def _first_choices_behind(shown: Sequence[int], hidden: int, ballots: int, steps: Steps) -> dict[int, int]:
    """The counts behind each share that is shown, and behind one of those that are not.

    Of these some may be cells of their own, rounded to the bound; the others make up one cell together.
    """
    bound, reaching = steps.low // steps.step, -(-steps.low * ballots // 100)
    missing = 100 // steps.step - sum(shown)
    counts: dict[int, int] = defaultdict(int)
    for apart in range(min(hidden, missing // bound) + 1):
        together = hidden - apart
        for threshold in _thresholds(ballots, steps):
            whole = ballots * steps.step
            low, high = _rounded_to(bound, threshold, whole)
            least, most = _rounded_to(missing - apart * bound, threshold, whole)
            intervals = [
                *(_rounded_to(share, threshold, whole) for share in shown),
                *[(max(low, reaching), high)] * apart,
                (least, min(most, together * (reaching - 1))),
            ]
            narrowed = _narrowed(intervals, ballots)
            for share, (low, high) in zip([*shown, *[HIDDEN] * apart], narrowed, strict=False):
                counts[share] |= _bits(low, high)
            if narrowed and together:
                least, most = narrowed[-1]
                counts[HIDDEN] |= _bits(max(0, least - (together - 1) * (reaching - 1)), min(most, reaching - 1))
    return counts


def _bits(low: int, high: int) -> int:
    """The set of these counts, as the bits of a number."""
    return (1 << high + 1) - (1 << low)


def _thresholds(ballots: int, steps: Steps) -> range:
    """The remainders that there are, in 100ths of a ballot times the step, evenly chosen where there are many.

    The last is one that none reaches: nothing is rounded up.
    """
    whole = ballots * steps.step
    remainders = whole // gcd(100, whole)
    return range(whole, 0, -gcd(100, whole) * -(-remainders // MOST_THRESHOLDS))


@cache
def _rounded_to(share: int, threshold: int, whole: int) -> Interval:
    """The counts that are rounded to so many steps, of `whole` each in 100ths of a ballot."""
    least = -((whole - share * whole - threshold) // 100)
    return (max(least, 0) if share else 0), (share * whole + threshold - 1) // 100


def _narrowed(intervals: Sequence[Interval], ballots: int) -> list[Interval]:
    """What the sum leaves of each interval, nothing where it cannot be reached."""
    least, most = sum(low for low, _ in intervals), sum(high for _, high in intervals)
    if not least <= ballots <= most or any(low > high for low, high in intervals):
        return []
    return [(max(low, ballots - most + high), min(high, ballots - least + low)) for low, high in intervals]
