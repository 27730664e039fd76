from itertools import product

import pytest
from features.results.generated import ROOT, profile
from flask_babel import force_locale
from markupsafe import Markup

from consultation.domain.privacy.publication import release_of
from consultation.domain.social_choice.explanation import MESSAGES, Message, comparisons, explanations, headlines
from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.results.serializers.sentences import (
    SENTENCES,
    chance_said,
    decimal_said,
    enumerated,
    listed,
    sentence,
)

TITLES = {24: Markup("Le secret <em>médical</em>")}
VALUES = {
    "recommendation": 24,
    "recommendations": (3, 10),
    "college": "citizens",
    "other_college": "physicians",
    "ballots": 12,
    "tau_b": "-0.27",
    "mean_tau": "0.31",
    "low": "0.80",
    "high": "0.88",
    "chance": 95,
    "rank": 3,
    "other_rank": 8,
    "first": 3,
    "second": 10,
    "through": (6, 7),
    "before": "≥ 90",
    "after": "≤ 10",
    "share": "50",
}


@pytest.mark.parametrize("identifier", MESSAGES)
def test_every_message_is_said_in_both_languages_from_the_values_that_it_names(context, identifier):
    said = set()
    message = Message(identifier, {name: VALUES[name] for name in MESSAGES[identifier]})
    for language in ("fr", "en"):
        with force_locale(language):
            words = sentence(message, TITLES)
        assert "%(" not in words
        assert "%%" not in words
        said.add(words)
    assert len(said) == 2


def test_the_table_has_every_message_that_the_domain_can_utter_and_no_other():
    assert SENTENCES.keys() == MESSAGES.keys()


@pytest.mark.parametrize(("citizens", "physicians"), list(product([0, 19, 20, 50, 250], repeat=2)))
def test_every_message_of_a_release_has_its_sentence(citizens, physicians):
    numbers = (1, 3, 6, 7, 10)
    profiles = {"citizens": profile(citizens, numbers), "physicians": profile(physicians, numbers, "p")}
    plan = CountingPlan("test", "2026-01-01T08:00:00Z", "2026-02-01T17:00:00Z", "2026-02-06")
    release = release_of(profiles, root=ROOT, plan=plan)
    messages = headlines(release) + comparisons(release)
    for college in release["colleges"].values():
        messages += explanations(college)
    assert {message.id for message in messages} <= SENTENCES.keys()


def test_numbers_and_decimals_are_said_as_the_language_says_them(context):
    with force_locale("en"):
        assert listed([24, 3, 10]) == "24, 3 and 10"
        assert listed([24]) == "24"
        assert decimal_said("-0.27") == "−0.27"
    with force_locale("fr"):
        assert decimal_said("-0.27") == "−0,27"


@pytest.mark.parametrize(("chance", "said"), [(5, "at most 5%"), (50, "50%"), (95, "at least 95%")])
def test_a_chance_on_its_bound_is_said_as_a_bound(context, chance, said):
    with force_locale("en"):
        assert chance_said(chance) == said


def test_things_are_named_one_after_the_other(context):
    with force_locale("en"):
        assert enumerated(["the duels", "the chances", "the places"]) == "the duels, the chances and the places"
        assert enumerated(["the duels"]) == "the duels"
