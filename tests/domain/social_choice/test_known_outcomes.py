"""Real elections whose outcome an independent count has published; unranked is last in all of them."""

import json
import os
import re
from pathlib import Path

import pytest

from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths

REPOSITORY = Path(__file__).parents[3]
ELECTIONS = Path(os.environ.get("CONSULTATION_TEST_DATA", REPOSITORY.parent / "shared" / "data")) / "elections"

pytestmark = pytest.mark.skipif(
    not ELECTIONS.is_dir(),
    reason="the election files are absent: CONSULTATION_TEST_DATA names the folder that holds them",
)


def tideman(name: str) -> PairwiseMatrix:
    """Read one of Tideman's elections: lines such as `3 > 4 = 1 * 22`, candidates numbered from 1."""
    lines = (ELECTIONS / "tideman" / f"{name}.cvotes").read_text().splitlines()
    candidates = next(line.split(":")[1] for line in lines if line.startswith("#/Candidates"))
    orders = []
    for line in lines:
        if line and not line.startswith("#") and "/EMPTY_RANKING/" not in line:
            ranking, _, times = line.partition("*")
            tiers = [map(int, tier.split("=")) for tier in ranking.split(">")]
            orders += [WeakOrder.from_tiers(tiers)] * int(times or 1)
    return PairwiseMatrix.of_profile(Profile.from_orders([int(number) for number in candidates.split(";")], orders))


def debian(year: int) -> BeatPaths:
    """Read a tally sheet of Debian: lines such as `V: 2-1- hash`, one character per option."""
    sheet = (ELECTIONS / "debian" / f"leader{year}_tally.txt").read_text(errors="replace")
    ballots = re.findall(r"^V: ([-1-9]+)\s", sheet, re.MULTILINE)
    ranks = [{n: int(rank) if rank != "-" else None for n, rank in enumerate(ballot, 1)} for ballot in ballots]
    orders = [WeakOrder.from_ranks(given) for given in ranks if any(given.values())]
    return BeatPaths.of_matrix(PairwiseMatrix.of_profile(Profile.from_orders(range(1, len(ballots[0]) + 1), orders)))


@pytest.mark.parametrize("name", ["A02", "A04", "A05", "A06", "A10", "A11", "A12", "A21", "A30"])
def test_the_elections_of_tideman_give_the_order_and_the_margins_of_an_independent_count(name):
    expected = json.loads((ELECTIONS / "tideman" / "expected" / f"{name}-implicit-Schulze_Margin.json").read_text())
    matrix = tideman(name)
    tiers = [[int(n) for n in tier.split("=")] for tier in expected["Ranking"].split(">")]
    assert BeatPaths.of_matrix(matrix).order == WeakOrder.from_tiers(tiers)
    strengths = BeatPaths.of_matrix(matrix).strengths
    for first, row in expected["Stats"].items():
        for second, strength in row.items():
            indexes = matrix.alternatives.index(int(first)), matrix.alternatives.index(int(second))
            assert strengths[indexes] == strength


def test_debian_elected_towns_in_2006_by_six_ballots_with_a_tie_at_the_third_place():
    paths = debian(2006)
    assert paths.order == WeakOrder.from_tiers([[4], [3], [1, 5], [7], [8], [2], [6]])
    assert paths.margins[3, 2] == 6


def test_debian_elected_hocevar_in_2007_by_eight_ballots():
    paths = debian(2007)
    assert paths.order == WeakOrder.from_tiers([[4], [5], [6], [1], [7], [3], [9], [8], [2]])
    assert paths.margins[3, 4] == 8
