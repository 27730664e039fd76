"""What is asked so often that the bookkeeping around a statement would cost more than the statement itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection, Delete, Dialect, Insert, Select
from sqlalchemy.exc import DBAPIError

from consultation.infrastructure.database import db, session

Asked = Select[Any] | Insert | Delete
Rows = Sequence[tuple[Any, ...]]
Change = Callable[[Any], Any] | None


class _Plain:
    """A statement as one kind of database wants it: its text, and what becomes of values on their way in and out."""

    def __init__(self, statement: Asked, dialect: Dialect) -> None:
        self._compiled = statement.compile(dialect=dialect)
        self.text = self._compiled.string
        self._order: Sequence[str] | None = getattr(self._compiled, "positiontup", None)
        binds = self._compiled.binds
        self._inward = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        selected = statement.selected_columns if isinstance(statement, Select) else ()
        self._outward = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in selected]

    def given(self, values: Mapping[str, object]) -> Any:
        """These values as the driver takes them."""
        given = dict(self._compiled.construct_params(values) or {})
        for name, change in self._inward.items():
            if change:
                given[name] = change(given[name])
        return tuple(given[name] for name in self._order) if self._order else given

    def read(self, rows: Rows) -> Rows:
        """The rows of the driver as the columns mean them."""
        if not any(self._outward):
            return rows
        return [tuple(map(_changed, self._outward, row)) for row in rows]


def _changed(change: Change, value: Any) -> Any:
    return change(value) if change else value


class _Once:
    """A statement that is compiled once for each kind of database."""

    def __init__(self, statement: Asked) -> None:
        self._statement = statement
        self._plain: dict[str, _Plain] = {}

    def _for(self, dialect: Dialect) -> _Plain:
        return self._plain.get(dialect.name) or self._plain.setdefault(dialect.name, _Plain(self._statement, dialect))


class Glimpse(_Once):
    """A small reading for most requests, in a transaction of its own: compiled once, its rows as the driver gives them.

    The bookkeeping of a connection and of a statement would cost three times what the reading does.
    """

    def rows(self, **values: object) -> Rows:
        """The rows for these values of the statement's parameters."""
        plain = self._for(db.engine.dialect)
        connection = db.engine.raw_connection()
        try:
            with _alone(connection.driver_connection):
                cursor = connection.cursor()
                cursor.execute(plain.text, plain.given(values))
                return cast(Rows, cursor.fetchall())
        finally:
            connection.close()


@contextmanager
def _alone(driver: Any) -> Iterator[None]:
    """Send one statement without the BEGIN before and the ROLLBACK after it, each of which waits for an answer."""
    if db.engine.dialect.name != "postgresql":
        yield
        return
    driver.autocommit = True
    try:
        yield
    finally:
        driver.autocommit = False


class PlainStatement(_Once):
    """One statement of an act in the session's own transaction, compiled once; who listens to statements hears it."""

    def run(self, **values: object) -> Rows:
        """Send it with these values of its parameters; the rows, if there are any. Errors are those of SQLAlchemy."""
        connection = session.connection()
        plain = self._for(connection.dialect)
        try:
            return plain.read(_sent(connection, plain.text, plain.given(values)))
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_raised_by_sqlalchemy(error, plain.text, connection) from error


def _sent(connection: Connection, text: str, given: Any) -> Rows:
    cursor = connection.connection.cursor()
    try:
        for hear in connection.dispatch.before_cursor_execute:
            hear(connection, cursor, text, given, None, False)
        cursor.execute(text, given)
        return cast(Rows, cursor.fetchall()) if cursor.description else ()
    finally:
        cursor.close()


def _as_raised_by_sqlalchemy(error: Exception, text: str, connection: Connection) -> BaseException:
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(error, connection.connection.driver_connection, None)  # type: ignore[arg-type]
    if is_lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=dialect,
    )
