"""Runs commands of the console script, each in a process of its own that can be killed at a chosen moment.

Reads one order a line on standard input, and answers each with one line; both are JSON. An order names the arguments,
the environment, the moment at which the clock stands, and `spared`: by the name of a write, to the database or to a
file, how many of these the process survives; it sends itself SIGKILL just before the next one. `*` stands for all the
names that are not there; without `spared` it lives.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, event

import consultation.cli.consultations  # noqa: F401 - loaded once, before the processes part
from consultation.cli import main
from consultation.infrastructure import clock

WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT", "VACUUM", "CHECKPOINT", "PRAGMA WAL_CHECKPOINT")
FILES = {"os.rename", "os.remove", "subprocess.Popen"}


class Death:
    """Counts what is about to be written, and comes before the first write that is not spared."""

    def __init__(self, spared: Mapping[str, int]) -> None:
        self._spared = spared
        self._seen: Counter[str] = Counter()
        self._may_commit = False

    def comes_before(self, act: str) -> None:
        """Count one more write; a COMMIT of nothing is none."""
        if act == "COMMIT" and not self._may_commit:
            return
        self._may_commit = act != "COMMIT"
        self._seen[act] += 1
        if self._seen[act] > self._spared.get(act, self._spared.get("*", 0)):
            os.write(2, f"killed before: {act}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)


def watch(note: Callable[[str], None]) -> None:
    """Note each write to a database, as the driver is asked for it, and each to a file."""

    def statement(text: str) -> None:
        if text.upper().startswith(WRITES):
            note(" ".join(text.split()[:3]))

    def connected(connection: Any, _record: Any) -> None:
        if hasattr(connection, "set_trace_callback"):
            connection.set_trace_callback(statement)

    def executed(connection: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        if connection.dialect.name != "sqlite":
            statement(text)

    def committed(connection: Any) -> None:
        if connection.dialect.name != "sqlite":
            statement("COMMIT")

    def audited(name: str, arguments: tuple[Any, ...]) -> None:
        is_opened_to_write = name == "open" and arguments[1] is None and arguments[2] & os.O_WRONLY
        if name in FILES or is_opened_to_write:
            note(f"{name} {os.path.basename(str(arguments[0]))}")

    event.listen(Engine, "connect", connected)
    event.listen(Engine, "before_cursor_execute", executed)
    event.listen(Engine, "commit", committed)
    sys.addaudithook(audited)


def obey(order: dict[str, Any], said: int) -> None:
    """Become the process of one command; never returns."""
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.environ.update(order["environment"])
    if order["spared"] is not None:
        watch(Death(order["spared"]).comes_before)
    with clock.standing_at(datetime.fromisoformat(order["at"])):
        main(order["arguments"], prog_name="consultation")


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Run a command to its end: its status, negative for the signal that ended it, and all that it said."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.close(read)
        obey(order, write)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        said = pipe.read()
    return {"status": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "said": said}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
