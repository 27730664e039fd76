"""The editions of the charter as they are in the repository."""

from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from consultation.domain.moderation.grounds import Ground
from consultation.infrastructure import charter
from consultation.infrastructure.web.grounds import NAMES
from consultation.infrastructure.web.language import LANGUAGES

# People accepted these very words: a new wording is a new edition, in a file of its own.
FROZEN = {1: "b7a9a6f299b3dbed6b703c6cf4b54ed584fcb55bc0dde00924515c4ba2e6e50a"}


def test_an_edition_that_was_accepted_never_changes() -> None:
    folder = Path(charter.__file__).parent
    found = {number: sha256((folder / f"{number:04}.yaml").read_bytes()).hexdigest() for number in charter.numbers()}
    assert found == FROZEN


def test_editions_are_numbered_from_one_and_follow_one_another_in_time() -> None:
    assert charter.numbers() == tuple(range(1, len(charter.numbers()) + 1))
    days = [charter.edition(number, "fr").since for number in charter.numbers()]
    assert days == sorted(set(days))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_edition_in_force_states_every_ground_in_order_under_the_name_that_the_desk_uses(
    app: Flask, language: str
) -> None:
    latest = charter.edition(charter.in_force(), language)
    assert [article.ground for article in latest.articles] == list(Ground)
    with app.test_request_context("/"), force_locale(language):
        assert {article.ground: article.title for article in latest.articles} == {g: str(n) for g, n in NAMES.items()}


def test_both_languages_say_the_same_things_in_the_same_places() -> None:
    for number in charter.numbers():
        shapes = {
            tuple((one.id, len(one.paragraphs), len(one.points), len(one.articles)) for one in edition.sections)
            for edition in (charter.edition(number, language) for language in LANGUAGES)
        }
        assert len(shapes) == 1


def test_an_edition_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(KeyError):
        charter.edition(99, "fr")
