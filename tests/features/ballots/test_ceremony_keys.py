"""The ceremony and its key: missing, another one, on one copy only, out of reach; it stops, loses nothing, goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from infrastructure.serving_keys import TOKEN, answering
from sqlalchemy import func, select

from consultation.domain.errors import CeremonyRefused, KeyUnavailable
from consultation.domain.phases import Phase
from consultation.features.ballots.models import Ballot, key_name
from consultation.features.ballots.queries import ceremony_state, sealed_root
from consultation.features.ballots.services import close
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import keys
from consultation.infrastructure.database import session
from consultation.infrastructure.keys import DirectoryKeys, KeyService, MirroredKeys
from consultation.infrastructure.keys.server import KeyServer
from consultation.settings import Settings


@pytest.fixture(autouse=True)
def _keys_given_back(app) -> Iterator[None]:
    kept = keys.store()
    yield
    keys.use(kept)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A directory for keys that holds none."""
    (tmp_path / "second").mkdir()
    return tmp_path / "second"


def assert_stopped(consultation: Consultation, refusal: str) -> None:
    """Closing stops for this reason, and all that was cast is still there."""
    with pytest.raises((CeremonyRefused, KeyUnavailable)):
        close(consultation)
    assert [state.refusal for state in ceremony_state(consultation) if state.refusal] == [refusal]
    assert consultation.phase == Phase.CLOSING
    assert session.scalar(select(func.count()).select_from(Ballot)) == 5


def assert_closes(consultation: Consultation, root: str) -> None:
    """Closing comes to its end with this root, and no key is left."""
    close(consultation)
    assert sealed_root(consultation.id).hex() == root
    assert session.scalar(select(func.count()).select_from(Ballot)) == 0
    assert not keys.store().exists(key_name(consultation.id))


def test_a_missing_key_stops_the_ceremony_until_it_is_brought_back(
    open_consultation: Consultation, cast_root: str
) -> None:
    name = key_name(open_consultation.id)
    key = keys.store().read(name)
    keys.store().destroy(name)
    assert_stopped(open_consultation, "key_unavailable")
    assert not keys.store().exists(name)
    keys.store().put(name, key)
    assert_closes(open_consultation, cast_root)


def test_another_key_stops_the_ceremony_until_the_right_one_is_back(
    open_consultation: Consultation, cast_root: str
) -> None:
    name = key_name(open_consultation.id)
    key = keys.store().read(name)
    keys.store().destroy(name)
    keys.store().create(name)
    assert_stopped(open_consultation, "key_unavailable")
    keys.store().destroy(name)
    keys.store().put(name, key)
    assert_closes(open_consultation, cast_root)


def test_one_copy_of_the_key_is_enough_to_close_and_none_is_left(
    open_consultation: Consultation, cast_root: str, settings: Settings, empty: Path
) -> None:
    keys.use(MirroredKeys([DirectoryKeys(empty), DirectoryKeys(settings.key_directories[0])]))
    assert_closes(open_consultation, cast_root)
    assert not DirectoryKeys(settings.key_directories[0]).exists(key_name(open_consultation.id))


def test_two_copies_that_differ_stop_the_ceremony(
    open_consultation: Consultation, cast_root: str, settings: Settings, empty: Path
) -> None:
    other = DirectoryKeys(empty)
    other.create(key_name(open_consultation.id))
    keys.use(MirroredKeys([other, DirectoryKeys(settings.key_directories[0])]))
    assert_stopped(open_consultation, "key_unavailable")
    other.destroy(key_name(open_consultation.id))
    assert_closes(open_consultation, cast_root)


def test_a_copy_out_of_reach_is_waited_for_before_the_ballots_are_forgotten(
    open_consultation: Consultation, cast_root: str, settings: Settings, tmp_path: Path
) -> None:
    absent = tmp_path / "not mounted"
    keys.use(MirroredKeys([DirectoryKeys(absent), DirectoryKeys(settings.key_directories[0])]))
    assert_stopped(open_consultation, "ceremony_refused.key_unreachable")
    absent.mkdir()
    DirectoryKeys(absent).create(key_name(open_consultation.id))
    assert_closes(open_consultation, cast_root)
    assert not list(absent.iterdir())


def test_a_key_service_that_does_not_answer_stops_the_ceremony_until_it_does(
    open_consultation: Consultation, cast_root: str, settings: Settings
) -> None:
    application = KeyServer(DirectoryKeys(settings.key_directories[0]), TOKEN)
    with answering(application) as gone:
        pass
    keys.use(KeyService(gone, TOKEN))
    assert_stopped(open_consultation, "key_unavailable")
    with answering(application) as address:
        keys.use(KeyService(address, TOKEN))
        assert_closes(open_consultation, cast_root)
