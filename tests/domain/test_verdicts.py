"""Verdicts: yes, or no with the refusal that says why."""

import pytest

from consultation.domain.errors import NotOpen, NotSignedIn, RuleBroken
from consultation.domain.verdicts import YES, Verdict, enforce, first_refusal, no


def test_yes_is_true_and_lets_pass() -> None:
    assert YES
    enforce(YES)


def test_no_is_false_and_raises_the_refusal_it_carries() -> None:
    refusal = NotOpen(slug="essai")
    assert not no(refusal)
    with pytest.raises(NotOpen) as raised:
        enforce(no(refusal))
    assert raised.value is refusal


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((), None),
        ((YES,), None),
        ((YES, YES), None),
        ((YES, no(NotOpen())), NotOpen),
        ((no(NotSignedIn()), no(NotOpen())), NotSignedIn),
        ((no(NotOpen()), YES), NotOpen),
    ],
)
def test_the_first_refusal_of_several_speaks(verdicts: tuple[Verdict, ...], expected: type[RuleBroken] | None) -> None:
    found = first_refusal(*verdicts)
    assert (type(found.refusal) if found.refusal else None) is expected
