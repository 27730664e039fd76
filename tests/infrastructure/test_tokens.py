"""Tokens: one purpose each, for a time, and whole."""

from datetime import timedelta

import pytest

from consultation.domain.errors import TokenInvalid
from consultation.infrastructure import clock
from consultation.infrastructure.tokens import Signer, digest_of, random_token

SIGNER = Signer("a secret of the tests, long enough to be one")


def test_a_token_gives_back_its_parts() -> None:
    assert SIGNER.read("confirm", SIGNER.sign("confirm", "one", "deux"), max_age=60) == ["one", "deux"]


def test_a_token_serves_one_purpose_and_one_secret() -> None:
    token = SIGNER.sign("confirm", "one")
    with pytest.raises(TokenInvalid):
        SIGNER.read("reset", token, max_age=60)
    with pytest.raises(TokenInvalid):
        Signer("another secret of the tests, as long as that").read("confirm", token, max_age=60)


@pytest.mark.parametrize("spoiled", ["", ".", "x", "a.b.c", "é.è.ê", "\x00", "x" * 100_000])
def test_what_is_not_a_token_is_refused(spoiled: str) -> None:
    with pytest.raises(TokenInvalid):
        SIGNER.read("confirm", spoiled, max_age=60)


def test_a_token_with_any_character_changed_is_refused() -> None:
    token = SIGNER.sign("confirm", "one")
    # The last character of base 64 may carry bits that mean nothing.
    for place in range(len(token) - 1):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(TokenInvalid):
            SIGNER.read("confirm", token[:place] + other + token[place + 1 :], max_age=60)


def test_a_token_ends() -> None:
    now = clock.now()
    with clock.standing_at(now):
        token = SIGNER.sign("confirm", "one")
    with clock.standing_at(now + timedelta(seconds=59)):
        assert SIGNER.read("confirm", token, max_age=60) == ["one"]
    with clock.standing_at(now + timedelta(seconds=62)), pytest.raises(TokenInvalid):
        SIGNER.read("confirm", token, max_age=60)


def test_random_tokens_differ_and_are_stored_as_a_digest() -> None:
    tokens = {random_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 43 for token in tokens)
    assert digest_of("token") == digest_of("token") != digest_of("Token")
