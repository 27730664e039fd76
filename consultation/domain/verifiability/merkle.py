"""The tree over the commitments of a consultation (RFC 6962, section 2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise, starmap
from operator import lt

LEAF = b"\x00"
NODE = b"\x01"
HASH_BYTES = 32


class InvalidCommitments(ValueError):
    """Commitments that are not 32 bytes each in strictly increasing order."""


def root(commitments: Sequence[bytes]) -> bytes:
    """Return the 32-byte root over strictly increasing commitments; that of none is the hash of nothing."""
    level = _leaves(commitments)
    if not level:
        return sha256().digest()
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def inclusion_proof(commitments: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes, from the leaf upwards, that lead from the commitment at `index` (from 0) to the root."""
    if not 0 <= index < len(commitments):
        raise IndexError("there is no commitment at this index")
    proof, level = [], _leaves(commitments)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            proof.append(level[sibling])
        index, level = index // 2, _level_above(level)
    return proof


def proves_inclusion(proof: Sequence[bytes], commitment: bytes, index: int, size: int, expected_root: bytes) -> bool:
    """Tell whether a proof leads from a commitment at `index` among `size` to the root."""
    if not 0 <= index < size:
        return False
    remaining, reached = list(reversed(proof)), _hash(LEAF, commitment)
    while size > 1:
        if index ^ 1 < size:
            if not remaining:
                return False
            sibling = remaining.pop()
            reached = _hash(NODE, sibling, reached) if index % 2 else _hash(NODE, reached, sibling)
        index, size = index // 2, (size + 1) // 2
    return not remaining and reached == expected_root


def _leaves(commitments: Sequence[bytes]) -> list[bytes]:
    if not set(map(len, commitments)) <= {HASH_BYTES}:
        raise InvalidCommitments("a commitment has 32 bytes")
    if not all(starmap(lt, pairwise(commitments))):
        raise InvalidCommitments("commitments strictly increase")
    return [sha256(LEAF + commitment).digest() for commitment in commitments]


def _level_above(level: list[bytes]) -> list[bytes]:
    """Pair the hashes; one that is left over rises as it is, which gives the tree of RFC 6962."""
    pairs = [sha256(NODE + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
    return pairs + level[len(pairs) * 2 :]


def _hash(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()
