"""Many ballots are counted by a job: the organiser sees how far it is, and nobody sees a result before its release."""

import uuid

import pytest
from features.results.generated import orders
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from consultation.domain.errors import CeremonyRefused, NotPublished
from consultation.features.accounts import services as accounts
from consultation.features.ballots import services as ballots
from consultation.features.ballots.models import CONSENT_VERSION, CeremonyRecord, Step
from consultation.features.ballots.queries import sealed_profiles
from consultation.features.results import policies, services
from consultation.features.results.models import Counting, Release
from consultation.features.results.queries import ballots_to_count, progress_of, release_of
from consultation.features.results.services import count_and_publish, publish, release_from
from consultation.infrastructure import jobs
from consultation.infrastructure.database import session

NUMBERS = (1, 3, 6, 7)
BUTTON = "/organise/test/publish/"


@pytest.fixture
def closed_consultation(open_consultation, monkeypatch):
    """Closed after 24 ballots, which shall be too many to be counted while somebody waits."""
    for order in orders(24, NUMBERS):
        ballots.cast_ballot(accounts.create_synthetic_participant(), open_consultation, order, CONSENT_VERSION)
    session.commit()
    ballots.close(open_consultation)
    jobs.run_all()
    session.refresh(open_consultation)
    monkeypatch.setattr(policies, "AT_ONCE", 23)
    return open_consultation


def releases():
    return session.scalar(select(func.count()).select_from(Release))


def test_the_button_leads_to_the_count_which_a_job_does_and_publishes(browse, people, closed_consultation):
    organiser = browse(people.organiser(closed_consultation), language="en")
    page = organiser.follow(organiser.post(BUTTON))
    assert page.find("progress")["value"] == "0"
    assert "24 ballots" in page.text
    organiser.get("/consultations/test/results/", status=409)
    jobs.run_all()
    session.refresh(closed_consultation)
    assert closed_consultation.phase == "published"
    assert organiser.get(BUTTON, status=303).location.endswith("/consultations/test/results/")
    root, profiles = sealed_profiles(closed_consultation)
    assert release_of(closed_consultation).text == release_from(closed_consultation, root, profiles).content
    assert session.scalar(select(func.count()).select_from(Counting)) == 0


def test_a_button_pressed_twice_asks_for_one_count(browse, people, closed_consultation):
    organiser = browse(people.organiser(closed_consultation))
    for _turn in range(2):
        assert organiser.post(BUTTON).location.endswith(BUTTON)
    jobs.run_all()
    assert releases() == 1


def test_how_far_the_count_is_can_be_seen_while_nothing_else_can(people, closed_consultation, monkeypatch):
    organiser = people.organiser(closed_consultation)
    seen = []
    count = services.content_of

    def watched(*profiles, advance, **decisions):
        def watching(steps):
            advance(steps)
            seen.append(progress_of(closed_consultation.id).percent)
            with pytest.raises(NotPublished):
                release_of(closed_consultation)
            session.rollback()

        return count(*profiles, advance=watching, **decisions)

    monkeypatch.setattr(services, "content_of", watched)
    services.begin_publication(organiser, closed_consultation)
    session.commit()
    jobs.run_all()
    assert seen == sorted(seen)
    assert seen[0] > 0
    assert releases() == 1


def test_a_count_that_was_interrupted_is_taken_up_again(people, closed_consultation, monkeypatch):
    services.begin_publication(people.organiser(closed_consultation), closed_consultation)
    session.commit()
    with monkeypatch.context() as broken:
        broken.setattr(services, "content_of", lambda *_profiles, **_decisions: 1 / 0)
        jobs.run_all()
    assert releases() == 0
    assert progress_of(closed_consultation.id).refusal == ""
    session.execute(update(jobs.QueuedJob).values(due_at=closed_consultation.opens_at))
    session.commit()
    jobs.run_all()
    assert releases() == 1


def test_two_workers_that_count_at_once_publish_once(people, closed_consultation):
    organiser = people.organiser(closed_consultation)
    services.begin_publication(organiser, closed_consultation)
    session.commit()
    for _worker in range(2):
        count_and_publish(closed_consultation.id, organiser.id)
    assert releases() == 1
    jobs.run_all()
    assert releases() == 1


def test_the_command_line_may_be_quicker_than_the_job(people, closed_consultation):
    services.begin_publication(people.organiser(closed_consultation), closed_consultation)
    session.commit()
    publish(None, closed_consultation)
    session.commit()
    jobs.run_all()
    assert releases() == 1
    assert progress_of(closed_consultation.id) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_ballots_that_were_altered_stop_the_count_and_the_organiser_reads_why(
    browse, people, closed_consultation, language
):
    record = session.get_one(CeremonyRecord, (closed_consultation.id, int(Step.SEAL)))
    sealed = record.record
    organiser = browse(people.organiser(closed_consultation), language=language)
    organiser.post(BUTTON)
    with Session(session.get_bind()) as other:
        altered = sealed.replace(sealed.split('"root":"')[1][:64], "0" * 64)
        other.execute(update(CeremonyRecord).where(CeremonyRecord.step == Step.SEAL).values(record=altered))
        other.commit()
    session.rollback()
    jobs.run_all()
    page = organiser.get(BUTTON)
    assert page.find(".notice, [role=alert]") or page.find("form")
    assert releases() == 0
    assert not page.find_all("progress")
    with pytest.raises(CeremonyRefused):
        sealed_profiles(closed_consultation)


def test_a_count_that_stopped_begins_anew(people, closed_consultation):
    organiser = people.organiser(closed_consultation)
    session.add(Counting(consultation_id=closed_consultation.id, done=700, refusal="altered"))
    session.commit()
    services.begin_publication(organiser, closed_consultation)
    session.commit()
    assert progress_of(closed_consultation.id).percent == 0
    jobs.run_all()
    assert releases() == 1


def test_before_a_count_was_asked_for_its_page_leads_to_the_desk(browse, people, closed_consultation):
    organiser = browse(people.organiser(closed_consultation))
    assert organiser.get(BUTTON, status=303).location.endswith("/organise/test/")
    assert progress_of(uuid.uuid4()) is None
    assert ballots_to_count(closed_consultation.id) == 24
    assert ballots_to_count(uuid.uuid4()) == 0
