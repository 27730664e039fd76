"""What the organiser says of a recommendation once its results are public."""

from sqlalchemy import func, select

from consultation.domain.deliberation.answers import Decided, accepted_answer
from consultation.domain.errors import WrittenMeanwhile
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import keep_outcome_count
from consultation.features.recommendations.events import OutcomeChanged, OutcomeGiven
from consultation.features.recommendations.models import Outcome, OutcomeRevision, Recommendation
from consultation.features.recommendations.policies import may_give_outcome
from consultation.features.recommendations.services.counting import touch
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.events import record
from consultation.infrastructure.markdown import rendered


def give_outcome(
    actor: Account, consultation: Consultation, recommendation: Recommendation, kind: Decided, why: str, seen: int
) -> Outcome:
    """Say what becomes of a recommendation, or change it: `seen` is the version that the form showed, 0 for none.

    WrittenMeanwhile when another organiser was faster; the same words again change nothing.
    """
    enforce(may_give_outcome(actor, consultation))
    words = accepted_answer(why)
    session.refresh(consultation, with_for_update=True)
    former = session.get(Outcome, recommendation.id, populate_existing=True)
    if former is not None and (former.kind, former.body) == (kind.value, words):
        return former
    if (former.version if former else 0) != seen:
        raise WrittenMeanwhile()
    outcome = _changed(former, kind, words) if former else _given(consultation, recommendation, kind, words)
    session.flush()
    touch(recommendation.id)
    session.expire(recommendation, ["outcome"])
    told = OutcomeChanged if former else OutcomeGiven
    record(told(recommendation.id, actor.id))
    return outcome


def _given(consultation: Consultation, recommendation: Recommendation, kind: Decided, words: str) -> Outcome:
    outcome = Outcome(
        recommendation_id=recommendation.id,
        kind=kind.value,
        body=words,
        html=rendered(words),
        given_on=clock.today(),
        version=1,
    )
    session.add(outcome)
    session.flush()
    of_this_one = Recommendation.consultation_id == consultation.id
    given = select(func.count()).select_from(Outcome).join(Recommendation).where(of_this_one)
    keep_outcome_count(consultation, session.scalar(given) or 0)
    return outcome


def _changed(outcome: Outcome, kind: Decided, words: str) -> Outcome:
    session.add(
        OutcomeRevision(
            recommendation_id=outcome.recommendation_id,
            number=outcome.version,
            kind=outcome.kind,
            html=outcome.html,
            written_on=outcome.changed_on or outcome.given_on,
        )
    )
    outcome.kind, outcome.body, outcome.html = kind.value, words, rendered(words)
    outcome.changed_on = clock.today()
    outcome.version += 1
    return outcome
