"""The chain and the counting plan as anybody may read them."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, literal_column, or_, select

from consultation.domain.errors import KeyUnavailable, Missing
from consultation.domain.verifiability.plan import CountingPlan
from consultation.domain.verifiability.roots import LineType
from consultation.domain.verifiability.texts import VotedText, texts_bytes
from consultation.features.ballots.models import ChainLine, PlanVersion, signing_key_name
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure import keys, signing
from consultation.infrastructure.database import session

Line = dict[str, Any]

# Asked at every cast: written once. The lines that introduce a signing key, and the last one.
_LAST = select(func.max(ChainLine.n)).where(ChainLine.consultation_id == bindparam("consultation")).scalar_subquery()
SIGNERS_AND_LAST = and_(
    ChainLine.consultation_id == bindparam("consultation"),
    or_(
        ChainLine.type == literal_column(f"'{LineType.OPEN}'"),
        ChainLine.type == literal_column(f"'{LineType.KEY}'"),
        ChainLine.n == _LAST,
    ),
)
_SIGNERS_AND_LAST = select(ChainLine.content).where(SIGNERS_AND_LAST).order_by(ChainLine.n)


@dataclass(frozen=True)
class Signer:
    """The signing key in force, read for one act and forgotten after it."""

    key: signing.SigningKey = field(repr=False)
    generation: int

    @property
    def public(self) -> bytes:
        """The public key (32 bytes)."""
        return self.key.public

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of a message (64 bytes)."""
        return self.key.sign(message)


def chain_of(consultation_id: uuid.UUID) -> list[Line]:
    """The lines of the chain, from the first."""
    return [json.loads(content) for content in chain_texts(consultation_id)]


def chain_texts(consultation_id: uuid.UUID) -> list[str]:
    """The lines of the chain as they stand in roots.jsonl, without their newlines."""
    found = session.scalars(
        select(ChainLine.content).where(ChainLine.consultation_id == consultation_id).order_by(ChainLine.n)
    )
    return list(found)


def last_line(consultation_id: uuid.UUID) -> Line | None:
    """The last line of the chain; None before the opening."""
    content = session.scalar(
        select(ChainLine.content)
        .where(ChainLine.consultation_id == consultation_id)
        .order_by(ChainLine.n.desc())
        .limit(1)
    )
    return json.loads(content) if content is not None else None


def last_line_of_type(consultation_id: uuid.UUID, *kinds: LineType) -> Line | None:
    """The last line of one of these types, or None."""
    content = session.scalar(
        select(ChainLine.content)
        .where(ChainLine.consultation_id == consultation_id, ChainLine.type.in_([kind.value for kind in kinds]))
        .order_by(ChainLine.n.desc())
        .limit(1)
    )
    return json.loads(content) if content is not None else None


def signer_of(consultation: Consultation) -> Signer:
    """The signing key in force; KeyUnavailable when it is missing or is not the one that the chain names."""
    return signer_and_last_line(consultation)[0]


def signer_and_last_line(consultation: Consultation) -> tuple[Signer, Line]:
    """The signing key in force, as above, and the last line of the chain, with one question to the database."""
    found = session.connection().execute(_SIGNERS_AND_LAST, {"consultation": consultation.id})
    lines = [json.loads(content) for (content,) in found]
    return signer_in(consultation, lines), lines[-1]


def signer_in(consultation: Consultation, lines: Sequence[Line]) -> Signer:
    """The signing key in force after these lines, all that introduce one among them; KeyUnavailable as above."""
    introducing = [line for line in lines if "signer" in line]
    if not introducing:
        raise KeyUnavailable
    return _signer(consultation, introducing)


def signer_after(consultation: Consultation, n: int) -> Signer:
    """The key that was in force after line n; Missing where there is no such line, KeyUnavailable as above."""
    lines = chain_of(consultation.id)
    if not 1 <= n <= len(lines):
        raise Missing
    return _signer(consultation, [line for line in lines[:n] if "signer" in line])


def _signer(consultation: Consultation, introducing: Sequence[Line]) -> Signer:
    """The key that the last of these lines introduces, each line having introduced one."""
    name = signing_key_name(consultation.id, len(introducing), fictional=consultation.is_demonstration)
    try:
        seed = keys.store().read(name)
    except (keys.KeyMissing, OSError) as error:
        raise KeyUnavailable from error
    signer = Signer(signing.SigningKey(seed), len(introducing))
    if signer.public.hex() != introducing[-1]["signer"]:
        raise KeyUnavailable
    return signer


def participation_of(consultation: Consultation) -> list[tuple[date, int]]:
    """How many ballots were held on each day that has a line, and at the end: both colleges together."""
    lines = session.scalars(
        select(ChainLine.content)
        .where(
            ChainLine.consultation_id == consultation.id,
            ChainLine.type.in_([LineType.DAY.value, LineType.FINAL.value]),
        )
        .order_by(ChainLine.n)
    )
    return [(date.fromisoformat(line["day"]), line["count"]) for line in map(json.loads, lines)]


def plan_versions(consultation_id: uuid.UUID) -> list[PlanVersion]:
    """The versions of the counting plan, the first one first."""
    found = session.scalars(
        select(PlanVersion).where(PlanVersion.consultation_id == consultation_id).order_by(PlanVersion.version)
    )
    return list(found)


def plan_in_force(consultation: Consultation) -> CountingPlan:
    """The counting plan in its last version; Missing before it was made public."""
    content = session.scalar(
        select(PlanVersion.content)
        .where(PlanVersion.consultation_id == consultation.id)
        .order_by(PlanVersion.version.desc())
        .limit(1)
    )
    if content is None:
        raise Missing
    return CountingPlan.from_bytes(content.encode())


def voted_texts(consultation: Consultation) -> bytes:
    """texts.json: the recommendations as they are put to the vote at present."""
    return texts_bytes(consultation.slug, consultation.title, _texts(consultation.id))


def _texts(consultation_id: uuid.UUID) -> Iterable[VotedText]:
    return [
        VotedText(one.number, one.version, one.title, one.theme, one.introduction, one.text)
        for one in recommendations_of(consultation_id)
    ]
