"""Keys in a directory: exclusive, on the disk, overwritten at the end; what cannot be seen is never called absent."""

import errno
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from consultation.infrastructure.keys import SIZE, DirectoryKeys, KeyMissing, KeyPresent, KeyStoreUnreachable

NAME = "ballots-test"
NOBODY = 65534
ACTS = ["create", "read", "exists", "destroy"]
IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from consultation.infrastructure.keys import DirectoryKeys, KeyPresent, MirroredKeys

keys = MirroredKeys([DirectoryKeys(Path(one)) for one in sys.argv[1:]])
print("ready", flush=True)
sys.stdin.readline()
for number in range(200):
    try:
        print(number, keys.create(f"key-{number}").hex())
    except KeyPresent:
        pass
"""


@pytest.fixture
def keys(tmp_path: Path) -> DirectoryKeys:
    """A store in a directory that holds nothing else."""
    return DirectoryKeys(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the key of the tests lies."""
    return tmp_path / f"{NAME}.key"


@contextmanager
def shut(directory: Path) -> Iterator[None]:
    """A directory that this process may not enter, even where the tests run as root."""
    mode, user = stat.S_IMODE(directory.stat().st_mode), os.geteuid()
    directory.chmod(0)
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        directory.chmod(mode)


def flushed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of what is flushed to the disk from now on, in order; each is really flushed."""
    seen, flush = [], os.fsync

    def noting(descriptor: int) -> None:
        seen.append("directory" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    return seen


def test_only_its_owner_reads_the_file_of_a_key(keys: DirectoryKeys, file: Path) -> None:
    keys.create(NAME)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_name_never_leads_out_of_the_directory(keys: DirectoryKeys, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="name"):
        keys.create("../elsewhere")
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_on_the_disk_when_it_has_been_made(keys: DirectoryKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = flushed(monkeypatch)
    keys.create(NAME)
    assert seen == ["file", "directory"]


def test_a_key_is_overwritten_before_its_name_goes(
    keys: DirectoryKeys, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.create(NAME)
    same_blocks = tmp_path / "another-name"
    same_blocks.hardlink_to(file)
    seen = flushed(monkeypatch)
    keys.destroy(NAME)
    assert seen == ["file", "directory"]
    assert not file.exists()
    assert len(same_blocks.read_bytes()) == SIZE
    assert same_blocks.read_bytes() != key


def test_all_of_a_file_that_is_too_long_is_overwritten(keys: DirectoryKeys, file: Path, tmp_path: Path) -> None:
    file.write_bytes(bytes(3 * SIZE))
    (tmp_path / "another-name").hardlink_to(file)
    keys.destroy(NAME)
    left = (tmp_path / "another-name").read_bytes()
    assert len(left) == 3 * SIZE
    assert bytes(SIZE) not in left


def test_destroying_again_flushes_what_an_interrupted_run_removed(
    keys: DirectoryKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = flushed(monkeypatch)
    keys.destroy(NAME)
    assert seen == ["directory"]


def test_a_full_disk_leaves_no_empty_key_behind(keys: DirectoryKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(KeyStoreUnreachable, match="no space"):
            keys.create(NAME)
    assert not keys.exists(NAME)
    assert keys.create(NAME) == keys.read(NAME)


def test_a_key_that_is_written_in_part_is_written_on_or_not_at_all(keys: DirectoryKeys) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE // 2, limits[1]))  # a write takes 16 bytes, the next one none
    try:
        with pytest.raises(KeyStoreUnreachable):
            keys.create(NAME)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not keys.exists(NAME)


def test_a_key_is_whole_though_each_write_takes_a_byte(keys: DirectoryKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with monkeypatch.context() as slow:
        slow.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:1]))
        made = keys.create(NAME)
    assert keys.read(NAME) == made


@pytest.mark.parametrize("content", [b"", b"short", b"x" * (SIZE + 1)])
def test_a_key_that_is_not_whole_is_missing_yet_never_made_again(
    keys: DirectoryKeys, file: Path, content: bytes
) -> None:
    file.write_bytes(content)
    with pytest.raises(KeyMissing):
        keys.read(NAME)
    assert keys.exists(NAME)
    with pytest.raises(KeyPresent):
        keys.create(NAME)
    assert file.read_bytes() == content


def test_a_key_that_is_not_whole_is_destroyed(keys: DirectoryKeys, file: Path) -> None:
    file.write_bytes(b"short")
    keys.destroy(NAME)
    assert not keys.exists(NAME)


def a_link(file: Path) -> None:
    (file.parent / "target").write_bytes(bytes(SIZE))
    file.symlink_to("target")


def a_link_to_nothing(file: Path) -> None:
    file.symlink_to("nothing")


def a_pipe(file: Path) -> None:
    os.mkfifo(file)


@pytest.mark.parametrize("put_there", [a_link, a_link_to_nothing, Path.mkdir, a_pipe])
def test_what_lies_in_the_place_of_a_key_is_neither_followed_nor_destroyed_nor_called_absent(
    keys: DirectoryKeys, file: Path, put_there: Callable[[Path], None]
) -> None:
    put_there(file)
    for act in (keys.read, keys.destroy, keys.create):
        with pytest.raises(KeyStoreUnreachable):
            act(NAME)
    assert keys.exists(NAME)
    assert file.is_symlink() or not file.is_file()
    assert put_there is not a_link or file.read_bytes() == bytes(SIZE)


@pytest.mark.parametrize("act", ACTS)
def test_a_directory_that_may_not_be_read_says_nothing_about_its_keys(
    keys: DirectoryKeys, file: Path, tmp_path: Path, act: str
) -> None:
    made = keys.create(NAME)
    with shut(tmp_path), pytest.raises(KeyStoreUnreachable, match="Permission denied"):
        getattr(keys, act)(NAME)
    assert file.read_bytes() == made


@pytest.mark.parametrize("act", ACTS)
def test_a_directory_that_is_not_there_says_nothing_about_its_keys_and_is_not_made(tmp_path: Path, act: str) -> None:
    with pytest.raises(KeyStoreUnreachable, match="No such file"):
        getattr(DirectoryKeys(tmp_path / "not mounted"), act)(NAME)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", ACTS)
def test_a_file_in_the_place_of_the_directory_says_nothing_about_its_keys(tmp_path: Path, act: str) -> None:
    (tmp_path / "keys").touch()
    with pytest.raises(KeyStoreUnreachable, match="Not a directory"):
        getattr(DirectoryKeys(tmp_path / "keys"), act)(NAME)


def started(*directories: Path) -> subprocess.Popen[str]:
    """A process that is about to make keys in these directories."""
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, *map(str, directories)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("copies", [1, 2])
def test_of_two_processes_that_make_a_key_at_once_at_most_one_does_and_every_copy_is_its_own(
    tmp_path: Path, copies: int
) -> None:
    directories = [tmp_path / f"copy-{number}" for number in range(copies)]
    for directory in directories:
        directory.mkdir()
    processes = [started(*directories) for _turn in range(2)]
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    made = [line.split() for output in outputs for line in output.splitlines()]
    assert [process.returncode for process in processes] == [0, 0]
    assert len({number for number, _key in made}) == len(made) == 200
    for directory in directories:
        assert {(file.stem, file.read_bytes().hex()) for file in directory.iterdir()} == {
            (f"key-{number}", key) for number, key in made
        }
