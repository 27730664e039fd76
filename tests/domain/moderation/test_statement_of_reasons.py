from dataclasses import replace

import pytest

from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import StatementOfReasons, faults_of

COMPLETE = StatementOfReasons(
    Outcome.WITHHOLD,
    Ground.INSULT,
    facts="« vous êtes un imbécile », deuxième phrase",
    statement="Vous attaquez la personne et non ce qu’elle dit.",
)
TEMPLATE = "Your comment attacks a person rather than what the person says."


def test_a_complete_statement_has_no_fault():
    assert faults_of(COMPLETE, {TEMPLATE}) == {}


def test_keeping_a_comment_needs_no_reasons():
    assert faults_of(StatementOfReasons(Outcome.KEEP, None, "", ""), ()) == {}


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"ground": None}, {"ground": "ground"}),
        ({"ground": Ground.OTHER}, {"ground": "ground_other"}),
        ({"facts": "« imbécile »"}, {"facts": "facts"}),
        ({"facts": " " * 30}, {"facts": "facts"}),
        ({"facts": "abc" + "\u0007" * 30}, {"facts": "facts"}),
        ({"statement": "Non."}, {"statement": "statement"}),
        (
            {"ground": None, "facts": "", "statement": ""},
            {"ground": "ground", "facts": "facts", "statement": "statement"},
        ),
    ],
)
def test_a_measure_without_one_of_its_reasons_is_refused_beside_the_field(change, faults):
    assert faults_of(replace(COMPLETE, **change), {TEMPLATE}) == faults


@pytest.mark.parametrize(
    "facts", [TEMPLATE, f"  {TEMPLATE.upper()} ", TEMPLATE.rstrip("."), TEMPLATE.replace(" ", "  ")]
)
def test_facts_that_repeat_a_ready_made_sentence_locate_nothing(facts):
    assert faults_of(replace(COMPLETE, facts=facts), {TEMPLATE}) == {"facts": "facts_template"}


def test_facts_of_twenty_characters_are_enough():
    assert faults_of(replace(COMPLETE, facts="x" * 20), ()) == {}
    assert faults_of(replace(COMPLETE, facts="x" * 19), ()) == {"facts": "facts"}
