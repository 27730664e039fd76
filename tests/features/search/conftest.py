"""What tests of the search share: comments in one line, and what a page of results shows."""

import secrets
from collections.abc import Callable

import pytest

from consultation.domain.deliberation.alignment import Alignment
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.comments.queries import pen_name_of
from consultation.features.comments.services import choose_name, post_comment
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.database import session
from pages import Page

NAMES = ("Sauge", "Romarin", "Tilleul", "Camomille", "Verveine", "Hysope", "Arnica", "Bourrache", "Bleuet", "Pervenche")


@pytest.fixture
def write(open_consultation: Consultation) -> Callable[..., Comment]:
    """Post a comment of this author under a recommendation, committed."""
    free = list(NAMES)

    def written(author: Account, body: str, number: int = 6, alignment: Alignment = Alignment.FOR) -> Comment:
        if pen_name_of(author.id, open_consultation.id) is None:
            choose_name(author, open_consultation, free.pop(0))
        recommendation = recommendation_by_number(open_consultation, number)
        comment = post_comment(author, recommendation, alignment, body, [], secrets.token_urlsafe(18))
        session.commit()
        return comment

    return written


def titles(page: Page) -> list[str]:
    """The titles of the results, in their order."""
    return [heading.get_text(strip=True) for heading in page.find_all("main h3")]


def excerpts(page: Page) -> list[str]:
    """The excerpts of the results, in their order."""
    return [" ".join(one.get_text().split()) for one in page.find_all("main .comment .body")]
