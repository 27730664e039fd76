"""What an organiser may answer and promise."""

from datetime import date, timedelta

import pytest

from consultation.domain.deliberation.answers import Decided, accepted_answer, days_until, fault_of_promise
from consultation.domain.errors import Invalid

TODAY, RESULTS = date(2018, 3, 1), date(2018, 3, 10)
PROMISED = date(2018, 4, 1)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "x" * 2001])
def test_an_answer_has_words_and_not_too_many(text: str) -> None:
    with pytest.raises(Invalid):
        accepted_answer(text)


def test_an_answer_of_the_greatest_length_is_kept_whole() -> None:
    assert accepted_answer("x" * 2000) == "x" * 2000


def test_under_study_is_not_the_answer_that_was_promised() -> None:
    assert [one for one in Decided if not one.is_final] == [Decided.UNDER_STUDY]


@pytest.mark.parametrize(
    ("promised", "former", "reason", "fault"),
    [
        (TODAY - timedelta(days=1), None, "", "past"),
        (RESULTS - timedelta(days=1), None, "", "results"),
        (RESULTS, None, "", None),
        (PROMISED, PROMISED, "Parce que.", "unchanged"),
        (PROMISED, RESULTS, "", "no_reason"),
        (PROMISED, RESULTS, "x" * 501, "long_reason"),
        (PROMISED, RESULTS, "x" * 500, None),
        (RESULTS, PROMISED, "Plus tôt que prévu.", None),
    ],
)
def test_a_promise_is_to_come_after_the_results_and_a_new_one_says_why(
    promised: date, former: date | None, reason: str, fault: str | None
) -> None:
    assert fault_of_promise(promised, former, reason, TODAY, RESULTS) == fault


@pytest.mark.parametrize(("today", "days"), [(date(2018, 3, 31), 1), (PROMISED, 0), (date(2018, 4, 2), -1)])
def test_days_are_counted_whole(today: date, days: int) -> None:
    assert days_until(PROMISED, today) == days
