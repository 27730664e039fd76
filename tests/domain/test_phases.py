"""Phases: one way only, one step at a time."""

from itertools import pairwise, product

import pytest

from consultation.domain.errors import UnlawfulMove
from consultation.domain.phases import Phase, moved

LIFE = (Phase.DRAFT, Phase.OPEN, Phase.CLOSING, Phase.CLOSED, Phase.PUBLISHED)
UNLAWFUL = sorted(set(product(Phase, Phase)) - set(pairwise(LIFE)))


@pytest.mark.parametrize(("current", "target"), list(pairwise(LIFE)))
def test_each_phase_leads_to_the_next(current: Phase, target: Phase) -> None:
    assert moved(current, target) is target


@pytest.mark.parametrize(("current", "target"), UNLAWFUL)
def test_nothing_reopens_is_skipped_or_happens_twice(current: Phase, target: Phase) -> None:
    with pytest.raises(UnlawfulMove) as refused:
        moved(current, target)
    assert refused.value.values == {"current": current.value, "target": target.value}


def test_the_life_of_a_consultation_has_every_phase() -> None:
    assert set(LIFE) == set(Phase)
