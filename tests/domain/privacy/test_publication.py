from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from consultation.domain.privacy.publication import release_of
from consultation.domain.social_choice.kemeny import Solution
from consultation.domain.social_choice.profile import InvalidProfile, Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.release import CollegeRelease, Release
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.plan import CountingPlan

from .generated import NUMBERS, PLAN, ROOT, plan_with, profile

SIZES = [0, 1, 19, 20, 49, 50, 99, 100, 249, 250, 499, 500, 999, 1000]
NOBODY = profile(0)
FROM_50 = {
    *("step", "clip", "row_step", "row_clip"),
    *("pairwise_percent", "paths", "methods", "first_choices", "smith_set", "chances"),
}
# What a count may not find: nobody wins every duel or has a majority.
SOMETIMES = {"condorcet_winner", "majority"}


def ballots(*counted: tuple[int, list[list[int]]]) -> Profile:
    """So many ballots of each ranking."""
    return Profile.from_orders(NUMBERS, [WeakOrder.from_tiers(tiers) for count, tiers in counted for _ in range(count)])


def unanimous(count: int) -> Profile:
    return ballots((count, [[24], [7], [3], [1]]))


def release(citizens: Profile = NOBODY, physicians: Profile | None = None, plan: CountingPlan = PLAN) -> Release:
    nobody = Profile.from_orders(citizens.alternatives, [])
    return release_of({"citizens": citizens, "physicians": physicians or nobody}, root=ROOT, plan=plan)


def college(citizens: Profile, plan: CountingPlan = PLAN) -> CollegeRelease:
    return release(citizens, plan=plan)["colleges"]["citizens"]


def absent(made: Release, name: str = "citizens") -> dict[str, str]:
    """The tables that the release says are absent, with the reason."""
    return {
        cell["table"]: cell["reason"]
        for cell in made["suppressed"]
        if cell.get("college") == name and "row" not in cell
    }


def expected_tables(count: int) -> set[str]:
    if count < 20:
        return {"reason"}
    return {"order"} | (FROM_50 if count >= 50 else set()) | ({"bands", "mean_tau"} if count >= 100 else set())


def places_of(table: dict[str, Any]) -> Iterator[tuple[tuple[str, str | None], int]]:
    """The shares of a table by row and column; a table without columns has none."""
    for row, shares in table.items():
        for column, share in shares.items() if isinstance(shares, dict) else [(None, shares)]:
            yield (row, column), share


@pytest.mark.parametrize("count", SIZES)
def test_the_number_of_ballots_decides_which_tables_are_published(count):
    made = release(profile(count))
    found = made["colleges"]["citizens"]
    assert found["ballots"] == count
    assert set(found) - {"ballots"} - SOMETIMES == expected_tables(count)
    places = found.get("methods", {}).get("borda", {}).keys()
    assert ("mean_place" in places) == (count >= 1000)
    tables = {"order", "pairwise_percent", "methods", "first_choices", "chances", "bands", "mean_tau"}
    missing = tables - set(found) | ({"mean_place"} if count < 1000 else set())
    assert absent(made) == dict.fromkeys(missing, "too_few_ballots")


@pytest.mark.parametrize("count", [size for size in SIZES if size >= 50])
def test_every_share_is_on_a_step_inside_the_clip_and_listed_when_it_is_on_a_bound(count):
    made = release(profile(count))
    found = made["colleges"]["citizens"]
    clipped = {}
    for table, step, (low, high) in (
        ("pairwise_percent", found["step"], found["clip"]),
        ("first_choices", found["row_step"], found["row_clip"]),
        ("chances", 5, (5, 95)),
        ("bands", found["row_step"], found["row_clip"]),
    ):
        cells = {(table, *place): share for place, share in places_of(found.get(table, {}))}
        assert all(low <= share <= high and (share % step == 0 or share in (low, high)) for share in cells.values())
        bounds = {low: "at_most", high: "at_least"}
        clipped |= {place: bounds[share] for place, share in cells.items() if share in bounds}
    listed = [cell for cell in made["suppressed"] if "row" in cell]
    assert {(cell["table"], cell["row"], cell.get("column")): cell["reason"] for cell in listed} == clipped


def test_what_is_suppressed_is_listed_table_by_table_and_by_number():
    made = release(profile(120, (1, 3, 7, 9, 10, 24)), profile(60, (1, 3, 7, 9, 10, 24)))
    tables = ["order", "pairwise_percent", "methods", "first_choices", "chances", "bands", "mean_place", "mean_tau"]
    cells = [cell for cell in made["suppressed"] if "college" in cell]
    columns = ["first", "top_5", "1-3", "4-6", "unranked"]
    keys = [
        (
            cell["college"],
            tables.index(cell["table"]),
            int(cell.get("row", 0)),
            columns.index(column) if (column := cell.get("column", "first")) in columns else int(column),
        )
        for cell in cells
    ]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert [cell["table"] for cell in made["suppressed"][len(cells) :]] == ["reversed"]


def test_a_release_of_a_small_college_has_the_published_shape_and_nothing_else():
    made = release(unanimous(120), unanimous(30))
    assert made["colleges"]["physicians"] == {
        "ballots": 30,
        "order": [
            {"recommendation": number, "rank": rank, "low": rank, "high": rank}
            for rank, number in enumerate((24, 7, 3, 1), start=1)
        ],
    }
    assert {key: made[key] for key in ("v", "consultation", "plan", "method", "unranked", "root")} == {
        "v": 1,
        "consultation": "ia-sante-2018",
        "plan": PLAN.hash,
        "method": "schulze",
        "unranked": "last",
        "root": ROOT.hex(),
    }


def test_of_each_method_the_order_is_published_and_little_more():
    found = college(unanimous(120))
    order = [[24], [7], [3], [1]]
    assert found["methods"] == {
        "ranked_pairs": {"order": order},
        "kemeny": {"order": order, "exact": True, "sole": True},
        "borda": {"order": order},
        "copeland": {"order": order, "duels": {"1": [0, 0, 3], "3": [1, 0, 2], "7": [2, 0, 1], "24": [3, 0, 0]}},
        # The three who are first on no ballot leave together.
        "irv": {"order": [[24], [1, 3, 7]]},
    }
    assert found["paths"] == [[24, 7], [7, 3], [3, 1]]
    assert (found["condorcet_winner"], found["majority"], found["smith_set"]) == (24, 24, [24])
    assert found["mean_tau"] == "1.00"


def test_only_the_methods_of_the_plan_are_published():
    made = release(profile(1000), plan=plan_with(methods=("copeland", "schulze")))
    assert set(made["colleges"]["citizens"]["methods"]) == {"copeland"}
    assert absent(made) == {}
    alone = release(profile(49), plan=plan_with(methods=("schulze",)))
    assert set(absent(alone)) == {"pairwise_percent", "methods", "first_choices", "chances", "bands", "mean_tau"}
    assert college(profile(50), plan_with(methods=("schulze",)))["methods"] == {}


def test_a_circle_has_no_winner_and_all_of_it_in_the_smith_set():
    circle = ballots((40, [[1], [3], [7]]), (40, [[3], [7], [1]]), (40, [[7], [1], [3]]))
    found = college(circle)
    assert "condorcet_winner" not in found
    assert "majority" not in found
    assert found["smith_set"] == [1, 3, 7]
    assert found["methods"]["kemeny"] == {"order": [[1], [3], [7], [24]], "exact": True, "sole": False}
    assert found["methods"]["irv"]["order"] == [[1, 3, 7], [24]]


def test_half_of_the_first_places_are_no_majority():
    assert "majority" not in college(ballots((50, [[1]]), (50, [[3]])))
    assert college(ballots((51, [[1]]), (49, [[3]])))["majority"] == 1


def test_a_first_place_that_is_shared_counts_in_parts():
    found = college(ballots((40, [[1, 3], [7]]), (60, [[7]])))
    assert found["first_choices"] == {"1": 20, "3": 20, "7": 60, "24": 10}


def test_bands_count_the_ballots_that_place_a_recommendation_and_those_that_leave_it_out():
    six = [[n] for n in (5, 4, 3, 2, 1)]
    orders = (40, [[1, 2, 3], [4, 5, 6]]), (35, [*six, [6]]), (25, six)
    counted = Profile.from_orders(range(1, 7), [WeakOrder.from_tiers(t) for count, t in orders for _ in range(count)])
    found = college(counted)
    assert (found["row_step"], found["row_clip"]) == (10, [10, 90])
    assert {number: found["bands"][number] for number in ("1", "3", "5", "6")} == {
        "1": {"1-3": 40, "4-6": 60, "unranked": 10},
        "3": {"1-3": 90, "4-6": 10, "unranked": 10},
        "5": {"1-3": 60, "4-6": 40, "unranked": 10},
        "6": {"1-3": 10, "4-6": 80, "unranked": 20},
    }


@pytest.mark.parametrize(
    ("alternatives", "ends", "names"),
    [
        (1, (3, 10, 20), ["1"]),
        (3, (3, 10, 20), ["1-3"]),
        (4, (3, 10, 20), ["1-4"]),
        (6, (3, 10, 20), ["1-3", "4-6"]),
        (12, (3, 10, 20), ["1-3", "4-12"]),
        (13, (3, 10, 20), ["1-3", "4-10", "11-13"]),
        (33, (3, 10, 20), ["1-3", "4-10", "11-20", "21-33"]),
        (5, (5,), ["1-5"]),
        (9, (4, 7), ["1-4", "5-9"]),
    ],
)
def test_bands_end_where_the_plan_says_and_at_the_last_place_with_three_places_each(alternatives, ends, names):
    bands = college(profile(100, range(1, alternatives + 1)), plan_with(bands=ends))["bands"]
    assert all(list(shares) == [*names, "unranked"] for shares in bands.values())


def test_the_mean_place_of_those_who_are_tied_is_the_middle_of_their_places():
    counted = ballots((600, [[1], [3]]), (400, [[3], [1], [24]]))
    assert college(counted)["methods"]["borda"]["mean_place"] == {"1": "1.4", "3": "1.6", "7": "3.7", "24": "3.3"}


def test_chances_are_those_of_the_resamples_and_the_first_five_are_told_of_more_than_five():
    assert college(unanimous(50))["chances"] == {
        "1": {"first": 5},
        "3": {"first": 5},
        "7": {"first": 5},
        "24": {"first": 95},
    }
    assert college(ballots((50, [[1, 3, 7, 24]])))["chances"]["1"] == {"first": 25}
    assert "top_5" not in college(profile(50, range(1, 6)))["chances"]["1"]
    assert set(college(profile(50, range(1, 7)))["chances"]["1"]) == {"first", "top_5"}


def test_one_recommendation_alone_is_published_with_what_is_defined():
    made = release(profile(1000, (24,)), profile(1000, (24,)), plan_with(combination="mean"))
    found = made["colleges"]["citizens"]
    assert found["order"] == [{"recommendation": 24, "rank": 1, "low": 1, "high": 1}]
    assert (found["pairwise_percent"], found["paths"], found["condorcet_winner"]) == ({"24": {}}, [], 24)
    assert found["methods"]["borda"]["mean_place"] == {"24": "1.0"}
    assert absent(made) == {"mean_tau": "undefined"}
    assert made["agreement"] == {"dividing": [], "reversed": []}
    assert made["combined"] == {"order": [[24]]}


@pytest.mark.parametrize(
    ("here", "there", "tables"),
    [
        (49, 1000, None),
        (50, 50, {"dividing", "tau_b", "reference"}),
        (99, 100, {"dividing", "tau_b", "reference"}),
        (100, 100, {"dividing", "tau_b", "reference", "reversed"}),
    ],
)
def test_agreement_is_published_from_50_ballots_in_both_colleges_and_reversed_pairs_from_100(here, there, tables):
    made = release(profile(here), profile(there, salt="p", camps=(1, 6, 1)))
    assert (set(made["agreement"]) if "agreement" in made else None) == tables
    between = [(cell["table"], cell["reason"]) for cell in made["suppressed"] if "college" not in cell]
    assert (("agreement", "too_few_ballots") in between) == (tables is None)
    assert (("reversed", "too_few_ballots") in between) == (tables is None or "reversed" not in tables)


def test_an_order_that_ties_everything_leaves_tau_and_its_reference_undefined():
    made = release(unanimous(50), ballots((50, [[1, 3, 7, 24]])))
    assert made["agreement"] == {"dividing": []}
    assert made["suppressed"][-3:] == [
        {"table": "agreement", "row": "tau_b", "reason": "undefined"},
        {"table": "agreement", "row": "reference", "reason": "undefined"},
        {"table": "reversed", "reason": "too_few_ballots"},
    ]


def test_a_reference_with_an_undefined_end_is_left_out_alone():
    """Two rankings in equal numbers: one random group in six holds as many of each, and ties everything."""
    one, other = [[1, 3, 7], [24]], [[24], [1, 3, 7]]
    made = release(ballots((27, one), (25, other)), ballots((25, one), (27, other)))
    assert set(made["agreement"]) == {"dividing", "tau_b"}
    assert {"table": "agreement", "row": "reference", "reason": "undefined"} in made["suppressed"]


def test_recommendations_divide_where_no_place_is_in_both_intervals_the_widest_gap_first():
    made = release(ballots((60, [[1], [3], [7], [24]])), ballots((60, [[24], [3], [7], [1]])))
    assert made["agreement"]["dividing"] == [1, 24]
    assert made["agreement"]["tau_b"] == "-0.67"


def test_reversed_pairs_are_computed_from_released_shares_and_rounded_to_the_coarser_step():
    citizens = ballots((450, [[1], [3]]), (50, [[3], [1]]), (20, [[7], [1, 3]]))
    physicians = ballots((20, [[1], [3]]), (80, [[3], [1]]))
    made = release(citizens, physicians)
    assert made["agreement"]["reversed"] == [{"first": 1, "second": 3, "difference": 70, "low": 60, "high": 75}]
    opposed = release(unanimous(100), ballots((100, [[1], [3], [7], [24]])))
    assert {pair["difference"] for pair in opposed["agreement"]["reversed"]} == {-90}
    listed = [cell for cell in opposed["suppressed"] if cell["table"] == "reversed"]
    pairs = [(pair["first"], pair["second"]) for pair in opposed["agreement"]["reversed"]]
    assert pairs == sorted(pairs)
    assert listed == [{"table": "reversed", "row": str(a), "column": str(b), "reason": "at_most"} for a, b in pairs]


def test_a_combined_order_weighs_both_colleges_alike_whatever_their_numbers():
    citizens, physicians = ballots((1000, [[1], [3], [7], [24]])), ballots((19, [[3], [1]]), (2, [[3], [1], [24]]))
    mean = plan_with(combination="mean")
    assert release(citizens, physicians, mean)["combined"] == {"order": [[1, 3], [7], [24]]}
    assert "combined" not in release(citizens, physicians)


def test_a_combined_order_that_is_declared_and_cannot_be_published_is_listed():
    mean = plan_with(combination="mean")
    made = release(unanimous(60), unanimous(19), mean)
    assert "combined" not in made
    assert made["suppressed"][-1] == {"table": "combined", "reason": "too_few_ballots"}
    assert "combined" not in {cell["table"] for cell in release(unanimous(60), unanimous(19))["suppressed"]}


def test_a_plan_may_raise_the_minimum():
    made = release(profile(60), profile(61), plan_with(minimum_ballots=61))
    assert made["colleges"]["citizens"] == {"ballots": 60, "reason": "too_few_ballots"}
    assert "pairwise_percent" in made["colleges"]["physicians"]
    assert "agreement" not in made


def test_a_solver_proves_what_is_searched_for_without_it():
    """A circle of seventeen: each is placed before the next ones by most ballots."""
    numbers = range(1, 18)
    turns = [[*numbers[turn:], *numbers[:turn]] for turn in range(17)]
    circle = Profile.from_orders(numbers, [WeakOrder.from_tiers([n] for n in turn) for turn in turns for _ in range(3)])
    colleges = {"citizens": circle, "physicians": Profile.from_orders(numbers, [])}

    def proven(costs):
        return Solution(tuple(range(len(costs))), proven=True)

    orders = [release_of(colleges, root=ROOT, plan=PLAN, solver=solver) for solver in (None, proven)]
    found = [made["colleges"]["citizens"]["methods"]["kemeny"] for made in orders]
    assert [one["exact"] for one in found] == [False, True]
    assert found[1]["order"] == [[number] for number in numbers]


def test_the_colleges_are_those_of_the_plan_and_rank_the_same_recommendations():
    with pytest.raises(InvalidProfile):
        release_of({"citizens": profile(20)}, root=ROOT, plan=PLAN)
    with pytest.raises(InvalidProfile):
        release(profile(20), profile(20, (1, 3, 7)))


@pytest.mark.parametrize("count", [0, 19, 20, 50, 120, 600])
def test_a_release_has_a_canonical_form_that_depends_on_its_ballots_root_and_plan_alone(count):
    colleges = {"citizens": profile(count), "physicians": profile(60, salt="p")}
    once = release_of(colleges, root=ROOT, plan=PLAN)
    again = release_of(dict(reversed(colleges.items())), root=ROOT, plan=CountingPlan.from_bytes(PLAN.to_bytes()))
    assert canonical(once) == canonical(again)


def test_the_order_of_ballots_moves_nothing_but_intervals_and_chances():
    """Which ballots make a block depends on their order, which is that of their commitments."""
    once = profile(150)
    turned = Profile.from_blobs(
        NUMBERS, [bytes(row) for row in reversed(((once.ranks.astype(int) + 1) % 256).tolist())]
    )
    moved = {"order", "chances"}
    one, other = ({k: v for k, v in college(p).items() if k not in moved} for p in (once, turned))
    assert one == other
    ranks = [[(p["recommendation"], p["rank"]) for p in college(profile)["order"]] for profile in (once, turned)]
    assert ranks[0] == ranks[1]
    assert all(a[1] <= b[1] for a, b in pairwise(ranks[0]))
