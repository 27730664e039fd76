"""Whole installations for ceremonies that die: a database, its keys and its bundles, which can be copied and read."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy

from consultation.features.ballots.models import key_name
from consultation.settings import PREFIX

SLUG = "test"
ALL = "*"
MANY = 1_000_000
SECRET = "a secret of the tests, long enough to be one"


@dataclass(frozen=True)
class World:
    """One installation in a folder; `at` is the moment at which its clock stands."""

    url: str
    folder: Path
    at: datetime

    @property
    def bundle(self) -> Path:
        """Where the auditors' bundle is, once it is written."""
        return self.folder / "audit" / f"{SLUG}.zip"

    def environment(self, **more: str) -> dict[str, str]:
        """What the console script is told of this installation."""
        values = {
            "ENVIRONMENT": "demo",
            "SECRET_KEY": SECRET,
            "DATABASE_URL": self.url,
            "KEY_DIRECTORY": str(self.folder / "keys"),
            "AUDIT_DIRECTORY": str(self.folder / "audit"),
            **more,
        }
        return {"LANG": "C.UTF-8", **{PREFIX + name: value for name, value in values.items()}}

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database answers to a question."""
        engine = sqlalchemy.create_engine(self.url, poolclass=sqlalchemy.NullPool)
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sqlalchemy.text(statement))]

    def steps(self) -> list[int]:
        """The steps of the ceremony that stand."""
        found = self.rows("SELECT step, record FROM ceremony ORDER BY step")
        return [step for step, record in found if "refused" not in json.loads(record)]

    def refusals(self) -> list[str]:
        """Why the ceremony has stopped."""
        found = (json.loads(record) for (record,) in self.rows("SELECT record FROM ceremony"))
        return [record["refused"] for record in found if "refused" in record]

    def final_lines(self) -> list[str]:
        """The final lines of the chain."""
        return [line for (line,) in self.rows("SELECT content FROM chain_line WHERE type = 'final'")]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def has_key(self) -> bool:
        """Whether the key of the ballots is there."""
        identifier = uuid.UUID(str(self.rows("SELECT id FROM consultation")[0][0]))
        return (self.folder / "keys" / f"{key_name(identifier)}.key").exists()

    def copied(self, name: str, *, has_disks: bool = True) -> "World":
        """The same database once more, with the keys; nobody may be connected to this one.

        Without disks of its own it shares those of this one, of the keys and of the bundles.
        """
        folder = self.folder.parent / name
        folder.mkdir()
        if has_disks:
            shutil.copytree(self.folder / "keys", folder / "keys")
        else:
            (self.folder / "audit").mkdir(exist_ok=True)
            for disk in ("keys", "audit"):
                (folder / disk).symlink_to(self.folder / disk)
        return World(copied_database(self.url, folder, name), folder, self.at)


def copied_database(url: str, folder: Path, name: str) -> str:
    """The URL of a copy of a database to which nobody is connected."""
    parts = sqlalchemy.make_url(url)
    if parts.get_backend_name() == "sqlite":
        copy = folder / f"{name}.sqlite"
        with sqlite3.connect(str(parts.database)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        connection.close()
        return f"sqlite:///{copy}"
    database = f"{str(parts.database).partition('_world_')[0]}_world_{name}"
    _maintain(
        f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)',
        f'CREATE DATABASE "{database}" TEMPLATE "{parts.database}"',
    )
    return parts.set(database=database).render_as_string(hide_password=False)


def drop(world: World) -> None:
    """Remove the database of a world from the server, where it is on one."""
    parts = sqlalchemy.make_url(world.url)
    if parts.get_backend_name() != "sqlite":
        _maintain(f'DROP DATABASE IF EXISTS "{parts.database}" WITH (FORCE)')


def _maintain(*statements: str) -> None:
    engine = sqlalchemy.create_engine(os.environ["TEST_DATABASE_URL"], isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sqlalchemy.text(statement))
    engine.dispose()


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its status, negative for the signal that ended it, and what it said."""

    status: int
    said: str

    @property
    def act(self) -> str:
        """The write before which it was killed."""
        return self.said.rpartition("killed before: ")[2].strip()

    @property
    def was_killed(self) -> bool:
        """Whether it died before it came to its end."""
        return self.status < 0


class Closer:
    """Gives the command that closes, to processes that may be killed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def close(
        self, world: World, *arguments: str, spared: Mapping[str, int] | None = None, **environment: str
    ) -> Outcome:
        """Run `consultation consultation close`, killed before the first write not spared (see closing.py)."""
        order = {
            "arguments": ["consultation", "close", SLUG, *arguments],
            "environment": world.environment(**environment),
            "at": world.at.isoformat(),
            "spared": spared,
        }
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return Outcome(**json.loads(self._process.stdout.readline()))

    def close_until(self, world: World, act: str) -> None:
        """Run the command until it is about to do this write for the first time, and kill it there."""
        outcome = self.close(world, spared={ALL: MANY, act: 0})
        assert outcome.act == act, outcome


@contextmanager
def closer() -> Iterator[Closer]:
    """A process that has loaded the program once, and runs each command in a child of its own."""
    script = Path(__file__).with_name("closing.py")
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Closer(process)
        process.stdin.close()
