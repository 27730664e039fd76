"""What tests of comments share: a comment in one line."""

import secrets
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.texts import Source
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.comments.queries import pen_name_of
from consultation.features.comments.services import choose_name, post_comment
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.database import session

NAMES = ("Sauge", "Romarin", "Tilleul", "Camomille", "Verveine", "Hysope", "Arnica", "Bourrache", "Bleuet", "Pervenche")


@pytest.fixture
def recommendation(open_consultation: Consultation) -> Recommendation:
    """Recommendation 6 of the open consultation."""
    return recommendation_by_number(open_consultation, 6)


@pytest.fixture
def write(open_consultation: Consultation, recommendation: Recommendation) -> Callable[..., Comment]:
    """Post a comment of this author, who takes the next name where they have none."""
    free = list(NAMES)

    def written(
        author: Account,
        body: str = "Un argument.",
        parent: Comment | None = None,
        alignment: Alignment = Alignment.FOR,
        sources: Sequence[Source] = (),
        under: Recommendation = recommendation,
    ) -> Comment:
        if pen_name_of(author.id, open_consultation.id) is None:
            choose_name(author, open_consultation, free.pop(0))
        return post_comment(author, under, alignment, body, sources, secrets.token_urlsafe(18), parent)

    return written


@pytest.fixture
def at_once(app: Flask, context: None) -> Callable[[Sequence[Callable[[], Any]]], list[Any]]:
    """Do several things at the same moment, each in a thread with a connection and a transaction of its own."""

    def done(acts: Sequence[Callable[[], Any]]) -> list[Any]:
        session.commit()
        gate = threading.Barrier(len(acts))

        def apart(act: Callable[[], Any]) -> Any:
            with app.app_context():
                gate.wait()
                result = act()
                session.commit()
                return result

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(apart, acts))

    return done
