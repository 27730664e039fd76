"""Pages and acts of a debate of 1,000, 100,000 and 1,000,000 comments, by turns with a bare page (benchmarks.bare).

`x of the bound` is how many of ours are answered while one bare page is, by the processor's time; `growth` is the time
beside the bare page, divided by the same at the smallest size. Signals and the log are written, limits of rate are off.
"""

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog
from flask import Flask
from sqlalchemy import func, select

from benchmarks.bare import bare_app
from benchmarks.by_turns import by_turns
from benchmarks.conversation import grow
from benchmarks.installations import SLUG, installations, kind_of, opened
from benchmarks.visitors import Visitor, signed_in, statements
from consultation.features.accounts.models import Account
from consultation.features.authentication.services import start_session
from consultation.features.comments.models import Comment, PenName
from consultation.features.comments.queries import Order
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import db, session
from consultation.infrastructure.web.caching import Store
from consultation.settings import Settings

SIZES = tuple(int(size) for size in os.environ.get("BENCHMARK_COMMENTS", "1000 100000 1000000").split())
CONSULTATION = f"/consultations/{SLUG}/"
THREAD = f"{CONSULTATION}recommendations/1/"
KEYS = {"shared": "score", "newest": "posted_on", "oldest": "posted_on", "discussed": "replies", "divided": "divided"}
RENDERED, KEPT, SIGNED_IN = ">= 0.6", ">= 2", ">= 0.4"
GROWTH = "growth < 1.5"
_IN_THE_THREAD = (Recommendation.number == 1, Comment.parent_id.is_(None))

Row = dict[str, object]
Work = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """Something that is asked of the application, and what PERFORMANCE asks of it."""

    name: str
    work: Work
    aim: str = GROWTH
    is_kept: bool = False


def measure() -> list[Row]:
    """One row a database, a size and a case."""
    with installations() as made, tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        bare = Visitor(bare_app(Path(folder)))
        rows: list[Row] = []
        for settings in made:
            app = opened(settings)
            structlog.configure(logger_factory=structlog.PrintLoggerFactory(nowhere))
            rows += _on(app, settings, bare)
    return rows


def _on(app: Flask, settings: Settings, bare: Visitor) -> Iterator[Row]:
    smallest: dict[str, float] = {}
    for size in SIZES:
        with app.app_context():
            grow(consultation_by_slug(SLUG), size)
            cases = list(_cases(app))
            session.remove()
        for case in cases:
            yield _row(app, kind_of(settings), size, case, bare, smallest)
    with app.app_context():
        db.engine.dispose()


def _row(app: Flask, database: str, size: int, case: Case, bare: Visitor, smallest: dict[str, float]) -> Row:
    store = app.extensions["kept_pages"]
    app.extensions["kept_pages"] = Store(store.version, store_bytes(case))
    case.work()  # a page that is kept is made once
    with app.app_context():
        engine = db.engine
    with statements(engine) as sent:
        case.work()
    compared = by_turns(case.work, partial(bare.get, "/"))
    growth = smallest.setdefault(case.name, compared.ratio) / compared.ratio
    return {
        "database": database,
        "comments": size,
        "case": case.name,
        "statements": len(sent),
        "ours, ms": compared.ours * 1000,
        "bare page, ms": compared.theirs * 1000,
        "x of the bound": round(compared.ratio, 2),
        "growth": round(growth, 2),
        "aim": case.aim,
    }


def store_bytes(case: Case) -> int:
    """A store that holds nothing where a page is to be made each time."""
    return 32_000_000 if case.is_kept else 0


def _cases(app: Flask) -> Iterator[Case]:
    visitor, reader = Visitor(app), reader_of(app)
    tag = visitor.get(THREAD)[2]["ETag"]
    yield Case("thread", page_of(visitor, THREAD), RENDERED)
    yield Case("thread, kept", page_of(visitor, THREAD), KEPT, is_kept=True)
    unchanged = page_of(visitor, THREAD, 304, if_none_match=tag)
    yield Case("thread, unchanged (304)", unchanged, "5 x the thread", is_kept=True)
    yield Case("thread, signed in", page_of(reader, THREAD), SIGNED_IN)
    for name, query in _readings().items():
        yield Case(f"thread, {name}", page_of(visitor, f"{THREAD}?{query}"))
    yield Case("all replies to one comment", page_of(visitor, f"{CONSULTATION}comments/{_most_answered()}/replies/"))
    yield Case("consultation", page_of(visitor, CONSULTATION), RENDERED)
    yield Case("consultation, kept", page_of(visitor, CONSULTATION), KEPT, is_kept=True)
    yield from _acts(reader)


def _readings() -> dict[str, str]:
    """Every order from its first page and from its middle, and what is rare in it."""
    readings = {}
    for order in Order:
        readings[f"{order.value}, first page"] = f"order={order.value}"
        readings[f"{order.value}, middle"] = f"order={order.value}&after={_middle(KEYS[order.value])}"
        readings[f"{order.value}, physicians"] = f"order={order.value}&college=physicians"
        readings[f"{order.value}, physicians against"] = f"order={order.value}&college=physicians&alignment=against"
    return readings


def _middle(key: str) -> str:
    column = getattr(Comment, key)
    roots = select(column, Comment.id).join(Recommendation).where(*_IN_THE_THREAD)
    count = session.scalar(select(func.count()).select_from(roots.subquery())) or 0
    value, comment_id = session.execute(roots.order_by(column, Comment.id).offset(count // 2).limit(1)).one()
    return f"{value!r}~{comment_id}" if isinstance(value, float | int) else f"{value}~{comment_id}"


def _most_answered() -> str:
    return session.scalars(select(Comment.id).order_by(Comment.replies.desc()).limit(1)).one()


def _acts(reader: Visitor) -> Iterator[Case]:
    roots = select(Comment.id).join(Recommendation).where(*_IN_THE_THREAD)
    target = session.scalars(roots.order_by(Comment.score.desc()).limit(1)).one()
    yield Case("post a comment", posting(reader, THREAD))
    yield Case("post a reply", posting(reader, f"{CONSULTATION}comments/{target}/reply/"))
    yield Case("react", _Reacting(reader, f"{CONSULTATION}comments/{target}/react/"))


def posting(reader: Visitor, path: str) -> Work:
    """Post another comment each time."""
    return lambda: _post(reader, path)


def _post(reader: Visitor, path: str) -> None:
    fields = {"alignment": "for", "body": "Un argument, avec ses *raisons*.", "submission": secrets.token_urlsafe(18)}
    _check(reader.post(path, fields)[0], 303)


@dataclass
class _Reacting:
    """Agrees and disagrees by turns, so that each is a change."""

    reader: Visitor
    path: str
    agrees: bool = False

    def __call__(self) -> None:
        self.agrees = not self.agrees
        _check(self.reader.post(self.path, {"kind": "agree" if self.agrees else "disagree"})[0], 303)


def page_of(visitor: Visitor, path: str, status: int = 200, **headers: str) -> Work:
    """Ask for a page."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: _check(visitor.get(path, **named)[0], status)


def _check(status: int, expected: int) -> None:
    if status != expected:
        raise AssertionError(f"answered {status}, not {expected}")


def reader_of(app: Flask) -> Visitor:
    """Somebody signed in who has a name in the debate."""
    account = session.scalars(select(Account).join(PenName, PenName.account_id == Account.id).limit(1)).one()
    token = start_session(account)
    session.commit()
    return signed_in(app, token)
