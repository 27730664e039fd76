"""The texts that are put to the vote, as the chain cites them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from consultation.domain.verifiability.canonical import canonical

FORMAT = 1


@dataclass(frozen=True)
class VotedText:
    """One recommendation in one version."""

    number: int
    version: int
    title: str
    theme: str
    introduction: str
    text: str


def texts_bytes(consultation: str, title: str, texts: Iterable[VotedText]) -> bytes:
    """Return texts.json: the recommendations of a consultation, by number."""
    listed = [asdict(one) for one in sorted(texts, key=lambda one: one.number)]
    return canonical({"consultation": consultation, "texts": listed, "title": title, "v": FORMAT})
