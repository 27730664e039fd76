"""Auditors as the public and as organisers see them: never an address, and their key at the desk alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consultation.features.accounts.models import Account
from consultation.features.ballots.models import Auditor
from consultation.features.ballots.policies import may_confirm_auditor
from consultation.infrastructure import clock


@dataclass(frozen=True)
class Copy:
    """A bundle that was handed over: on which day, and the SHA-256 of the zip."""

    day: date
    hash: str


@dataclass(frozen=True)
class PublicAuditor:
    """An auditor by name: from when, until when if it ended, what was handed over, what was found (day, text)."""

    name: str
    since: date
    until: date | None
    copies: list[Copy]
    statements: list[tuple[date, str]]


@dataclass(frozen=True)
class DeskAuditor:
    """An auditor at the organisers' desk: also the key, and what this organiser may do."""

    id: str
    name: str
    key: str
    proposed: date
    confirmed: date | None
    ended: date | None
    may_confirm: bool


def public_auditors_of(auditors: Sequence[Auditor]) -> list[PublicAuditor]:
    """The confirmed auditors among these, as everybody may know them."""
    return [
        PublicAuditor(
            name=auditor.name,
            since=clock.day_of(auditor.confirmed_at),
            until=clock.day_of(auditor.ended_at) if auditor.ended_at else None,
            copies=[Copy(clock.day_of(copy.handed_at), copy.hash) for copy in auditor.copies],
            statements=[(statement.day, statement.text) for statement in auditor.statements],
        )
        for auditor in auditors
        if auditor.confirmed_at is not None
    ]


def desk_auditors_of(actor: Account, auditors: Sequence[Auditor]) -> list[DeskAuditor]:
    """Auditors and proposals, as one organiser sees them."""
    return [
        DeskAuditor(
            id=auditor.id,
            name=auditor.name,
            key=auditor.recipient,
            proposed=clock.day_of(auditor.proposed_at),
            confirmed=clock.day_of(auditor.confirmed_at) if auditor.confirmed_at else None,
            ended=clock.day_of(auditor.ended_at) if auditor.ended_at else None,
            may_confirm=bool(may_confirm_auditor(actor, auditor)),
        )
        for auditor in auditors
    ]
