"""Keys as files: whole or not there."""

import errno
import os
from pathlib import Path

import pytest

from consultation.infrastructure.keys import DirectoryKeys, KeyMissing


def test_a_full_disk_leaves_no_empty_key_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    keys = DirectoryKeys(tmp_path / "keys")
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            keys.create("ballots-test")
    assert not keys.exists("ballots-test")
    assert keys.create("ballots-test") == keys.read("ballots-test")


def test_a_key_that_is_not_whole_is_a_key_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "ballots-test.key").write_bytes(b"short")
    with pytest.raises(KeyMissing):
        DirectoryKeys(tmp_path).read("ballots-test")
