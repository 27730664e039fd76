import csv
import hashlib
import io
import json

import pytest

from consultation.domain.deliberation.opinion_groups.cells import LEAST_PEOPLE
from consultation.features.accounts.models import Account
from consultation.features.comments.services import withdraw_comment
from consultation.features.opinions.queries import opinions_of
from consultation.features.opinions.services import cut_reactions
from consultation.infrastructure.database import session

PATH = "/consultations/test/opinions/"
JSON, CSV = f"{PATH}opinions.json", f"{PATH}opinions.csv"
PLACE = ".map .here"


@pytest.fixture
def drawn(debate, publish):
    """A debate of two groups whose map is published."""
    debated = debate(40, 30)
    publish(debated)
    return debated


@pytest.mark.parametrize("language", ["fr", "en"])
def test_before_the_results_the_page_says_when_it_comes_and_shows_nothing(browse, debate, language):
    debated = debate(40, 30)
    for reader in (None, debated.people[0]):
        page = browse(reader, language=language).get(PATH)
        assert page.find(".empty")
        assert not page.find_all("svg")
        assert debated.comments[0].html not in page.html


def test_before_the_results_the_files_are_refused_to_everybody(browse, people, debate):
    debated = debate(40, 30)
    for reader in (None, debated.people[0], people.organiser(debated.consultation)):
        for path in (JSON, CSV):
            browse(reader).get(path, status=409)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_map_shows_an_outline_for_each_group_and_its_table_says_the_same(browse, drawn, language):
    page = browse(language=language).get(PATH)
    assert [one.get_text() for one in page.find_all(".map text")] == ["A", "B"]
    assert len(page.find_all(".map .outline")) == 2
    rows = [row.get_text(" ", strip=True) for row in page.find_all("#map tbody tr")]
    assert len(rows) == 2
    assert "40" in rows[0]
    assert "30" in rows[1]
    summary = str(page.find(".map").get("aria-label"))
    assert "A" in summary
    assert "40" in summary


def test_nobody_is_drawn_as_a_point(browse, drawn):
    page = browse().get(PATH)
    assert len(page.find_all(".map circle")) == 2
    assert not page.find_all(PLACE)


def test_what_brings_together_and_what_divides_are_shown_with_figures_and_their_intervals(browse, drawn):
    page = browse(language="en").get(PATH)
    together = page.find("#together").get_text(" ")
    divides = page.find("#divides").get_text(" ")
    for one in drawn.comments[10:]:
        assert f"Argument numéro {drawn.comments.index(one)}." in together
    assert "Argument numéro 10." not in divides
    assert "at least" in together
    assert "disagree" in divides
    assert page.find_all("#together .shares svg")
    assert "%%" not in page.text


def test_stability_and_the_way_it_is_computed_are_shown(browse, drawn):
    content = opinions_of(drawn.consultation).content
    english, french = browse(language="en").get(PATH).text, browse().get(PATH).text
    for figure in (content["groups"]["stability"], content["groups"]["silhouette"]):
        assert figure in english
        assert figure.replace(".", ",") in french


def test_somebody_sees_their_own_place_and_nobody_elses(browse, drawn):
    for letter, one in zip("AB", (group[0] for group in drawn.groups), strict=True):
        page = browse(one, language="en").get(PATH)
        assert len(page.find_all(PLACE)) == 1
        assert f"in group {letter}" in page.text
        assert "no-store" in page.headers["Cache-Control"] or "private" in page.headers["Cache-Control"]
    assert not browse().get(PATH).find_all(PLACE)


def test_who_reacted_to_little_is_told_so(browse, people, drawn):
    page = browse(people.citizen(), language="en").get(PATH)
    assert not page.find_all(PLACE)
    assert "too few to give you a place" in page.text


def test_once_reactions_are_cut_nobody_has_a_place_and_the_page_says_so(browse, drawn):
    before = browse().get(JSON).html
    cut_reactions(drawn.consultation.id)
    session.commit()
    page = browse(drawn.people[0], language="en").get(PATH)
    assert not page.find_all(PLACE)
    assert "belong to no account any more" in page.text
    assert browse().get(JSON).html == before


@pytest.mark.parametrize(("sizes", "words"), [((20, 20), "fewer than 50 people"), ((50, 12), "fewer than 20 people")])
def test_refused_groups_are_not_drawn_and_the_page_says_why(browse, debate, publish, sizes, words):
    publish(debate(*sizes))
    page = browse(language="en").get(PATH)
    assert words in page.find("#map").get_text(" ")
    assert not page.find_all("svg.map")
    assert page.find("#divides")


def test_without_any_reaction_the_page_is_true(browse, debate, publish):
    publish(debate())
    page = browse(language="en").get(PATH)
    assert "fewer than 50 people" in page.text
    assert not page.find_all(".shares")


def test_a_visitors_page_holds_no_form_and_sets_no_cookie(browse, drawn):
    page = browse().get(PATH)
    assert not page.find_all("form")
    assert "Set-Cookie" not in page.headers


def test_the_json_is_the_published_bytes_and_holds_totals_alone(browse, drawn):
    answer = browse().get(JSON)
    published = opinions_of(drawn.consultation)
    assert hashlib.sha256(answer.html.encode()).hexdigest() == published.hash
    assert published.hash in browse().get(PATH).text
    for person in drawn.people:
        assert str(person.id) not in answer.html
    assert set(json.loads(answer.html)) == {
        *("v", "consultation", "drawn_on", "people", "comments", "least_votes", "least_people", "resamples", "seed"),
        *("colleges", "groups"),
    }


def test_the_csv_has_a_line_for_each_comment_and_group_or_college(browse, drawn):
    answer = browse().get(CSV)
    rows = list(csv.DictReader(io.StringIO(answer.html)))
    content = opinions_of(drawn.consultation).content
    assert len(rows) == 2 * (len(content["groups"]["cells"]) + len(content["colleges"]["cells"]))
    assert {row["among"] for row in rows} == {"groups", "colleges"}
    assert all(int(row["people_rounded"]) >= LEAST_PEOPLE for row in rows)
    assert all(int(row["agree_low"]) <= int(row["agree_percent"]) <= int(row["agree_high"]) for row in rows)


def test_a_comment_withdrawn_since_is_named_without_its_words(browse, drawn):
    gone = drawn.comments[10]
    withdraw_comment(session.get_one(Account, gone.author_id), gone)
    session.commit()
    page = browse(language="en").get(PATH)
    assert "Argument numéro 10." not in page.text
    assert "withdrawn by its author" in page.find("#together").get_text(" ")


def test_the_page_is_a_tab_of_a_published_consultation_alone(browse, debate, publish):
    debated = debate(40, 30)
    link = f'.tabs a[href="{PATH}"]'
    assert not browse().get("/consultations/test/").find_all(link)
    publish(debated)
    assert browse().get("/consultations/test/results/", status=409).status == 409
    assert browse().get(PATH).find(f"{link}[aria-current]")


def test_the_page_takes_as_many_statements_whatever_the_number_of_people(browse, debate, publish, statements):
    counts = []
    debated = debate(40, 30)
    publish(debated)
    reader = browse(debated.people[0])
    for _ in range(2):
        with statements() as count:
            reader.get(PATH)
        counts.append(count.total)
    assert counts[0] == counts[1] <= 12
