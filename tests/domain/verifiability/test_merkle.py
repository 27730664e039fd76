import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain.verifiability.merkle import InvalidCommitments, inclusion_proof, proves_inclusion, root


def commitments(count: int) -> list[bytes]:
    return sorted(hashlib.sha256(bytes([i])).digest() for i in range(count))


def tree_head(leaves: list[bytes]) -> bytes:
    """Follow the recursive definition of RFC 6962, section 2.1: split at the largest power of two below the size."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + tree_head(leaves[:split]) + tree_head(leaves[split:])).digest()


@pytest.mark.parametrize("count", range(20))
def test_the_root_is_that_of_the_recursive_definition(count):
    assert root(commitments(count)) == tree_head(commitments(count))


@pytest.mark.parametrize("count", range(1, 18))
def test_every_commitment_has_a_proof_for_its_own_index_only(count):
    held = commitments(count)
    head = root(held)
    for index, commitment in enumerate(held):
        proof = inclusion_proof(held, index)
        accepted = [other for other in range(-1, count + 1) if proves_inclusion(proof, commitment, other, count, head)]
        assert accepted == [index]


@settings(max_examples=200)
@given(st.integers(2, 40), st.data())
def test_a_tampered_proof_is_refused(count, data):
    held = commitments(count)
    index = data.draw(st.integers(0, count - 1))
    proof = inclusion_proof(held, index)
    at = data.draw(st.integers(0, len(proof) - 1))
    flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
    for tampered in (proof[:at] + proof[at + 1 :], [*proof, proof[at]], [*proof[:at], flipped, *proof[at + 1 :]]):
        assert not proves_inclusion(tampered, held[index], index, count, root(held))
    assert not proves_inclusion(proof, held[index - 1], index, count, root(held))


def test_no_index_beyond_the_commitments_has_a_proof():
    for index in (-1, 3):
        with pytest.raises(IndexError):
            inclusion_proof(commitments(3), index)


@pytest.mark.parametrize(
    "refused",
    [list(reversed(commitments(2))), [bytes(32), bytes(32)], [bytes(31)], [bytes(33)]],
    ids=lambda held: len(held),
)
def test_commitments_that_do_not_strictly_increase_or_have_another_size_are_refused(refused):
    with pytest.raises(InvalidCommitments):
        root(refused)
