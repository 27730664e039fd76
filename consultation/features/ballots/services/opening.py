"""The key of a consultation and the first line of its chain, made once, when it opens."""

import hashlib
import uuid

from sqlalchemy import select

from consultation.domain.phases import Phase
from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.ballots.models import Urn, fingerprint_of, key_name
from consultation.features.ballots.queries.chain import plan_in_force, voted_texts
from consultation.features.ballots.services.chain import add_first_line
from consultation.features.ballots.services.making import made_key
from consultation.features.ballots.services.plans import keep_usual_plan
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session


def open_urn(consultation_id: uuid.UUID) -> None:
    """Make the key, note its fingerprint and begin the chain with it, the plan and the texts.

    KeyUnavailable where no key can be made; nothing is opened then.
    """
    consultation = session.get_one(Consultation, consultation_id)
    key = made_key(key_name(consultation_id))
    session.add(Urn(consultation_id=consultation_id, key_fingerprint=fingerprint_of(key)))
    session.flush()
    _begin_chain(consultation, fingerprint_of(key), plan_in_force(consultation))


def begin_missing_chains() -> None:
    """Give what was opened before there were plans and chains its plan, and its chain unless all is published."""
    earlier = select(Consultation).where(Consultation.phase != Phase.DRAFT, Consultation.plan_version == 0)
    for consultation in session.scalars(earlier).all():
        plan = keep_usual_plan(consultation)
        if consultation.phase != Phase.PUBLISHED:
            _begin_chain(consultation, session.get_one(Urn, consultation.id).key_fingerprint, plan)


def _begin_chain(consultation: Consultation, fingerprint: bytes, plan: CountingPlan) -> None:
    texts = hashlib.sha256(voted_texts(consultation)).hexdigest()
    add_first_line(consultation, key=fingerprint.hex(), plan=plan.hash, texts=texts)
