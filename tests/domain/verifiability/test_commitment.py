import hashlib
import json
import unicodedata
from pathlib import Path

import pytest

from consultation.domain.social_choice.ranking import UnknownAlternative, WeakOrder
from consultation.domain.verifiability.canonical import NotCanonical, canonical
from consultation.domain.verifiability.commitment import (
    CommittedBallot,
    InvalidBallotBytes,
    commitment,
    parse_ballot,
    salt,
)
from consultation.domain.verifiability.roots import line_hash

GOLDEN = Path(__file__).parent / "golden"
BALLOT = CommittedBallot(
    college="citizens",
    consultation="ia-sante-2018",
    order=WeakOrder.from_tiers([[24], [10, 3]]),
    texts={10: 2, 3: 1, 24: 1, 7: 1},
)
RANDOM = bytes(range(32))
NOTE = "les cerises d’été"


def test_the_bytes_of_a_ballot_are_those_of_the_golden_file():
    assert BALLOT.to_bytes() == (GOLDEN / "ballot.json").read_bytes()


def test_the_salt_and_the_commitment_are_those_of_the_golden_file_and_of_their_formulas():
    with_note, without_note = (GOLDEN / "commitments.txt").read_text().splitlines()
    ballot = (GOLDEN / "ballot.json").read_bytes()
    for note, expected in ((NOTE, with_note), ("", without_note)):
        salted = hashlib.sha256(b"consultation:salt:1\x00" + RANDOM + note.encode("utf-8")).digest()
        committed = hashlib.sha256(b"consultation:ballot:1\x00" + salted + ballot).digest()
        assert expected == f"{salted.hex()} {committed.hex()}"
        assert salt(RANDOM, note) == salted
        assert commitment(salted, ballot) == committed


def test_a_ballot_is_read_back_from_its_bytes():
    assert parse_ballot(BALLOT.to_bytes()) == BALLOT


def altered(**changes: object) -> bytes:
    return canonical(json.loads(BALLOT.to_bytes()) | changes)


@pytest.mark.parametrize(
    "ballot",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        BALLOT.to_bytes() + b"\n",
        BALLOT.to_bytes().replace(b":", b": "),
        BALLOT.to_bytes().replace(b"[24]", b"[24.0]"),
        BALLOT.to_bytes().replace(b"citizens", b"citizen\\u0073"),
        BALLOT.to_bytes().replace(b'"v":1', b'"v":1,"v":1'),
        altered(v=2),
        altered(v=True),
        altered(extra=1),
        altered(college=5),
        altered(ranking=[[24], [10, 3]]),
        altered(ranking=[[24], [24, 3], [10]]),
        altered(ranking=["24", [3, 10]]),
        altered(ranking=[[True], [3, 10]]),
        altered(ranking=[[24], []]),
        altered(ranking=[]),
        altered(ranking=[[24], [3, 10], [99]]),
        altered(unranked=[]),
        altered(unranked=[3, 7]),
        altered(texts=[[3, 1], [7, 1], [10, 0], [24, 1]]),
        altered(texts=[[3, 1], [3, 1], [7, 1], [10, 2], [24, 1]]),
        altered(texts=[[24, 1], [10, 2], [7, 1], [3, 1]]),
        altered(texts=[]),
    ],
)
def test_bytes_that_are_not_exactly_those_of_a_ballot_are_refused(ballot):
    with pytest.raises(InvalidBallotBytes):
        parse_ballot(ballot)


def test_a_ballot_names_the_text_of_all_that_it_ranks():
    with pytest.raises(UnknownAlternative):
        CommittedBallot("citizens", "x", WeakOrder.from_tiers([[24]]), {3: 1})


def test_a_note_is_the_same_however_its_accents_were_typed():
    assert salt(RANDOM, unicodedata.normalize("NFD", NOTE)) == salt(RANDOM, NOTE)


def test_random_bytes_notes_and_salts_of_another_size_are_refused():
    for refused in (lambda: salt(RANDOM[:31]), lambda: salt(RANDOM, "x" * 61), lambda: commitment(RANDOM[:31], b"{}")):
        with pytest.raises(ValueError, match=r"32|60"):
            refused()


def test_canonical_json_sorts_keys_keeps_accents_and_composes_them():
    assert canonical({"b": [1, True, "e\u0301"], "a": {}}) == '{"a":{},"b":[1,true,"é"]}'.encode()


@pytest.mark.parametrize("value", [1.0, None, {"a": [None]}, {1: "a"}, {"é": 1}, {3, 4}, b"a", "\ud800"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


def test_a_line_of_the_chain_is_named_by_the_hash_of_its_canonical_bytes():
    assert line_hash({"v": 1, "n": 0}) == hashlib.sha256(b'{"n":0,"v":1}').digest()
