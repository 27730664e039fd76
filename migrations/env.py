"""How a migration runs: on the application's own connection, foreign keys checked after it instead of during it."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, text

from consultation.infrastructure.database import Model, Moment
from consultation.infrastructure.schema import is_ours

LOCK = 0x636F6E73  # one migration at a time on PostgreSQL


def run(connection: Connection) -> None:
    """Climb, in one transaction, with batch steps for SQLite."""
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        include_object=_included,
        render_item=_rendered,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        context.run_migrations()


def _rendered(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration must not import the application: its types are written as the database knows them."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def _included(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    return kind != "table" or is_ours(name or "")


run(context.config.attributes["connection"])
