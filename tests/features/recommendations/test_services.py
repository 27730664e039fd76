"""Recommendations come in as one set or not at all, and their comments are counted in SQL."""

import pytest
import yaml

from consultation.domain.colleges import College
from consultation.domain.errors import EntryRefused, ImportRefused, Missing, RecommendationsFrozen
from consultation.features.recommendations.queries import recommendation_by_number, recommendations_of
from consultation.features.recommendations.services import count_comment, import_recommendations
from consultation.infrastructure.database import session
from consultation.infrastructure.web.refusals import sentence_of


def entry(number=5, **changes):
    return {"number": number, "title": "Un titre", "text": "Un texte.", **changes}


def faults_of(consultation, entries):
    with pytest.raises(ImportRefused) as refusal:
        import_recommendations(consultation, entries)
    return [(fault.values["entry"], fault.values["reason"]) for fault in refusal.value.values["faults"]]


def numbers_of(consultation):
    return [one.number for one in recommendations_of(consultation.id)]


def test_the_press_release_is_imported_word_for_word(draft_consultation, data_folder):
    source = yaml.safe_load((data_folder / "cnom-2018.yaml").read_text(encoding="utf-8"))["recommendations"]
    imported = import_recommendations(draft_consultation, source)
    session.expire_all()
    stored = recommendations_of(draft_consultation.id)
    assert (
        [one.number for one in imported]
        == [one.number for one in stored]
        == [1, 3, 6, 7, 10, 15, 16, 18, 24, 29, 31, 32]
    )
    assert {one.number: one.text for one in stored} == {one["number"]: one["text"] for one in source}
    assert draft_consultation.recommendation_count == 12


def test_a_second_import_takes_the_place_of_the_first(draft_consultation):
    import_recommendations(draft_consultation, [entry(9), entry(2)])
    assert numbers_of(draft_consultation) == [2, 9]
    assert draft_consultation.recommendation_count == 2


def test_theme_and_introduction_may_be_absent(draft_consultation):
    (imported,) = import_recommendations(draft_consultation, [entry(theme=None)])
    assert (imported.theme, imported.introduction) == ("", "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"number": 0}, "number"),
        ({"number": -3}, "number"),
        ({"number": True}, "number"),
        ({"number": "5"}, "number"),
        ({"number": 2.0}, "number"),
        ({"number": None}, "number"),
        ({"number": [5]}, "number"),
        ({"number": 10**12}, "number"),
        ({"number": 7}, "repeated"),
        ({"title": ""}, "title"),
        ({"title": "  "}, "title"),
        ({"title": None}, "title"),
        ({"title": ["a"]}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"text": "\n"}, "text"),
        ({"text": "nul\0"}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"theme": 3}, "theme"),
        ({"introduction": {"a": "b"}}, "introduction"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_imported(draft_consultation, changes, reason):
    assert faults_of(draft_consultation, [entry(7), entry(8), entry(**{"number": 9, **changes})]) == [(3, reason)]
    assert numbers_of(draft_consultation) == [1, 3, 6, 7]
    assert draft_consultation.recommendation_count == 4


def test_every_fault_of_a_file_is_named(draft_consultation):
    entries = [entry(title="", text=""), "words", entry(0), entry(4), entry(4)]
    assert faults_of(draft_consultation, entries) == [
        (1, "title"), (1, "text"), (2, "shape"), (3, "number"), (5, "repeated")
    ]  # fmt: skip


@pytest.mark.parametrize("entries", [None, [], {}, "text", 3, {"recommendations": []}])
def test_what_is_not_a_list_of_entries_is_refused(draft_consultation, entries):
    assert faults_of(draft_consultation, entries) == [(0, "none")]


def test_an_import_is_refused_once_the_consultation_has_opened(open_consultation):
    with pytest.raises(RecommendationsFrozen):
        import_recommendations(open_consultation, [entry()])
    assert numbers_of(open_consultation) == [1, 3, 6, 7]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "Rien n’a été importé : il faut à l’entrée 2 un titre de 300 signes au plus; "),
        ("/en/", "Nothing was imported: entry 2 needs a title of at most 300 characters; "),
    ],
)
def test_faults_are_said_in_words_in_both_languages(app, path, said):
    refusal = ImportRefused(faults=(EntryRefused(entry=2, reason="title"), EntryRefused(entry=4, reason="repeated")))
    script = path.rstrip("/")
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": script}):
        assert sentence_of(refusal).replace("\N{NO-BREAK SPACE}", " ").startswith(said)


def test_a_recommendation_is_found_by_its_official_number(open_consultation):
    assert recommendation_by_number(open_consultation, 6).number == 6


@pytest.mark.parametrize("number", [0, 2, -1, 10**30])
def test_a_number_that_no_recommendation_has_is_missing(open_consultation, number):
    with pytest.raises(Missing):
        recommendation_by_number(open_consultation, number)


def test_comments_are_counted_by_college_and_alignment(open_consultation):
    recommendation = recommendation_by_number(open_consultation, 6)
    for college, alignment, change in (
        (College.CITIZENS, "for", 1),
        (College.CITIZENS, "for", 1),
        (College.PHYSICIANS, "against", 1),
        (College.CITIZENS, "for", -1),
    ):
        count_comment(recommendation.id, college, alignment, change)
    session.expire_all()
    assert recommendation.comments() == 2
    assert recommendation.count("for", College.CITIZENS) == 1
    assert recommendation.count("against") == recommendation.count("against", College.PHYSICIANS) == 1
    assert recommendation_by_number(open_consultation, 3).comments() == 0


def test_an_alignment_that_does_not_exist_is_refused(open_consultation):
    recommendation = recommendation_by_number(open_consultation, 6)
    with pytest.raises(ValueError, match="no such alignment"):
        count_comment(recommendation.id, College.CITIZENS, "number", 1)
