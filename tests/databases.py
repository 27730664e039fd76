"""Databases of the tests' own: a file of SQLite, or a database on the server of TEST_DATABASE_URL."""

import os
from pathlib import Path

import sqlalchemy


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
