"""A debate of any size: most of it in one thread, with replies, reactions, sources, and the counters that are kept."""

import random
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Table, func, insert, select, text, update

from consultation.domain.deliberation.reactions import divided_score, shared_score
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, CommentReaction, CommentSource, PenName
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import ALIGNMENTS, Recommendation
from consultation.infrastructure import charter
from consultation.infrastructure.database import is_postgresql, new_public_id, session

SEED = 8
BATCH = 5_000
RECENT = 200
PEOPLE = 20_000
DAYS = 60
IN_ONE_THREAD = 0.6
REPLIES = 0.25
UNDER_ONE_ROOT = 0.1  # of the replies: one comment that everybody answers
PHYSICIANS = 0.1
RARE = 30  # comments of physicians against, however long the debate: they must not be found by reading everything
BODY = "Un argument comme on en lit ici, avec ses raisons, un exemple et ce qui le limite : le numéro {number}. "
FIRST_DAY = datetime(2018, 2, 1, 9, tzinfo=UTC)

Line = dict[str, Any]


def grow(consultation: Consultation, size: int) -> None:
    """Add comments until the debate holds as many, and keep every counter right; committed."""
    before = session.scalar(select(func.count()).select_from(Comment)) or 0
    chance = random.Random(f"{SEED} {before}")
    people = _people(consultation)
    recommendations = list(session.scalars(select(Recommendation.id).order_by(Recommendation.number)))
    roots: dict[str, list[str]] = {one: _roots_of(one) for one in recommendations}
    with _without_indexes(Comment.__table__):
        for start in range(before, size, BATCH):
            numbers = range(start, min(start + BATCH, size))
            lines = [_comment(chance, number, consultation, recommendations, roots, people) for number in numbers]
            _insert(Comment.__table__, [line for line in lines if line["parent_id"] is None])
            _insert(Comment.__table__, [line for line in lines if line["parent_id"] is not None])
            _insert(CommentSource.__table__, list(_sources(chance, lines)))
            _insert(CommentReaction.__table__, list(_reactions(chance, lines, people)))
            session.commit()
            print(f"\r{numbers[-1] + 1:,} comments", end="", file=sys.stderr)
        print(file=sys.stderr)
    _count()
    session.commit()
    _analyse()


@contextmanager
def _without_indexes(table: Table) -> Iterator[None]:
    """Fill a table without its indexes, which are made at once afterwards, and without waiting for the disk."""
    for index in table.indexes:
        index.drop(session.connection())
    session.commit()
    if not is_postgresql():
        session.connection().connection.execute("PRAGMA cache_size = -400000")
    yield
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        index.create(session.connection())
    session.commit()


def _people(consultation: Consultation) -> list[tuple[uuid.UUID, str]]:
    """Accounts with a name in this consultation, and their college."""
    found = session.execute(
        select(Account.id, Account.college).join(PenName, PenName.account_id == Account.id).order_by(Account.id)
    )
    people = [(one.id, one.college) for one in found]
    if people:
        return people
    chance = random.Random(SEED)
    made = [
        {
            "id": uuid.UUID(int=chance.getrandbits(128), version=4),
            "created_at": FIRST_DAY,
            "confirmed_at": FIRST_DAY,
            "is_synthetic": True,
            "charter_edition": charter.in_force(),
            "college": "physicians" if number < PEOPLE * PHYSICIANS else "citizens",
        }
        for number in range(PEOPLE)
    ]
    _insert(Account.__table__, made)
    names = [
        {"consultation_id": consultation.id, "account_id": one["id"], "name": f"Nom {n}", "key": f"nom{n}"}
        for n, one in enumerate(made)
    ]
    _insert(PenName.__table__, names)
    session.commit()
    return [(one["id"], one["college"]) for one in made]


def _roots_of(recommendation_id: str) -> list[str]:
    """Some comments that replies may stand under, the one with most replies first."""
    roots = select(Comment.id).where(Comment.recommendation_id == recommendation_id, Comment.parent_id.is_(None))
    return list(session.scalars(roots.order_by(Comment.replies.desc(), Comment.id).limit(RECENT)))


def _comment(
    chance: random.Random,
    number: int,
    consultation: Consultation,
    recommendations: Sequence[str],
    roots: dict[str, list[str]],
    people: Sequence[tuple[uuid.UUID, str]],
) -> Line:
    is_rare = number < RARE
    under = recommendations[0] if is_rare or chance.random() < IN_ONE_THREAD else chance.choice(recommendations[1:])
    author, college = people[0] if is_rare else chance.choice(people)
    is_reply = not is_rare and roots[under] and chance.random() < REPLIES
    parent = _answered(chance, roots[under]) if is_reply else None
    agrees, disagrees, passes = _votes(chance)
    body = BODY.format(number=number) * chance.randint(1, 4)
    moment = FIRST_DAY + timedelta(days=chance.randrange(DAYS), seconds=chance.randrange(40_000))
    line = {
        "id": new_public_id(),
        "consultation_id": consultation.id,
        "recommendation_id": under,
        "author_id": author,
        "college": college,
        "alignment": "against" if is_rare else chance.choice(ALIGNMENTS[:2] if college == "physicians" else ALIGNMENTS),
        "parent_id": parent,
        "body": body,
        "html": f"<p>{body}</p>",
        "posted_at": moment,
        "posted_on": moment.date(),
        "agrees": agrees,
        "disagrees": disagrees,
        "passes": passes,
        "submission": f"{number:016}",
        "score": _shared(agrees, disagrees),
        "divided": _divided(agrees, disagrees),
    }
    if parent is None:
        _let_be_answered(chance, roots[under], line["id"])
    return line


def _let_be_answered(chance: random.Random, roots: list[str], root: str) -> None:
    """Replies go to recent comments, and to the first one: each has as many, however long the debate is."""
    if len(roots) < RECENT:
        roots.append(root)
    else:
        roots[chance.randrange(1, RECENT)] = root


def _answered(chance: random.Random, roots: Sequence[str]) -> str:
    return roots[0] if chance.random() < UNDER_ONE_ROOT else chance.choice(roots)


def _votes(chance: random.Random) -> tuple[int, int, int]:
    """Few have many voices, most have some."""
    voices = min(int(chance.paretovariate(0.7)), 3_000)
    agrees = chance.randint(0, voices)
    disagrees = chance.randint(0, voices - agrees)
    return agrees, disagrees, voices - agrees - disagrees


_shared, _divided = cache(shared_score), cache(divided_score)


def _sources(chance: random.Random, lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if chance.random() < 0.2:
            yield {
                "comment_id": line["id"],
                "position": 1,
                "title": "Un article",
                "url": f"https://example.org/{line['submission']}",
            }


def _reactions(chance: random.Random, lines: Sequence[Line], people: Sequence[tuple[uuid.UUID, str]]) -> Iterator[Line]:
    """A row or two for most comments: as many rows as comments, though the counters say more."""
    for line in lines:
        for account, _college in chance.sample(people, min(line["agrees"], 2)):
            yield {"comment_id": line["id"], "account_id": account, "kind": "agree"}


def _insert(table: Table, lines: Sequence[Line]) -> None:
    if lines and is_postgresql():
        _copy(table, lines)
    elif lines:
        session.execute(insert(table), lines)


def _copy(table: Table, lines: Sequence[Line]) -> None:
    """Send rows to PostgreSQL as COPY does, with what the columns hold by default."""
    usual = {column.name: column.default.arg for column in table.c if column.default and column.default.is_scalar}
    names = [column.name for column in table.c if column.name in lines[0] or column.name in usual]
    cursor = session.connection().connection.cursor()
    with cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copied:
        for line in lines:
            copied.write_row([line.get(name, usual.get(name)) for name in names])


def _count() -> None:
    """Bring the kept counters to what the rows say."""
    reply = Comment.__table__.alias()
    counted = select(reply.c.parent_id, func.count().label("n")).where(reply.c.parent_id.is_not(None))
    counted = counted.group_by(reply.c.parent_id).subquery()
    session.execute(
        update(Comment.__table__).where(Comment.__table__.c.id == counted.c.parent_id).values(replies=counted.c.n)
    )
    shares = session.execute(
        select(Comment.recommendation_id, Comment.college, Comment.alignment, func.count()).group_by(
            Comment.recommendation_id, Comment.college, Comment.alignment
        )
    )
    for recommendation, college, alignment, count in shares:
        session.execute(
            update(Recommendation).where(Recommendation.id == recommendation).values({f"{college}_{alignment}": count})
        )


def _analyse() -> None:
    """Let the database know its tables, as it does by itself in the long run."""
    if is_postgresql():
        session.connection().execute(text("ANALYZE"))
    session.commit()
