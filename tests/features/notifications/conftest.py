"""A debate, people who follow it, and the mails that leave."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.paces import Pace
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.comments.services import choose_name, post_comment
from consultation.features.consultations.models import Consultation
from consultation.features.notifications.models import Subscription, Target
from consultation.features.notifications.services import follow
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure import jobs
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.mail import RecipientRefused


@pytest.fixture
def say(open_consultation: Consultation) -> Callable[..., Comment]:
    """Post a comment, or a reply to one, and commit it."""

    def post(author: Account, body: str = "Un argument.", number: int = 1, parent: Comment | None = None) -> Comment:
        choose_name(author, open_consultation, f"Plume {author.id.hex[:6]}")
        recommendation = recommendation_by_number(open_consultation, number)
        comment = post_comment(author, recommendation, Alignment.FOR, body, [], new_public_id(), parent)
        session.commit()
        return comment

    return post


@pytest.fixture
def follows(open_consultation: Consultation) -> Callable[..., Subscription]:
    """Let somebody follow something, a recommendation by its number, and commit it."""

    def begin(account: Account, target: Target | int, pace: Pace = Pace.AT_ONCE) -> Subscription:
        thing = recommendation_by_number(open_consultation, target) if isinstance(target, int) else target
        subscription = follow(account, thing, pace)
        session.commit()
        return subscription

    return begin


class Carrier:
    """A postman who keeps what he is handed, and knows who is gone."""

    def __init__(self) -> None:
        self.carried: list[EmailMessage] = []
        self.gone: set[str] = set()

    def deliver(self, mail: EmailMessage) -> None:
        """Take the mail, or say that its recipient is gone for good."""
        if mail["To"] in self.gone:
            raise RecipientRefused
        self.carried.append(mail)

    def to(self, account: Account) -> list[str]:
        """The texts of the mails to somebody."""
        return [body_of(mail) for mail in self.carried if mail["To"] == account.address]


def body_of(mail: EmailMessage) -> str:
    """The text of a mail."""
    part: Any = mail.get_body(("plain",))
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.fixture
def carrier(app: Flask, context: None, monkeypatch: pytest.MonkeyPatch) -> Carrier:
    """The postman of the test."""
    found = Carrier()
    monkeypatch.setitem(app.extensions, "postman", found)
    return found


@pytest.fixture
def work(context: None) -> Callable[[], None]:
    """Do every job that is due, as the worker does, and read everything anew."""

    def done() -> None:
        session.commit()
        jobs.run_all()
        session.expire_all()

    return done
