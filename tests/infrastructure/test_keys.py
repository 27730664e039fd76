"""Keys: made once, whole or not there, gone when destroyed; every store and the twin in memory promise it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from infrastructure.serving_keys import TOKEN, answering

from consultation.infrastructure.keys import (
    SIZE,
    DirectoryKeys,
    KeyMissing,
    KeyPresent,
    KeyService,
    KeyStore,
    MemoryKeys,
    MirroredKeys,
    ProductionKeys,
)
from consultation.infrastructure.keys.server import KeyServer

NAME = "ballots-test"
KINDS = ["directory", "memory", "mirrored", "production", "service"]


@pytest.fixture(params=KINDS)
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeyStore]:
    """Each kind of store, empty."""
    with ExitStack() as stack:
        match request.param:
            case "directory":
                yield DirectoryKeys(tmp_path)
            case "memory":
                yield MemoryKeys()
            case "mirrored":
                yield MirroredKeys([MemoryKeys(), MemoryKeys()])
            case "production":
                yield ProductionKeys(MemoryKeys())
            case "service":
                url = stack.enter_context(answering(KeyServer(MemoryKeys(), TOKEN)))
                yield KeyService(url, TOKEN)


def test_a_key_is_read_as_it_was_made(keys: KeyStore) -> None:
    made = keys.create(NAME)
    assert len(made) == SIZE
    assert keys.read(NAME) == made
    assert keys.exists(NAME)


def test_a_key_is_never_made_again_over_another(keys: KeyStore) -> None:
    made = keys.create(NAME)
    with pytest.raises(KeyPresent):
        keys.create(NAME)
    assert keys.read(NAME) == made


def test_two_keys_are_two(keys: KeyStore) -> None:
    assert keys.create("one") != keys.create("two")


def test_a_given_key_is_stored_as_it_is_and_giving_it_again_changes_nothing(keys: KeyStore) -> None:
    given = bytes(range(SIZE))
    for _turn in range(2):
        keys.put(NAME, given)
        assert keys.read(NAME) == given


def test_a_given_key_never_takes_the_place_of_another(keys: KeyStore) -> None:
    made = keys.create(NAME)
    with pytest.raises(KeyPresent):
        keys.put(NAME, bytes(SIZE))
    assert keys.read(NAME) == made


@pytest.mark.parametrize("length", [0, SIZE - 1, SIZE + 1])
def test_what_has_another_length_is_no_key(keys: KeyStore, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        keys.put(NAME, b"x" * length)
    assert not keys.exists(NAME)


def test_a_store_holds_the_very_key_and_no_other(keys: KeyStore) -> None:
    assert not keys.holds(NAME, bytes(SIZE))
    made = keys.create(NAME)
    assert keys.holds(NAME, made)
    assert not keys.holds(NAME, bytes(SIZE))


def test_a_key_that_was_never_made_is_missing(keys: KeyStore) -> None:
    assert not keys.exists(NAME)
    with pytest.raises(KeyMissing):
        keys.read(NAME)


def test_a_destroyed_key_is_gone_and_destroying_it_again_does_nothing(keys: KeyStore) -> None:
    keys.create(NAME)
    for _turn in range(2):
        keys.destroy(NAME)
        assert not keys.exists(NAME)
    with pytest.raises(KeyMissing):
        keys.read(NAME)


def test_a_key_that_is_not_there_is_destroyed_in_silence(keys: KeyStore) -> None:
    keys.destroy(NAME)
    assert not keys.exists(NAME)


def test_destroying_a_key_leaves_the_others(keys: KeyStore) -> None:
    keys.create("one")
    kept = keys.create("two")
    keys.destroy("one")
    assert keys.read("two") == kept


@pytest.mark.parametrize("name", ["", "../elsewhere", "a/b", "A", "é", "a.b", "a\n", "a?b", "a" * 129])
def test_a_name_is_made_of_small_letters_digits_and_hyphens(keys: KeyStore, name: str) -> None:
    for act in (keys.create, keys.read, keys.exists, keys.destroy):
        with pytest.raises(ValueError, match="name"):
            act(name)
