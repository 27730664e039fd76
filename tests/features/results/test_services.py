import hashlib
import json

import pytest
from features.results.generated import orders
from sqlalchemy import select

from consultation.domain.errors import AlreadyPublished, NotAnOrganiser, NotPublished, UnlawfulMove
from consultation.domain.privacy.publication import release_of as content_of
from consultation.domain.verifiability.canonical import canonical
from consultation.features.accounts import services as accounts
from consultation.features.accounts.queries import account_by_id
from consultation.features.ballots import services as ballots
from consultation.features.ballots.models import CONSENT_VERSION
from consultation.features.ballots.queries import sealed_profiles
from consultation.features.results.models import Release
from consultation.features.results.queries import release_of
from consultation.features.results.services import publish
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
    assert published.text.encode() == canonical(content_of(named, root=root, consultation="test"))
    assert published.content["colleges"]["citizens"]["ballots"] == 24
    assert closed_consultation.phase == "published"
    assert closed_consultation.published_at == published.published_at


def test_the_hash_of_a_release_is_that_of_its_bytes(people, closed_consultation):
    release = publish(None, closed_consultation)
    assert release.hash == hashlib.sha256(release.content.encode()).hexdigest()
    assert json.loads(release.content)["root"] == release.root


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
