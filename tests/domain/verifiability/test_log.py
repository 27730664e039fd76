"""The chain of the audit log."""

from dataclasses import replace

import pytest

from consultation.domain.verifiability.log import Entry, Fault, Seal, chained, first_fault, sealed

ENTRIES = [Entry(f"2026-11-23T10:00:0{n}.000000+00:00", "CaseDecided", f'{{"case_id":"{n}"}}') for n in range(5)]


def sealed_log() -> list[tuple[Seal, Entry]]:
    """Five entries with their seals."""
    return list(zip(chained(None, ENTRIES), ENTRIES, strict=True))


def test_a_log_that_was_sealed_holds() -> None:
    assert first_fault(None, sealed_log()) is None
    assert first_fault(None, []) is None


def test_the_digest_of_the_first_entry_is_for_ever_this_one() -> None:
    assert sealed(None, ENTRIES[0]) == Seal(1, "a8cf5a98e9d94c89b80907ae4a13c389d6c59a9bccbee6de5feca36d522b87e6")


def test_sealing_goes_on_where_it_stopped() -> None:
    first = list(chained(None, ENTRIES[:2]))
    assert [*first, *chained(first[-1], ENTRIES[2:])] == [seal for seal, _ in sealed_log()]


@pytest.mark.parametrize("field", ["at", "event", "identifiers"])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_an_altered_entry_is_named(field: str, place: int) -> None:
    log = sealed_log()
    seal, entry = log[place]
    log[place] = (seal, replace(entry, **{field: "other"}))
    assert first_fault(None, log) == Fault(place + 1, "altered")


@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_dropped_entry_is_named(place: int) -> None:
    log = sealed_log()
    del log[place]
    assert first_fault(None, log) == Fault(place + 1, "missing")


def test_entries_that_changed_places_are_seen() -> None:
    log = sealed_log()
    (first, one), (second, two) = log[1], log[2]
    log[1:3] = [(first, two), (second, one)]
    assert first_fault(None, log) == Fault(2, "altered")


def test_a_chain_made_anew_from_a_place_holds_by_itself_and_has_other_digests_from_there() -> None:
    altered = [*ENTRIES[:2], replace(ENTRIES[2], identifiers="{}"), *ENTRIES[3:]]
    anew = list(zip(chained(None, altered), altered, strict=True))
    assert first_fault(None, anew) is None
    kept = [seal.digest for seal, _ in sealed_log()]
    assert [seal.digest == digest for (seal, _), digest in zip(anew, kept, strict=True)] == [True] * 2 + [False] * 3
