"""Refusals: each with a code of its own, and without anybody's words."""

import pytest

from consultation.domain.errors import Conflict, Forbidden, Invalid, NotOpen, RuleBroken, UnlawfulMove


def test_a_refusal_carries_the_values_of_its_sentence_apart_from_its_message() -> None:
    refusal = UnlawfulMove(current="open", target="draft")
    assert refusal.values == {"current": "open", "target": "draft"}
    assert str(refusal) == "unlawful_move"


def test_a_refusal_needs_no_value() -> None:
    assert NotOpen().values == {}


@pytest.mark.parametrize("kind", [Conflict, Forbidden, Invalid])
def test_each_kind_is_caught_as_a_broken_rule(kind: type[RuleBroken]) -> None:
    assert issubclass(kind, RuleBroken)
    assert kind.__subclasses__()


def test_every_refusal_says_in_a_sentence_when_it_is_uttered() -> None:
    waiting = [RuleBroken]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        assert (kind.__doc__ or "").rstrip().endswith("."), kind.__name__
        assert "code" in vars(kind), kind.__name__
