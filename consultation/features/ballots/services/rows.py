"""Boxes as they are put into their slots and taken out of them."""

from functools import cache

from sqlalchemy import Delete, Insert, bindparam, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from consultation.domain.errors import ForeignRecommendation
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.models import Ballot, Draft, Keyring
from consultation.features.ballots.models.keyring import SlotRow
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import versions_of
from consultation.infrastructure.database import is_postgresql, session
from consultation.infrastructure.glimpses import PlainStatement


def put(row: SlotRow, keyring: Keyring, slot: bytes, text: bytes) -> None:
    """Seal a text into this slot of a table; it replaces what was there."""
    place = {"consultation_id": keyring.consultation_id, "slot": slot, "box": keyring.seal(row, slot, text)}
    session.connection().execute(_written(row, is_postgresql()), place)


def put_ballot(keyring: Keyring, slot: bytes, text: bytes, draft_slot: bytes) -> None:
    """Seal a ballot into its slot, then empty that of its draft: on PostgreSQL in one statement."""
    place = {"consultation_id": keyring.consultation_id, "slot": slot, "box": keyring.seal(Ballot, slot, text)}
    if is_postgresql():
        _CAST.run(**place, place=draft_slot)
        return
    _BALLOT.run(**place)
    _DRAFT.run(consultation=keyring.consultation_id, place=draft_slot)


def is_taken(row: SlotRow, keyring: Keyring, slot: bytes) -> bool:
    """Whether anything lies in this slot of a table."""
    here = select(row.slot).where(row.consultation_id == keyring.consultation_id, row.slot == slot)
    return session.scalar(here) is not None


def remove(row: SlotRow, keyring: Keyring, slot: bytes) -> None:
    """Empty this slot of a table; nothing happens where it is empty."""
    session.connection().execute(_removed(row), {"consultation": keyring.consultation_id, "place": slot})


def require_texts(order: WeakOrder, consultation: Consultation) -> None:
    """ForeignRecommendation when the order names a recommendation that the consultation does not have."""
    if not set(order.ranked()) <= versions_of(consultation.id).keys():
        raise ForeignRecommendation


@cache
def _written(row: SlotRow, on_postgresql: bool) -> Insert:
    written = (postgresql.insert if on_postgresql else sqlite.insert)(row)
    return written.on_conflict_do_update(index_elements=["consultation_id", "slot"], set_={"box": written.excluded.box})


def _cast() -> Delete:
    """A ballot, then its draft: in this order everywhere, or two acts of one person would wait for each other."""
    columns = {
        name: bindparam(name, type_=Ballot.__table__.c[name].type) for name in ("consultation_id", "slot", "box")
    }
    written = postgresql.insert(Ballot).values(columns)
    kept = written.on_conflict_do_update(index_elements=["consultation_id", "slot"], set_={"box": written.excluded.box})
    cast = kept.returning(Ballot.slot).cte("kept")
    here = (Draft.consultation_id == columns["consultation_id"], Draft.slot == bindparam("place"))
    return delete(Draft).where(*here, exists().select_from(cast))


@cache
def _removed(row: SlotRow) -> Delete:
    return delete(row).where(row.consultation_id == bindparam("consultation"), row.slot == bindparam("place"))


_CAST = PlainStatement(_cast())
_BALLOT, _DRAFT = PlainStatement(_written(Ballot, on_postgresql=False)), PlainStatement(_removed(Draft))
