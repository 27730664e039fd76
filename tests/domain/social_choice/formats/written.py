"""Files written from what they shall say, so that reading them must give it back."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from consultation.domain.social_choice.formats.ranked_file import RankedFile
from consultation.domain.social_choice.profile import ranks_blob
from consultation.domain.social_choice.ranking import WeakOrder

Orders = list[tuple[WeakOrder, int]]
SIGNS = string.ascii_letters + string.digits + "éÉß漢\u00a0 .’'-()&"


def file_saying(names: Sequence[str], orders: Orders, blank: int = 0, implicit: bool | None = None) -> RankedFile:
    """Make a file that says some orders."""
    numbers = range(1, len(names) + 1)
    ballots = tuple((ranks_blob(order, numbers), count) for order, count in orders)
    return RankedFile(tuple(names), ballots, blank, implicit)


def orders_of(file: RankedFile) -> Orders:
    """The orders that a file of few alternatives says."""
    return [
        (WeakOrder.from_ranks({number: rank or None for number, rank in enumerate(ranks, 1)}), count)
        for ranks, count in file.ballots
    ]


def names(most: int = 8) -> st.SearchStrategy[list[str]]:
    """Generate different names that every format can carry."""
    name = st.text(SIGNS, min_size=1, max_size=12).filter(lambda text: text == text.strip())
    return st.lists(name, min_size=1, max_size=most, unique=True)


@st.composite
def files(draw: st.DrawFn, *, strict: bool = False, complete: bool = False, blank: bool = True) -> RankedFile:
    """Generate files with ties, truncation and blank ballots, or without."""
    called = draw(names())
    numbers = range(1, len(called) + 1)
    orders = st.permutations(numbers) if complete else st.lists(st.sampled_from(numbers), min_size=1, unique=True)
    ballots = []
    for ranked in draw(st.lists(orders, max_size=6)):
        ranks = sorted(draw(st.integers(1, len(ranked))) for _ in ranked) if not strict else range(1, len(ranked) + 1)
        order = WeakOrder.from_ranks(dict(zip(ranked, ranks, strict=True)))
        ballots.append((order, draw(st.integers(1, 1000))))
    return file_saying(called, ballots, draw(st.integers(0, 20)) if blank else 0)


def preflib(file: RankedFile, kind: str) -> str:
    """Write a PrefLib file."""
    lines = [f"{count}: {','.join(_set(tier) for tier in order)}" for order, count in orders_of(file)]
    lines += [f"{file.blank}:"] if file.blank else []
    headers = {
        "FILE NAME": f"test.{kind}",
        "DATA TYPE": kind,
        "NUMBER ALTERNATIVES": len(file.names),
        "NUMBER VOTERS": file.total,
        "NUMBER UNIQUE ORDERS": len(lines),
        **{f"ALTERNATIVE NAME {number}": name for number, name in enumerate(file.names, 1)},
    }
    return "\n".join([*(f"# {key}: {value}" for key, value in headers.items()), *lines, ""])


def condorcet(file: RankedFile) -> str:
    """Write a file of the Condorcet Election Format."""
    lines = [f"{_named(file, order, ' > ', ' = ')} * {count}" for order, count in orders_of(file)]
    lines += [f"/EMPTY_RANKING/ * {file.blank}"] if file.blank else []
    return "\n".join([f"#/Candidates: {' ; '.join(file.names)}", "#/Implicit Ranking: false", *lines])


def debian(file: RankedFile) -> str:
    """Write a tally sheet, which has a line for every ballot."""
    numbers = range(1, len(file.names) + 1)
    options = [f"{'|' * n}/  Option {n}--->: {name}" for n, name in enumerate(file.names, 1)]
    ballots = []
    for order, count in orders_of(file):
        ranks = {number: rank for rank, tier in enumerate(order, 1) for number in tier}
        ballots += [f"V: {''.join(str(ranks.get(n, '-')) for n in numbers)} \t\t5a"] * count
    return "\n".join(["\tTally Sheet", *options, *ballots, *[f"V: {'-' * len(numbers)} 5a"] * file.blank, ""])


def our_json(file: RankedFile) -> str:
    """Write a file of our own."""
    ballots = [
        {"ranking": [[file.names[n - 1] for n in tier] for tier in order], "count": count}
        for order, count in orders_of(file)
    ]
    ballots += [{"ranking": [], "count": file.blank}] if file.blank else []
    return json.dumps({"alternatives": file.names, "ballots": ballots}, indent=1)


WRITERS: dict[str, Callable[[RankedFile], str]] = {
    "soc": lambda file: preflib(file, "soc"),
    "soi": lambda file: preflib(file, "soi"),
    "toc": lambda file: preflib(file, "toc"),
    "toi": lambda file: preflib(file, "toi"),
    "cvotes": condorcet,
    "txt": debian,
    "json": our_json,
}


def _set(tier: tuple[int, ...]) -> str:
    return str(tier[0]) if len(tier) == 1 else "{" + ",".join(map(str, tier)) + "}"


def _named(file: RankedFile, order: WeakOrder, then: str, tied: str) -> str:
    return then.join(tied.join(file.names[number - 1] for number in tier) for tier in order)
