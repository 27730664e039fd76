"""The database: typed models, one session, and transactions that two processes cannot interleave."""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    NullPool,
    String,
    Text,
    create_engine,
    event,
)
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


PublicId = String(LENGTH)


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


def is_postgresql() -> bool:
    """Whether the session speaks to PostgreSQL (otherwise SQLite)."""
    return session.get_bind().dialect.name == "postgresql"


def connect(app: Flask, url: str) -> None:
    """Bind the application to its database, with the settings that keep transactions whole."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(url)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def use_replica(url: str) -> None:
    """Know the replica that follows the database, empty for none: it is read only to see whether it has followed."""
    if former := _replica.pop("engine", None):
        former.dispose()
    if url:
        _replica["engine"] = create_engine(url, poolclass=NullPool, **_engine_options(url))


@contextmanager
def replica() -> Iterator[Connection | None]:
    """A connection to the replica for one question; None where there is no replica."""
    if "engine" not in _replica:
        yield None
        return
    with _replica["engine"].connect() as connection:
        yield connection


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 30}, "hide_parameters": True}
    # prepare_threshold None keeps a transaction-mode pooler usable; parameters never reach an error or a log.
    return {"connect_args": {"prepare_threshold": None}, "hide_parameters": True, "pool_pre_ping": True}


def prepare(engine: Engine) -> None:
    """Give SQLite its journal, its foreign keys and its write lock at BEGIN, or writers overwrite in silence."""
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _configure_sqlite):
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
