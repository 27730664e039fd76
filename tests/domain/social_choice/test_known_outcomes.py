"""Real elections whose outcome an official or an independent count has published, under both rules of the unranked."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from consultation.domain.social_choice.borda import borda
from consultation.domain.social_choice.copeland import copeland
from consultation.domain.social_choice.dominance import closure, order_of
from consultation.domain.social_choice.formats.ranked_file import RankedFile
from consultation.domain.social_choice.formats.recognition import read
from consultation.domain.social_choice.irv import irv
from consultation.domain.social_choice.kemeny import kemeny
from consultation.domain.social_choice.methods import METHODS
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Unranked
from consultation.domain.social_choice.ranked_pairs import ranked_pairs
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths, Strength
from consultation.domain.social_choice.smith import condorcet_winner
from consultation.domain.social_choice.tally import Tally, tally

RULES = {"implicit": Unranked.LAST, "explicit": Unranked.NO_OPINION}
TIDEMAN = [(name, mode) for name in ("A02", "A04", "A05", "A06", "A10", "A11", "A12", "A21", "A30") for mode in RULES]
# The independent count tries every order, so only where these are few.
KEMENY = [(name, mode) for name in ("A02", "A06", "A11", "A30") for mode in RULES]

# Where the independent count of Tideman's elections answers another question than ours, and why.
#
# Ranked pairs: of equal margins it takes first those with the smaller minority; ours locks them together. Its variant
# by winning votes is another method, which ours does not claim.
EQUAL_MARGINS = {
    ("A04", "explicit"),
    ("A05", "explicit"),
    ("A10", "explicit"),
    ("A12", "implicit"),
    ("A12", "explicit"),
}
# Instant run-off: it sets whoever has a majority aside and counts the others anew for the second place, and takes one
# of those who tie for the last place; ours keeps the order in which they leave, all of the lowest together.
OTHER_RUNOFF = {"A04", "A05", "A06", "A10", "A12"}
# Borda, explicit: it gives the unranked no point at all; ours gives half a point for each duel that a ballot does not
# decide. So only the implicit counts are compared, in which its points run from 1 and ours from 0.


class Election:
    """One of Tideman's elections under one rule, with what the independent count says of it."""

    def __init__(self, folder: Path, name: str, mode: str) -> None:
        self.folder, self.name, self.mode = folder / "elections" / "tideman", name, mode
        self.file = read((self.folder / f"{name}.cvotes").read_bytes(), f"{name}.cvotes")
        self.profile = self.file.profile()
        self.matrix = PairwiseMatrix.of_profile(self.profile, RULES[mode])

    def expected(self, what: str) -> Any:
        """What the independent count gives."""
        return json.loads((self.folder / "expected" / f"{self.name}-{self.mode}-{what}.json").read_text())

    def expected_order(self, what: str) -> WeakOrder:
        """The order that the independent count gives."""
        tiers = self.expected(what)["Ranking"].split(">")
        return WeakOrder.from_tiers([int(number) for number in tier.split("=")] for tier in tiers)


@pytest.fixture(params=TIDEMAN, ids="-".join)
def election(request: pytest.FixtureRequest, data_folder: Path) -> Election:
    """Each of Tideman's elections under each rule."""
    return Election(data_folder, *request.param)


def test_the_duels_are_those_of_an_independent_count(election: Election) -> None:
    for first, row in election.expected("Pairwise").items():
        for second, ballots in row["win"].items():
            assert election.matrix.before(int(first), int(second)) == ballots
        for second, ballots in row["null"].items() if election.mode == "implicit" else ():
            decided = row["win"][second] + row["lose"][second]
            assert election.matrix.ballots - decided == ballots


def test_the_condorcet_winner_is_that_of_an_independent_count(election: Election) -> None:
    winner = election.expected("Condorcet")["Condorcet Winner"]
    assert condorcet_winner(election.matrix) == (int(winner) if winner else None)


@pytest.mark.parametrize(
    ("what", "strength"), [("Schulze_Margin", Strength.MARGINS), ("Schulze_Winning", Strength.WINNING_VOTES)]
)
def test_the_order_and_the_paths_of_schulze_are_those_of_an_independent_count(
    election: Election, what: str, strength: Strength
) -> None:
    paths = BeatPaths.of_matrix(election.matrix, strength)
    assert paths.order == election.expected_order(what)
    for first, row in election.expected(what)["Stats"].items():
        assert {second: paths.strength(int(first), int(second)) for second in row} == row


def test_ranked_pairs_are_those_of_an_independent_count_but_for_equal_margins(election: Election) -> None:
    ours, theirs = ranked_pairs(election.profile, election.matrix).order, election.expected_order("Ranked_Pairs_Margin")
    assert (ours == theirs) is ((election.name, election.mode) not in EQUAL_MARGINS)
    assert set(theirs.tiers[0]) <= set(ours.tiers[0])


@pytest.mark.parametrize("what", ["Ranked_Pairs_Margin", "Ranked_Pairs_Winning"])
def test_nothing_but_the_order_of_equal_duels_parts_ranked_pairs_from_an_independent_count(
    election: Election, what: str
) -> None:
    counts, margins = election.matrix.counts, election.matrix.margins()
    weights = margins if what == "Ranked_Pairs_Margin" else counts
    together: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i, j in np.argwhere(margins > 0).tolist():
        together.setdefault((weights[i, j], -counts[j, i]), []).append((i, j))
    locked = np.zeros(margins.shape, np.bool_)
    for _, duels in sorted(together.items(), reverse=True):
        equal = np.zeros(margins.shape, np.bool_)
        equal[tuple(np.transpose(duels))] = True
        locked |= equal & ~closure(locked | equal).T
    assert order_of(election.matrix.alternatives, locked) == election.expected_order(what)


@pytest.mark.parametrize("election", KEMENY, indirect=True, ids="-".join)
def test_the_order_of_kemeny_is_that_of_an_independent_count(election: Election) -> None:
    stats = election.expected("Kemeny-Young")["Stats"]
    count = kemeny(election.profile, election.matrix)
    assert count.order == election.expected_order("Kemeny-Young")
    assert (count.exact, count.sole) == (True, stats["Ranking In Conflicts"] == 0)
    assert count.cost == election.matrix.counts.sum() - stats["Best Score"]


@pytest.mark.parametrize("election", [one for one in TIDEMAN if one[1] == "implicit"], indirect=True, ids="-".join)
def test_the_points_of_borda_are_those_of_an_independent_count_which_runs_from_one(election: Election) -> None:
    count = borda(election.profile, election.matrix)
    assert count.order == election.expected_order("BordaCount")
    points = {str(number): score + election.matrix.ballots for number, score in count.scores.items()}
    assert points == election.expected("BordaCount")["Stats"]


def test_the_duels_won_less_those_lost_are_those_of_an_independent_count(election: Election) -> None:
    count = copeland(election.profile, election.matrix)
    assert count.order == election.expected_order("Copeland")
    balances = {str(number): {"balance": duels.won - duels.lost} for number, duels in count.duels.items()}
    assert balances == election.expected("Copeland")["Stats"]


def test_the_instant_run_off_elects_whom_an_independent_count_elects(election: Election) -> None:
    count = irv(election.profile, election.matrix)
    theirs = election.expected_order("Instant-runoff")
    assert (count.order == theirs) is (election.name not in OTHER_RUNOFF)
    assert theirs.tiers[0] == (count.winner,)
    # A blank ballot places all first under the rule “last”; the independent count leaves it out.
    shared = Fraction(election.file.blank if election.mode == "implicit" else 0, len(election.file.names))
    first_round = election.expected("Instant-runoff")["Stats"]["rounds"]["1"]
    assert {str(number): votes - shared for number, votes in count.rounds[0].votes.items()} == first_round


def counted(folder: Path, path: str, rule: Unranked = Unranked.LAST) -> tuple[RankedFile, Tally]:
    """Read and count one election by every method."""
    file = read((folder / "elections" / path).read_bytes(), path)
    return file, tally(file.profile(), unranked=rule)


def winners(folder: Path, path: str, rule: Unranked = Unranked.LAST) -> dict[str, str]:
    """The first of each method, by name; a tie as names with a stroke between."""
    file, count = counted(folder, path, rule)
    return {
        method: "/".join(file.names[number - 1] for number in one.order.tiers[0])
        for method, one in count.counts.items()
    }


def names_in_order(folder: Path, path: str, rule: Unranked = Unranked.LAST) -> list[list[str]]:
    """The Schulze order by the last word of each name."""
    file, count = counted(folder, path, rule)
    return [[file.names[number - 1].split()[-1] for number in tier] for tier in count.order]


def test_debian_elected_towns_in_2006_by_six_ballots_with_a_tie_at_the_third_place(data_folder: Path) -> None:
    path = "debian/leader2006_tally.txt"
    assert names_in_order(data_folder, path) == [
        ["Towns"],
        ["McIntyre"],
        ["Wolffelaar", "Schuldei"],
        ["Allombert"],
        ["Above"],
        ["Pollak"],
        ["Walther"],
    ]
    _, count = counted(data_folder, path)
    assert (count.ballots, count.matrix.before(4, 3), count.matrix.before(3, 4)) == (421, 190, 184)


def test_the_other_rule_would_have_changed_the_winner_of_debian_in_2006(data_folder: Path) -> None:
    order = names_in_order(data_folder, "debian/leader2006_tally.txt", Unranked.NO_OPINION)
    expected = ["McIntyre", "Towns", "Wolffelaar", "Schuldei", "Allombert", "Above", "Pollak", "Walther"]
    assert order == [[name] for name in expected]


@pytest.mark.parametrize("rule", Unranked)
def test_debian_elected_hocevar_in_2007_by_eight_ballots(data_folder: Path, rule: Unranked) -> None:
    path = "debian/leader2007_tally.txt"
    expected = ["Hocevar", "McIntyre", "Hertzog", "Verhelst", "Towns", "Franco", "Above", "Richter", "Mahinovs"]
    assert names_in_order(data_folder, path, rule) == [[name] for name in expected]
    _, count = counted(data_folder, path)
    assert (count.ballots, count.matrix.before(4, 5), count.matrix.before(5, 4)) == (482, 211, 203)


def test_the_official_duels_of_debian_in_2002_elect_garbee() -> None:
    duels = np.array([[0, 255, 178, 385], [199, 0, 134, 406], [291, 327, 0, 443], [68, 50, 18, 0]])
    matrix = PairwiseMatrix((1, 2, 3, 4), 475, duels)
    assert BeatPaths.of_matrix(matrix).order.tiers[0] == (3,)
    assert condorcet_winner(matrix) == 3


def test_burlington_elected_kiss_in_2009_where_pairs_prefer_montroll_and_first_places_wright(data_folder: Path) -> None:
    path = "preflib/burlington/00005-00000002.toi"
    montroll = dict.fromkeys(METHODS, "Andy Montroll")
    assert winners(data_folder, path) == montroll | {"irv": "Bob Kiss"}
    file, count = counted(data_folder, path)
    assert file.names[(count.condorcet_winner or 0) - 1] == "Andy Montroll"
    first_places = irv(file.profile(), count.matrix).rounds[0].votes
    assert file.names[max(first_places, key=first_places.__getitem__) - 1] == "Kurt Wright"


def test_burlington_elected_kiss_in_2006_by_every_method(data_folder: Path) -> None:
    assert set(winners(data_folder, "preflib/burlington/00005-00000001.toi").values()) == {"Bob Kiss"}


def test_aspen_elected_ireland_in_2009_where_the_other_rule_would_elect_marks(data_folder: Path) -> None:
    path = "preflib/aspen/00016-00000002.toi"
    assert winners(data_folder, path)["irv"] == "Mick Ireland"
    assert winners(data_folder, path, Unranked.NO_OPINION)["schulze"] == "Marilyn Marks"


def test_methods_differ_where_an_election_has_no_condorcet_winner(data_folder: Path) -> None:
    path = "preflib/ers/00007-00000005.soi"
    assert counted(data_folder, path)[1].condorcet_winner is None
    first = winners(data_folder, path)
    assert (first["schulze"], first["borda"], first["irv"]) == ("Candidate 9", "Candidate 13", "Candidate 11")
    assert winners(data_folder, path, Unranked.NO_OPINION)["schulze"] == "Candidate 19"


def test_every_file_of_the_collection_is_read_with_as_many_ballots_as_it_says(data_folder: Path) -> None:
    files = [path for path in (data_folder / "elections").rglob("*") if path.suffix in (".soi", ".toi", ".cvotes")]
    for path in files:
        first = next(line for line in path.read_text().splitlines() if "VOTERS:" in line or "This election has" in line)
        assert str(read(path.read_bytes(), path.name).total) in first.split()
    assert len(files) == 19
