import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from consultation.domain.deliberation.reactions import shared_score

counts = st.integers(min_value=0, max_value=5_000)


def test_nobody_took_a_side_scores_nothing() -> None:
    assert shared_score(0, 0) == 0.0


def test_only_disagreement_scores_nothing() -> None:
    assert shared_score(0, 40) == 0.0


@pytest.mark.parametrize(("agrees", "disagrees"), [(1, 0), (3, 1), (84, 9), (500, 500), (1, 300)])
def test_the_score_is_the_lower_end_of_wilsons_interval(agrees: int, disagrees: int) -> None:
    interval = binomtest(agrees, agrees + disagrees).proportion_ci(confidence_level=0.95, method="wilson")
    assert shared_score(agrees, disagrees) == pytest.approx(interval.low, abs=1e-12)


def test_many_voices_weigh_more_than_few_with_the_same_share() -> None:
    assert shared_score(90, 10) > shared_score(9, 1)


@given(counts, counts)
def test_the_score_is_a_share_below_the_one_observed(agrees: int, disagrees: int) -> None:
    score = shared_score(agrees, disagrees)
    assert 0 <= score <= 1
    assert score <= agrees / max(agrees + disagrees, 1)


@given(counts, counts)
def test_one_more_agreement_never_lowers_a_comment_and_one_more_disagreement_never_raises_it(a: int, d: int) -> None:
    rounding = 1e-12
    assert shared_score(a + 1, d) + rounding >= shared_score(a, d) >= shared_score(a, d + 1) - rounding
