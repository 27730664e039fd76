from collections.abc import Iterator
from itertools import pairwise
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.social_choice.insertion import Answer, Insertion, NotAsked, Question
from consultation.domain.social_choice.ranking import DuplicateAlternative, WeakOrder

from .generated import rankings

BEFORE, AFTER, TIED, ASIDE, OPPONENT_ASIDE = Answer
EITHER = (BEFORE, AFTER, TIED, ASIDE)
ALL = tuple(range(1, 34))


def order(*tiers: list[int]) -> WeakOrder:
    return WeakOrder.from_tiers(tiers)


@st.composite
def opinions(draw: st.DrawFn) -> tuple[WeakOrder, Insertion]:
    """What somebody thinks, silent on some of 2 to 33 alternatives; and the duels they are about to answer."""
    alternatives = ALL[: draw(st.integers(2, len(ALL)))]
    opinion = draw(rankings(alternatives))
    presented = draw(st.permutations(alternatives))
    known = [number for number in opinion.ranked() if draw(st.booleans())]
    start = kept(opinion, set(known)) if draw(st.booleans()) else None
    return opinion, Insertion.into(start, presented)


def kept(opinion: WeakOrder, numbers: set[int]) -> WeakOrder | None:
    """An opinion on these alternatives alone."""
    tiers = [[number for number in tier if number in numbers] for tier in opinion]
    return WeakOrder.from_tiers(tier for tier in tiers if tier) if any(tiers) else None


def said(opinion: WeakOrder, question: Question) -> Answer:
    """What somebody of this opinion answers."""
    if question.candidate not in opinion:
        return ASIDE
    if question.opponent not in opinion:
        return OPPONENT_ASIDE
    candidate, opponent = opinion.places()[question.candidate], opinion.places()[question.opponent]
    if candidate == opponent:
        return TIED
    return BEFORE if candidate < opponent else AFTER


def steps(opinion: WeakOrder, duels: Insertion) -> Iterator[Insertion]:
    """The duels before each question, and at the end."""
    yield duels
    while duels.question:
        duels = duels.answered(said(opinion, duels.question))
        yield duels


def at_the_end(opinion: WeakOrder, duels: Insertion) -> Insertion:
    *_, last = steps(opinion, duels)
    return last


def test_each_answer_halves_the_places_that_are_left():
    duels = Insertion(order([24], [10], [3]), (7,))
    assert duels.question == Question(7, 10, (), EITHER)
    assert duels.answered(BEFORE).question == Question(7, 24, (), EITHER)
    assert duels.answered(AFTER).question == Question(7, 3, (), EITHER)
    assert duels.answered(AFTER).answered(BEFORE).order == order([24], [10], [7], [3])
    assert duels.answered(TIED).order == order([24], [7, 10], [3])


def test_one_of_a_tier_stands_for_all_that_are_tied_with_it():
    duels = Insertion(order([3, 10, 24]), (7,))
    assert duels.question == Question(7, 3, (10, 24), EITHER)
    assert duels.answered(BEFORE).order == order([7], [3, 10, 24])
    assert duels.answered(TIED).order == order([3, 7, 10, 24])


def test_nothing_is_ranked_before_it_was_compared():
    duels = Insertion.into(None, (24, 10, 3))
    assert duels.order is None
    assert duels.question == Question(10, 24, (), (*EITHER, OPPONENT_ASIDE))
    assert duels.answered(ASIDE).order is None
    assert duels.answered(ASIDE).question == Question(3, 24, (), (*EITHER, OPPONENT_ASIDE))
    assert duels.answered(OPPONENT_ASIDE).question == Question(3, 10, (), (*EITHER, OPPONENT_ASIDE))
    assert duels.answered(OPPONENT_ASIDE).answered(AFTER).order == order([10], [3])
    assert duels.answered(ASIDE).answered(ASIDE).order is None
    assert duels.answered(AFTER).question == Question(3, 10, (), EITHER)


def test_what_is_left_aside_in_the_middle_of_its_duels_is_not_ranked():
    duels = Insertion(order([24], [10], [3]), (7, 6)).answered(AFTER).answered(ASIDE)
    assert duels.order == order([24], [10], [3])
    assert duels.question == Question(6, 10, (), EITHER)


def test_what_is_ranked_already_is_not_asked():
    duels = Insertion.into(order([24], [3, 10]), (6, 3, 7, 24, 10))
    assert duels.presented == (6, 7)
    assert Insertion.into(order([24]), [24]).question is None


@pytest.mark.parametrize("numbers", [(), (7,)])
def test_one_alternative_or_none_asks_nothing_and_ranks_nothing(numbers):
    duels = Insertion.into(None, numbers)
    assert (duels.question, duels.order, duels.at_most_left) == (None, None, 0)


def test_two_alternatives_take_one_question():
    duels = Insertion.into(None, (7, 3))
    assert duels.at_most_left == 1
    assert [duels.answered(answer).order for answer in EITHER] == [
        order([3], [7]),
        order([7], [3]),
        order([3, 7]),
        None,
    ]
    assert duels.answered(BEFORE).question is None


def test_thirty_three_alternatives_take_135_questions_at_most_and_that_many_at_worst():
    duels = Insertion.into(None, ALL)
    assert duels.at_most_left == 135 < 33 * log2(33)
    while duels.question:
        duels = duels.answered(BEFORE)
    assert duels.asked == 135
    assert duels.order == WeakOrder.from_tiers([number] for number in reversed(ALL))


def test_thirty_three_alternatives_that_are_all_tied_take_one_question_each():
    duels = at_the_end(WeakOrder.from_tiers([ALL]), Insertion.into(None, ALL))
    assert (duels.answers, duels.order) == (TIED * 32, WeakOrder.from_tiers([ALL]))


def test_the_bound_is_below_m_log_m_for_every_number_of_alternatives():
    bounds = {m: Insertion.into(None, range(1, m + 1)).at_most_left for m in range(2, 300)}
    assert [m for m, bound in bounds.items() if bound > m * log2(m)] == []


@given(opinions())
def test_an_opinion_is_found_out_exactly(drawn):
    opinion, duels = drawn
    found = at_the_end(opinion, duels).order
    assert found == opinion or (found is None and len(opinion.ranked()) == 1)


@given(opinions())
def test_wherever_it_stops_the_order_is_the_opinion_on_what_has_its_place(drawn):
    opinion, duels = drawn
    for step in steps(opinion, duels):
        if step.order:
            assert step.order == kept(opinion, set(step.order.ranked()))
            assert step.question is None or step.question.candidate not in step.order


@given(opinions())
def test_each_answer_takes_one_question_at_least_off_what_is_left(drawn):
    opinion, duels = drawn
    left = [step.at_most_left for step in steps(opinion, duels)]
    assert all(after < before for before, after in pairwise(left))
    assert left[-1] == 0


@given(opinions())
def test_candidates_come_in_the_order_of_presentation(drawn):
    opinion, duels = drawn
    candidates = [step.question.candidate for step in steps(opinion, duels) if step.question]
    places = [duels.presented.index(candidate) for candidate in candidates]
    assert places == sorted(places)


@given(opinions())
def test_undoing_is_exact_and_goes_back_to_the_start(drawn):
    opinion, duels = drawn
    walked = list(steps(opinion, duels))
    back = walked[-1]
    for step in reversed(walked):
        assert (back, back.order, back.question) == (step, step.order, step.question)
        back = back.undone() if back.answers else back
    assert back == duels


@given(st.permutations(ALL[:9]), st.integers(0, 5), st.data())
def test_any_answers_whatever_keep_the_start_and_end_within_the_bound(presented, ranked, data):
    start = WeakOrder.from_tiers([number] for number in presented[:ranked]) if ranked else None
    first = duels = Insertion.into(start, presented)
    while duels.question:
        duels = duels.answered(data.draw(st.sampled_from(duels.question.answers)))
        assert duels.order is None or kept(duels.order, set(presented[:ranked])) == start
    assert duels.asked <= first.at_most_left


@pytest.mark.parametrize(
    ("start", "presented", "answers"),
    [
        (None, (7,), "<"),
        (None, (7, 3), "<<"),
        (None, (7, 3), "so"),
        (None, (7, 3, 6), "<o"),
        (order([24]), (7,), "o"),
        (order([24]), (), "s"),
    ],
)
def test_an_answer_to_what_is_not_asked_is_refused(start, presented, answers):
    with pytest.raises(NotAsked, match=r"“.” answers no question"):
        Insertion(start, presented, answers)


def test_a_letter_that_is_no_answer_is_refused():
    with pytest.raises(ValueError, match="x"):
        Insertion(None, (7, 3), "x")


def test_there_is_nothing_to_undo_before_the_first_answer():
    with pytest.raises(NotAsked, match="no answer was given yet"):
        Insertion(None, (7, 3)).undone()


@pytest.mark.parametrize(("start", "presented"), [(None, (7, 7)), (order([7]), (3, 7))])
def test_an_alternative_is_inserted_once(start, presented):
    with pytest.raises(DuplicateAlternative, match="an alternative is inserted once"):
        Insertion(start, presented)
