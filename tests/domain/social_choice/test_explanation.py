from typing import Any

import pytest

from consultation.domain.social_choice.explanation import (
    MESSAGES,
    Message,
    comparisons,
    explanations,
    headlines,
    shown_share,
)
from consultation.domain.social_choice.release import Agreement, CollegeRelease, Placement, Release


def placements(*ranks: tuple[int, int]) -> list[Placement]:
    return [Placement(recommendation=number, rank=rank, low=rank, high=rank) for number, rank in ranks]


def college(
    ballots: int, order: list[Placement], shares: dict[str, dict[str, int]], paths: list[list[int]], **more: Any
) -> CollegeRelease:
    return CollegeRelease(
        ballots=ballots, order=order, step=5, clip=[5, 95], pairwise_percent=shares, paths=paths, **more
    )


def release(agreement: Agreement | None = None, **colleges: CollegeRelease) -> Release:
    made = Release(
        v=1,
        consultation="x",
        root="",
        plan="",
        method="schulze",
        unranked="last",
        colleges=dict(colleges),
        suppressed=[],
    )
    if agreement:
        made["agreement"] = agreement
    return made


SHARES = {"24": {"10": 65, "3": 95}, "10": {"24": 30, "3": 45}, "3": {"24": 5, "10": 45}}
CITIZENS = college(
    120,
    placements((24, 1), (10, 2), (3, 3)),
    SHARES,
    [[24, 10], [10, 3]],
    condorcet_winner=24,
    chances={"24": {"first": 95}, "10": {"first": 5}, "3": {"first": 5}},
)
PHYSICIANS = college(150, placements((10, 1), (24, 2), (3, 3)), SHARES, [[10, 24], [24, 3]])


def test_each_place_is_explained_by_the_released_cells_of_its_duel():
    assert explanations(CITIZENS) == [
        Message("duel", {"first": 24, "second": 10, "before": "65", "after": "30"}),
        Message("duel.within_rounding", {"first": 10, "second": 3, "share": "45"}),
    ]


def test_a_clipped_cell_is_shown_with_its_sign():
    clipped = college(120, placements((24, 1), (3, 2)), {"24": {"3": 95}, "3": {"24": 5}}, [[24, 3]])
    assert explanations(clipped) == [Message("duel", {"first": 24, "second": 3, "before": "≥ 95", "after": "≤ 5"})]
    assert [shown_share(share, [5, 95]) for share in (5, 10, 90, 95)] == ["≤ 5", "10", "90", "≥ 95"]


def test_two_cells_clipped_alike_are_not_said_to_be_within_the_rounding():
    clipped = college(120, placements((24, 1), (3, 2)), {"24": {"3": 5}, "3": {"24": 5}}, [[24, 3]])
    assert explanations(clipped) == [Message("duel.within_clipping", {"first": 24, "second": 3, "share": "≤ 5"})]


def test_ties_come_first_and_a_path_is_followed_by_its_duels():
    tied = college(120, placements((24, 1), (3, 2), (10, 2)), SHARES, [[24, 10, 3], [24, 10]])
    assert [message.id for message in explanations(tied)] == [
        "order.tied",
        "path",
        "duel",
        "duel.within_rounding",
        "duel",
    ]
    assert explanations(tied)[:2] == [
        Message("order.tied", {"recommendations": (3, 10), "rank": 2}),
        Message("path", {"first": 24, "second": 3, "through": (10,)}),
    ]


def test_under_50_ballots_no_percentage_is_spoken_of():
    few = CollegeRelease(ballots=49, order=placements((3, 1), (24, 1)))
    assert explanations(few) == [
        Message("order.tied", {"recommendations": (3, 24), "rank": 1}),
        Message("order.no_percentages", {"ballots": 49}),
    ]


def test_under_20_ballots_only_their_number_is_spoken_of():
    few = CollegeRelease(ballots=19, reason="too_few_ballots")
    assert explanations(few) == [Message("order.too_few_ballots", {"ballots": 19})]
    assert headlines(release(citizens=few)) == [
        Message("headline.too_few_ballots", {"college": "citizens", "ballots": 19})
    ]


def test_one_sentence_says_that_both_colleges_put_the_same_first():
    said = headlines(release({"tau_b": "1.00", "dividing": []}, citizens=CITIZENS, physicians=CITIZENS))
    assert said == [
        Message("headline.first_everywhere", {"recommendation": 24}),
        Message("headline.wins_every_duel", {"college": "citizens", "recommendation": 24}),
        Message("headline.wins_every_duel", {"college": "physicians", "recommendation": 24}),
        Message("headline.chance_of_first", {"college": "citizens", "chance": 95}),
        Message("headline.chance_of_first", {"college": "physicians", "chance": 95}),
        Message("headline.same_order", {}),
    ]


def test_what_surely_divides_the_colleges_is_named_with_its_two_ranks_and_the_rest_after_it():
    said = headlines(release({"tau_b": "0.33", "dividing": [10, 24]}, citizens=CITIZENS, physicians=PHYSICIANS))
    assert said[0] == Message("headline.first_in_college", {"college": "citizens", "recommendation": 24})
    assert said[1] == Message("headline.first_in_college", {"college": "physicians", "recommendation": 10})
    colleges = {"college": "citizens", "other_college": "physicians"}
    assert said[-2:] == [
        Message("headline.dividing", {"recommendation": 10, "rank": 2, "other_rank": 1} | colleges),
        Message("headline.also_dividing", {"recommendations": (24,)}),
    ]


def test_what_alone_divides_the_colleges_is_named_alone():
    said = headlines(release({"tau_b": "0.33", "dividing": [24]}, citizens=CITIZENS, physicians=PHYSICIANS))
    assert (said[-1].id, said[-1].values["recommendation"]) == ("headline.dividing", 24)


def test_orders_that_differ_within_their_intervals_are_not_said_to_divide():
    said = headlines(release({"tau_b": "0.33", "dividing": []}, citizens=CITIZENS, physicians=PHYSICIANS))
    assert said[-1] == Message("headline.nothing_divides", {})


@pytest.mark.parametrize(
    ("names", "where"), [(("citizens",), "in_college"), (("citizens", "physicians"), "everywhere")]
)
def test_several_may_share_the_first_place(names, where):
    tied = CollegeRelease(ballots=30, order=placements((3, 1), (24, 1), (10, 3)))
    said = headlines(release(**dict.fromkeys(names, tied)))
    assert said[0].id == f"headline.tied_first_{where}"
    assert said[0].values["recommendations"] == (3, 24)


def test_where_all_are_tied_that_is_said_once_and_nobody_wins():
    tied = CollegeRelease(ballots=60, order=placements((3, 1), (24, 1)))
    assert headlines(release({"dividing": []}, citizens=tied, physicians=tied)) == [
        Message("headline.all_tied_everywhere", {})
    ]


def test_a_recommendation_alone_has_won_nothing():
    alone = CollegeRelease(ballots=60, order=placements((3, 1)), condorcet_winner=3, chances={"3": {"first": 95}})
    assert [message.id for message in headlines(release(citizens=alone))] == ["headline.first_in_college"]


def test_the_same_order_of_two_recommendations_is_said():
    two = CollegeRelease(ballots=60, order=placements((3, 1), (24, 2)))
    said = headlines(release({"dividing": []}, citizens=two, physicians=two))
    assert said[-1] == Message("headline.same_order", {})


@pytest.mark.parametrize(
    ("high", "message"),
    [
        (1, Message("headline.first_is_established", {"college": "citizens"})),
        (3, Message("headline.first_is_open", {"college": "citizens", "low": 1, "high": 3})),
    ],
)
def test_without_chances_the_interval_says_how_sure_the_first_place_is(high, message):
    first = Placement(recommendation=24, rank=1, low=1, high=high)
    few = CollegeRelease(ballots=30, order=[first, *placements((3, 2), (10, 3))])
    assert headlines(release(citizens=few))[-1] == message


@pytest.mark.parametrize(
    ("tau_b", "where"), [("-0.27", "below"), ("0.55", "within"), ("0.80", "within"), ("0.90", "above")]
)
def test_the_agreement_is_told_beside_what_chance_would_give(tau_b, where):
    said = comparisons(release({"tau_b": tau_b, "reference": ["0.55", "0.80"], "dividing": []}, citizens=CITIZENS))
    assert said == [
        Message("agreement.tau", {"tau_b": tau_b}),
        Message(f"agreement.{where}_chance", {"low": "0.55", "high": "0.80"}),
    ]


def test_what_is_undefined_or_not_published_of_the_agreement_is_left_out():
    inside = CollegeRelease(ballots=100, order=placements((3, 1), (24, 1)), mean_tau="0.12")
    assert comparisons(release({"dividing": []}, citizens=inside, physicians=PHYSICIANS)) == [
        Message("agreement.inside", {"college": "citizens", "mean_tau": "0.12"})
    ]
    assert comparisons(release(citizens=PHYSICIANS)) == []


def test_every_message_is_uttered_somewhere_with_the_values_that_it_names():
    clipped = college(120, placements((24, 1), (3, 2)), {"24": {"3": 5}, "3": {"24": 5}}, [[24, 3]])
    by_a_chain = college(120, placements((24, 1), (3, 2), (10, 2)), SHARES, [[24, 10, 3], [24, 10]], mean_tau="0.12")
    tied_first = CollegeRelease(ballots=30, order=placements((3, 1), (24, 1), (10, 3)))
    all_tied = CollegeRelease(ballots=60, order=placements((3, 1), (10, 1), (24, 1)))
    too_few = CollegeRelease(ballots=19, reason="too_few_ballots")
    few = CollegeRelease(ballots=30, order=[Placement(recommendation=24, rank=1, low=1, high=3), *placements((3, 2))])
    releases = [
        release({"tau_b": "1.00", "dividing": []}, citizens=CITIZENS, physicians=CITIZENS),
        release(
            {"tau_b": "0.33", "reference": ["0.55", "0.80"], "dividing": [24, 10]},
            citizens=CITIZENS,
            physicians=PHYSICIANS,
        ),
        release(
            {"tau_b": "0.60", "reference": ["0.55", "0.80"], "dividing": []}, citizens=CITIZENS, physicians=PHYSICIANS
        ),
        release({"tau_b": "0.90", "reference": ["0.55", "0.80"], "dividing": []}, citizens=CITIZENS, physicians=few),
        release(citizens=tied_first, physicians=tied_first),
        release(citizens=tied_first, physicians=too_few),
        release(citizens=all_tied, physicians=all_tied),
        release(citizens=all_tied, physicians=CITIZENS),
        release(citizens=clipped, physicians=by_a_chain),
    ]
    said = [message for one in releases for message in (*headlines(one), *comparisons(one))]
    said += [message for one in releases for each in one["colleges"].values() for message in explanations(each)]
    assert {message.id for message in said} == MESSAGES.keys()
    assert all(message.values.keys() == set(MESSAGES[message.id]) for message in said)
