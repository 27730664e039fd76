"""A thread beside the same in isso, by turns in one run, each in its own process and by the processor's time.

They do not do equal work. isso answers the comments of a whole thread as JSON, to a page that a script then draws; it
has no account, no college, no rule of moderation and no log to write. Its guard against floods is off, as our limits.
"""

import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import structlog
from flask import Flask

from benchmarks.conversation import grow
from benchmarks.debate import THREAD, Case, Work, page_of, posting, reader_of, store_bytes
from benchmarks.installations import SLUG, installations, opened
from benchmarks.visitors import Visitor
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.database import session
from consultation.infrastructure.web.caching import Store
from consultation.settings import ROOT

VERSION = "0.14.0"
ROUNDS, TIMES = 5, 10
COMMENTS = 1_000
# How often isso is asked for what, and what PERFORMANCE asks of ours: as many times its speed.
ASKED = {
    "20 comments, rendered": ("20", ">= 10"),
    "20 comments, kept": ("20", ">= 25"),
    "20 of many comments, beside 200": ("200", ">= 10"),
    "20 of many comments, kept, beside 200": ("200", ">= 50"),
    "20 comments, signed in": ("20", ""),
    "post a comment": ("post", ">= 1"),
}


def measure() -> list[dict[str, object]]:
    """One row a case: the processor's milliseconds of both, and how many of ours are done while isso does one."""
    with installations() as made, isso() as site, open(os.devnull, "w") as nowhere:
        app = opened(made[0])
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(nowhere))
        with app.app_context():
            grow(consultation_by_slug(SLUG), COMMENTS)
            cases = list(_cases(app))
            session.remove()
        return [_row(app, site, case) for case in cases]


def _cases(app: Flask) -> Iterator[Case]:
    visitor, reader = Visitor(app), reader_of(app)
    for name, (_theirs, aim) in ASKED.items():
        if name == "post a comment":
            yield Case(name, posting(reader, THREAD), aim)
        else:
            whose = reader if "signed in" in name else visitor
            yield Case(name, page_of(whose, THREAD), aim, is_kept="kept" in name)


def _row(app: Flask, site: "Isso", case: Case) -> dict[str, object]:
    store = app.extensions["kept_pages"]
    app.extensions["kept_pages"] = Store(store.version, store_bytes(case))
    question = ASKED[case.name][0]
    _seconds(case.work), site.seconds(question)
    pairs = [(_seconds(case.work), site.seconds(question)) for _ in range(ROUNDS)]
    return {
        "case": case.name,
        "ours, ms": median(ours for ours, _ in pairs) * 1000,
        f"isso {VERSION}, ms": median(theirs for _, theirs in pairs) * 1000,
        "x isso": round(median(theirs / ours for ours, theirs in pairs), 2),
        "aim": case.aim,
    }


def _seconds(work: Work) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF)
    for _ in range(TIMES):
        work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / TIMES


class Isso:
    """A site of isso in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """`process` runs benchmarks/isso_site.py."""
        self._process = process
        self._answer()

    def seconds(self, question: str) -> float:
        """What it takes of the processor to answer this once."""
        assert self._process.stdin
        self._process.stdin.write(f"{question} {TIMES}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout
        said = self._process.stdout.readline()
        if not said:
            raise SystemExit("isso does not run here")
        return said.strip()


@contextmanager
def isso() -> Iterator[Isso]:
    """A site of isso, brought by uv; BENCHMARK_ISSO names a Python that has it already."""
    given = os.environ.get("BENCHMARK_ISSO")
    brought = [
        str(ROOT / ".tools/bin/uv"),
        "run",
        "--quiet",
        "--no-project",
        "--isolated",
        "--with",
        f"isso=={VERSION}",
    ]
    script = str(Path(__file__).with_name("isso_site.py"))
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / ".tools")}
        process = subprocess.Popen(
            [given, script] if given else [*brought, "python", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=environment,
        )
        try:
            yield Isso(process)
        finally:
            process.communicate(timeout=30)
