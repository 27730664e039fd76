"""Mirrored keys: the same on every copy or on none; one copy is enough to read, and absent is said by all of them."""

import shutil
from pathlib import Path

import pytest

from consultation.infrastructure.keys import (
    SIZE,
    CopiesDiffer,
    DirectoryKeys,
    KeyMissing,
    KeyPresent,
    KeyStore,
    KeyStoreUnreachable,
    MemoryKeys,
    MirroredKeys,
)

NAME = "ballots-test"


class Copies:
    """Two copies on two disks that come and go."""

    def __init__(self, folder: Path) -> None:
        self.directories = folder / "first", folder / "second"
        for directory in self.directories:
            directory.mkdir()
        self.first, self.second = (DirectoryKeys(directory) for directory in self.directories)
        self.all = MirroredKeys([self.first, self.second])

    def unmount(self, number: int) -> None:
        """Take a disk away."""
        self.directories[number].rename(self._away(number))

    def mount(self, number: int) -> None:
        """Bring it back as it was."""
        self._away(number).rename(self.directories[number])

    def _away(self, number: int) -> Path:
        return self.directories[number].with_suffix(".away")


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    """Two copies without a key."""
    return Copies(tmp_path)


def test_every_copy_holds_the_same_key(copies: Copies) -> None:
    made = copies.all.create(NAME)
    assert copies.first.read(NAME) == copies.second.read(NAME) == made


@pytest.mark.parametrize("number", [0, 1])
def test_no_copy_is_written_where_one_cannot_be_reached(copies: Copies, number: int) -> None:
    copies.unmount(number)
    with pytest.raises(KeyStoreUnreachable):
        copies.all.create(NAME)
    copies.mount(number)
    assert not copies.all.exists(NAME)


@pytest.mark.parametrize("number", [0, 1])
def test_a_key_on_one_copy_alone_is_never_made_again(copies: Copies, number: int) -> None:
    kept = (copies.first, copies.second)[number].create(NAME)
    with pytest.raises(KeyPresent):
        copies.all.create(NAME)
    assert copies.all.read(NAME) == kept
    assert not (copies.second, copies.first)[number].exists(NAME)


@pytest.mark.parametrize("number", [0, 1])
def test_what_is_no_whole_key_on_one_copy_is_not_written_beside(copies: Copies, number: int) -> None:
    (copies.directories[number] / f"{NAME}.key").write_bytes(b"short")
    with pytest.raises(KeyPresent):
        copies.all.create(NAME)
    assert not (copies.second, copies.first)[number].exists(NAME)


class Stopping(MemoryKeys):
    """A store that stops in the middle of taking a key: before or after it has written it."""

    def __init__(self, error: type[BaseException], has_written: bool) -> None:
        super().__init__()
        self._error, self._has_written = error, has_written

    def put(self, name: str, key: bytes) -> None:
        """Write or not, then stop."""
        if self._has_written:
            super().put(name, key)
        raise self._error


@pytest.mark.parametrize("error", [KeyStoreUnreachable, KeyPresent, KeyboardInterrupt])
@pytest.mark.parametrize("has_written", [True, False])
def test_where_a_copy_fails_halfway_the_others_give_their_key_back(
    error: type[BaseException], has_written: bool
) -> None:
    first, second = MemoryKeys(), Stopping(error, has_written)
    with pytest.raises(error):
        MirroredKeys([first, second]).create(NAME)
    assert (first.exists(NAME), second.exists(NAME)) == (False, False)


class Overtaken(MemoryKeys):
    """A store in which somebody else is quicker."""

    def put(self, name: str, key: bytes) -> None:
        """Find that another key has come meanwhile."""
        super().put(name, bytes(SIZE))
        super().put(name, key)


def test_a_key_that_somebody_else_made_meanwhile_is_not_taken_back() -> None:
    first, second = MemoryKeys(), Overtaken()
    with pytest.raises(KeyPresent):
        MirroredKeys([first, second]).create(NAME)
    assert not first.exists(NAME)
    assert second.read(NAME) == bytes(SIZE)


def test_a_copy_that_was_lost_is_completed_with_the_same_key(copies: Copies) -> None:
    made = copies.all.create(NAME)
    shutil.rmtree(copies.directories[1])
    copies.directories[1].mkdir()
    copies.all.put(NAME, copies.all.read(NAME))
    assert copies.second.read(NAME) == made


@pytest.mark.parametrize("number", [0, 1])
def test_a_copy_that_cannot_be_reached_leaves_the_other_to_be_read(copies: Copies, number: int) -> None:
    made = copies.all.create(NAME)
    copies.unmount(number)
    assert copies.all.read(NAME) == made
    assert copies.all.exists(NAME)


@pytest.mark.parametrize("number", [0, 1])
def test_a_copy_that_is_not_whole_leaves_the_other_to_be_read(copies: Copies, number: int) -> None:
    made = copies.all.create(NAME)
    (copies.directories[number] / f"{NAME}.key").write_bytes(made[:7])
    assert copies.all.read(NAME) == made


def test_two_copies_that_differ_are_both_refused(copies: Copies) -> None:
    copies.first.create(NAME)
    copies.second.create(NAME)
    with pytest.raises(CopiesDiffer):
        copies.all.read(NAME)


@pytest.mark.parametrize("number", [0, 1])
def test_a_key_is_not_called_missing_while_a_copy_cannot_be_reached(copies: Copies, number: int) -> None:
    copies.unmount(number)
    with pytest.raises(KeyStoreUnreachable):
        copies.all.read(NAME)
    with pytest.raises(KeyStoreUnreachable):
        copies.all.exists(NAME)


def test_a_key_destroyed_on_one_copy_alone_still_exists_and_is_read(copies: Copies) -> None:
    made = copies.all.create(NAME)
    copies.first.destroy(NAME)
    assert copies.all.exists(NAME)
    assert copies.all.read(NAME) == made


@pytest.mark.parametrize("number", [0, 1])
def test_a_copy_out_of_reach_stops_the_destruction_after_the_others_are_gone_until_it_is_back(
    copies: Copies, number: int
) -> None:
    copies.all.create(NAME)
    copies.unmount(number)
    with pytest.raises(KeyStoreUnreachable):
        copies.all.destroy(NAME)
    with pytest.raises(KeyStoreUnreachable):
        copies.all.exists(NAME)
    assert not (copies.second, copies.first)[number].exists(NAME)
    copies.mount(number)
    assert copies.all.exists(NAME)
    copies.all.destroy(NAME)
    assert not copies.all.exists(NAME)
    with pytest.raises(KeyMissing):
        copies.all.read(NAME)


def test_a_mirror_is_a_store_like_another() -> None:
    stores: list[KeyStore] = [MemoryKeys(), MirroredKeys([MemoryKeys(), MemoryKeys()])]
    made = MirroredKeys(stores).create(NAME)
    assert [store.read(NAME) for store in stores] == [made, made]
