"""What a thief tries who has the whole database, its files, its journal and the logs, but not the key."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy
from sqlalchemy import text

from consultation.infrastructure.database import Model, is_postgresql, session

PAPERS = ("ballot", "draft")


def columns() -> dict[str, list[str]]:
    """Every row of every table, each column as text and as hexadecimal where it is bytes."""
    session.rollback()
    return {
        table.name: [_told(row) for row in session.execute(sqlalchemy.select(table))]
        for table in Model.metadata.sorted_tables
    }


def transactions() -> dict[int, set[str]]:
    """The tables that each transaction wrote to, by the mark that PostgreSQL leaves on its rows."""
    session.rollback()
    found: dict[int, set[str]] = defaultdict(set)
    for table in Model.metadata.sorted_tables:
        for (mark,) in session.execute(text(f'SELECT DISTINCT xmin::text::bigint FROM "{table.name}"')):
            found[mark].add(table.name)
    return found


def joined_by_transaction() -> list[set[str]]:
    """The transactions that wrote a ballot or a draft, and also a row of another table."""
    return [tables for tables in transactions().values() if tables & set(PAPERS) and tables - set(PAPERS)]


def lying_order(table: str, key: str) -> list[bytes]:
    """The keys of a table in the order in which its rows lie, as its answers give it away."""
    session.rollback()
    order = "ctid" if is_postgresql() else key
    if not is_postgresql():
        written = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table})
        assert "WITHOUT ROWID" in str(written), "a row number tells the order in which rows came"
    return [bytes(row) for (row,) in session.execute(text(f"SELECT {key} FROM {table} ORDER BY {order}"))]


def files() -> dict[str, bytes]:
    """The files of the database and, on SQLite, its journal, by name; none where a server keeps them out of reach."""
    session.rollback()
    if not is_postgresql():
        database = Path(str(session.get_bind().engine.url.database))
        return {file.name: file.read_bytes() for file in database.parent.glob(f"{database.name}*")}
    found = session.execute(
        text(
            "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database"
            " WHERE datname = current_database()"
        )
    )
    return _read(Path(found.scalar_one()))


def journal() -> dict[str, bytes]:
    """The latest segments of PostgreSQL's journal, by name; none where they are out of reach or on SQLite."""
    if not is_postgresql():
        return {}
    folder = session.scalar(text("SELECT current_setting('data_directory') || '/pg_wal'"))
    segment = session.scalar(text("SELECT pg_walfile_name(pg_current_wal_lsn())"))
    return {name: content for name, content in _read(Path(str(folder))).items() if name == segment}


def holding(secrets: Iterable[bytes], places: dict[str, bytes]) -> list[str]:
    """The names of the files in which one of these is found."""
    wanted = list(secrets)
    return [name for name, content in places.items() if any(one in content for one in wanted)]


def _read(folder: Path) -> dict[str, bytes]:
    try:
        return {file.name: _content(file) for file in folder.iterdir() if file.is_file()}
    except PermissionError:
        return {}


def _content(file: Path) -> bytes:
    """The bytes of a file; none where the server removed it since the folder was listed."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def _told(row: sqlalchemy.Row[tuple[object, ...]]) -> str:
    return "\n".join(f"{value.hex()} {value!r}" if isinstance(value, bytes) else str(value) for value in row)
