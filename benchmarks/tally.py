"""The count beside other packages that count ranked ballots, in one process, by turns (PERFORMANCE, Count).

Times are CPU milliseconds of one run, medians; the ratio is the median of theirs / ours, so more is better. Where a
peer is too slow for a size it is not run, and the row says how long it took at the size before.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np

from benchmarks.by_turns import Comparison, by_turns
from benchmarks.electorate import FILES, electorate
from benchmarks.peers import (
    PEERS,
    Peer,
    check_same_matrix,
    pref_voting_schulze,
    preflibtools_orders,
    votelib_schulze,
)
from consultation.domain.social_choice.bootstrap import RESAMPLES, Bootstrap
from consultation.domain.social_choice.formats.recognition import read
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths

STEP = 10
SIZES = tuple(1_000 * STEP**power for power in range(4))
WIDTHS = (12, 33)
# CPU seconds that one run of a peer may take.
LONGEST = 20.0
PLAIN_RESAMPLES = 10
SEED = hashlib.sha256(b"benchmark").digest()

PARSERS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "toi": ("preflibtools", preflibtools_orders),
    "json": ("json.loads", json.loads),
}

Row = dict[str, object]


def measure() -> list[Row]:
    """Every case, one row a comparison, named on standard error as it is done: all take some minutes."""
    rows = []
    for row in chain(_matrices(), _schulze(), _changed_ballots(), _resamples(), _files()):
        print(f"{row['case']}, {row['ballots']} x {row['of']}, {row['beside']}", file=sys.stderr)
        rows.append(row)
    return rows


def _row(case: str, profile: Profile, beside: str, compared: Comparison | str, aim: str = "") -> Row:
    """One comparison, or why there is none."""
    measured = isinstance(compared, Comparison)
    return {
        "case": case,
        "ballots": profile.ballots,
        "of": len(profile.alternatives),
        "beside": beside,
        "ours, ms": compared.ours * 1000 if measured else "",
        "theirs, ms": compared.theirs * 1000 if measured else compared,
        "ratio": compared.ratio if measured else "",
        "aim": aim,
    }


def _matrices() -> Iterator[Row]:
    for alternatives in WIDTHS:
        seconds: dict[int, float] = {}
        too_slow: dict[str, str] = {}
        for ballots in SIZES:
            profile = electorate(ballots, alternatives)
            bound = by_turns(partial(PairwiseMatrix.of_profile, profile), partial(_read_bytes, profile))
            yield _row("matrix", profile, "reading the bytes once", bound)
            for peer in PEERS:
                yield _beside(peer, profile, too_slow)
            seconds[ballots] = bound.ours
            yield from _growth(profile, seconds)


def _read_bytes(profile: Profile) -> int:
    words = profile.ranks.ravel(order="K").view(np.uint64)
    return int(np.bitwise_or.reduce(words))


def _beside(peer: Peer, profile: Profile, too_slow: dict[str, str]) -> Row:
    """Compare with a peer, unless the time that it took for fewer ballots says that it would take too long."""
    aim = "≥ 400" if (peer.package, profile.ballots, len(profile.alternatives)) == ("votelib", 100_000, 33) else ""
    if peer.package in too_slow:
        return _row("matrix", profile, peer.name, too_slow[peer.package], aim)
    theirs = peer.ballots(profile)
    check_same_matrix(PairwiseMatrix.of_profile(profile), peer, peer.count(theirs))
    compared = by_turns(partial(PairwiseMatrix.of_profile, profile), partial(peer.count, theirs))
    if compared.theirs * STEP > LONGEST:
        too_slow[peer.package] = f"not run: {compared.theirs:.3g} s for {profile.ballots:,}"
    return _row("matrix", profile, peer.name, compared, aim)


def _growth(profile: Profile, seconds: Mapping[int, float]) -> Iterator[Row]:
    """Compare the time per ballot with that of smaller sizes: 1 where the time grows as the ballots do."""
    ballots = profile.ballots
    for fewer in seconds.keys() - {ballots}:
        times = (seconds[ballots] / ballots) / (seconds[fewer] / fewer)
        note = f"{times:.2f} times as long a ballot"
        yield _row("matrix, growth", profile, f"{fewer:,} ballots", note, "≤ 1.1")


def _schulze() -> Iterator[Row]:
    for alternatives in WIDTHS:
        profile = electorate(SIZES[0], alternatives)
        matrix = PairwiseMatrix.of_profile(profile)
        winners = pref_voting_schulze(profile)
        assert tuple(winners()) == BeatPaths.of_matrix(matrix).order.tiers[0]
        for beside, theirs, aim in (
            ("pref_voting, winners only", winners, "≥ 40"),
            ("votelib, winning votes", votelib_schulze(profile), ""),
        ):
            compared = by_turns(partial(BeatPaths.of_matrix, matrix), theirs)
            yield _row("Schulze order from the matrix", profile, beside, compared, aim if alternatives == 33 else "")


def _changed_ballots() -> Iterator[Row]:
    for ballots in SIZES:
        profile = electorate(ballots, 33)
        change = partial(_change, PairwiseMatrix.of_profile(profile), _order(profile, 0), _order(profile, 1))
        compared = by_turns(change, partial(_recount, profile))
        yield _row("one changed ballot to a new order", profile, "recount", compared, "ours ≤ 0.5 ms")


def _change(matrix: PairwiseMatrix, old: WeakOrder, new: WeakOrder) -> WeakOrder:
    return BeatPaths.of_matrix(matrix.without_ballot(old).with_ballot(new)).order


def _recount(profile: Profile) -> WeakOrder:
    return BeatPaths.of_matrix(PairwiseMatrix.of_profile(profile)).order


def _order(profile: Profile, ballot: int) -> WeakOrder:
    ranks = profile.ranks[ballot].tolist()
    given = (None if rank == profile.unranked_rank else rank for rank in ranks)
    return WeakOrder.from_ranks(dict(zip(profile.alternatives, given, strict=True)))


def _resamples() -> Iterator[Row]:
    for alternatives in WIDTHS:
        profile = electorate(100_000, alternatives)
        plain = partial(_plain_resamples, profile, np.random.default_rng(0))
        compared = by_turns(partial(Bootstrap.of_profile, profile, SEED, RESAMPLES), plain)
        per_order = Comparison(
            compared.ours / RESAMPLES,
            compared.theirs / PLAIN_RESAMPLES,
            compared.ratio * RESAMPLES / PLAIN_RESAMPLES,
        )
        beside = f"one of {PLAIN_RESAMPLES} plain resamples"
        yield _row(f"one of {RESAMPLES:,} bootstrap orders", profile, beside, per_order, "≥ 20")


def _plain_resamples(profile: Profile, chance: np.random.Generator) -> None:
    """Draw as many ballots as there are, with repetition, and count them anew."""
    for _ in range(PLAIN_RESAMPLES):
        drawn = chance.integers(0, profile.ballots, profile.ballots)
        ranks = np.empty_like(profile.ranks, order="F")
        for column, resampled in zip(profile.ranks.T, ranks.T, strict=True):
            column.take(drawn, out=resampled)
        _recount(Profile(profile.alternatives, ranks))


def _files() -> Iterator[Row]:
    profile = electorate(100_000, 33)
    with tempfile.TemporaryDirectory() as folder:
        for kind, write in FILES.items():
            file = Path(folder) / f"ballots.{kind}"
            file.write_text(write(profile), encoding="utf-8")
            content = file.read_bytes()
            beside, parse = PARSERS.get(kind, ("splitting its lines", str.splitlines))
            compared = by_turns(partial(_profile_of, content, file.name), partial(parse, content.decode()))
            yield _row(f".{kind} file to profile", profile, beside, compared)
            whole = by_turns(partial(_command, str(file)), partial(_command, "--help"))
            yield _row(f"consultation tally, .{kind}", profile, "its --help", whole, "ours ≤ 1,000 ms")


def _profile_of(content: bytes, file: str) -> Profile:
    return read(content, file).profile()


def _command(*arguments: str) -> None:
    script = "from consultation.cli import main; main()"
    subprocess.run([sys.executable, "-c", script, "tally", *arguments], check=True, stdout=subprocess.DEVNULL)
