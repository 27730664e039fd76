"""Real elections whose outcome an independent count, or the body that held them, has published."""

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest

from consultation.domain.social_choice.formats.recognition import read
from consultation.domain.social_choice.methods import METHODS
from consultation.domain.social_choice.profile import Unranked
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths, Strength
from consultation.domain.social_choice.tally import Tally, tally

REPOSITORY = Path(__file__).parents[3]
ELECTIONS = Path(os.environ.get("CONSULTATION_TEST_DATA", REPOSITORY.parent / "shared" / "data")) / "elections"
TIDEMAN = ["A02", "A04", "A05", "A06", "A10", "A11", "A12", "A21", "A30"]
RULES = {"implicit": Unranked.LAST, "explicit": Unranked.NO_OPINION}

pytestmark = pytest.mark.skipif(
    not ELECTIONS.is_dir(),
    reason="the election files are absent: CONSULTATION_TEST_DATA names the folder that holds them",
)


class Election:
    """A file that is counted under a rule, spoken of by the names of its alternatives."""

    def __init__(self, path: str, unranked: Unranked) -> None:
        file = read((ELECTIONS / path).read_bytes(), path)
        self.names = file.names
        self.count: Tally = tally(file.profile(), unranked=unranked)

    def number(self, name: str) -> int:
        return self.names.index(name) + 1

    def order(self, text: str) -> WeakOrder:
        tiers = [[self.number(name) for name in tier.split(" = ")] for tier in text.split(" > ")]
        return WeakOrder.from_tiers(tiers)

    def winners(self) -> dict[str, list[str]]:
        return {name: [self.names[n - 1] for n in count.order.tiers[0]] for name, count in self.count.counts.items()}


def elected_by_all(winner: str) -> dict[str, list[str]]:
    return {method: [winner] for method in METHODS}


@pytest.fixture(params=[(name, mode) for name in TIDEMAN for mode in RULES], ids="-".join, scope="module")
def tideman(request):
    """One of Tideman's elections under one rule, and what Condorcet PHP says of it, by method (None: not counted)."""
    name, mode = request.param

    def expected(method: str):
        file = ELECTIONS / "tideman" / "expected" / f"{name}-{mode}-{method}.json"
        return json.loads(file.read_text()) if file.exists() else None

    return Election(f"tideman/{name}.cvotes", RULES[mode]), expected


def test_the_matrix_is_that_of_an_independent_count(tideman):
    election, expected = tideman
    for first, row in expected("Pairwise").items():
        for second, before in row["win"].items():
            assert election.count.matrix.before(election.number(first), election.number(second)) == before
    winner = expected("Condorcet")["Condorcet Winner"]
    assert election.count.condorcet_winner == (election.number(winner) if winner else None)


@pytest.mark.parametrize(
    ("method", "strength"), [("Schulze_Margin", Strength.MARGINS), ("Schulze_Winning", Strength.WINNING_VOTES)]
)
def test_schulze_gives_the_order_and_the_strengths_of_an_independent_count(tideman, method, strength):
    election, expected = tideman
    paths = BeatPaths.of_matrix(election.count.matrix, strength)
    assert paths.order == election.order(expected(method)["Ranking"])
    for first, row in expected(method)["Stats"].items():
        for second, strongest in row.items():
            assert paths.strength(election.number(first), election.number(second)) == strongest


def test_copeland_gives_the_balance_of_duels_of_an_independent_count(tideman):
    election, expected = tideman
    count = election.count.counts["copeland"]
    assert count.order == election.order(expected("Copeland")["Ranking"])
    for name, stats in expected("Copeland")["Stats"].items():
        duels = count.duels[election.number(name)]
        assert duels.won - duels.lost == stats["balance"]


def test_kemeny_gives_the_order_of_an_independent_count_where_there_is_one(tideman):
    election, expected = tideman
    if outcome := expected("Kemeny-Young"):
        count = election.count.counts["kemeny"]
        assert count.exact
        assert count.order == election.order(outcome["Ranking"])


def test_borda_gives_the_scores_of_an_independent_count_where_unranked_is_last(tideman):
    # Under the other rule that count gives nothing for what is unranked, ours half a point where nothing is compared.
    election, expected = tideman
    if election.count.matrix.unranked is Unranked.LAST:
        count = election.count.counts["borda"]
        assert count.order == election.order(expected("BordaCount")["Ranking"])
        # Their last place is worth one point, ours none.
        for name, score in expected("BordaCount")["Stats"].items():
            assert count.scores[election.number(name)] == Fraction(str(score)) - election.count.ballots


def test_instant_runoff_and_ranked_pairs_elect_whom_an_independent_count_elects(tideman):
    # Lower places differ where that count breaks ties and ours keeps them.
    election, expected = tideman
    for method, ours in [("Instant-runoff", "irv"), ("Ranked_Pairs_Margin", "ranked_pairs")]:
        first = set(election.order(expected(method)["Ranking"]).tiers[0])
        assert first <= set(election.count.counts[ours].order.tiers[0])


def test_debian_elected_towns_in_2006_by_six_ballots_and_the_other_rule_elects_mcintyre():
    election = Election("debian/leader2006_tally.txt", Unranked.LAST)
    assert election.count.order == WeakOrder.from_tiers([[4], [3], [1, 5], [7], [8], [2], [6]])
    assert election.count.beat_paths.margins[3, 2] == 6
    other = Election("debian/leader2006_tally.txt", Unranked.NO_OPINION)
    assert other.count.order == WeakOrder.from_tiers([[3], [4], [1], [5], [7], [8], [2], [6]])


@pytest.mark.parametrize("unranked", Unranked)
def test_debian_elected_hocevar_in_2007_under_both_rules(unranked):
    election = Election("debian/leader2007_tally.txt", unranked)
    assert election.count.order == WeakOrder.from_tiers([[4], [5], [6], [1], [7], [3], [9], [8], [2]])
    if unranked is Unranked.LAST:
        assert election.count.beat_paths.margins[3, 4] == 8


@pytest.mark.parametrize("unranked", Unranked)
def test_burlington_elected_kiss_by_runoff_though_montroll_won_every_duel(unranked):
    winners = Election("preflib/burlington/00005-00000002.toi", unranked).winners()
    assert winners == elected_by_all("Andy Montroll") | {"irv": ["Bob Kiss"]}
    assert Election("preflib/burlington/00005-00000001.toi", unranked).winners() == elected_by_all("Bob Kiss")


def test_aspen_elected_ireland_and_the_other_rule_prefers_marks():
    mayor = "preflib/aspen/00016-00000002.toi"
    assert Election(mayor, Unranked.LAST).winners() == elected_by_all("Mick Ireland")
    other = Election(mayor, Unranked.NO_OPINION).winners()
    assert other == elected_by_all("Marilyn Marks") | {"irv": ["Mick Ireland"]}


def test_methods_differ_where_there_is_no_condorcet_winner():
    election = Election("preflib/ers/00007-00000005.soi", Unranked.LAST)
    winners = election.winners()
    assert election.count.condorcet_winner is None
    assert [winners[name] for name in ("schulze", "borda", "irv")] == [
        ["Candidate 9"],
        ["Candidate 13"],
        ["Candidate 11"],
    ]
    other = Election("preflib/ers/00007-00000005.soi", Unranked.NO_OPINION)
    assert other.winners()["schulze"] == ["Candidate 19"]
