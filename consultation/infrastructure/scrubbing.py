"""Scrubbing: making deleted rows leave the files of the database, and not only its answers."""

from collections.abc import Sequence
from sqlite3 import OperationalError as SqliteOperationalError
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from consultation.infrastructure.database import db

ATTEMPTS = 5
PATIENCE_MS = 1_000  # an attempt; the whole waits at most six times as long


class ScrubForbidden(Exception):
    """The account of the database may not rewrite these tables, or may not write a checkpoint."""


def scrub(tables: Sequence[str]) -> bool:
    """Rewrite the files without what was deleted from these tables; False when other connections kept them busy.

    ScrubForbidden where the account lacks a right: PostgreSQL passes over a table of somebody else with a mere warning.
    The caller's session must be outside any transaction.
    """
    is_postgresql = db.engine.dialect.name == "postgresql"
    return _rewrite_tables(db.engine, tables) if is_postgresql else _rewrite_file(db.engine)


def _rewrite_tables(engine: Engine, tables: Sequence[str]) -> bool:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # its patience is not that of the others: it must not go back among them
        connection.execute(text(f"SET lock_timeout = {ATTEMPTS * PATIENCE_MS}"))
        try:
            for table in tables:
                _rewrite_table(connection, table)
            connection.execute(text("CHECKPOINT"))
        except OperationalError:
            return False
        except ProgrammingError as error:
            raise ScrubForbidden from error
        return True


def _rewrite_table(connection: Connection, table: str) -> None:
    file = text("SELECT pg_relation_filenode(CAST(:table AS regclass))").bindparams(table=table)
    former = connection.scalar(file)
    connection.execute(text(f"VACUUM FULL {table}"))
    if connection.scalar(file) == former:
        raise ScrubForbidden


def _rewrite_file(engine: Engine) -> bool:
    pooled = engine.raw_connection()
    pooled.detach()
    try:
        return _vacuumed(pooled.dbapi_connection)
    finally:
        pooled.close()


def _vacuumed(connection: Any) -> bool:
    """Every row stays readable in the file until the journal has been written back and truncated."""
    connection.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
    try:
        connection.execute("VACUUM")
        return any(_journal_is_empty(connection) for _ in range(ATTEMPTS))
    except SqliteOperationalError:
        return False


def _journal_is_empty(connection: Any) -> bool:
    busy, _written, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(busy == 0)
