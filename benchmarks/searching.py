"""What a search costs as a debate grows: statements and milliseconds, with words of every kind.

Debates of every size stand beside each other and are searched by turns: what else the machine does then weighs on all.
`growth` is the median, over the rounds, of the time in the largest divided by the time in the smallest. Milliseconds
are of the wall, for PostgreSQL works in a process of its own; it gives up what takes it three seconds.
"""

import os
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import accumulate
from statistics import median
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import func, insert, select, text

from benchmarks.installations import SLUG, installations, kind_of, opened
from benchmarks.visitors import Visitor, statements
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure import clock
from consultation.infrastructure.database import db, is_postgresql, new_public_id, session
from consultation.infrastructure.search import Entry, SearchEntry, index, place_of_comment, rows_of
from consultation.infrastructure.search.lexemes import WINDOWS
from consultation.infrastructure.search.places import BELOW_A_DAY

# A million entries take some minutes to fill in: name other numbers in BENCHMARK_ENTRIES.
SIZES = tuple(int(size) for size in os.environ.get("BENCHMARK_ENTRIES", "1000 100000 1000000").split())
DAYS = 60
LENGTH = 40
VOCABULARY = [f"mot{number}" for number in range(20_000)]
WEIGHTS = list(accumulate(1 / (number + 2) for number in range(len(VOCABULARY))))
RARE, RARE_HELD = "rarissime", 30  # a word of thirty comments, however many there are
DRAWN, CHUNK = 10_000, 1_000  # so many texts are written, and stand at other places until there are enough
RUNS = 21
OK, TOO_BROAD = 200, 422
_COLUMNS = "consultation_id, recommendation_id, language, title, body, day, college, alignment"
_WIDTHS = f"generate_series({WINDOWS[0]}, {WINDOWS[-1]}, {WINDOWS.step})"
_WINDOWS = f"SELECT '§' || width || 'w' || to_hex({{place}} >> width) FROM {_WIDTHS} width"
_LOW = f"{(1 << BELOW_A_DAY) - 1}"
# By whether it is PostgreSQL: as many again, each on its day, under another identifier.
COPY = {
    False: f"""INSERT INTO search_entry (place, kind, object_id, {_COLUMNS}, words)
        SELECT (place & ~{_LOW}) | (random() & {_LOW}), kind, lower(hex(randomblob(6))), {_COLUMNS}, words
        FROM search_entry WHERE body NOT LIKE :rare LIMIT :missing ON CONFLICT DO NOTHING""",
    True: f"""INSERT INTO search_entry (place, kind, object_id, {_COLUMNS}, words)
        SELECT fresh, kind, substr(md5(random()::text), 1, 12), {_COLUMNS},
            ts_delete(words, ARRAY({_WINDOWS.format(place="place")}))
            || array_to_tsvector(ARRAY({_WINDOWS.format(place="fresh")}))
        FROM (SELECT *, (place & ~{_LOW}::bigint) | floor(random() * {_LOW})::bigint AS fresh FROM search_entry) held
        WHERE body NOT LIKE :rare LIMIT :missing ON CONFLICT DO NOTHING""",
}
QUESTIONS = {
    "a word of half the comments": "mot0",
    "two of the commonest words": "mot0 mot1",
    "a phrase of common words": '"mot0 mot1"',
    "a word, another left out": "mot1 -mot0",
    "a word of thirty comments": RARE,
    "a common and a rare word": f"mot0 {RARE}",
    "a word of no comment": "introuvable",
    "one recommendation, physicians": "mot0&recommendation={recommendation}&college=physicians",
    "a page half way": "mot0&before={middle}",
    "common words never in a row": '"mot0 mot1 mot2 mot3 mot4 mot5"',
}


def measure() -> list[dict[str, object]]:
    """One row a database and a kind of question: statements, milliseconds of GET /search (medians), and growth."""
    rows: list[dict[str, object]] = []
    with ExitStack() as stack:
        nowhere = stack.enter_context(open(os.devnull, "w"))
        made = [stack.enter_context(installations()) for _ in SIZES]
        for alike in zip(*made, strict=True):
            apps = {size: opened(settings) for size, settings in zip(SIZES, alike, strict=True)}
            structlog.configure(logger_factory=structlog.PrintLoggerFactory(nowhere))
            for size, app in apps.items():
                with app.app_context():
                    fill(size)
            rows += compared(kind_of(alike[0]), apps)
            for app in apps.values():
                with app.app_context():
                    db.engine.dispose()
    return rows


def compared(kind: str, apps: Mapping[int, Flask]) -> Iterator[dict[str, object]]:
    """The rows of one kind of database, from an application for each size."""
    asked = {size: dict(_addresses(app)) for size, app in apps.items()}
    for name in QUESTIONS:
        row: dict[str, object] = {"database": kind, "search": name}
        spent = _spent([(Visitor(app), asked[size][name]) for size, app in apps.items()])
        for size, app in apps.items():
            row[f"statements at {size:,}"] = _statements(app, asked[size][name])
        for size, times in zip(apps, spent, strict=True):
            row[f"ms at {size:,}"] = median(times) * 1000
        yield {**row, "growth": median(last / first for first, last in zip(spent[0], spent[-1], strict=True))}


def _addresses(app: Flask) -> Iterator[tuple[str, str]]:
    with app.app_context():
        places = _places()
        session.remove()
    for name, question in QUESTIONS.items():
        yield name, f"/search?q={question.format(**places)}"


def _spent(searches: Sequence[tuple[Visitor, str]]) -> list[list[float]]:
    """The seconds of each search, round by round."""
    for visitor, path in searches:
        _seconds(visitor, path)
    rounds = [[_seconds(visitor, path) for visitor, path in searches] for _ in range(RUNS)]
    return [list(times) for times in zip(*rounds, strict=True)]


def _seconds(visitor: Visitor, path: str) -> float:
    start = time.perf_counter()
    status, _body, _headers = visitor.get(path)
    spent = time.perf_counter() - start
    if status not in (OK, TOO_BROAD):
        raise AssertionError(f"{path} is answered by {status}")
    return spent


def _statements(app: Flask, path: str) -> int:
    with app.app_context():
        engine = db.engine
    with statements(engine) as sent:
        Visitor(app).get(path)
    return len(sent)


def fill(size: int) -> None:
    """Bring the index to this many entries, spread over sixty days, with words as common and as rare as in life."""
    consultation = consultation_by_slug(SLUG)
    recommendations = [one.id for one in recommendations_of(consultation.id)]
    drawn = random.Random(size)
    with _without_index():
        for start in range(0, min(size, DRAWN), CHUNK):
            entries = [
                _entry(drawn, consultation.id, recommendations, _words(drawn, holds_rare=number < RARE_HELD))
                for number in range(start, min(start + CHUNK, size))
            ]
            session.execute(insert(SearchEntry), list(rows_of(entries)))
        while (held := _held()) < size:
            session.execute(text(COPY[is_postgresql()]), {"missing": size - held, "rare": f"%{RARE}%"})
            session.commit()


def _words(drawn: random.Random, *, holds_rare: bool) -> str:
    words = drawn.choices(VOCABULARY, cum_weights=WEIGHTS, k=LENGTH)
    return " ".join([*words, RARE] if holds_rare else words)


def _entry(drawn: random.Random, consultation_id: Any, recommendations: list[str], body: str) -> Entry:
    day, comment_id = clock.today() - timedelta(days=drawn.randrange(DAYS)), new_public_id()
    return Entry(
        place=place_of_comment(day, comment_id),
        kind="comment",
        object_id=comment_id,
        consultation_id=consultation_id,
        recommendation_id=drawn.choice(recommendations),
        language="fr",
        title="",
        body=body,
        day=day,
        college=drawn.choice(("citizens", "citizens", "physicians")),
        alignment=drawn.choice(("for", "nuanced", "against")),
    )


def _held() -> int:
    return session.scalar(select(func.count()).select_from(SearchEntry)) or 0


def _places() -> dict[str, str]:
    """What the addresses of some questions name: a recommendation, and a place half way down the index."""
    middle = session.scalar(select(SearchEntry.place).order_by(SearchEntry.place).offset(_held() // 2).limit(1))
    recommendation = recommendations_of(consultation_by_slug(SLUG).id)[0]
    return {"middle": str(middle), "recommendation": recommendation.id}


@contextmanager
def _without_index() -> Iterator[None]:
    """Let the index be made at once when all is filled in; PostgreSQL is to know what the table holds."""
    if is_postgresql():
        session.execute(text("DROP INDEX ix_search_entry_words"))
        yield
        session.execute(text("CLUSTER search_entry USING pk_search_entry"))  # as they lie where they come day by day
        session.execute(
            text("CREATE INDEX ix_search_entry_words ON search_entry USING gin (words) WITH (fastupdate = off)")
        )
        session.execute(text("ANALYZE search_entry"))
    else:
        for trigger in index.TRIGGERS:
            session.execute(text(f"DROP TRIGGER {trigger}"))
        yield
        index.create(session.connection())
    session.commit()
