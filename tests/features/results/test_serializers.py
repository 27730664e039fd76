from datetime import date

import pytest
from features.results.generated import ROOT
from flask_babel import force_locale
from markupsafe import Markup

from consultation.domain.privacy.publication import release_of
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.results.serializers.chances import chances_of
from consultation.features.results.serializers.division import MOST_PAIRS, division_of
from consultation.features.results.serializers.lead import lead_of
from consultation.features.results.serializers.left_out import left_out_of
from consultation.features.results.serializers.methods import methods_of, podium_of
from consultation.features.results.serializers.orders import certainty, order_rows
from consultation.features.results.serializers.participation import participation_chart
from consultation.features.results.serializers.places import places_of
from consultation.features.results.serializers.slope import CHARACTERS_A_LINE, slope_of

NUMBERS = (1, 3, 6, 7)
TITLES = {number: f"Title {number}" for number in NUMBERS}
MARKED = {number: Markup(title) for number, title in TITLES.items()}
SAME = [[1], [3], [6], [7]]
TIED = [list(NUMBERS)]
PLAN = CountingPlan(
    consultation="test", opens="2026-01-01T08:00:00Z", closes="2026-02-01T17:00:00Z", results_on="2026-02-06"
)


@pytest.fixture(autouse=True)
def _english(context):
    with force_locale("en"):
        yield


def everybody(tiers, ballots=60):
    """A college in which everybody agrees."""
    return Profile.from_orders(NUMBERS, [WeakOrder.from_tiers(tiers)] * ballots)


def release(citizens, physicians, ballots=60, others=60, plan=PLAN):
    """A release in which everybody in a college agrees."""
    profiles = {"citizens": everybody(citizens, ballots), "physicians": everybody(physicians, others)}
    return release_of(profiles, root=ROOT, plan=plan)


def placements(order):
    return [{"recommendation": n, "rank": rank, "low": 1, "high": 4} for n, rank in order.places().items()]


def spans(*intervals):
    """A college by its intervals alone: number, low, high; in their order."""
    order = [{"recommendation": n, "rank": i, "low": a, "high": b} for i, (n, a, b) in enumerate(intervals, 1)]
    return {"ballots": 30, "order": order}


def test_the_lead_says_in_one_sentence_who_wins_in_both_colleges_and_how_sure_that_is():
    openings, following = lead_of(release(SAME, [[1], [7], [6], [3]]), MARKED)
    assert openings == ["“Title 1” comes first in both colleges."]
    assert following[0].startswith("Among citizens and among physicians alike, recommendation 1")
    assert following[1] == "In each college, the first place holds in at least 95% of 1,000 resamples of the ballots."
    assert following[2] == (
        "The colleges are surely divided on recommendation 3, “Title 3”: rank 2 among citizens, rank 4 among "
        "physicians."
    )
    assert following[3] == "They are also surely divided on 7."


def test_the_lead_says_apart_who_wins_where_the_colleges_differ():
    openings, following = lead_of(release(SAME, [[7], [6], [3], [1]]), MARKED)
    assert openings == ["Among citizens, “Title 1” comes first.", "Among physicians, “Title 7” comes first."]
    assert "Among citizens, recommendation 1 is placed before each of the others" in following[0]


def test_chances_that_differ_are_said_in_one_sentence():
    made = release(SAME, SAME)
    made["colleges"]["physicians"]["chances"]["1"]["first"] = 70
    _openings, following = lead_of(made, MARKED)
    assert "in at least 95% of 1,000 resamples of the ballots among citizens, in 70% among physicians." in following[1]


def test_many_dividing_recommendations_are_counted_and_not_named():
    made = release(SAME, [[3], [1], [7], [6]])
    assert lead_of(made, MARKED)[1][-1] == "They are also surely divided on 3, 6 and 7."
    made["agreement"]["dividing"] = [1, 3, 6, 7, 8, 9]
    assert lead_of(made, MARKED)[1][-1] == "They are also surely divided on 5 others."


def test_what_is_left_out_is_said_with_its_reason():
    said = left_out_of(release(SAME, SAME, ballots=19), minimum=20)
    assert said[0] == "For citizens, everything but the number of ballots, because there are fewer than 20."
    assert said[1] == (
        "For physicians, the shares by groups of places and how far its ballots agree with each other: there are "
        "fewer than 100 ballots."
    )
    assert said[2] == "For physicians, the mean places: there are fewer than 1,000 ballots."
    assert "of the shares of the duels, the exact value of 12 that are shown as “≤ 10” or “≥ 90”" in said[3]
    assert "of the chances of being first or among the first five, the exact value of 4" in said[5]
    assert said[-1] == "The agreement between the colleges, because one of them has fewer than 50 ballots."


def test_a_plan_that_asks_for_more_ballots_is_what_the_reasons_cite():
    raised = CountingPlan(
        consultation="test", opens=PLAN.opens, closes=PLAN.closes, results_on=PLAN.results_on, minimum_ballots=70
    )
    said = left_out_of(release(SAME, SAME, plan=raised), minimum=70)
    assert said[0] == "For citizens, everything but the number of ballots, because there are fewer than 70."


def test_ties_of_every_recommendation_leave_the_agreement_out():
    said = left_out_of(release(TIED, SAME), minimum=20)
    assert "The agreement between the colleges, because one of them ties every recommendation." in said
    assert not [sentence for sentence in said if "chance would give" in sentence]


def test_a_clipped_difference_and_a_combined_order_that_is_absent_are_said():
    reversed_pairs = release(SAME, [[7], [6], [3], [1]], ballots=200, others=200)
    assert "The exact value of 6 differences between the colleges beyond 90 points." in left_out_of(reversed_pairs, 20)
    combined = CountingPlan(
        consultation="test", opens=PLAN.opens, closes=PLAN.closes, results_on=PLAN.results_on, combination="mean"
    )
    said = left_out_of(release(SAME, SAME, others=10, plan=combined), minimum=20)
    assert "The combined order, because one of the colleges has too few ballots for an order of its own." in said


def test_everything_that_a_release_suppresses_is_said_at_every_number_of_ballots():
    for ballots in (0, 19, 20, 49, 50, 99, 100, 500, 1000):
        made = release(SAME, [[3], [1], [6, 7]], ballots=ballots, others=120)
        told = " ".join(left_out_of(made, minimum=20))
        assert ("For citizens" in told) == any(cell.get("college") == "citizens" for cell in made["suppressed"])


def test_intervals_are_drawn_along_the_line_of_all_ranks():
    first, second, *_rest = order_rows(spans((1, 1, 2), (3, 1, 4), (6, 2, 4), (7, 4, 4)), TITLES, "/")
    assert (first.interval.start, first.interval.width, first.interval.rank) == ("0%", "50%", "12.5%")
    assert (second.interval.start, second.interval.width, second.interval.rank) == ("0%", "100%", "37.5%")
    assert [first.between, second.between] == ["1 and 2", "1 and 4"]


def test_what_the_intervals_establish_is_said_in_one_sentence():
    assert certainty(spans((1, 1, 1), (3, 2, 2), (6, 3, 3))).startswith("Every place is established")
    assert certainty(spans((1, 1, 2), (3, 1, 3), (6, 2, 3))).startswith("No cut is established")
    assert certainty(spans((1, 1, 1), (3, 2, 3), (6, 2, 3))) == (
        "The intervals form 2 groups that do not overlap, in this order: 1 › 3 and 6."
    )
    assert certainty(spans((1, 1, 1))) == ""
    assert certainty({"ballots": 3, "reason": "too_few_ballots"}) == ""


def test_methods_that_agree_say_so_and_the_whole_table_has_a_rank_for_each():
    methods = methods_of(release(SAME, SAME)["colleges"]["citizens"], TITLES)
    assert [line.name for line in methods.lines] == [
        "Schulze",
        "Ranked pairs",
        "Kemeny",
        "Borda",
        "Copeland",
        "Instant run-off",
        "First choices",
    ]
    assert {line.podium for line in methods.lines[:5]} == {"1 · 3 · 6"}
    assert {line.beside for line in methods.lines[1:5]} == {"same order"}
    assert methods.facts == [
        "Recommendation 1 wins all its duels.",
        "More than half of the ballots place recommendation 1 first.",
    ]
    assert [row.counted for row in methods.rows] == [
        ["3 · 0 · 0", "≥ 80"],
        ["2 · 0 · 1", "≤ 20"],
        ["1 · 0 · 2", "≤ 20"],
        ["0 · 0 · 3", "≤ 20"],
    ]


def test_what_another_method_places_elsewhere_is_said_in_words_and_counted():
    college = release(SAME, SAME)["colleges"]["citizens"]
    college["methods"]["borda"]["order"] = [[3], [1], [6, 7]]
    methods = methods_of(college, TITLES)
    at = methods.heads.index("Borda")
    assert [row.cells[at].rank for row in methods.rows] == [2, 1, 3, 3]
    assert [row.cells[at].moved for row in methods.rows] == ["1 lower", "1 higher", "", "1 higher"]
    assert methods.lines[at].beside == "3 recommendations elsewhere, widest gap 1"


@pytest.mark.parametrize(
    ("exact", "sole", "note"),
    [(True, True, ""), (True, False, "one of the optimal orders"), (False, False, "not proven to be optimal")],
)
def test_what_is_not_sure_of_a_kemeny_order_is_said(exact, sole, note):
    college = release(SAME, SAME)["colleges"]["citizens"]
    college["methods"]["kemeny"] |= {"exact": exact, "sole": sole}
    assert next(line.note for line in methods_of(college, TITLES).lines if line.name == "Kemeny") == note


def test_without_a_winner_of_all_duels_the_smallest_winning_group_is_named():
    college = release(SAME, SAME)["colleges"]["citizens"]
    del college["condorcet_winner"], college["majority"]
    college["smith_set"] = [1, 3, 6]
    facts = methods_of(college, TITLES).facts
    assert facts[0].endswith("The smallest group that wins all its duels against the others is 1, 3 and 6.")
    assert facts[1] == "No recommendation is placed first by more than half of the ballots."
    college["smith_set"] = list(NUMBERS)
    assert "no group of them wins" in methods_of(college, TITLES).facts[0]


def test_a_plan_with_fewer_methods_has_fewer_columns():
    plan = CountingPlan(
        consultation="test", opens=PLAN.opens, closes=PLAN.closes, results_on=PLAN.results_on, methods=("schulze",)
    )
    methods = methods_of(release(SAME, SAME, plan=plan)["colleges"]["citizens"], TITLES)
    assert methods.heads == ["Schulze", "First choices, in percent"]


def test_a_podium_joins_ties_and_counts_a_large_one():
    assert podium_of([[24], [3, 10], [1]]) == "24 · 3 = 10"
    assert podium_of([[1, 2, 3, 4, 5], [6]]) == "5 tied"
    assert podium_of([[1], [2]]) == "1 · 2"


def test_groups_of_places_stand_in_their_order_and_a_bar_fills_its_line():
    college = release([[1], [3]], SAME, ballots=100)["colleges"]["citizens"]
    college["bands"] = {str(n): {"1-3": 70, "11-33": 5, "4-10": 20, "unranked": 5} for n in NUMBERS}
    places = places_of(college, TITLES)
    assert places.heads == [("1 to 3", 4), ("4 to 10", 3), ("11 to 33", 2), ("unranked", 0)]
    assert places.rows[0].shares == ["70", "20", "≤ 10", "≤ 10"]
    assert [(one.start, one.width) for one in places.rows[0].bar] == [
        ("0%", "70%"),
        ("70%", "20%"),
        ("90%", "5%"),
        ("95%", "5%"),
    ]
    assert places_of(release(SAME, SAME, ballots=99)["colleges"]["citizens"], TITLES) is None


def test_recommendations_that_nothing_tells_apart_share_one_row_of_chances():
    chances = chances_of(release(SAME, SAME), TITLES)
    assert [(row.name, row.cells) for row in chances.rows] == [
        ("1", ["≥ 95", "≥ 95"]),
        ("each of the 3 others", ["≤ 5", "≤ 5"]),
    ]
    assert not chances.has_top
    assert chances_of(release(SAME, SAME, ballots=49, others=49), TITLES) is None


def test_a_single_unlikely_recommendation_keeps_its_own_row():
    made = release(SAME, SAME)
    for college in made["colleges"].values():
        college["chances"] = {"1": {"first": 50}, "3": {"first": 30}, "6": {"first": 20}, "7": {"first": 5}}
    assert [row.name for row in chances_of(made, TITLES).rows] == ["1", "3", "6", "7"]


def test_a_reversed_pair_names_first_what_each_college_places_before_the_other():
    division = division_of(release(SAME, [[3], [1], [6], [7]], ballots=120, others=120), TITLES)
    [row] = division.reversed
    assert [number for number, _title in row.firsts] == [1, 3]
    assert row.difference == "≥ 90"
    other = division_of(release([[3], [1], [6], [7]], SAME, ballots=120, others=120), TITLES)
    [row] = other.reversed
    assert [number for number, _title in row.firsts] == [3, 1]
    assert row.difference == "≥ 90"


def test_bounds_follow_the_difference_whose_sign_they_share():
    made = release(SAME, SAME, ballots=120, others=120)
    made["agreement"]["reversed"] = [{"first": 1, "second": 3, "difference": -20, "low": -30, "high": -5}]
    [row] = division_of(made, TITLES).reversed
    assert [number for number, _title in row.firsts] == [3, 1]
    assert (row.difference, row.between) == ("20", "5 and 30")


def test_the_widest_differences_are_shown_and_all_are_counted():
    made = release(SAME, SAME, ballots=120, others=120)
    pair = {"first": 1, "second": 3, "low": -5, "high": 50}
    made["agreement"]["reversed"] = [{**pair, "difference": 5 + gap} for gap in range(20)]
    division = division_of(made, TITLES)
    assert division.pairs == 20
    assert [row.difference for row in division.reversed] == [str(24 - gap) for gap in range(MOST_PAIRS)]
    assert division.reversed[0].between == "−5 and 50"


def test_dividing_recommendations_show_their_ranks_and_their_gap():
    division = division_of(release(SAME, [[7], [3], [6], [1]]), TITLES)
    assert [(row.number, row.ranks, row.gap) for row in division.dividing] == [
        (1, [(1, ""), (4, "")], "3 ranks"),
        (7, [(4, ""), (1, "")], "3 ranks"),
    ]
    assert division.pairs is None
    assert division_of(release(SAME, SAME, others=49), TITLES) is None


def test_participation_is_drawn_in_steps_with_its_figures():
    chart = participation_chart([(date(2026, 3, 1), 10), (date(2026, 3, 2), 20), (date(2026, 3, 5), 40)])
    assert chart.line == "M0 124H180V88H720V16"
    assert chart.most == "40"
    assert [count for _day, count in chart.rows] == ["10", "20", "40"]
    assert chart.summary.startswith("10 ballots on")
    assert participation_chart([(date(2026, 3, 1), 10)]) is None
    assert participation_chart([]) is None
    assert participation_chart([(date(2026, 3, 1), 0), (date(2026, 3, 2), 0)]).line == "M0 160H720V160"


def test_the_chart_has_one_sentence_that_names_the_widest_gap():
    here = placements(WeakOrder.from_tiers(SAME))
    there = placements(WeakOrder.from_tiers([[7], [3], [6], [1]]))
    slope = slope_of(here, there, dict.fromkeys(NUMBERS, "Title"))
    assert slope.summary.endswith("the widest gap is 3 places, on 1 and 7.")
    assert [line.is_far for line in slope.lines] == [False, False, True, True]
    assert slope_of(here, here, dict.fromkeys(NUMBERS, "Title")).summary.endswith("the same everywhere.")


@pytest.mark.parametrize(("count", "far"), [(4, 3), (12, 3), (15, 3), (16, 4), (33, 8)])
def test_a_gap_is_bold_from_three_ranks_or_from_a_quarter_of_many(count, far):
    order = placements(WeakOrder.from_tiers([[number] for number in range(1, count + 1)]))
    assert slope_of(order, order, dict.fromkeys(range(1, count + 1), "Title")).far == far


def test_a_tier_is_joined_by_a_stroke_and_its_marks_do_not_overlap():
    tied = placements(WeakOrder.from_tiers([[1], [3, 6, 7]]))
    slope = slope_of(tied, tied, dict.fromkeys(NUMBERS, "Title"))
    [stroke] = slope.left_ties
    assert (stroke.y1, stroke.y2) == (slope.left[1].y, slope.left[3].y)
    assert [mark.rank for mark in slope.left] == [1, 2, 2, 2]


@pytest.mark.parametrize("title", ["Short", "word " * 40, "x" * 300])
def test_a_name_takes_two_lines_at_most(title):
    one = placements(WeakOrder.from_tiers([[9999]]))
    slope = slope_of(one, one, {9999: title.strip()})
    for mark in (*slope.left, *slope.right):
        assert len(mark.name) <= 2
        assert max(map(len, mark.name)) <= CHARACTERS_A_LINE + len(" · 9999")
    assert slope.left[0].name[-1].endswith(" · 9999")
    assert slope.right[0].name[0].startswith("9999 · ")
