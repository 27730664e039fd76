"""After the counting plan's delay nothing is left of the ballots but their commitments, and everybody is told."""

import json
from datetime import timedelta

import pytest
from features.results.generated import orders
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from consultation.domain.errors import CeremonyRefused
from consultation.features.accounts import services as accounts
from consultation.features.audit.models import AuditEntry
from consultation.features.ballots import services as ballots
from consultation.features.ballots.models import CONSENT_VERSION, SealedBallot
from consultation.features.ballots.queries import plan_in_force, sealed_profiles, sealed_root
from consultation.features.ballots.queries.bundles import bundle_of, public_bundle_of
from consultation.features.ballots.queries.openings import openings_deleted_on, openings_kept_until
from consultation.features.results.queries import release_of
from consultation.features.results.services import correct, publish
from consultation.infrastructure import clock, deposit, jobs
from consultation.infrastructure.database import session

NUMBERS = (1, 3, 6, 7)


@pytest.fixture
def published(open_consultation):
    """Published after 24 ballots, with the auditors' bundle in its place."""
    for order in orders(24, NUMBERS):
        ballots.cast_ballot(accounts.create_synthetic_participant(), open_consultation, order, CONSENT_VERSION)
    session.commit()
    ballots.close(open_consultation)
    publish(None, open_consultation)
    session.commit()
    jobs.run_all()
    return open_consultation


def openings_left():
    """How many sealed ballots can still be read, and how many there are."""
    return session.execute(select(func.count(SealedBallot.salt), func.count())).one()


def last_day(consultation):
    """Noon of the last day on which the openings are kept."""
    return clock.now() + (openings_kept_until(consultation, plan_in_force(consultation)) - clock.today())


def test_on_the_last_day_of_the_delay_the_ballots_can_still_be_counted(published):
    with clock.standing_at(last_day(published)):
        jobs.run_all()
        assert openings_left() == (24, 24)
        assert openings_deleted_on(published.id) is None
        assert sealed_profiles(published)


def test_the_day_after_only_the_commitments_stay_with_the_same_root(published):
    root, release = sealed_root(published.id), release_of(published).text
    assert deposit.place_of(f"{published.slug}.zip").exists()
    with clock.standing_at(last_day(published) + timedelta(days=1, hours=1)):
        jobs.run_all()
        assert openings_left() == (0, 24)
        assert openings_deleted_on(published.id) == clock.today()
    assert sealed_root(published.id) == root
    assert release_of(published).text == release
    assert public_bundle_of(published, release.encode())
    assert not deposit.place_of(f"{published.slug}.zip").exists()
    said = session.scalars(select(AuditEntry.event).where(AuditEntry.event == "OpeningsDeleted")).all()
    assert said == ["OpeningsDeleted"]


def test_what_was_deleted_is_neither_counted_again_nor_handed_over(published):
    ballots.delete_openings(published.id)
    for refused in (
        lambda: correct(None, published, "Un arrondi a été revu."),
        lambda: bundle_of(published),
        lambda: sealed_profiles(published),
    ):
        with pytest.raises(CeremonyRefused) as refusal:
            refused()
        assert refusal.value.values["reason"] == "deleted"


def test_an_interrupted_deletion_is_taken_up_again(published, monkeypatch):
    monkeypatch.setattr("consultation.features.ballots.services.openings.scrub", lambda _tables: False)
    with pytest.raises(CeremonyRefused):
        ballots.delete_openings(published.id)
    session.rollback()
    assert openings_left() == (0, 24)
    assert openings_deleted_on(published.id) is None  # the files still hold what the rows no longer say
    monkeypatch.undo()
    with clock.standing_at(last_day(published) + timedelta(days=1, hours=1)):
        jobs.run_all()
        assert openings_deleted_on(published.id) == clock.today()
        assert jobs.run_all() == 0


def test_no_ballot_is_half_open(published):
    whole = session.scalars(select(SealedBallot).limit(1)).one()
    session.add(SealedBallot(consultation_id=published.id, commitment=b"\1" * 32, college=whole.college))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_the_page_of_verification_says_on_which_day_the_rankings_went(client, published):
    address = f"/en/consultations/{published.slug}/verify/"
    assert "the platform its own copy on the day after" in client.get(address).get_data(as_text=True)
    ballots.delete_openings(published.id)
    page = client.get(address).get_data(as_text=True)
    assert "nobody can count again" in page
    assert "on the day after" not in page
    assert json.loads(release_of(published).text)["colleges"]["citizens"]["ballots"] == 24
