"""Migrations: climbing gives the schema of the models, and no row is lost on the way."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine

from consultation.infrastructure.database import Model, prepare
from consultation.infrastructure.schema import BrokenReferences, is_ours, migrating
from databases import fresh_database

ROOT = Path(__file__).parents[2]


@pytest.fixture
def engine(tmp_path: Path, worker_id: str) -> Engine:
    """A database with nothing in it."""
    made = sa.create_engine(fresh_database(tmp_path, f"migrations_{worker_id}"))
    prepare(made)
    yield made
    made.dispose()


def climb(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision."""
    with migrating(engine) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(ROOT / "migrations"))
        command.upgrade(config, revision)


def tables_without_row_numbers(engine: Engine) -> set[str]:
    """The tables of SQLite whose rows have no number that would tell their order."""
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
    return {name for name, sql in found if "WITHOUT ROWID" in (sql or "") and is_ours(name)}


def test_the_climbed_schema_is_that_of_the_models(engine: Engine) -> None:
    climb(engine)
    with engine.connect() as connection:
        options = {
            "compare_type": True,
            "include_object": lambda _object, name, kind, *_rest: kind != "table" or is_ours(name),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Model.metadata) == []


def test_the_tables_of_ballots_have_no_row_numbers(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("row numbers are SQLite's: PostgreSQL's ctid is erased by the ceremony's last step")
    climb(engine)
    assert tables_without_row_numbers(engine) == {"ballot", "day_list", "draft", "sealed_ballot"}


def test_climbing_twice_changes_nothing(engine: Engine) -> None:
    climb(engine)
    before = sa.inspect(engine).get_table_names()
    climb(engine)
    assert sa.inspect(engine).get_table_names() == before


def family(engine: Engine) -> None:
    """A parent and a child that would go with it."""
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)"))
        connection.execute(
            sa.text("CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent ON DELETE CASCADE)")
        )
        connection.execute(sa.text("INSERT INTO parent VALUES (1, 'a')"))
        connection.execute(sa.text("INSERT INTO child VALUES (1, 1)"))


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(engine: Engine) -> None:
    family(engine)
    with migrating(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("parent", recreate="auto") as batch:
            batch.alter_column("name", nullable=False)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM child")).scalar() == 1


def test_a_migration_that_leaves_a_row_pointing_nowhere_is_undone(engine: Engine) -> None:
    family(engine)
    with pytest.raises((BrokenReferences, sa.exc.IntegrityError)), migrating(engine) as connection:
        connection.execute(sa.text("UPDATE child SET parent = 7"))
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT parent FROM child")).scalar() == 1
