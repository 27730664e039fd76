"""Scrubbing where the account of the database lacks a right: refused aloud, never passed over."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from consultation.infrastructure.database import db, is_postgresql
from consultation.infrastructure.scrubbing import ScrubForbidden, scrub


@pytest.fixture
def role(app: Flask, context: None, worker_id: str) -> Iterator[str]:
    """An account that owns no table and may write no checkpoint."""
    if not is_postgresql():
        pytest.skip("SQLite has no accounts")
    name = f"scrubbing_{worker_id}"
    with db.engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {name}"))
    yield name
    with db.engine.begin() as connection:
        connection.execute(text(f"REASSIGN OWNED BY {name} TO CURRENT_USER"))
        connection.execute(text(f"DROP OWNED BY {name}"))
        connection.execute(text(f"DROP ROLE {name}"))


@pytest.mark.parametrize("owns_the_table", [False, True])
def test_a_missing_right_stops_the_scrubbing(role: str, monkeypatch: pytest.MonkeyPatch, owns_the_table: bool) -> None:
    if owns_the_table:
        with db.engine.begin() as connection:
            connection.execute(text(f"GRANT CREATE, USAGE ON SCHEMA public TO {role}"))
            connection.execute(text(f"ALTER TABLE ballot OWNER TO {role}"))
    limited = create_engine(db.engine.url, connect_args={"options": f"-c role={role}"})
    with monkeypatch.context() as engines:
        engines.setitem(db.engines, None, limited)
        with pytest.raises(ScrubForbidden):
            scrub(["ballot"])
    limited.dispose()
