"""The database: writers wait for each other, readers for nobody, moments are aware."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from consultation.features.accounts.models import Grant
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, database
from consultation.infrastructure.database import (
    begin_writing,
    is_postgresql,
    new_public_id,
    new_uuid,
    prepare,
    reading_only,
    session,
)
from databases import fresh_database

WRITERS, TURNS = 6, 20


@pytest.fixture
def engine(tmp_path: Path, worker_id: str) -> Iterator[Engine]:
    """A database with a counter at nought."""
    made = sa.create_engine(fresh_database(tmp_path, f"counter_{worker_id}"), pool_size=WRITERS)
    prepare(made)
    with made.begin() as connection:
        connection.execute(sa.text("CREATE TABLE counter (value INTEGER NOT NULL)"))
        connection.execute(sa.text("INSERT INTO counter VALUES (0)"))
    yield made
    made.dispose()


@pytest.fixture
def stranger(engine: Engine) -> Iterator[sqlite3.Connection]:
    """A connection to the same file that waits for nobody."""
    if engine.dialect.name != "sqlite":
        pytest.skip("locks of the whole file are SQLite's")
    connection = sqlite3.connect(engine.url.database, timeout=0, isolation_level=None)
    yield connection
    connection.close()


def value_of(engine: Engine) -> int:
    """What the counter shows."""
    with reading_only(), engine.connect() as connection:
        return connection.execute(sa.text("SELECT value FROM counter")).scalar_one()


def test_writers_who_read_before_they_write_lose_nothing(engine: Engine) -> None:
    together = Barrier(WRITERS)
    locked = "" if engine.dialect.name == "sqlite" else " FOR UPDATE"

    def count() -> None:
        together.wait()
        for _turn in range(TURNS):
            with engine.begin() as connection:
                value = connection.execute(sa.text(f"SELECT value FROM counter{locked}")).scalar_one()
                connection.execute(sa.text("UPDATE counter SET value = :value"), {"value": value + 1})

    with ThreadPoolExecutor(WRITERS) as pool:
        for counting in [pool.submit(count) for _writer in range(WRITERS)]:
            counting.result()
    assert value_of(engine) == WRITERS * TURNS


def test_a_writer_holds_the_lock_from_its_first_moment(engine: Engine, stranger: sqlite3.Connection) -> None:
    with engine.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        stranger.execute("BEGIN IMMEDIATE")


def test_a_reader_takes_no_write_lock(engine: Engine, stranger: sqlite3.Connection) -> None:
    with reading_only(), engine.connect() as connection:
        connection.execute(sa.text("SELECT value FROM counter"))
        stranger.execute("BEGIN IMMEDIATE")
        stranger.execute("UPDATE counter SET value = 7")
        stranger.execute("COMMIT")
    assert value_of(engine) == 7


def test_a_reader_sees_the_last_committed_state_while_somebody_writes(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE counter SET value = 7"))
        assert value_of(engine) == 0
    assert value_of(engine) == 7


def test_reading_ends_with_its_block(engine: Engine, stranger: sqlite3.Connection) -> None:
    with reading_only():
        pass
    with engine.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        stranger.execute("BEGIN IMMEDIATE")


def test_who_read_first_and_goes_on_to_write_sees_what_was_written_meanwhile(
    draft_consultation: Consultation,
) -> None:
    if is_postgresql():
        pytest.skip("locks of the whole file are SQLite's")
    titles = sa.select(Consultation.title)
    before = session.scalar(titles)
    session.commit()
    stranger = sqlite3.connect(str(session.get_bind().url.database), timeout=0, isolation_level=None)
    with closing(stranger), reading_only():
        assert session.scalar(titles) == before
        stranger.execute("UPDATE consultation SET title = 'Another'")
        assert session.scalar(titles) == before
        begin_writing()
        assert session.scalar(titles) == "Another"
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            stranger.execute("BEGIN IMMEDIATE")
        session.rollback()


def test_who_may_write_already_keeps_what_was_written(draft_consultation: Consultation) -> None:
    draft_consultation.title = "Another"
    session.flush()
    begin_writing()
    session.commit()
    assert session.scalar(sa.select(Consultation.title)) == "Another"


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2)])
def test_sqlite_keeps_a_journal_foreign_keys_and_every_commit(context: None, pragma: str, value: object) -> None:
    if is_postgresql():
        pytest.skip("pragmas are SQLite's")
    assert session.execute(sa.text(f"PRAGMA {pragma}")).scalar() == value


def test_a_row_that_points_nowhere_is_refused(context: None) -> None:
    grant = Grant(account_id=new_uuid(), consultation_id=new_uuid(), role="moderator", granted_at=clock.now())
    session.add(grant)
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


def test_a_naive_moment_is_refused(draft_consultation: Consultation) -> None:
    draft_consultation.opens_at = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - the very thing that is refused
    with pytest.raises(sa.exc.StatementError, match="a moment must be aware"):
        session.flush()


def test_a_moment_comes_back_as_the_same_moment_and_aware(draft_consultation: Consultation) -> None:
    moment = datetime(2026, 7, 1, 0, 30, tzinfo=clock.PARIS)
    draft_consultation.opens_at, draft_consultation.closes_at = moment, moment + timedelta(days=1)
    session.commit()
    session.expire_all()
    assert draft_consultation.opens_at == moment
    assert draft_consultation.opens_at.utcoffset() is not None
    assert draft_consultation.opens_at.astimezone(UTC).hour == 22


def test_a_connection_that_the_server_ended_while_it_lay_idle_is_replaced(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("a file has no server")
    monkeypatch.setattr(database, "IDLE", 0.0)
    process = sa.text("SELECT pg_backend_pid()")
    with engine.connect() as connection:
        ended = connection.scalar(process)
    stranger = sa.create_engine(engine.url)
    with stranger.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:ended, 5000)"), {"ended": ended})
    stranger.dispose()
    with engine.connect() as connection:
        assert connection.scalar(process) != ended


def test_statements_are_prepared_only_where_the_address_asks_for_it() -> None:
    url = "postgresql+psycopg://somebody@somewhere/something"
    assert [
        database.engine_options(address)["connect_args"]["prepare_threshold"]
        for address in (url, f"{url}?prepare_threshold=5")
    ] == [None, 5]


def test_public_identifiers_do_not_repeat() -> None:
    assert len({new_public_id() for _turn in range(1000)}) == 1000
