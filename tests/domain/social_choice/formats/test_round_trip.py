"""What is written in a format is what is read from it, and what is broken is refused, never half read."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.social_choice.formats.quoting import printable
from consultation.domain.social_choice.formats.ranked_file import MalformedFile, RankedFile
from consultation.domain.social_choice.formats.recognition import READERS, read
from domain.social_choice.formats.written import WRITERS, files, orders_of

SHAPES = {
    "soc": files(strict=True, complete=True, blank=False),
    "soi": files(strict=True),
    "toc": files(complete=True, blank=False),
}


def said(file: RankedFile) -> tuple[tuple[str, ...], Counter[object], int]:
    """What a file says, whether it groups equal ballots or not."""
    counted: Counter[object] = Counter()
    for order, count in orders_of(file):
        counted[order] += count
    return file.names, counted, file.blank


def outcome_of(content: bytes, file: str) -> RankedFile | MalformedFile:
    """What was read, or the refusal."""
    try:
        return read(content, file)
    except MalformedFile as refusal:
        return refusal


def test_every_format_that_is_read_is_tried() -> None:
    assert WRITERS.keys() == READERS.keys()


@pytest.mark.parametrize("kind", WRITERS)
@given(choice=st.data())
def test_a_file_is_read_as_it_was_written(kind: str, choice: st.DataObject) -> None:
    file = choice.draw(SHAPES.get(kind, files()))
    assert said(read(WRITERS[kind](file).encode(), f"test.{kind}")) == said(file)


@pytest.mark.parametrize("kind", WRITERS)
@given(choice=st.data())
def test_a_damaged_file_is_read_whole_or_refused_in_one_line(kind: str, choice: st.DataObject) -> None:
    content = bytearray(WRITERS[kind](choice.draw(SHAPES.get(kind, files()))).encode())
    start = choice.draw(st.integers(0, len(content)))
    content[start : start + choice.draw(st.integers(0, 3))] = choice.draw(st.binary(max_size=3))
    outcome = outcome_of(bytes(content), f"test.{kind}")
    if isinstance(outcome, MalformedFile):
        assert printable(str(outcome)) == str(outcome)
        assert 1 <= outcome.line <= content.count(b"\n") + 1
    else:
        assert all(set(order.ranked()) <= set(range(1, len(outcome.names) + 1)) for order, _ in orders_of(outcome))


@given(content=st.binary(max_size=200), kind=st.sampled_from([*READERS, "xls", ""]))
def test_anything_at_all_is_read_or_refused_and_never_a_crash(content: bytes, kind: str) -> None:
    outcome = outcome_of(content, f"a file.{kind}")
    if isinstance(outcome, MalformedFile):
        assert str(outcome).startswith(f"a file.{kind}: line {outcome.line}: ")


@pytest.mark.parametrize("kind", WRITERS)
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(kind: str) -> None:
    file = RankedFile(("Été", "Hiver"), ())
    text = WRITERS[kind](file).replace("\n", "\r\n")
    assert said(read(text.encode("utf-8-sig"), f"test.{kind}")) == said(file)
