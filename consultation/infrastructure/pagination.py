"""Keyset pagination: a page and the cursor of the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor after the last of them, None on the last page."""

    rows: Sequence[Row]
    cursor: str | None
