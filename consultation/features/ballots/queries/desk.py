"""All that a cast depends on, read at once when its locks are held."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, String, Uuid, bindparam, cast, func, literal_column, select
from sqlalchemy.orm.attributes import set_committed_value

from consultation.domain.errors import ForeignRecommendation
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.models import Ballot, ChainLine, Urn
from consultation.features.ballots.queries.chain import SIGNERS_AND_LAST, Line
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import session
from consultation.infrastructure.glimpses import PlainStatement


@dataclass(frozen=True)
class Desk:
    """What a cast finds: the fingerprint of the key, the version of each text, the chain's lines, the slot's box.

    `lines` are those that introduce a signing key, and the last one.
    """

    fingerprint: bytes | None
    texts: Mapping[int, int]
    lines: list[Line]
    box: bytes | None

    def texts_for(self, order: WeakOrder) -> Mapping[int, int]:
        """The version of each recommendation's text, by number; ForeignRecommendation when the order names another."""
        if not set(order.ranked()) <= self.texts.keys():
            raise ForeignRecommendation
        return self.texts


_ID: BindParameter[uuid.UUID] = bindparam("consultation", type_=Uuid())
_COMMA: Any = literal_column("','")  # written into the statement: a value would be bound only when it is sent
_VERSION = cast(Recommendation.number, String) + literal_column("'.'") + cast(Recommendation.version, String)
_COLUMNS = (
    Consultation.phase,
    Consultation.closes_at,
    select(Urn.key_fingerprint).where(Urn.consultation_id == _ID).scalar_subquery(),
    select(func.aggregate_strings(_VERSION, _COMMA)).where(Recommendation.consultation_id == _ID).scalar_subquery(),
    select(func.aggregate_strings(ChainLine.content, _COMMA)).where(SIGNERS_AND_LAST).scalar_subquery(),
    select(Ballot.box).where(Ballot.consultation_id == _ID, Ballot.slot == bindparam("slot")).scalar_subquery(),
)
_DESK = PlainStatement(select(*_COLUMNS).where(Consultation.id == _ID))


def desk_of(consultation: Consultation, slot: bytes) -> Desk:
    """What lies there at this moment for the ballot of one slot; phase and close of the consultation are renewed."""
    session.flush()
    ((phase, closes_at, fingerprint, texts, lines, box),) = _DESK.run(consultation=consultation.id, slot=slot)
    set_committed_value(consultation, "phase", phase)
    set_committed_value(consultation, "closes_at", closes_at)
    # Of canonical lines a comma makes one list.
    listed = sorted(json.loads(f"[{lines or ''}]"), key=lambda line: int(line["n"]))
    return Desk(fingerprint, _versions(texts or ""), listed, box)


def _versions(texts: str) -> dict[int, int]:
    pairs = (text.split(".") for text in texts.split(",") if text)
    return {int(number): int(version) for number, version in pairs}
