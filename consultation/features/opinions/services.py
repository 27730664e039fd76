"""Opinion groups drawn once, and reactions cut from the accounts that gave them."""

import hashlib
import json
import uuid

import structlog
from sqlalchemy import delete, update

from consultation.domain.deliberation.opinion_groups.publication import Drawn, draw
from consultation.domain.deliberation.opinion_groups.standing import Sheet
from consultation.domain.errors import NotPublished, OpinionsAwaited
from consultation.domain.phases import Phase
from consultation.domain.verifiability.canonical import canonical
from consultation.features.comments.services import cut_reactions_in
from consultation.features.consultations.models import Consultation
from consultation.features.opinions.events import OpinionsPublished, ReactionsCut
from consultation.features.opinions.models import OpinionMap, OpinionSheet
from consultation.features.opinions.queries import COLLEGES, Reactions, is_drawn, reactions_to_public
from consultation.infrastructure import clock
from consultation.infrastructure.database import reading_only, session
from consultation.infrastructure.events import record
from consultation.infrastructure.scrubbing import ScrubForbidden, scrub

CUT = ("comment_reaction", "opinion_sheet")

log = structlog.get_logger()


class FilesBusy(Exception):
    """Others read the files of the database for too long: what was cut is in them still, and is scrubbed later."""


def publish_opinions(consultation_id: uuid.UUID) -> None:
    """Draw the map of a published consultation and keep it, unless there is one; commits by itself.

    Resampling takes seconds, and a transaction that is open meanwhile would keep others waiting. Reactions no longer
    change, so what is read in one transaction still holds in the next.
    """
    session.rollback()
    with reading_only():
        consultation = session.get_one(Consultation, consultation_id)
        if consultation.phase != Phase.PUBLISHED:
            raise NotPublished()
        slug, reactions = consultation.slug, reactions_to_public(consultation_id)
        session.rollback()
    drawn = draw(reactions.matrix, reactions.comments, reactions.colleges, COLLEGES)
    session.refresh(session.get_one(Consultation, consultation_id), with_for_update=True)
    if not is_drawn(consultation_id):
        _keep(consultation_id, slug, drawn, reactions)
    session.commit()


def cut_reactions(consultation_id: uuid.UUID) -> bool:
    """Leave of the next reactions only their counts, and of what gave people their place nothing; False at the end.

    OpinionsAwaited before the map is drawn: afterwards nothing could be drawn any more.
    """
    if not is_drawn(consultation_id):
        raise OpinionsAwaited()
    sheet = update(OpinionSheet).where(OpinionSheet.consultation_id == consultation_id, OpinionSheet.content != "")
    session.execute(sheet.values(content="").execution_options(synchronize_session=False))
    return cut_reactions_in(consultation_id)


def finish_cutting(consultation_id: uuid.UUID) -> None:
    """Make cut reactions leave the files of the database, then note that they are gone; commits by itself.

    Where the account of the database may not rewrite its files, what is deleted leaves them in the database's own time.
    """
    session.rollback()
    try:
        if not scrub(CUT):
            raise FilesBusy
    except ScrubForbidden:
        log.warning("cut_reactions_not_scrubbed", consultation=str(consultation_id))
    sheet = delete(OpinionSheet).where(OpinionSheet.consultation_id == consultation_id)
    if session.scalar(sheet.returning(OpinionSheet.consultation_id)):
        record(ReactionsCut(consultation_id))
    session.commit()


def _keep(consultation_id: uuid.UUID, slug: str, drawn: Drawn, reactions: Reactions) -> None:
    now = clock.now()
    content = canonical({**drawn.content, "consultation": slug, "drawn_on": clock.day_of(now).isoformat()})
    session.add(
        OpinionMap(
            consultation_id=consultation_id,
            content=content.decode(),
            hash=hashlib.sha256(content).hexdigest(),
            drawn_at=now,
        )
    )
    session.flush()
    sheet = Sheet.of_drawn(drawn, reactions.comments)
    facts = json.dumps(sheet.as_facts() if sheet else None)
    session.add(OpinionSheet(consultation_id=consultation_id, content=facts))
    record(OpinionsPublished(consultation_id))
