"""The inverted index of SQLite: FTS5 over the words of the entries, kept by triggers in the same transaction.

PostgreSQL has its own, a GIN index on a column. A migration that rebuilds the table of entries calls `create` again:
batch mode on SQLite drops triggers in silence.
"""

from typing import Any

from sqlalchemy import Connection, Table, event, text

from consultation.infrastructure.search.entries import SearchEntry

TRIGGERS = ("search_entry_is_added", "search_entry_is_removed", "search_entry_is_changed")
_ADD = "INSERT INTO search_index (rowid, words) VALUES (new.place, new.words);"
# An external-content index is told the words that go: it holds no copy to look them up in.
_REMOVE = "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.place, old.words);"
_STATEMENTS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5"
    "(words, content='search_entry', content_rowid='place', tokenize='ascii')",
    f"CREATE TRIGGER {TRIGGERS[0]} AFTER INSERT ON search_entry BEGIN {_ADD} END",
    f"CREATE TRIGGER {TRIGGERS[1]} AFTER DELETE ON search_entry BEGIN {_REMOVE} END",
    f"CREATE TRIGGER {TRIGGERS[2]} AFTER UPDATE ON search_entry BEGIN {_REMOVE} {_ADD} END",
)


def create(connection: Connection) -> None:
    """Create the index and its triggers on SQLite, and fill it from the entries; nothing to do on PostgreSQL."""
    if connection.dialect.name != "sqlite":
        return
    for statement in _STATEMENTS:
        connection.execute(text(statement))
    connection.execute(text("INSERT INTO search_index (search_index) VALUES ('rebuild')"))


def drop(connection: Connection) -> None:
    """Drop the index on SQLite; its triggers go with the table of entries."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TABLE IF EXISTS search_index"))


def _created(_table: Table, connection: Connection, **_options: Any) -> None:
    create(connection)


event.listen(SearchEntry.__table__, "after_create", _created)
