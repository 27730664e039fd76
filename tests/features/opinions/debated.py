"""Debates to which people have reacted, in groups that are planted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import insert

from consultation.domain.colleges import College
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, CommentReaction
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session

COMMENTS = 12
# What each group says of each comment: of the first ten the one says what the other does not, of the last two the same.
VIEWS = ("+++++-----++", "-----+++++++")
KINDS = {"+": "agree", "-": "disagree", "0": "pass"}
COUNTERS = {"agree": "agrees", "disagree": "disagrees", "pass": "passes"}


@dataclass(frozen=True)
class Debated:
    """A consultation, its comments in the order of their posting, and the people of each group."""

    consultation: Consultation
    comments: Sequence[Comment]
    groups: Sequence[Sequence[Account]]

    @property
    def people(self) -> list[Account]:
        """Everybody, the first group first."""
        return [person for group in self.groups for person in group]


def person(number: int) -> Account:
    """A participant; every third one is a physician."""
    account = accounts.create_synthetic_participant()
    if number % 3 == 0:
        accounts.set_college(account, College.PHYSICIANS)
    return account


def say(comments: Sequence[Comment], *said: tuple[Account, str]) -> None:
    """Let people react to the first comments, as their strings tell: "+" agrees, "-" disagrees, "0" passes, " " no."""
    given = [(one, who, KINDS[view]) for who, views in said for one, view in zip(comments, views) if view in KINDS]  # noqa: B905
    rows = [
        {"comment_id": one.id, "account_id": who.id, "kind": kind, "revision": one.revision} for one, who, kind in given
    ]
    session.execute(insert(CommentReaction), rows)
    with session.no_autoflush:
        for one, _, kind in given:
            setattr(one, COUNTERS[kind], getattr(one, COUNTERS[kind]) + 1)


def stray(views: str, chance: Random) -> str:
    """The views of a group as one of its members has them: of the first ten some are not seen, and some are others."""
    own = [chance.choice("+-0") if chance.random() < 0.15 else view for view in views[:10]]
    own[chance.randrange(10)] = " "
    return "".join(own) + views[10:]


def counters(comments: Sequence[Comment]) -> Counter[str]:
    """The public counters of comments, added up."""
    session.expire_all()
    return Counter({name: sum(getattr(one, name) for one in comments) for name in COUNTERS.values()})
