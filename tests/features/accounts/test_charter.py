"""Accepting the charter, and accepting it again when it has changed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from consultation.domain.errors import CharterNotAccepted
from consultation.features.accounts.models import Account
from consultation.features.accounts.policies import may_speak
from consultation.features.accounts.services import accept_charter, create_account
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import charter
from consultation.infrastructure.database import session
from pages import PageClient

Browse = Callable[..., PageClient]
FIRST = Path(charter.__file__).parent / "0001.yaml"
THREAD = "/consultations/test/recommendations/1/"
FORM = "form[action*='/account/charter/']"
COMMENT = {"alignment": "for", "body": "Un argument qui tient.", "display_name": "Camille"}


@pytest.fixture
def second_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Brings a second edition into force, until the test ends."""
    words = FIRST.read_text(encoding="utf-8")

    def bring() -> None:
        (tmp_path / "0001.yaml").write_text(words, encoding="utf-8")
        later = words.replace("edition: 1", "edition: 2").replace("leave the person in peace", "leave people in peace")
        later = later.replace("laissez la personne en paix", "laissez les gens en paix")
        (tmp_path / "0002.yaml").write_text(later.replace("since: 2026-11-23", "since: 2027-01-01"), encoding="utf-8")
        monkeypatch.setattr(charter, "_FOLDER", tmp_path)
        _forget()

    yield bring
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    charter.numbers.cache_clear()
    charter.edition.cache_clear()


def test_who_accepted_may_speak_until_the_charter_changes(people: Any, second_edition: Callable[[], None]) -> None:
    person = people.citizen()
    assert may_speak(person)
    second_edition()
    assert isinstance(may_speak(person).refusal, CharterNotAccepted)
    accept_charter(person, 2)
    assert may_speak(person)
    assert person.charter_accepted_at is not None


def test_an_edition_that_is_not_in_force_is_not_accepted(people: Any, second_edition: Callable[[], None]) -> None:
    person = people.citizen()
    second_edition()
    for number in (0, 1, 3):
        with pytest.raises(CharterNotAccepted):
            accept_charter(person, number)
    assert person.charter_edition == 1


def test_registering_accepts_the_charter(browse: Browse) -> None:
    form = {"address": "nouvelle@example.org", "passphrase": "la girafe mange huit nuages", "standing": "citizen"}
    browse().post("/account/register", {**form, "is_of_age": "y", "accepts_charter": "y"})
    account = session.query(Account).filter_by(address="nouvelle@example.org").one()
    assert account.charter_edition == charter.in_force()


@pytest.mark.parametrize(
    ("language", "said", "changed"),
    [
        ("fr", "La charte a changé", "laissez les gens en paix"),
        ("en", "The charter has changed", "leave people in peace"),
    ],
)
def test_a_changed_charter_is_shown_by_its_changes_and_leads_back_to_the_thread(
    browse: Browse,
    people: Any,
    open_consultation: Consultation,
    second_edition: Callable[[], None],
    language: str,
    said: str,
    changed: str,
) -> None:
    person = people.citizen()
    second_edition()
    client = browse(person, language=language)
    thread = client.get(THREAD)
    assert not thread.find_all("textarea[name=body]")
    page = client.get(str(thread.find("a[href*='/account/charter/']")["href"]))
    assert said in page.text
    passage = " ".join(page.find(".diff").get_text().split())
    assert all(word in passage for word in changed.split())
    answer = client.submit(page, FORM)
    assert answer.location.endswith(THREAD)
    assert client.get(THREAD).find("textarea[name=body]")


def test_what_was_written_under_the_former_charter_is_given_back(
    browse: Browse, people: Any, open_consultation: Consultation, second_edition: Callable[[], None]
) -> None:
    client = browse(people.citizen())
    client.get(THREAD)
    second_edition()
    refused = client.post(THREAD, COMMENT, status=409)
    assert COMMENT["body"] in refused.text
    assert refused.find("a[href*='/account/charter/']")
    assert refused.find("input[name=body]")


def test_a_page_of_an_edition_that_is_no_longer_in_force_accepts_nothing(
    browse: Browse, people: Any, second_edition: Callable[[], None]
) -> None:
    person = people.citizen()
    client = browse(person)
    second_edition()
    answer = client.post("/account/charter/", {"edition": "1"}, status=409)
    assert answer.find("input[name=edition]")["value"] == "2"
    assert session.get_one(Account, person.id).charter_edition == 1


def test_an_account_made_by_the_team_accepts_the_whole_charter_first(
    browse: Browse, context: None, open_consultation: Consultation
) -> None:
    account = create_account("equipe@example.org", None, "fr")
    account.confirmed_at = account.created_at
    session.commit()
    page = browse(account).get("/account/charter/")
    assert page.find("details[open]")
    assert not page.find_all(".diff")
    assert page.find(FORM)


def test_who_has_accepted_is_asked_nothing(browse: Browse, people: Any) -> None:
    page = browse(people.citizen()).get("/account/charter/")
    assert not page.find_all(FORM)


def test_a_ballot_needs_no_charter(
    browse: Browse, people: Any, open_consultation: Consultation, second_edition: Callable[[], None]
) -> None:
    client = browse(people.citizen())
    second_edition()
    assert client.get("/consultations/test/ballot/").find("main form")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_edition_stays_readable_with_what_it_changed(
    browse: Browse, context: None, second_edition: Callable[[], None], language: str
) -> None:
    second_edition()
    client = browse(language=language)
    now, first = client.get("/charter"), client.get("/charter/editions/1/")
    assert now.find(".diff")
    assert now.find("a[href$='/charter/editions/1/']")
    assert not first.find_all(".diff")
    assert first.find("main a[href$='/charter']")
    client.get("/charter/editions/3/", status=404)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_charter_for_programs_states_each_article_with_its_strongest_measure(browse: Browse, language: str) -> None:
    answer = json.loads(browse(language=language).get("/charter.json").html)
    assert answer["edition"] == 1
    assert answer["language"] == language
    assert [article["article"] for article in answer["articles"]] == [*range(1, 14), None]
    by_ground = {article["ground"]: article for article in answer["articles"]}
    assert by_ground["insult"]["strongest_measure"] == "withhold"
    assert by_ground["other"]["strongest_measure"] == "keep"
    assert by_ground["other"]["template"] is None
    assert all(by_ground[ground]["template"] for ground in by_ground if ground != "other")
