"""The day by which the organiser promises to answer."""

from datetime import date

from consultation.domain.deliberation.answers import fault_of_promise
from consultation.domain.deliberation.texts import clean_title
from consultation.domain.errors import PromiseRefused
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import keep_answers_on
from consultation.features.recommendations.events import AnswersPromised
from consultation.features.recommendations.models import Promise
from consultation.features.recommendations.policies import may_promise_answers
from consultation.features.recommendations.queries import promises_of
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.events import record


def promise_answers(actor: Account, consultation: Consultation, day: date, reason: str = "") -> Promise:
    """Promise a day for the answers, in place of the one before: every promise stays public, dated, with its reason.

    PromiseRefused says what is wrong with the day or its reason.
    """
    enforce(may_promise_answers(actor, consultation))
    session.refresh(consultation, with_for_update=True)
    former, words = consultation.answers_on, clean_title(reason)
    if fault := fault_of_promise(day, former, words, clock.today(), consultation.results_on):
        raise PromiseRefused(reason=fault)
    promise = Promise(
        consultation_id=consultation.id,
        number=len(promises_of(consultation.id)) + 1,
        answers_on=day,
        reason=words if former else "",
        made_on=clock.today(),
    )
    session.add(promise)
    keep_answers_on(consultation, day)
    session.flush()
    record(AnswersPromised(consultation.id, actor.id, promise.number))
    return promise
