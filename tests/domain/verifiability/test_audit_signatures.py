"""The signatures that the audit accepts: those of RFC 8032 in their one spelling, and nothing beside them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.verifiability.audit import (
    BASE,
    GROUP_ORDER,
    NEUTRAL,
    PRIME,
    Point,
    decoded_point,
    encoded_point,
    verifies,
)
from consultation.domain.verifiability.audit import _added as added
from consultation.domain.verifiability.audit import _sum_of_products as sum_of_products
from consultation.infrastructure import signing

GOLDEN = Path(__file__).parent / "golden"
VECTORS = [line.split() for line in (GOLDEN / "rfc8032.txt").read_text().splitlines()]
SEED = bytes(range(32))
KEY = signing.public_key(SEED)
MESSAGE = b"consultation:line:1\0{}"
SIGNATURE = signing.sign(SEED, MESSAGE)


def is_accepted_by_the_library(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032_are_accepted_and_with_any_bit_changed_refused(secret, public, message, signature):
    key, said, signed = bytes.fromhex(public), bytes.fromhex(message.strip("-")), bytes.fromhex(signature)
    assert (signing.public_key(bytes.fromhex(secret)), signing.sign(bytes.fromhex(secret), said)) == (key, signed)
    assert verifies(key, said, signed)
    assert not verifies(key, said + b"\0", signed)
    for place in (0, 31, 32, 63):
        assert not verifies(key, said, _flipped(signed, place))
    assert not verifies(_flipped(key, 0), said, signed)


def test_a_number_in_a_second_spelling_is_refused():
    number = int.from_bytes(SIGNATURE[32:], "little")
    for other in (number + GROUP_ORDER, number + 2 * GROUP_ORDER, GROUP_ORDER, 2**256 - 1):
        assert not verifies(KEY, MESSAGE, SIGNATURE[:32] + other.to_bytes(32, "little"))


def test_signatures_and_keys_of_another_length_are_refused():
    for signature in (b"", SIGNATURE[:63], SIGNATURE + b"\0", SIGNATURE[:32]):
        assert not verifies(KEY, MESSAGE, signature)
    for key in (b"", KEY[:31], KEY + b"\0"):
        assert not verifies(key, MESSAGE, SIGNATURE)


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def multiplied(number: int, point: Point) -> Point:
    return sum_of_products(number, point, 0, NEUTRAL)


def points_of_small_order() -> list[Point]:
    """The eight points that eight times themselves make neutral."""
    found: dict[bytes, Point] = {}
    for y in range(2, 60):
        point = decoded_point(y.to_bytes(32, "little"))
        if point:
            small = multiplied(GROUP_ORDER, point)
            for times in range(8):
                found[encoded_point(multiplied(times, small))] = multiplied(times, small)
    return list(found.values())


SMALL = points_of_small_order()


def forged(secret: int, public: Point, nonce: Point, nonce_number: int) -> tuple[bytes, bytes]:
    """Key and signature by the recipe of RFC 8032, for points that an honest signer never takes."""
    key, commitment = encoded_point(public), encoded_point(nonce)
    challenge = int.from_bytes(hashlib.sha512(commitment + key + MESSAGE).digest(), "little") % GROUP_ORDER
    number = (nonce_number + challenge * secret) % GROUP_ORDER
    return key, commitment + number.to_bytes(32, "little")


def test_there_are_eight_points_of_small_order():
    assert len(SMALL) == 8
    assert all(encoded_point(multiplied(8, point)) == encoded_point(NEUTRAL) for point in SMALL)


@pytest.mark.parametrize("index", range(8))
def test_a_key_of_small_order_signs_nothing(index):
    """Such a key would make one signature fit many messages."""
    key = encoded_point(SMALL[index])
    for nonce in SMALL:
        for number in (0, 1):
            assert not verifies(key, MESSAGE, encoded_point(nonce) + number.to_bytes(32, "little"))


@pytest.mark.parametrize("index", range(1, 8))
def test_the_equation_has_no_cofactor(index):
    """With a nonce that is off by a point of small order, eight times both sides agree, and the sides do not."""
    off = added(multiplied(5, BASE), SMALL[index])
    key, signature = forged(7, multiplied(7, BASE), off, 5)
    assert not verifies(key, MESSAGE, signature)
    assert verifies(*_with_message(forged(7, multiplied(7, BASE), multiplied(5, BASE), 5)))


def _with_message(pair: tuple[bytes, bytes]) -> tuple[bytes, bytes, bytes]:
    return pair[0], MESSAGE, pair[1]


@pytest.mark.parametrize("index", range(8))
@pytest.mark.parametrize("nonce", range(1, 12))
def test_a_key_of_mixed_order_is_judged_as_the_library_judges_it(index, nonce):
    public = added(multiplied(7, BASE), SMALL[index])
    key, signature = forged(7, public, multiplied(nonce, BASE), nonce)
    assert verifies(key, MESSAGE, signature) == is_accepted_by_the_library(key, MESSAGE, signature)


SECOND_SPELLINGS = {
    "y is the prime": PRIME,
    "y is the prime and one": PRIME + 1,
    "minus zero": 1 | 1 << 255,
    "minus zero below": (PRIME - 1) | 1 << 255,
    "y is the prime, minus": PRIME | 1 << 255,
    "y is greatest": 2**255 - 1,
}


@pytest.mark.parametrize("spelling", SECOND_SPELLINGS)
def test_a_point_in_a_second_spelling_is_neither_a_key_nor_a_nonce(spelling):
    encoded = SECOND_SPELLINGS[spelling].to_bytes(32, "little")
    assert decoded_point(encoded) is None
    assert not verifies(encoded, MESSAGE, SIGNATURE)
    assert not verifies(encoded, MESSAGE, encoded_point(NEUTRAL) + bytes(32))
    assert not verifies(KEY, MESSAGE, encoded + SIGNATURE[32:])


def test_half_of_all_bytes_are_no_point():
    decoded = [decoded_point(y.to_bytes(32, "little")) for y in range(2, 202)]
    assert 60 < decoded.count(None) < 140


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 95), st.integers(0, 255))
def test_what_the_audit_accepts_the_library_accepts(seed, message, place, value):
    key, signature = signing.public_key(seed), signing.sign(seed, message)
    assert verifies(key, message, signature)
    whole = bytearray(key + signature)
    whole[place] = value
    changed, other = bytes(whole[:32]), bytes(whole[32:])
    assert verifies(changed, message, other) == is_accepted_by_the_library(changed, message, other)
