"""The closing ceremony: six steps, each its own transaction, to be taken up again wherever it was interrupted.

The named exception to one transaction an act: each step looks at its result before acting, and all under one lock.
"""

import uuid
from collections.abc import Callable

from consultation.domain.errors import CeremonyRefused, RuleBroken
from consultation.domain.verdicts import enforce
from consultation.domain.verifiability.canonical import canonical
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import CeremonyRecord, Step
from consultation.features.ballots.queries import REFUSED, step_state
from consultation.features.ballots.services.ceremony.erasing import confirm_scrubbed, forget, scrub_files
from consultation.features.ballots.services.ceremony.publishing import publish
from consultation.features.ballots.services.ceremony.sealing import Record, check, seal
from consultation.features.ballots.services.locks import hold_alone
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_close
from consultation.features.consultations.services import fence
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

ACTS: dict[Step, Callable[..., Record]] = {
    Step.CHECK: check,
    Step.SEAL: seal,
    Step.PUBLISH: publish,
    Step.FORGET: forget,
    Step.SCRUB: confirm_scrubbed,
}


def _untold(_step: Step) -> None:
    """Nobody follows the ceremony step by step."""


def begin_closing(actor: Account | None, consultation: Consultation) -> None:
    """Step 1, the fence: casts in flight finish first, later ones are refused; where it stands, nothing happens.

    An actor of None is the command line.
    """
    hold_alone(consultation.id)
    session.refresh(consultation)
    if actor is not None:
        enforce(may_close(actor, consultation))
    if not step_state(consultation.id, Step.FENCE).is_done:
        fence(actor, consultation)
        _note(consultation.id, Step.FENCE, {})


def close(consultation: Consultation, done: Callable[[Step], None] = _untold, set_aside: str = "") -> None:
    """Hold the whole ceremony, or what remains of it; for the command line and the demonstration. Commits each step.

    `done` is told of each step that stands, once it is committed; `set_aside` is the published reason for leaving out
    ballots that are not lawful, where the check found any.
    """
    begin_closing(None, consultation)
    session.commit()
    done(Step.FENCE)
    run(consultation.id, done, set_aside)


def run(consultation_id: uuid.UUID, done: Callable[[Step], None] = _untold, set_aside: str = "") -> None:
    """Do the steps that remain after the fence, each committed; what stops one is recorded, then raised.

    CeremonyRefused or KeyUnavailable; run it again once the cause is removed. `done` and `set_aside` as above.
    """
    for step in ACTS:
        try:
            _do(consultation_id, step, set_aside)
            session.commit()
        except RuleBroken as refusal:
            session.rollback()
            _note_refusal(consultation_id, step, refusal)
            session.commit()
            raise
        done(step)


def _do(consultation_id: uuid.UUID, step: Step, set_aside: str) -> None:
    if step is Step.SCRUB and not step_state(consultation_id, step).is_done:
        session.commit()
        scrub_files()
    hold_alone(consultation_id)
    if not step_state(consultation_id, step).is_done:
        if not step_state(consultation_id, Step(step - 1)).is_done:
            raise CeremonyRefused(reason="out_of_order")
        consultation = session.get_one(Consultation, consultation_id, populate_existing=True)
        decided = {"set_aside": set_aside} if step is Step.CHECK and set_aside else {}
        _note(consultation_id, step, ACTS[step](consultation, **decided))


def _note(consultation_id: uuid.UUID, step: Step, record: Record) -> None:
    text = canonical(record).decode()
    row = CeremonyRecord(consultation_id=consultation_id, step=int(step), record=text, noted_at=clock.now())
    session.merge(row)
    session.flush()


def _note_refusal(consultation_id: uuid.UUID, step: Step, refusal: RuleBroken) -> None:
    hold_alone(consultation_id)
    if not step_state(consultation_id, step).is_done:
        reason = refusal.values.get("reason")
        _note(consultation_id, step, {REFUSED: f"{refusal.code}.{reason}" if reason else refusal.code})
