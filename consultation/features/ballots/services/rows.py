"""Boxes as they are put into their slots and taken out of them."""

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from consultation.domain.errors import ForeignRecommendation
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.models import Keyring
from consultation.features.ballots.models.keyring import SlotRow
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.database import is_postgresql, session


def put(row: SlotRow, keyring: Keyring, slot: bytes, text: bytes) -> None:
    """Seal a text into this slot of a table; it replaces what was there."""
    insert = postgresql.insert if is_postgresql() else sqlite.insert
    box = keyring.seal(row, slot, text)
    written = insert(row).values(consultation_id=keyring.consultation_id, slot=slot, box=box)
    session.execute(written.on_conflict_do_update(index_elements=["consultation_id", "slot"], set_={"box": box}))


def is_taken(row: SlotRow, keyring: Keyring, slot: bytes) -> bool:
    """Whether anything lies in this slot of a table."""
    here = select(row.slot).where(row.consultation_id == keyring.consultation_id, row.slot == slot)
    return session.scalar(here) is not None


def remove(row: SlotRow, keyring: Keyring, slot: bytes) -> None:
    """Empty this slot of a table; nothing happens where it is empty."""
    session.execute(delete(row).where(row.consultation_id == keyring.consultation_id, row.slot == slot))


def texts_for(order: WeakOrder, consultation: Consultation) -> dict[int, int]:
    """The version of each recommendation's text, by number; ForeignRecommendation when the order names another."""
    texts = {one.number: one.version for one in recommendations_of(consultation.id)}
    if not set(order.ranked()) <= texts.keys():
        raise ForeignRecommendation
    return texts
