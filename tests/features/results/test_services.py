import hashlib
import json
import uuid

import pytest
from features.results.generated import orders
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from consultation.domain.errors import AlreadyPublished, CorrectionRefused, NotAnOrganiser, NotPublished, UnlawfulMove
from consultation.domain.privacy.publication import release_of as content_of
from consultation.domain.verifiability.canonical import canonical
from consultation.features.accounts import services as accounts
from consultation.features.accounts.queries import account_by_id
from consultation.features.ballots import services as ballots
from consultation.features.ballots.models import CONSENT_VERSION
from consultation.features.ballots.queries import plan_in_force, sealed_profiles
from consultation.features.ballots.queries.chain import last_line
from consultation.features.results import services
from consultation.features.results.models import Release
from consultation.features.results.queries import release_of, releases_of
from consultation.features.results.services import correct, publish
from consultation.infrastructure.database import session

NUMBERS = (1, 3, 6, 7)


def loaded(account):
    """The account with its roles, as a request reads it."""
    session.expire_all()
    return account_by_id(account.id)


@pytest.fixture
def closed_consultation(open_consultation):
    """Closed by the ceremony after 24 citizens cast their ballots."""
    for order in orders(24, NUMBERS):
        ballots.cast_ballot(accounts.create_synthetic_participant(), open_consultation, order, CONSENT_VERSION)
    session.commit()
    ballots.close(open_consultation)
    session.refresh(open_consultation)
    return open_consultation


def test_an_organiser_publishes_what_the_rules_allow_of_the_sealed_ballots(people, closed_consultation):
    publish(loaded(people.organiser(closed_consultation)), closed_consultation)
    session.commit()
    published = release_of(closed_consultation)
    root, profiles = sealed_profiles(closed_consultation)
    named = {college.value: one for college, one in profiles.items()}
    plan = plan_in_force(closed_consultation)
    assert published.text.encode() == canonical(content_of(named, root=root, plan=plan))
    assert published.content["plan"] == plan.hash
    assert published.content["colleges"]["citizens"]["ballots"] == 24
    assert closed_consultation.phase == "published"
    assert closed_consultation.published_at == published.published_at


def test_the_hash_of_a_release_is_that_of_its_bytes(people, closed_consultation):
    release = publish(None, closed_consultation)
    assert release.hash == hashlib.sha256(release.content.encode()).hexdigest()
    assert json.loads(release.content)["root"] == release.root


def test_a_release_is_cited_by_the_chain(closed_consultation):
    release = publish(None, closed_consultation)
    line = last_line(closed_consultation.id)
    assert (line["type"], line["release"]) == ("release", release.hash)
    assert "reason" not in line


def test_a_second_publication_is_refused_and_keeps_the_first(people, closed_consultation):
    organiser = loaded(people.organiser(closed_consultation))
    first = publish(organiser, closed_consultation).hash
    session.commit()
    for actor in (organiser, None):
        with pytest.raises(AlreadyPublished):
            publish(actor, closed_consultation)
    session.rollback()
    assert session.scalars(select(Release.hash)).all() == [first]


def test_nothing_is_published_before_the_ceremony_is_over(people, open_consultation):
    for actor in (loaded(people.organiser(open_consultation)), None):
        with pytest.raises(UnlawfulMove):
            publish(actor, open_consultation)
    with pytest.raises(NotPublished):
        release_of(open_consultation)


def test_only_an_organiser_publishes(browse, people, closed_consultation):
    with pytest.raises(NotAnOrganiser):
        publish(loaded(people.citizen()), closed_consultation)
    browse(people.moderator(closed_consultation)).post("/organise/test/publish/", status=403)
    assert "/account/sign-in" in browse().post("/organise/test/publish/").location
    with pytest.raises(NotPublished):
        release_of(closed_consultation)


def test_the_button_publishes_and_leads_to_the_results(browse, people, closed_consultation):
    organiser = browse(people.organiser(closed_consultation))
    answer = organiser.post("/organise/test/publish/")
    assert answer.location.endswith("/consultations/test/results/")
    assert organiser.get("/consultations/test/results/").find_all("[role=status]")
    assert organiser.post("/organise/test/publish/").location.endswith("/consultations/test/results/")


@pytest.fixture
def wrongly_published(closed_consultation, monkeypatch):
    """Published by a program with an error: the order of each college upside down."""

    def with_an_error(*profiles, **decisions):
        content = content_of(*profiles, **decisions)
        content["colleges"]["citizens"]["order"].reverse()
        return content

    with monkeypatch.context() as faulty:
        faulty.setattr(services, "content_of", with_an_error)
        publish(None, closed_consultation)
    session.commit()
    return closed_consultation


def test_a_correction_is_published_beside_what_was_said_before_with_its_reason(people, wrongly_published):
    first = release_of(wrongly_published)
    correct(loaded(people.organiser(wrongly_published)), wrongly_published, "  The order stood upside down. ")
    session.commit()
    second = release_of(wrongly_published)
    assert second.content["colleges"]["citizens"]["order"][0]["rank"] == 1
    assert [(one.n, one.hash, one.reason) for one in releases_of(wrongly_published)] == [
        (1, first.hash, ""),
        (2, second.hash, "The order stood upside down."),
    ]
    assert first.content["root"] == second.content["root"]
    assert first.published_at < second.published_at
    assert releases_of(wrongly_published)[1].published_at == second.published_at


def test_a_correction_is_cited_by_the_chain_with_its_reason(wrongly_published):
    corrected = correct(None, wrongly_published, "The order stood upside down.")
    line = last_line(wrongly_published.id)
    assert (line["release"], line["reason"]) == (corrected.hash, "The order stood upside down.")


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_correction_needs_a_reason(wrongly_published, reason):
    with pytest.raises(CorrectionRefused) as refused:
        correct(None, wrongly_published, reason)
    assert refused.value.values == {"reason": "no_reason"}


def test_a_correction_that_changes_nothing_is_refused(people, closed_consultation):
    publish(None, closed_consultation)
    session.commit()
    line = last_line(closed_consultation.id)
    with pytest.raises(CorrectionRefused) as refused:
        correct(loaded(people.organiser(closed_consultation)), closed_consultation, "To be sure.")
    assert refused.value.values == {"reason": "unchanged"}
    assert len(releases_of(closed_consultation)) == 1
    assert last_line(closed_consultation.id) == line


def test_nothing_is_corrected_before_it_is_published(people, closed_consultation):
    for actor in (loaded(people.organiser(closed_consultation)), None):
        with pytest.raises(NotPublished):
            correct(actor, closed_consultation, "Too early.")
    assert releases_of(closed_consultation) == []


def test_only_an_organiser_corrects(people, wrongly_published):
    for person in (people.citizen(), people.moderator(wrongly_published)):
        with pytest.raises(NotAnOrganiser):
            correct(loaded(person), wrongly_published, "Not mine to say.")


@pytest.mark.parametrize("act", [update(Release).values(reason="another"), delete(Release)], ids=["update", "delete"])
def test_the_database_refuses_to_change_a_release(closed_consultation, act):
    publish(None, closed_consultation)
    session.commit()
    with pytest.raises(DBAPIError, match="never changed"):
        session.execute(act)
    session.rollback()
    assert len(releases_of(closed_consultation)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"n": 2, "reason": "Other ballots.", "root": "f" * 64},
        {"n": 2, "reason": ""},
        {"n": 1, "reason": "A first release needs none.", "consultation_id": uuid.UUID(int=0)},
    ],
    ids=["another root", "a correction without a reason", "another consultation"],
)
def test_the_database_refuses_a_release_of_other_ballots_or_without_its_reason(closed_consultation, changes):
    first = publish(None, closed_consultation)
    session.commit()
    row = {column.key: getattr(first, column.key) for column in Release.__table__.columns}
    session.add(Release(**{**row, **changes}))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
