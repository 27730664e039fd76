"""Which tables are the application's own, and foreign keys set aside while SQLite rebuilds one."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from consultation.infrastructure.database import Model


class BrokenReferences(Exception):
    """A migration would leave rows that point nowhere; it was rolled back."""


def is_ours(table: str) -> bool:
    """Whether a table is one of the models' (full-text shadow tables and the like are not)."""
    return table in Model.metadata.tables


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A connection for migrations; on SQLite foreign keys are off meanwhile, and all references checked before commit.

    A batch step rebuilds its table; with foreign keys on, dropping the old one deletes all child rows.
    """
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            _outside_transaction(connection, "PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                    raise BrokenReferences
        finally:
            if is_sqlite:
                _outside_transaction(connection, "PRAGMA foreign_keys=ON")


def _outside_transaction(connection: Connection, statement: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - a live connection always has one
    driver.execute(statement)
