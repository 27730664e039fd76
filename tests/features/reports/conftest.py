"""What tests of reports share: a published consultation, its organiser, comments in one line."""

import secrets

import pytest

from consultation.domain.deliberation.alignment import Alignment
from consultation.features.comments.queries import pen_name_of
from consultation.features.comments.services import choose_name, post_comment
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.database import session

NAMES = ("Sauge", "Romarin", "Tilleul", "Camomille", "Verveine", "Hysope", "Arnica", "Bourrache", "Bleuet", "Pervenche")


@pytest.fixture
def write(open_consultation, people):
    """Post a comment under a recommendation, by a new author unless one is given."""
    free = list(NAMES)

    def written(body="Un argument.", number=3, author=None, parent=None):
        author = author or people.citizen()
        if pen_name_of(author.id, open_consultation.id) is None:
            choose_name(author, open_consultation, free.pop(0))
        recommendation = recommendation_by_number(open_consultation, number)
        comment = post_comment(author, recommendation, Alignment.FOR, body, [], secrets.token_urlsafe(18), parent)
        session.commit()
        return comment

    return written


@pytest.fixture
def publish_results(open_consultation):
    """Publish the consultation, once its comments are written."""

    def publish():
        fence(None, open_consultation)
        mark_closed(open_consultation)
        mark_published(None, open_consultation)
        session.commit()

    return publish


@pytest.fixture
def organiser(people, open_consultation):
    """An organiser of the consultation."""
    return people.organiser(open_consultation)
