import pytest
from features.results.generated import ROOT
from flask_babel import force_locale
from markupsafe import Markup

from consultation.domain.privacy.publication import release_of
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.results.serializers.lead import lead_of
from consultation.features.results.serializers.left_out import left_out_of
from consultation.features.results.serializers.slope import CHARACTERS_A_LINE, slope_of

NUMBERS = (1, 3, 6, 7)
TITLES = {number: Markup(f"Title {number}") for number in NUMBERS}


@pytest.fixture(autouse=True)
def _english(context):
    with force_locale("en"):
        yield


def release(citizens, physicians, ballots=60):
    """A release in which everybody in a college agrees."""
    profiles = {
        "citizens": Profile.from_orders(NUMBERS, [WeakOrder.from_tiers(citizens)] * ballots),
        "physicians": Profile.from_orders(NUMBERS, [WeakOrder.from_tiers(physicians)] * 60),
    }
    return release_of(profiles, root=ROOT, consultation="test")


def placements(order):
    return [{"recommendation": n, "rank": rank, "low": 1, "high": 4} for n, rank in order.places().items()]


def test_the_lead_says_in_one_sentence_who_wins_in_both_colleges():
    openings, following = lead_of(release([[1], [3], [6], [7]], [[1], [7], [6], [3]]), TITLES)
    assert openings == ["“Title 1” comes first in both colleges."]
    assert following[0].startswith("Among citizens and among physicians alike, recommendation 1")
    assert following[-1] == "The colleges differ most, by 2 ranks, on recommendations 3 and 7."


def test_the_lead_says_apart_who_wins_where_the_colleges_differ():
    openings, following = lead_of(release([[1], [3], [6], [7]], [[7], [6], [3], [1]]), TITLES)
    assert openings == ["Among citizens, “Title 1” comes first.", "Among physicians, “Title 7” comes first."]
    assert "τ = −1.00" in " ".join(following)


def test_many_dividing_recommendations_are_named_in_one_sentence():
    _openings, following = lead_of(release([[1], [3], [6], [7]], [[3], [1], [7], [6]]), TITLES)
    assert following[-1] == "The colleges differ most, by 1 rank, on recommendations 1, 3, 6 and 7."


def test_what_is_left_out_is_said_with_its_reason():
    said = left_out_of(release([[1], [3], [6], [7]], [[1], [3], [6], [7]], ballots=19))
    assert said[0] == "For citizens, everything but the number of ballots, because there are fewer than 20."
    assert "12 shares, shown as “≤ 10” or “≥ 90”" in said[1]
    assert said[2] == "The agreement between the colleges, because one of them has fewer than 50 ballots."


def test_ties_of_every_recommendation_leave_the_agreement_out():
    assert left_out_of(release([list(NUMBERS)], [[1], [3], [6], [7]]))[-1] == (
        "The agreement between the colleges, because one of them ties every recommendation."
    )


def test_the_chart_has_one_sentence_that_names_the_widest_gap():
    here = placements(WeakOrder.from_tiers([[1], [3], [6], [7]]))
    there = placements(WeakOrder.from_tiers([[7], [3], [6], [1]]))
    slope = slope_of(here, there, dict.fromkeys(NUMBERS, "Title"))
    assert slope.summary.endswith("the widest gap is 3 places, on 1 and 7.")
    assert [line.is_far for line in slope.lines] == [False, False, True, True]
    assert slope_of(here, here, dict.fromkeys(NUMBERS, "Title")).summary.endswith("the same everywhere.")


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
