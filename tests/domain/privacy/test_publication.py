from collections.abc import Sequence

import numpy as np
import pytest

from consultation.domain.privacy.publication import TABLE, duel_shares, release_of, share, steps_for
from consultation.domain.social_choice.profile import InvalidProfile, Profile
from consultation.domain.social_choice.release import CollegeRelease, Release
from consultation.domain.verifiability.canonical import canonical

ALTERNATIVES = (1, 3, 7, 24)
ROOT = bytes(range(32))


def college_of(ballots: int, alternatives: Sequence[int] = ALTERNATIVES, seed: int = 1) -> Profile:
    chance = np.random.default_rng(seed)
    ranks = chance.integers(0, len(alternatives) + 1, (ballots, len(alternatives))) + np.arange(len(alternatives)) // 2
    return Profile.from_blobs(alternatives, [bytes(ballot) for ballot in np.minimum(ranks, len(alternatives)).tolist()])


def unanimous(ballots: int) -> Profile:
    return Profile.from_blobs(ALTERNATIVES, [bytes([4, 3, 2, 1])] * ballots)


def release(**colleges: Profile) -> Release:
    return release_of(colleges, root=ROOT, consultation="ia-sante-2018")


def tables(college: CollegeRelease) -> set[str]:
    return set(college) - {"ballots"}


WITH_PERCENTAGES = {"order", "step", "clip", "pairwise_percent", "paths"}


@pytest.mark.parametrize(
    ("ballots", "expected"),
    [(0, {"reason"}), (1, {"reason"}), (19, {"reason"}), (20, {"order"}), (49, {"order"}), (50, WITH_PERCENTAGES)],
)
def test_the_number_of_ballots_decides_which_tables_are_published(ballots, expected):
    college = release(citizens=college_of(ballots))["colleges"]["citizens"]
    assert college["ballots"] == ballots
    assert tables(college) == expected


@pytest.mark.parametrize(
    ("ballots", "step", "low", "high"),
    [
        (50, 10, 10, 90),
        (99, 10, 10, 90),
        (100, 5, 5, 95),
        (249, 5, 5, 95),
        (250, 2, 6, 94),
        (499, 2, 6, 94),
        (500, 1, 5, 95),
    ],
)
def test_percentages_go_by_steps_and_are_clipped_by_number_of_ballots(ballots, step, low, high):
    steps = steps_for(ballots)
    assert steps is not None
    assert (steps.step, steps.low, steps.high) == (step, low, high)
    college = release(citizens=college_of(ballots))["colleges"]["citizens"]
    assert (college["step"], college["clip"]) == (step, [low, high])
    cells = {cell for row in college["pairwise_percent"].values() for cell in row.values()}
    assert all(low <= cell <= high and cell % step == 0 for cell in cells)


def test_under_50_ballots_there_are_no_steps():
    assert steps_for(49) is None


def test_a_share_is_rounded_to_the_nearest_step_with_halves_up():
    one, five = TABLE[0], TABLE[2]
    assert [share(count, 1000, one) for count in (444, 445, 454, 455)] == [44, 45, 45, 46]
    assert [share(count, 100, five) for count in (42, 43, 47, 48)] == [40, 45, 45, 50]
    assert [share(count, 100, five) for count in (0, 100)] == [5, 95]


def test_two_halves_are_not_both_rounded_up():
    five = TABLE[2]
    assert duel_shares(63, 57, 120, five) == (55, 45)
    assert duel_shares(57, 63, 120, five) == (45, 55)
    assert duel_shares(111, 9, 120, five) == (95, 5)
    assert duel_shares(63, 56, 120, five) == (55, 45)


def test_a_release_has_the_published_shape_and_nothing_else():
    made = release(citizens=unanimous(120), physicians=unanimous(30))
    assert made["colleges"]["physicians"] == {
        "ballots": 30,
        "order": [
            {"recommendation": number, "rank": rank, "low": rank, "high": rank}
            for rank, number in enumerate((24, 7, 3, 1), start=1)
        ],
    }
    assert made["colleges"]["citizens"]["pairwise_percent"]["24"] == {"1": 95, "3": 95, "7": 95}
    assert made["colleges"]["citizens"]["paths"] == [[24, 7], [7, 3], [3, 1]]
    assert {key: made[key] for key in ("v", "consultation", "method", "unranked", "root")} == {
        "v": 1,
        "consultation": "ia-sante-2018",
        "method": "schulze",
        "unranked": "last",
        "root": ROOT.hex(),
    }


def test_every_clipped_cell_and_absent_table_is_listed():
    made = release(citizens=unanimous(120), physicians=unanimous(30))
    assert {"college": "physicians", "table": "pairwise_percent", "reason": "too_few_ballots"} in made["suppressed"]
    assert {"table": "agreement", "reason": "too_few_ballots"} in made["suppressed"]
    clipped = {(cell["row"], cell["column"]): cell["reason"] for cell in made["suppressed"] if "row" in cell}
    assert len(clipped) == 12
    assert (clipped["24", "1"], clipped["1", "24"]) == ("at_least", "at_most")


def test_a_college_with_too_few_ballots_has_all_its_tables_listed_as_absent():
    absent = [cell["table"] for cell in release(citizens=college_of(19))["suppressed"]]
    assert absent == ["order", "pairwise_percent"]


def test_agreement_is_published_from_50_ballots_in_both_colleges():
    made = release(citizens=unanimous(50), physicians=unanimous(50))
    assert made["agreement"] == {"tau_b": "1.00"}
    assert "agreement" not in release(citizens=unanimous(50), physicians=unanimous(49))
    assert "agreement" not in release(citizens=unanimous(50))


def test_agreement_with_an_order_that_ties_everything_is_listed_as_undefined():
    tied = Profile.from_blobs(ALTERNATIVES, [bytes([1, 1, 1, 1])] * 50)
    made = release(citizens=unanimous(50), physicians=tied)
    assert "agreement" not in made
    assert {"table": "agreement", "reason": "undefined"} in made["suppressed"]


def test_a_plan_may_raise_the_minimum_and_never_lower_it():
    raised = release_of({"citizens": college_of(60)}, root=ROOT, consultation="x", minimum=61)
    assert raised["colleges"]["citizens"] == {"ballots": 60, "reason": "too_few_ballots"}
    with pytest.raises(ValueError, match="not lower"):
        release_of({}, root=ROOT, consultation="x", minimum=19)


def test_the_colleges_rank_the_same_recommendations():
    with pytest.raises(InvalidProfile):
        release(citizens=college_of(20), physicians=college_of(20, (1, 3, 7)))


@pytest.mark.parametrize("ballots", [0, 19, 20, 50, 120, 600])
def test_a_release_has_a_canonical_form_that_depends_on_its_ballots_and_root_alone(ballots):
    colleges = {"citizens": college_of(ballots), "physicians": college_of(60, seed=2)}
    once = release_of(colleges, root=ROOT, consultation="x")
    again = release_of(dict(reversed(colleges.items())), root=ROOT, consultation="x")
    assert canonical(once) == canonical(again)
