"""From sealed ballots in the database to the tables of a release, beside one SQL statement that counts duels."""

import os
import time
from collections.abc import Callable
from itertools import permutations
from statistics import median

import numpy as np
import sqlalchemy
from flask import Flask
from sqlalchemy import delete, insert, select

from benchmarks.installations import NUMBERS, SLUG, installations, kind_of, opened
from consultation.domain.colleges import College
from consultation.domain.privacy.publication import between, release_of
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.permutation import permutation_reference, permutation_seed
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.schulze import BeatPaths
from consultation.domain.verifiability import merkle
from consultation.domain.verifiability.canonical import canonical
from consultation.features.ballots.models import CeremonyRecord, SealedBallot, Step
from consultation.features.ballots.queries import plan_in_force, sealed_profiles
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.database import db, is_postgresql, plain_rows, session
from consultation.infrastructure.solvers import kemeny_solver
from consultation.settings import Settings

# With the permutation reference 100,000 ballots take minutes: name other numbers in BENCHMARK_BALLOTS.
SIZES = tuple(int(size) for size in os.environ.get("BENCHMARK_BALLOTS", "1000 10000 100000").split())
COMPARED = 100_000  # beyond it the statement in SQL alone would take minutes
PHYSICIANS = 0.3
BYTES = 420  # of a ballot that ranks 33 recommendations
CHUNK = 50_000


def measure() -> list[dict[str, object]]:
    """One row a database and a number of ballots; milliseconds, medians of three runs up to 100,000 ballots."""
    rows: list[dict[str, object]] = []
    with installations() as made:
        for settings in made:
            app = opened(settings)
            rows += [_measured(app, settings, size) for size in SIZES]
            with app.app_context():
                db.engine.dispose()
    return rows


def _measured(app: Flask, settings: Settings, size: int) -> dict[str, object]:
    with app.app_context():
        consultation = consultation_by_slug(SLUG)
        _seal(consultation, size)
        _copy_wide(size)
        times = _times(consultation, size)
        session.rollback()
    matrix, release = times["matrix"], times["release"]
    statement = times["SQL"] if size <= COMPARED else None
    return {
        "database": kind_of(settings),
        "ballots": size,
        "read and checked, ms": _ms(times["read"]),
        "blobs to Schulze, ms": _ms(matrix),
        "release, ms": _ms(times["read"] + release),
        "permutation, ms": _ms(times["permutation"]),
        "SQL, ms": _ms(statement) if statement else "-",
        "SQL / Schulze (aim >= 15)": round(statement / matrix, 1) if statement else "-",
        "SQL / release": round(statement / (times["read"] + release), 1) if statement else "-",
        "release, us a ballot": round((times["read"] + release) / size * 1e6, 1),
    }


def _times(consultation: Consultation, size: int) -> dict[str, float]:
    """Seconds of each part, in rounds that follow each other: A B C A B C."""
    root, profiles = sealed_profiles(consultation)
    named = {college.value: profile for college, profile in profiles.items()}
    plan, seed = plan_in_force(consultation), permutation_seed(root)
    parts: dict[str, Callable[[], object]] = {
        "read": lambda: sealed_profiles(consultation),
        "matrix": lambda: _schulze_from_blobs(consultation),
        "release": lambda: _release_without_reference(
            lambda: release_of(named, root=root, plan=plan, solver=kemeny_solver())
        ),
    }
    if size <= COMPARED:
        parts["SQL"] = _statement
    seconds: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(3 if size <= COMPARED else 1):
        for name, part in parts.items():
            seconds[name].append(_seconds(part))
    reference = _seconds(lambda: permutation_reference(named["citizens"], named["physicians"], seed))
    return {name: median(found) for name, found in seconds.items()} | {"permutation": reference}


def _schulze_from_blobs(consultation: Consultation) -> object:
    """What the statement in SQL counts, and the Schulze order of it; the statement has no order."""
    found = plain_rows(select(SealedBallot.ranks).where(SealedBallot.consultation_id == consultation.id))
    blobs = [ranks for (ranks,) in found]
    return BeatPaths.of_matrix(PairwiseMatrix.of_profile(Profile.from_blobs(NUMBERS, blobs))).order


def _release_without_reference(release: Callable[[], object]) -> object:
    """The release without its permutation reference, which is timed apart."""
    kept = between._add_tau
    between._add_tau = lambda *_arguments: None
    try:
        return release()
    finally:
        between._add_tau = kept


def _statement() -> object:
    """Every duel of one wide table of ranks, in one statement."""
    pair = "count(*) FILTER (WHERE r{} < r{})" if is_postgresql() else "sum(r{} < r{})"
    duels = ", ".join(pair.format(a, b) for a, b in permutations(NUMBERS, 2))
    return session.execute(sqlalchemy.text(f"SELECT {duels} FROM wide")).one()


def _seal(consultation: Consultation, size: int) -> None:
    """Store as many sealed ballots, drawn from a fixed seed, in place of those before."""
    drawn = np.random.default_rng(size)
    session.execute(delete(SealedBallot).where(SealedBallot.consultation_id == consultation.id))
    commitments = sorted(drawn.bytes(32) for _ in range(size))
    for start in range(0, size, CHUNK):
        part = commitments[start : start + CHUNK]
        ranks = drawn.permuted(np.tile(np.array(NUMBERS, np.uint8), (len(part), 1)), axis=1)
        session.execute(
            insert(SealedBallot),
            [
                {
                    "consultation_id": consultation.id,
                    "commitment": commitment,
                    "college": College.PHYSICIANS if drawn.random() < PHYSICIANS else College.CITIZENS,
                    "salt": bytes(32),
                    "content": b" " * BYTES,
                    "ranks": row.tobytes(),
                }
                for commitment, row in zip(part, ranks, strict=True)
            ],
        )
    record = canonical({"root": merkle.root(commitments).hex()}).decode()
    session.merge(CeremonyRecord(consultation_id=consultation.id, step=int(Step.SEAL), record=record))
    session.commit()


def _copy_wide(size: int) -> None:
    """The same ranks as one column a recommendation, which is what SQL counts fastest."""
    session.execute(sqlalchemy.text("DROP TABLE IF EXISTS wide"))
    columns = ", ".join(f"r{number} SMALLINT" for number in NUMBERS)
    session.execute(sqlalchemy.text(f"CREATE TABLE wide ({columns})"))
    if size <= COMPARED:
        marks = ", ".join(f":r{number}" for number in NUMBERS)
        rows = [{f"r{n}": rank for n, rank in zip(NUMBERS, blob, strict=True)} for blob in _blobs()]
        session.execute(sqlalchemy.text(f"INSERT INTO wide VALUES ({marks})"), rows)
    session.commit()


def _blobs() -> list[bytes]:
    return list(session.scalars(select(SealedBallot.ranks)))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
