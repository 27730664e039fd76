"""What is kept no longer goes when the command runs, and is only counted by a dry run."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consultation.domain.deliberation.waiting import KEPT_FOR_VISITORS
from consultation.features.accounts.models import MODERATOR, Account
from consultation.features.accounts.services import confirm_address, create_account, grant_role
from consultation.features.authentication.models import SignIn
from consultation.features.authentication.services import start_session
from consultation.features.comments.models import WaitingComment
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure import clock, mail
from consultation.infrastructure.database import db, session
from consultation.infrastructure.jobs import ATTEMPTS, QueuedJob
from consultation.infrastructure.mail import OutgoingMail

COUNTS = {"accounts": 1, "sign_ins": 1, "mails": 1, "rankings": 0, "notices": 0, "comments": 1}


@pytest.fixture
def stale(operator, draft):
    """One account, one sign-in and one mail to let go of, beside one of each that stays."""
    with operator.application().app_context():
        with clock.standing_at(clock.now() - timedelta(days=31)):
            create_account("late@example.org", None, "fr")
            confirmed = create_account("anne@example.org", None, "fr")
            confirm_address(confirmed)
            start_session(confirmed)
            grant_role(create_account("team@example.org", None, "fr"), consultation_by_slug(draft).id, MODERATOR)
            let_a_comment_wait(consultation_by_slug(draft).id)
        create_account("new@example.org", None, "fr")
        stays = create_account("paul@example.org", None, "fr")
        confirm_address(stays)
        start_session(stays)
        mail.write("nobody@example.org", "passphrase_changed", "fr")
        session.flush()
        session.scalars(select(QueuedJob)).one().attempts = ATTEMPTS
        mail.write("anne@example.org", "passphrase_changed", "fr")
        session.commit()
        db.engine.dispose()
    return operator


def let_a_comment_wait(consultation_id):
    """What a visitor wrote and never confirmed."""
    until = clock.now() + KEPT_FOR_VISITORS
    session.add(WaitingComment(consultation_id=consultation_id, slot=bytes(32), box=b"sealed", kept_until=until))


def kept(operator):
    """The addresses of accounts and mails, the number of sign-ins and of jobs."""
    with operator.application().app_context():
        found = (
            sorted(session.scalars(select(Account.address))),
            sorted(session.scalars(select(OutgoingMail.recipient))),
            session.scalar(select(func.count()).select_from(SignIn)),
            session.scalar(select(func.count()).select_from(QueuedJob)),
        )
        db.engine.dispose()
    return found


def test_a_run_lets_go_once(stale):
    assert json.loads(stale.types("retention run --json").stdout) == {**COUNTS, "dry_run": False}
    accounts, mails, sign_ins, jobs = kept(stale)
    assert accounts == ["anne@example.org", "new@example.org", "paul@example.org", "team@example.org"]
    assert (mails, sign_ins, jobs) == (["", "anne@example.org"], 1, 1)
    again = stale.types("retention run")
    nothing = "Removed: 0 unconfirmed accounts, 0 ended sign-ins. Blanked: 0 mails. "
    rest = "The worker removes the rankings of 0 consultations. Counted as read: notices of 0 things followed."
    rest += " Comments that waited for their authors for too long: 0."
    assert again.stdout == f"{nothing}{rest}\n"


def test_a_dry_run_counts_and_lets_nothing_go(stale):
    before = kept(stale)
    assert json.loads(stale.types("retention run --dry-run --json").stdout) == {**COUNTS, "dry_run": True}
    assert kept(stale) == before
    said = stale.types("retention run --dry-run").stdout
    assert (
        said
        == "To remove: 1 unconfirmed accounts, 1 ended sign-ins, the rankings of 0 consultations. To blank: 1 mails. "
        "To count as read: notices of 0 things followed. Comments that waited for their authors for too long: 1.\n"
    )
