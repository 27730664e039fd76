"""The whole release beside a second count by hand, and beside the bytes of a golden file."""

import json
from pathlib import Path

import pytest

from consultation.domain.privacy.publication import release_of
from consultation.domain.social_choice.profile import Profile
from consultation.domain.verifiability.canonical import canonical

from .by_hand import release_by_hand
from .generated import NUMBERS, ROOT, orders, plan_with

GOLDEN = Path(__file__).parent / "golden" / "release.json"
SEVEN = (1, 2, 5, 6, 9, 10, 24)
LEANING = (1, 1, 6)


def both(citizens, physicians, numbers, plan):
    """The release of the program and that of the hand, as bytes."""
    colleges = {
        "citizens": orders(citizens, numbers),
        "physicians": orders(physicians, numbers, "p", LEANING),
    }
    profiles = {name: Profile.from_orders(numbers, ballots) for name, ballots in colleges.items()}
    program = release_of(profiles, root=ROOT, plan=plan)
    return canonical(program), canonical(release_by_hand(colleges, numbers, ROOT, plan))


@pytest.mark.parametrize(
    ("citizens", "physicians"),
    [(0, 1), (19, 20), (49, 50), (50, 99), (100, 249), (250, 0), (499, 19), (500, 20), (999, 0), (1000, 1)],
)
def test_the_program_and_the_hand_publish_the_same_bytes(citizens, physicians):
    program, hand = both(citizens, physicians, NUMBERS, plan_with())
    assert program == hand


def test_they_agree_under_a_plan_of_other_decisions():
    decisions = {"methods": ("irv", "schulze"), "bands": (4,), "combination": "mean", "minimum_ballots": 60}
    program, hand = both(110, 60, NUMBERS, plan_with(**decisions))
    assert program == hand


def test_a_golden_release_keeps_its_bytes():
    program, hand = both(120, 100, SEVEN, plan_with(combination="mean"))
    assert program == hand == GOLDEN.read_bytes()


def test_the_golden_release_shows_every_table_but_the_mean_place():
    """A circle, ties in a result, a share on each bound, a recommendation that divides, pairs that are reversed."""
    release = json.loads(GOLDEN.read_bytes())
    citizens = release["colleges"]["citizens"]
    assert "condorcet_winner" not in citizens
    assert len(citizens["smith_set"]) > 1
    assert any(len(tier) > 1 for tier in citizens["methods"]["copeland"]["order"])
    assert {cell["reason"] for cell in release["suppressed"]} == {"at_most", "at_least", "too_few_ballots"}
    assert release["agreement"]["dividing"]
    assert release["agreement"]["reversed"]
    assert release["combined"]["order"]
