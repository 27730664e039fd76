"""A debate that was held before comments could change climbs with every row, its scores and what was cut."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from consultation.domain.deliberation.reactions import divided_score
from consultation.infrastructure.database import prepare
from consultation.infrastructure.schema import migrating
from databases import fresh_database

ROOT = Path(__file__).parents[2]
NOW = datetime(2018, 3, 12, 11, tzinfo=UTC)
CONSULTATION, PEOPLE = uuid.uuid4(), [uuid.uuid4() for _ in range(4)]
GIVEN = {
    "consultation": {
        "id": CONSULTATION,
        "language": "fr",
        "phase": "open",
        "opens_at": NOW,
        "closes_at": NOW + timedelta(days=9),
    },
    "recommendation": {"id": "recommendat0", "consultation_id": CONSULTATION, "number": 6},
    "comment": {
        "consultation_id": CONSULTATION,
        "recommendation_id": "recommendat0",
        "author_id": PEOPLE[0],
        "college": "citizens",
        "alignment": "for",
        "body": "Un argument.",
        "html": "<p>Un argument.</p>",
        "state": "published",
    },
    "moderation_case": {
        "id": "case00000000",
        "consultation_id": CONSULTATION,
        "comment_id": "comment00000",
        "state": "decided",
    },
    "decision": {"id": "decision0000", "case_id": "case00000000", "comment_id": "comment00000", "outcome": "keep"},
}
EMPTY = {str: "", int: 0, float: 0.0, bool: False, bytes: b"", date: NOW.date(), datetime: NOW}


@pytest.fixture
def engine(tmp_path: Path, worker_id: str) -> Engine:
    """A database at the revision before, with a debate in it."""
    made = sa.create_engine(fresh_database(tmp_path, f"debates_{worker_id}"))
    prepare(made)
    climb(made, "0004")
    with made.begin() as connection:
        fill(connection)
    yield made
    made.dispose()


def climb(engine: Engine, revision: str, way: Callable[[Config, str], None] = command.upgrade) -> None:
    """Bring the schema to a revision."""
    with migrating(engine) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(ROOT / "migrations"))
        way(config, revision)


def fill(connection: Connection) -> None:
    """Three comments and a reply: the first with a reaction that was cut from somebody who left."""
    add(connection, "consultation", slug="test", title="Test")
    add(connection, "recommendation")
    for place, account in enumerate(PEOPLE):
        add(connection, "account", id=account, address=f"{place}@example.org", college="citizens", language="fr")
    add(connection, "pen_name", consultation_id=CONSULTATION, account_id=PEOPLE[0], name="Sauge", key="sauge")
    for place, (agrees, disagrees, passes) in enumerate([(2, 1, 0), (0, 0, 0), (1, 0, 1)]):
        counts = {"agrees": agrees, "disagrees": disagrees, "passes": passes}
        add(connection, "comment", id=f"comment0000{place}", submission=f"form {place}", **counts)
    add(connection, "comment", id="reply0000000", parent_id="comment00000", submission="a reply")
    for comment, account, kind in [(0, 1, "agree"), (0, 2, "disagree"), (2, 1, "agree"), (2, 3, "pass")]:
        add(connection, "comment_reaction", comment_id=f"comment0000{comment}", account_id=PEOPLE[account], kind=kind)
    add(connection, "moderation_case")
    add(connection, "decision")


def add(connection: Connection, name: str, /, **values: Any) -> None:
    """A row, with something in every column that must hold something."""
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    given = GIVEN.get(name, {}) | values
    needed = {
        column.name: EMPTY[column.type.python_type]
        for column in table.columns
        if column.name not in given and not column.nullable and column.server_default is None
    }
    stored = {key: plain(table, key, value) for key, value in (needed | given).items()}
    connection.execute(table.insert().values(stored))


def plain(table: sa.Table, key: str, value: Any) -> Any:
    """An identifier as the reflected column takes it: SQLite keeps 32 characters."""
    is_uuid = isinstance(table.columns[key].type, sa.Uuid)
    return value.hex if isinstance(value, uuid.UUID) and not is_uuid else value


def rows(engine: Engine, statement: str) -> list[tuple[Any, ...]]:
    """What a question finds."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_every_comment_and_reaction_is_there_after_the_climb(engine: Engine) -> None:
    climb(engine, "head")
    assert rows(engine, "SELECT count(*), min(revision), max(revision), max(closed_through) FROM comment") == [
        (4, 1, 1, 0)
    ]
    assert rows(engine, "SELECT count(*), min(revision), max(revision) FROM comment_reaction") == [(4, 1, 1)]
    assert rows(engine, "SELECT parent_id FROM comment WHERE id = 'reply0000000'") == [("comment00000",)]
    assert rows(engine, "SELECT revision_judged FROM decision") == [(1,)]
    assert rows(engine, "SELECT name, interests FROM pen_name") == [("Sauge", "")]
    assert rows(engine, "SELECT stamp FROM recommendation") == [(1,)]


def test_what_divides_is_known_at_once(engine: Engine) -> None:
    climb(engine, "0005")
    scores = dict(rows(engine, "SELECT id, divided FROM comment WHERE parent_id IS NULL"))
    assert scores == {"comment00000": pytest.approx(divided_score(2, 1)), "comment00001": 0, "comment00002": 0}


def test_reactions_of_people_who_had_left_are_known_to_be_nobodys(engine: Engine) -> None:
    climb(engine, "0005")
    assert rows(engine, "SELECT comment_id, kind, revision, number FROM cut_reactions") == [
        ("comment00000", "agree", 1, 1)
    ]


def test_the_way_back_keeps_the_debate(engine: Engine) -> None:
    climb(engine, "0005")
    climb(engine, "0004", command.downgrade)
    assert rows(engine, "SELECT count(*), sum(agrees), sum(disagrees), sum(passes) FROM comment") == [(4, 3, 1, 1)]
    assert "comment_revision" not in sa.inspect(engine).get_table_names()
