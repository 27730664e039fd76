"""A thread of isso, asked for inside its process as ours is (benchmarks.visitors); run by a Python that has isso alone.

Each line of the standard input says what to ask for and how often; the answer is the processor's seconds that it took.
"""

import json
import logging
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from isso import config, make_app
from werkzeug.test import EnvironBuilder, run_wsgi_app

COMMENTS = {"/short": 20, "/long": 200}
HOST = "http://127.0.0.1:9/"  # isso looks whether its site answers; nothing does, and it goes on
BODY = "Un argument comme on en lit ici, avec ses raisons, un exemple et ce qui le limite. " * 3
MADE = 201


def main() -> None:
    """Fill two threads, say which version this is, then answer until the input ends."""
    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        site = make_app(_settings(folder), threading=True)
        for thread, count in COMMENTS.items():
            for _ in range(count):
                _post(site, thread)
        asked: dict[str, Callable[[], object]] = {
            "20": lambda: _fetch(site, "/short"),
            "200": lambda: _fetch(site, "/long"),
            "post": lambda: _post(site, "/posted"),
        }
        print(version("isso"), flush=True)
        for line in sys.stdin:
            name, times = line.split()
            before = _seconds()
            for _ in range(int(times)):
                asked[name]()
            print((_seconds() - before) / int(times), flush=True)
        sys.stdout.flush()
        os._exit(0)  # its own thread would go on


def _settings(folder: str) -> Any:
    settings = config.load(config.default_file())
    settings.set("general", "dbpath", f"{folder}/isso.sqlite")
    settings.set("general", "host", HOST)
    settings.set("guard", "enabled", "false")
    return settings


def _fetch(site: Any, thread: str) -> None:
    _ask(site, EnvironBuilder(path="/", query_string={"uri": thread}), 200)


def _post(site: Any, thread: str) -> None:
    said = json.dumps({"text": BODY, "author": "Sauge", "email": None, "website": None, "title": "Thread"})
    builder = EnvironBuilder(
        path="/new", method="POST", query_string={"uri": thread}, data=said, content_type="application/json"
    )
    _ask(site, builder, MADE)


def _ask(site: Any, builder: EnvironBuilder, expected: int) -> None:
    body, status, _headers = run_wsgi_app(site, builder.get_environ(), buffered=True)
    said = b"".join(body)
    if int(status.split()[0]) != expected:
        raise SystemExit(f"isso answers {status}: {said[:200]!r}")


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
