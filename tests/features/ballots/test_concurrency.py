"""Many cast at once: what was acknowledged is kept, and nothing else."""

import json
import subprocess
import sys
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from features.ballots import worlds
from features.ballots.worlds import Closer, World
from flask import Flask
from sqlalchemy import func, select

from consultation.domain.errors import NotOpen
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability.roots import line_hash
from consultation.features.accounts import services as accounts
from consultation.features.accounts.queries import account_by_id
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, SealedBallot
from consultation.features.ballots.queries.bundles import commitments_txt
from consultation.features.ballots.queries.chain import chain_of
from consultation.features.ballots.services import cast_ballot, close, issue_receipt
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure import audits
from consultation.infrastructure.database import session

ORDER = WeakOrder.from_tiers([[3], [1, 7]])
PROCESSES, EACH = 16, 20
THREADS = 50
PATIENCE = 120  # seconds: one that fails before the others start must not leave them waiting for ever


def participants(count: int) -> list[str]:
    made = [str(accounts.create_synthetic_participant().id) for _ in range(count)]
    session.commit()
    return made


def test_sixteen_processes_cast_eight_hundred_ballots_and_all_are_kept(
    open_consultation: Consultation, settings
) -> None:
    voters = participants(PROCESSES * EACH)
    casting = [
        subprocess.Popen(
            [
                sys.executable,
                str(Path(__file__).with_name("cast_many.py")),
                settings.database_url,
                str(settings.key_directory),
                "test",
                *voters[first::PROCESSES],
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        for first in range(PROCESSES)
    ]
    said = [process.communicate()[0].strip() for process in casting]
    assert said == [str(EACH)] * PROCESSES
    assert session.scalar(select(func.count()).select_from(Ballot)) == PROCESSES * EACH


def test_what_was_acknowledged_over_the_fence_is_what_is_sealed(app: Flask, open_consultation: Consultation) -> None:
    voters = participants(THREADS)
    together = Barrier(THREADS + 1, timeout=PATIENCE)

    def cast(identifier: str) -> str | None:
        with app.app_context():
            voter = account_by_id(uuid.UUID(identifier))
            consultation = consultation_by_slug("test")
            session.rollback()
            together.wait()
            try:
                content = cast_ballot(voter, consultation, ORDER, CONSENT_VERSION)
                receipt = issue_receipt(consultation, content)
                session.commit()
            except NotOpen:
                return None
            return receipt.decode()

    def fence() -> None:
        with app.app_context():
            consultation = consultation_by_slug("test")
            session.rollback()
            together.wait()
            close(consultation)

    with ThreadPoolExecutor(THREADS + 1) as pool:
        closing = pool.submit(fence)
        receipts = [json.loads(receipt) for receipt in pool.map(cast, voters) if receipt]
        closing.result()
    session.rollback()
    acknowledged = {receipt["commitment"] for receipt in receipts}
    assert len(acknowledged) == len(receipts)
    assert {commitment.hex() for commitment in session.scalars(select(SealedBallot.commitment))} == acknowledged
    assert set(commitments_txt(consultation_by_slug("test")).decode().split()) == acknowledged
    lines = chain_of(open_consultation.id)
    assert lines[-1]["count"] == len(receipts)
    assert {receipt["line"] for receipt in receipts} <= {line_hash(line).hex() for line in lines}


def test_one_form_sent_many_times_at_once_gives_one_ballot_and_one_receipt(
    app: Flask, open_consultation: Consultation
) -> None:
    (voter_id,) = participants(1)
    together = Barrier(8, timeout=PATIENCE)

    def cast(_turn: int) -> str:
        with app.app_context():
            voter, consultation = account_by_id(uuid.UUID(voter_id)), consultation_by_slug("test")
            session.rollback()
            together.wait()
            content = cast_ballot(voter, consultation, ORDER, CONSENT_VERSION)
            session.commit()
            return content.commitment.hex()

    with ThreadPoolExecutor(8) as pool:
        receipts = Counter(pool.map(cast, range(8)))
    assert len(receipts) == 1
    assert session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_two_ceremonies_at_once_seal_the_same_ballots_once(world: World, cast_root: str, closer: Closer) -> None:
    with worlds.closer() as other, ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda one: one.close(world), (closer, other)))
    assert 0 in {outcome.status for outcome in outcomes}, outcomes
    assert closer.close(world).status == 0  # whichever had to wait for the other in vain comes to the same end
    assert world.steps() == [1, 2, 3, 4, 5, 6]
    assert [json.loads(line)["root"] for line in world.final_lines()] == [cast_root]
    assert [world.count(table) for table in ("sealed_ballot", "ballot", "draft", "day_list")] == [5, 0, 0, 0]
    assert not world.has_key()
    assert audits.faults_of(world.bundle) == []
