"""Consultations as they are read."""

from collections.abc import Hashable
from datetime import datetime

from sqlalchemy import bindparam, inspect, or_, select

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_slug
from consultation.domain.phases import Phase
from consultation.features.accounts.models import Account
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.glimpses import Glimpse

_TABLE = Consultation.__table__.c
# What the stamp of any page about a consultation begins with: which one, its state, and whether it takes part at `now`.
STAMPED = select(_TABLE.id, _TABLE.stamp, _TABLE.closes_at > bindparam("now")).where(_TABLE.phase != Phase.DRAFT.value)
_STAMPS = Glimpse(STAMPED.order_by(_TABLE.id))


# Asked by most requests: written once.
_BY_SLUG = select(Consultation).where(Consultation.slug == bindparam("slug"))


def consultation_by_slug(slug: str) -> Consultation:
    """The consultation of this address, in whatever phase; Missing where there is none."""
    found = session.scalar(_BY_SLUG, {"slug": slug}) if is_slug(slug) else None
    if found is None:
        raise Missing(slug=slug)
    return found


def slug_is_taken(slug: str) -> bool:
    """Whether a consultation has this address."""
    return session.scalar(select(Consultation.id).where(Consultation.slug == slug)) is not None


def holds_demonstration() -> bool:
    """Whether the database holds anything of the demonstration; a database without tables holds nothing."""
    if not inspect(session.get_bind()).has_table(Consultation.__tablename__):
        return False
    invented = select(Account.id).where(Account.is_synthetic).exists()
    fictional = select(Consultation.id).where(Consultation.is_demonstration).exists()
    return bool(session.scalar(select(or_(invented, fictional))))


def public_consultations() -> list[Consultation]:
    """Every consultation that is no longer a draft: those that are open first, then by closing date, latest first."""
    return list(
        session.scalars(
            select(Consultation)
            .where(Consultation.phase != Phase.DRAFT.value)
            .order_by(Consultation.phase != Phase.OPEN.value, Consultation.closes_at.desc(), Consultation.slug)
        )
    )


def stamp_from(glimpse: Glimpse, **values: object) -> Hashable | None:
    """The one row of a reading that begins as STAMPED does; None where there is none, as visitors see no draft."""
    rows = glimpse.rows(now=clock.now(), **values)
    return tuple(rows[0]) if rows else None


def stamp_of_consultations() -> Hashable:
    """The stamp of the pages that show every consultation."""
    return tuple(map(tuple, _STAMPS.rows(now=clock.now())))


def all_consultations_for(account: Account) -> list[Consultation]:
    """The consultations in which this account holds a role, drafts included, the one that closes last first."""
    mine = {grant.consultation_id for grant in account.grants}
    return list(
        session.scalars(
            select(Consultation)
            .where(Consultation.id.in_(mine))
            .order_by(Consultation.closes_at.desc(), Consultation.slug)
        )
    )


def consultations_in(phase: Phase) -> list[Consultation]:
    """The consultations in this phase, the one that closes first before the others."""
    return list(
        session.scalars(
            select(Consultation)
            .where(Consultation.phase == phase.value)
            .order_by(Consultation.closes_at, Consultation.slug)
        )
    )


def closed_meanwhile(since: datetime) -> list[Consultation]:
    """The consultations that took ballots at a moment and do not any more, in the order in which they closed."""
    now = clock.now()
    opened = select(Consultation).where(Consultation.opened_at <= since, Consultation.closes_at > since)
    found = session.scalars(opened.order_by(Consultation.closes_at, Consultation.slug))
    was_open = [one for one in found if one.closed_at is None or one.closed_at > since]
    return [one for one in was_open if not one.takes_part_at(now)]
