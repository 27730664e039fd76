"""A comment as its author wrote it, wherever it waits: what a form holds, a browser keeps or a reading returns."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.texts import Source


@dataclass(frozen=True)
class Argument:
    """Position, text and sources; `submission` tells the form that held them from any other."""

    alignment: Alignment
    body: str
    sources: Sequence[Source]
    submission: str
