"""Casting with every check, commitment and receipt, by 16 clients at once, beside a bare insert of the same size."""

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from benchmarks.casting import Places, caster, prepare, serving, started, tickets
from benchmarks.installations import installations, kind_of, opened, participants
from consultation.features.ballots.models import Ballot
from consultation.infrastructure.database import db, session
from consultation.settings import Settings

CLIENTS = 16
EACH = 20
ROUNDS = 3
PAIRS = {"service": ("cast", "bare", 0.3), "HTTP": ("HTTP cast", "HTTP bare", 0.5)}

Round = tuple[str, list[Any]]


@dataclass(frozen=True)
class Measured:
    """One round: what was done, in how many seconds, how much was answered, how much was refused for a lock."""

    kind: str
    seconds: float
    answered: int
    locked: int


def measure() -> list[dict[str, object]]:
    """One row a database and a way in; rates are medians of rounds, the ratio is a median of ratios of neighbours."""
    with installations() as made:
        return [row for settings in made for row in _measured_on(settings)]


def _measured_on(settings: Settings) -> list[dict[str, object]]:
    app = opened(settings)
    with app.app_context():
        prepare(app)
        (first,) = participants(1)
        caster(settings)(first)
        places = Places(settings, _box(), _free_port(), _free_port())
        rounds = _rounds(app)
        db.engine.dispose()
    measured = _run(places, rounds)
    with app.app_context():
        stored = (session.scalar(select(func.count()).select_from(Ballot)) or 0) - 1
        db.engine.dispose()
    answers = sum(one.answered for one in measured if one.kind.endswith("cast"))
    return [{**_row(kind_of(settings), way, measured), "stored": stored, "answers": answers} for way in PAIRS]


def _rounds(app: Flask) -> list[list[Round]]:
    """For each client, each round: what to do, and for whom; nobody casts twice."""
    made: list[list[Round]] = [[] for _ in range(CLIENTS)]
    for cast, bare, _aim in PAIRS.values():
        for _ in range(ROUNDS):
            for rounds in made:
                people: Sequence[Any] = participants(EACH)
                items = tickets(app, people) if cast.startswith("HTTP") else list(people)
                rounds += [(cast, items), (bare, items)]
    return made


def _run(places: Places, rounds: list[list[Round]]) -> list[Measured]:
    context = get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.casting"])
    together, answers = context.Barrier(CLIENTS + 1), context.Queue()
    measured = []
    with serving(context, places):
        processes = started(context, [(places, one, together, answers) for one in rounds])
        for kind, _items in rounds[0]:
            together.wait()
            began = time.perf_counter()
            together.wait()
            seconds = time.perf_counter() - began
            said = [answers.get() for _ in range(CLIENTS)]
            measured.append(Measured(kind, seconds, sum(one for one, _ in said), sum(one for _, one in said)))
        for process in processes:
            process.join()
    return measured


def _row(database: str, way: str, measured: list[Measured]) -> dict[str, object]:
    cast, bare, aim = PAIRS[way]
    ours = [one for one in measured if one.kind == cast]
    theirs = [one for one in measured if one.kind == bare]
    return {
        "database": database,
        "way": way,
        "ballots/s": round(median(one.answered / one.seconds for one in ours)),
        "bare rows/s": round(median(one.answered / one.seconds for one in theirs)),
        "ratio": round(median(b.seconds / a.seconds for a, b in zip(ours, theirs, strict=True)), 2),
        "aim": f">= {aim}",
        "lock errors": sum(one.locked for one in ours + theirs),
    }


def _box() -> int:
    return len(session.scalars(select(Ballot.box).limit(1)).one())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
