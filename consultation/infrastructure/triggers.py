"""Triggers: rows that nobody changes, whatever the code above them does.

A table says so in its arguments (`IMMUTABLE`, `UNCHANGING`). A migration that rebuilds such a table calls `create`
again: batch mode on SQLite drops triggers in silence.
"""

from typing import Any

from sqlalchemy import Connection, MetaData, Table, event, text

from consultation.infrastructure.database import Model

_ACTS = "refused_acts"
IMMUTABLE: dict[str, Any] = {"info": {_ACTS: ("UPDATE", "DELETE")}}
UNCHANGING: dict[str, Any] = {"info": {_ACTS: ("UPDATE",)}}

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$
"""


def create(connection: Connection, table: str, acts: tuple[str, ...]) -> None:
    """Refuse these acts (UPDATE, DELETE) on every row of a table, from now on."""
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        connection.execute(text(_FUNCTION))
    for act in acts:
        head = f"CREATE TRIGGER {_name(table, act)} BEFORE {act} ON {table} FOR EACH ROW"
        refusal = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        connection.execute(text(f"{head} EXECUTE FUNCTION refuse_change()" if is_postgresql else f"{head} {refusal}"))


def drop(connection: Connection, table: str, acts: tuple[str, ...]) -> None:
    """Let these acts pass again."""
    of_table = f" ON {table}" if connection.dialect.name == "postgresql" else ""
    for act in acts:
        connection.execute(text(f"DROP TRIGGER {_name(table, act)}{of_table}"))


def create_all(connection: Connection, metadata: MetaData) -> None:
    """Create the triggers of all the tables that ask for them."""
    for table in _refusing(metadata):
        create(connection, table.name, table.info[_ACTS])


def names(metadata: MetaData) -> set[str]:
    """The names of all the triggers that there must be."""
    return {_name(table.name, act) for table in _refusing(metadata) for act in table.info[_ACTS]}


def _refusing(metadata: MetaData) -> list[Table]:
    return [table for table in metadata.sorted_tables if _ACTS in table.info]


def _name(table: str, act: str) -> str:
    return f"{table}_refuses_{act.lower()}"


def _created(metadata: MetaData, connection: Connection, **_options: Any) -> None:
    create_all(connection, metadata)


event.listen(Model.metadata, "after_create", _created)
