"""Finding: the same results in the same order, whichever database keeps the index."""

import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.domain.identifiers import ALPHABET, LENGTH
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import search
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.search import (
    Entry,
    Question,
    Scope,
    SearchEntry,
    find,
    place_of_comment,
    put,
    remove,
    understood,
)
from consultation.infrastructure.search.lexemes import stems_of
from consultation.infrastructure.search.questions import Term

TODAY = date(2026, 3, 12)
ON_THE_FLY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def home(draft_consultation: Consultation) -> uuid.UUID:
    """A consultation to which entries can belong; nothing of it is in the index."""
    return draft_consultation.id


def identifier(number: int) -> str:
    """An identifier that sorts by this number."""
    digits = (ALPHABET[number // 32**place % 32] for place in range(LENGTH - 1, -1, -1))
    return "".join(digits)


def comment(home: uuid.UUID, body: str, day: date = TODAY, comment_id: str = "", **values: Any) -> Entry:
    """A comment to be found."""
    comment_id = comment_id or new_public_id()
    place = place_of_comment(day, comment_id)
    values = {"language": "fr", "title": "", "recommendation_id": "rec", "college": "citizens", **values}
    return Entry(place, "comment", comment_id, home, body=body, day=day, **values)


def text(home: uuid.UUID, number: int, title: str, body: str = "") -> Entry:
    """A recommendation to be found."""
    place = search.place_of_text(TODAY, home, number)
    return Entry(place, "recommendation", f"rec{number}", home, "fr", title, body, TODAY, f"rec{number}")


def bodies(question: str, scope: Scope | None = None, before: int | None = None) -> list[str]:
    """What is found: bodies, or titles where there are."""
    found = find(understood(question), scope or Scope(), before)
    return [entry.title or entry.body for entry in found.entries]


def test_a_word_is_found_in_whatever_form(home: uuid.UUID) -> None:
    put(comment(home, "Les hôpitaux décident."), comment(home, "Rien à voir."))
    for asked in ("hopital", "l’HÔPITAL", "hôpitaux", "HOPITAUX décision"):
        assert bodies(asked) == (["Les hôpitaux décident."] if "décision" not in asked else [])


def test_an_english_text_is_found_by_its_english_forms(home: uuid.UUID) -> None:
    put(comment(home, "Caring for patients’ records", language="en"))
    assert bodies("cared record patient") == ["Caring for patients’ records"]


def test_all_the_words_must_be_there(home: uuid.UUID) -> None:
    put(comment(home, "Le secret médical."), comment(home, "Le secret."), comment(home, "Un avis médical."))
    assert bodies("médical secret") == ["Le secret médical."]


def test_a_phrase_is_found_where_its_words_follow_each_other(home: uuid.UUID) -> None:
    put(
        comment(home, "Le dossier médical partagé."),
        comment(home, "Un dossier entièrement médical."),
        comment(home, "Un médical dossier."),
    )
    assert bodies('"dossier médical"') == ["Le dossier médical partagé."]


def test_a_phrase_does_not_reach_from_a_title_into_a_text(home: uuid.UUID) -> None:
    put(text(home, 1, "Un dossier", "Médical avant tout."))
    assert bodies('"dossier médical"') == []
    assert bodies("dossier médical") == ["Un dossier"]


def test_a_word_that_must_not_be_there_takes_out_what_holds_it(home: uuid.UUID) -> None:
    put(comment(home, "Un algorithme libre."), comment(home, "Un algorithme secret et payant."))
    assert bodies("algorithmes -secrets") == ["Un algorithme libre."]
    assert bodies('algorithmes -"secret payant"') == ["Un algorithme libre."]


def test_what_is_put_to_debate_comes_first_by_number_then_the_newest_comment(home: uuid.UUID) -> None:
    days = [TODAY - timedelta(days=distance) for distance in (400, 0, 30, 1, 2000)]
    put(*(comment(home, f"soin {day}", day) for day in days), text(home, 24, "soin 24"), text(home, 3, "soin 3"))
    newest = sorted(days, reverse=True)
    assert bodies("soins") == ["soin 3", "soin 24", *(f"soin {day}" for day in newest)]


def test_comments_of_a_day_follow_their_identifiers(home: uuid.UUID) -> None:
    numbers = [32**11 * place for place in (3, 30, 12)]
    put(*(comment(home, f"soin {number}", comment_id=identifier(number)) for number in numbers))
    assert bodies("soin") == [f"soin {number}" for number in sorted(numbers, reverse=True)]


def test_two_that_want_the_same_place_are_both_found(home: uuid.UUID) -> None:
    put(*(comment(home, f"soin {number}", comment_id=identifier(number)) for number in range(4)))
    assert sorted(bodies("soin")) == ["soin 0", "soin 1", "soin 2", "soin 3"]


def test_pages_hold_every_result_once(home: uuid.UUID) -> None:
    entries = [comment(home, f"soin {number}", TODAY - timedelta(days=number % 9 * 40)) for number in range(50)]
    put(*entries, *(text(home, number, f"soin de {number}") for number in range(1, 4)))
    seen: list[str] = []
    cursor = None
    for length in (20, 20, 13):
        found = find(understood("soin"), Scope(), cursor)
        assert len(found.entries) == length
        seen += [entry.object_id for entry in found.entries]
        cursor = found.cursor
    assert cursor is None
    wanted = sorted(entries, key=lambda one: one.place, reverse=True)
    assert seen == ["rec1", "rec2", "rec3", *(one.object_id for one in wanted)]


def test_results_are_counted_up_to_a_hundred(home: uuid.UUID) -> None:
    put(*(comment(home, f"soin {number}") for number in range(100)))
    found = find(understood("soin"), Scope())
    assert (found.total, found.is_more) == (100, False)
    put(comment(home, "soin 100"))
    found = find(understood("soin"), Scope())
    assert (found.total, found.is_more) == (100, True)


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [
        (Scope(kind="recommendation"), ["Un titre de soin"]),
        (Scope(kind="comment", college="physicians"), ["soin d’un médecin"]),
        (Scope(alignment="against"), ["soin contre"]),
        (Scope(recommendation_id="rec7"), ["Un titre de soin", "soin sous la sept"]),
        (Scope(recommendation_id="rec7", kind="comment"), ["soin sous la sept"]),
        (Scope(consultation_id=uuid.UUID(int=1)), []),
    ],
)
def test_a_search_is_narrowed(home: uuid.UUID, scope: Scope, wanted: list[str]) -> None:
    put(
        comment(home, "soin d’un médecin", college="physicians"),
        comment(home, "soin contre", alignment="against"),
        comment(home, "soin sous la sept", recommendation_id="rec7"),
        text(home, 7, "Un titre de soin"),
    )
    assert bodies("soin", scope) == wanted
    assert len(bodies("soin", Scope(consultation_id=home))) == 4


def test_a_word_of_a_mark_is_not_found(home: uuid.UUID) -> None:
    put(comment(home, "Un avis."))
    for asked in ("comment", "kindcomment", "§kindcomment", "citizens", "rec", home.hex):
        assert bodies(asked) == []


def test_what_is_put_again_is_found_as_it_now_is(home: uuid.UUID) -> None:
    first = comment(home, "Un texte ancien.")
    put(first)
    put(replace(first, body="Une autre phrase."))
    assert (bodies("ancien"), bodies("phrase")) == ([], ["Une autre phrase."])


def test_what_is_removed_is_found_no_more_and_leaves_no_word(home: uuid.UUID) -> None:
    entry = comment(home, "Un texte à retirer.")
    put(entry)
    remove(("comment",), (entry.object_id,))
    assert bodies("retirer") == []
    assert session.scalar(sa.select(sa.func.count()).select_from(SearchEntry)) == 0


def test_nothing_is_found_of_a_transaction_that_failed(home: uuid.UUID) -> None:
    put(comment(home, "Un texte jamais publié."))
    session.rollback()
    assert bodies("publié") == []


def test_the_index_of_sqlite_agrees_with_the_entries(home: uuid.UUID) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("the index of PostgreSQL is one of its own columns")
    put(*(comment(home, f"soin {number}") for number in range(9)))
    remove(("comment",), session.scalars(sa.select(SearchEntry.object_id).limit(4)).all())
    check = sa.text("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
    session.execute(check)  # fails where a word is left over, or missing


def test_a_search_costs_the_same_statements_whatever_it_finds(home: uuid.UUID, statements: Callable[[], Any]) -> None:
    put(*(comment(home, f"soin {number}", TODAY - timedelta(days=number)) for number in range(150)))
    costs = set()
    for asked in ("soin", "149", "absent", '"soin 3"', "soin -3"):
        with statements() as count:
            find(understood(asked), Scope(consultation_id=home))
        costs.add(count.total)
    assert len(costs) == 1
    assert costs.pop() <= 3


@given(st.text(max_size=120))
@ON_THE_FLY
def test_no_text_breaks_the_search(app: Flask, context: None, typed: str) -> None:
    question = understood(typed)
    if question.problem is None:
        assert find(question, Scope()).entries == []


WORDS = st.sampled_from(["soin", "soins", "hôpital", "hopitaux", "médecin", "le", "secret", "dossier", "données"])


@given(st.lists(st.lists(WORDS, max_size=8), max_size=8), st.lists(WORDS, min_size=1, max_size=3), st.booleans())
@settings(ON_THE_FLY, max_examples=40)
def test_what_is_found_is_what_holds_every_word(
    home: uuid.UUID, texts: list[list[str]], asked: list[str], as_phrase: bool
) -> None:
    session.execute(sa.delete(SearchEntry))
    put(*(comment(home, " ".join(words)) for words in texts))
    question = understood(f'"{" ".join(asked)}"' if as_phrase else " ".join(asked))
    if question.problem is None:
        wanted = sorted(" ".join(words) for words in texts if _answers(words, asked, as_phrase))
        assert sorted(entry.body for entry in find(question, Scope()).entries) == wanted


QUESTIONS = ("soin", "hôpital secret", '"dossier médecin"', "soins -données", 'médecin -"secret dossier"', "données")
SCOPES = (Scope(), Scope(kind="comment"), Scope(college="physicians"), Scope(recommendation_id="rec2"))


def test_both_databases_find_what_reading_every_text_in_order_would(home: uuid.UUID) -> None:
    entries = drawn_entries(home)
    put(*entries)
    for asked, scope in product(QUESTIONS, SCOPES):
        question = understood(asked)
        wanted = [one.object_id for one in entries if _is_within(one, scope) and _answers_question(one, question)]
        assert found_page_by_page(question, scope) == wanted, (asked, scope)


def drawn_entries(home: uuid.UUID) -> list[Entry]:
    """Texts of few words over years, months and hours of one another, the highest place first; the same in each run."""
    drawn, words = random.Random(6), ("soins", "hôpitaux", "médecin", "le", "secret", "dossier", "données")
    entries = [
        comment(
            home,
            " ".join(drawn.choices(words, k=drawn.randrange(1, 9))),
            TODAY - timedelta(days=drawn.choice((0, 1, 7, 90, 4000)) * drawn.randrange(3)),
            identifier(drawn.randrange(32**LENGTH)),
            college=drawn.choice(("citizens", "physicians")),
            recommendation_id=drawn.choice(("rec1", "rec2")),
        )
        for _ in range(240)
    ]
    entries += [text(home, number, "Un dossier de soins", "Le secret du médecin.") for number in (1, 2, 30)]
    return sorted(entries, key=lambda entry: entry.place, reverse=True)


def found_page_by_page(question: Question, scope: Scope) -> list[str]:
    """Everything that is found, in its order."""
    seen: list[str] = []
    found = find(question, scope)
    seen += [entry.object_id for entry in found.entries]
    while found.cursor is not None:
        found = find(question, scope, found.cursor)
        seen += [entry.object_id for entry in found.entries]
    return seen


def _is_within(entry: Entry, scope: Scope) -> bool:
    wanted = (scope.kind, scope.college, scope.recommendation_id)
    held = (entry.kind, entry.college, entry.recommendation_id)
    return all(one in (None, other) for one, other in zip(wanted, held, strict=True))


def _answers_question(entry: Entry, question: Question) -> bool:
    stems = stems_of((entry.title, entry.body), entry.language)

    def holds(term: Term) -> bool:
        return any(
            tuple(stems[place : place + len(reading)]) == reading for reading in term for place in range(len(stems))
        )

    return all(map(holds, question.terms)) and not any(map(holds, question.excluded))


ROOTS = {"soins": "soin", "hopitaux": "hôpital"}


def _answers(words: list[str], asked: list[str], as_phrase: bool) -> bool:
    """Whether a text holds what is asked, said without any index."""
    held, wanted = ([ROOTS.get(word, word) for word in one if word != "le"] for one in (words, asked))
    if not as_phrase:
        return set(wanted) <= set(held)
    return any(held[place : place + len(wanted)] == wanted for place in range(len(held)))
