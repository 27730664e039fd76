"""The database: typed models, one session, and transactions that two processes cannot interleave."""

import math
import secrets
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Integer,
    LargeBinary,
    MetaData,
    NullPool,
    String,
    Table,
    Text,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session
from sqlalchemy.orm import registry as mapper_registry
from sqlalchemy.types import TypeDecorator

from consultation.domain.identifiers import LENGTH, public_identifier

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


# Seconds after which an unused connection is asked whether its server is still there, before it is used.
IDLE = 1.0


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment: it would mean another hour elsewhere."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must be aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment: SQLite forgets the zone."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Model(DeclarativeBase):
    """The base of every table; `bind_key` None tells Flask-SQLAlchemy to use the one database."""

    registry = mapper_registry(
        metadata=MetaData(naming_convention=NAMING, info={"bind_key": None}),
        type_annotation_map={
            str: Text(),
            int: Integer(),
            bytes: LargeBinary(),
            date: Date(),
            datetime: Moment(),
        },
    )


def table_of(model: type[Model]) -> Table:
    """The table behind a model, for statements that are written once and look at nothing that the session holds."""
    return cast(Table, model.__table__)


PublicId = String(LENGTH)

# What every UPDATE of a row does to its stamp, in the database and whatever else it changes: no change goes unseen.
RAISED = text("stamp + 1")


def new_public_id() -> str:
    """A fresh random identifier for a row that people can name."""
    return public_identifier(secrets.token_bytes(8))


def new_uuid() -> uuid.UUID:
    """A fresh random identifier for a row that is never shown."""
    return uuid.uuid4()


db = SQLAlchemy(metadata=Model.metadata)
session = cast(scoped_session[Session], db.session)

_replica: dict[str, Engine] = {}
_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading_only() -> Iterator[None]:
    """Begin transactions that take no write lock on SQLite: for requests that only read."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def begin_reading(reading: bool) -> None:
    """Say for the rest of this context whether transactions only read."""
    _reading.set(reading)


def begin_writing() -> None:
    """Let a transaction that only read go on as one that writes: on SQLite another, which holds the write lock.

    What was read before is of an earlier moment, as between two statements on PostgreSQL: what counts is read again.
    Nothing may have been written before.
    """
    if not _reading.get():
        return
    _reading.set(False)
    if session().in_transaction() and not is_postgresql():
        connection = session.connection()
        connection.exec_driver_sql("ROLLBACK")
        _begin_sqlite(connection)


def is_postgresql() -> bool:
    """Whether the session speaks to PostgreSQL (otherwise SQLite)."""
    return session.get_bind().dialect.name == "postgresql"


def connect(app: Flask, url: str) -> None:
    """Bind the application to its database, with the settings that keep transactions whole."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def use_replica(url: str) -> None:
    """Know the replica that follows the database, empty for none: it is read only to see whether it has followed."""
    if former := _replica.pop("engine", None):
        former.dispose()
    if url:
        _replica["engine"] = create_engine(url, poolclass=NullPool, **engine_options(url))


def plain_rows(statement: Executable, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
    """All the rows of a long reading as the driver makes them: bytes, texts and numbers alone, in binary form.

    Of a hundred thousand rows, wrapping each takes longer than all that is done with them afterwards.
    """
    asked = statement.execution_options(in_binary=True)
    with session.connection().execute(asked, parameters or {}) as result:
        rows: list[tuple[Any, ...]] = result.cursor.fetchall()  # type: ignore[assignment]
    return rows


@contextmanager
def replica() -> Iterator[Connection | None]:
    """A connection to the replica for one question; None where there is no replica."""
    if "engine" not in _replica:
        yield None
        return
    with _replica["engine"].connect() as connection:
        yield connection


def engine_options(url: str) -> dict[str, Any]:
    """How an engine is made for a database of this address."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 30}, "hide_parameters": True}
    # Statements are prepared only where the address says so: None keeps a transaction-mode pooler usable.
    threshold = make_url(url).query.get("prepare_threshold")
    prepared = int(threshold) if isinstance(threshold, str) else None
    return {"connect_args": {"prepare_threshold": prepared}, "hide_parameters": True}


def prepare(engine: Engine) -> None:
    """Give SQLite its journal, its foreign keys and its write lock at BEGIN, or writers overwrite in silence.

    PostgreSQL is asked whether it still holds its end of a connection, where that has lain idle.
    """
    if engine.dialect.name == "postgresql" and not event.contains(engine, "checkin", _note_idle):
        event.listen(engine, "before_cursor_execute", _ask_for_binary)
        event.listen(engine, "checkin", _note_idle)
        event.listen(engine, "checkout", partial(_ping_after_idle, engine.dialect))
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _configure_sqlite):
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _ask_for_binary(
    _connection: Any, cursor: Any, _statement: str, _parameters: Any, context: Any, _executemany: bool
) -> None:
    if context is not None and context.execution_options.get("in_binary"):
        cursor.format = type(cursor.format).BINARY


def _note_idle(_connection: Any, record: Any) -> None:
    record.info["idle_since"] = time.monotonic()


def _ping_after_idle(dialect: Dialect, connection: Any, record: Any, _proxy: Any) -> None:
    """Ask before use a server that may have been restarted meanwhile; one that answered just now is not asked."""
    if time.monotonic() - record.info.get("idle_since", math.inf) < IDLE:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
