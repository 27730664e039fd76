"""Databases of the tests' own: a file of SQLite, or a database on the server of TEST_DATABASE_URL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy

from consultation.infrastructure import triggers
from consultation.infrastructure.database import Model


def fresh_database(folder: Path, name: str) -> str:
    """The URL of an empty database of this name."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        return f"sqlite:///{folder / name}.sqlite"
    url = sqlalchemy.make_url(server)
    database = f"{url.database}_{name}"
    maintenance = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(sqlalchemy.text(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'))
        connection.execute(sqlalchemy.text(f'CREATE DATABASE "{database}"'))
    maintenance.dispose()
    return url.set(database=database).render_as_string(hide_password=False)


@contextmanager
def emptying(connection: sqlalchemy.Connection) -> Iterator[None]:
    """Let rows go that nobody may change otherwise, for as long as this lasts."""
    if connection.dialect.name == "postgresql":
        connection.execute(sqlalchemy.text("SET LOCAL session_replication_role = replica"))
        yield
        return
    for name in triggers.names(Model.metadata):
        connection.execute(sqlalchemy.text(f"DROP TRIGGER {name}"))
    yield
    triggers.create_all(connection, Model.metadata)
