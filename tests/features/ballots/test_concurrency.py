"""Many cast at once: what was acknowledged is kept, and nothing else."""

import subprocess
import sys
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from consultation.domain.errors import NotOpen
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts import services as accounts
from consultation.features.accounts.queries import account_by_id
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, SealedBallot
from consultation.features.ballots.services import cast_ballot, close
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.database import session

ORDER = WeakOrder.from_tiers([[3], [1, 7]])
PROCESSES, EACH = 8, 100
THREADS = 50


def participants(count: int) -> list[str]:
    made = [str(accounts.create_synthetic_participant().id) for _ in range(count)]
    session.commit()
    return made


def test_eight_processes_cast_eight_hundred_ballots_and_all_are_kept(open_consultation: Consultation, settings) -> None:
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
    together = Barrier(THREADS + 1)

    def cast(identifier: str) -> str | None:
        with app.app_context():
            voter = account_by_id(uuid.UUID(identifier))
            consultation = consultation_by_slug("test")
            session.rollback()
            together.wait()
            try:
                content = cast_ballot(voter, consultation, ORDER, CONSENT_VERSION)
                session.commit()
            except NotOpen:
                return None
            return content.commitment.hex()

    def fence() -> None:
        with app.app_context():
            consultation = consultation_by_slug("test")
            session.rollback()
            together.wait()
            close(consultation)

    with ThreadPoolExecutor(THREADS + 1) as pool:
        closing = pool.submit(fence)
        acknowledged = {receipt for receipt in pool.map(cast, voters) if receipt}
        closing.result()
    session.rollback()
    assert {commitment.hex() for commitment in session.scalars(select(SealedBallot.commitment))} == acknowledged


def test_one_form_sent_many_times_at_once_gives_one_ballot_and_one_receipt(
    app: Flask, open_consultation: Consultation
) -> None:
    (voter_id,) = participants(1)
    together = Barrier(8)

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
