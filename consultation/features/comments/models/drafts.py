"""Comments that wait for an act of their author, wherever they lie."""

import hmac
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.argument import Argument
from consultation.domain.deliberation.texts import Source
from consultation.infrastructure import boxes


@dataclass(frozen=True)
class Draft:
    """A comment that nobody but its author sees: what it says, where it would stand, until when it is kept.

    `advice` says why a reading returned it; what a visitor wrote has none.
    """

    id: str
    recommendation_id: str
    replies_to: str | None
    argument: Argument
    kept_until: datetime
    advice: str = ""


@dataclass(frozen=True)
class Visitor:
    """A browser without a confirmed account: the random identifier of its visit, kept nowhere, opens what it wrote."""

    id: uuid.UUID = field(repr=False)

    @property
    def slot(self) -> bytes:
        """Under what its comments lie (32 bytes)."""
        return hmac.digest(self.id.bytes, b"consultation:waiting-comment:slot:1", "sha256")

    def seal(self, place: str, text: bytes) -> bytes:
        """A box that this browser alone opens, in the row of this identifier alone."""
        return boxes.seal(self._key, text, place.encode())

    def unsealed(self, place: str, box: bytes) -> bytes:
        """The text of a box."""
        return boxes.unsealed(self._key, box, place.encode())

    @property
    def _key(self) -> bytes:
        return hmac.digest(self.id.bytes, b"consultation:waiting-comment:box:1", "sha256")


def packed(recommendation_id: str, replies_to: str | None, argument: Argument) -> bytes:
    """The text for a box: JSON."""
    return json.dumps(
        {
            "recommendation": recommendation_id,
            "replies_to": replies_to,
            "alignment": argument.alignment.value,
            "body": argument.body,
            "sources": pairs_of(argument),
            "submission": argument.submission,
        }
    ).encode()


def unpacked(draft_id: str, text: bytes, kept_until: datetime) -> Draft:
    """The comment that a box holds."""
    values = json.loads(text)
    argument = Argument(
        Alignment(values["alignment"]), values["body"], sources_from(values["sources"]), values["submission"]
    )
    return Draft(draft_id, values["recommendation"], values["replies_to"], argument, kept_until)


def pairs_of(argument: Argument) -> list[list[str]]:
    """Its sources, as JSON keeps them."""
    return [[source.title, source.url] for source in argument.sources]


def sources_from(pairs: list[list[str]]) -> list[Source]:
    """Sources, from what JSON kept."""
    return [Source(title, url) for title, url in pairs]
