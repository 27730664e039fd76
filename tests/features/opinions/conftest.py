"""What tests of opinion groups share: a consultation with comments, and what publishes it."""

import secrets
from collections.abc import Callable, Sequence
from random import Random

import pytest
from features.opinions.debated import COMMENTS, VIEWS, Debated, person, say, stray

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.phases import Phase
from consultation.features.comments.models import Comment
from consultation.features.comments.services import choose_name, post_comment
from consultation.features.consultations.models import Consultation
from consultation.features.opinions.services import publish_opinions
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure import clock
from consultation.infrastructure.database import session


@pytest.fixture
def comments(open_consultation: Consultation, people) -> list[Comment]:
    """Twelve comments of a citizen under recommendation 6."""
    author = people.citizen()
    choose_name(author, open_consultation, "Sauge")
    under = recommendation_by_number(open_consultation, 6)
    posted = [
        post_comment(author, under, Alignment.FOR, f"Argument numéro {number}.", [], secrets.token_urlsafe(18))
        for number in range(COMMENTS)
    ]
    session.commit()
    return posted


@pytest.fixture
def debate(open_consultation: Consultation, comments: list[Comment]) -> Callable[..., Debated]:
    """Let groups of these sizes react, each as its views tell."""

    def held(*sizes: int, views: Sequence[str] = VIEWS) -> Debated:
        groups = [[person(number) for number in range(size)] for size in sizes]
        chance = Random(sum(sizes))
        said = [
            (one, stray(shared, chance))
            for group, shared in zip(groups, views[: len(groups)], strict=True)
            for one in group
        ]
        if said:
            say(comments, *said)
        session.commit()
        return Debated(open_consultation, comments, groups)

    return held


@pytest.fixture
def publish() -> Callable[[Debated], None]:
    """Put a consultation into the phase in which its results are public, and draw its map."""

    def published(debated: Debated) -> None:
        one = debated.consultation
        one.phase, one.closed_at, one.published_at = Phase.PUBLISHED.value, clock.now(), clock.now()
        session.commit()
        publish_opinions(one.id)

    return published
