"""What is done to consultations: written, opened, fenced, closed, published.

An actor of None is the command line, which only the machine's own administrators reach; views always pass through a
policy first.
"""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import update

from consultation.domain.errors import ConsultationRefused, OpeningRefused
from consultation.domain.identifiers import is_slug
from consultation.domain.phases import Phase, moved
from consultation.domain.verdicts import Verdict, enforce
from consultation.features.accounts.models import ORGANISER, Account
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.accounts.services import grant_role
from consultation.features.consultations.events import (
    ConsultationClosed,
    ConsultationCreated,
    ConsultationFenced,
    ConsultationOpened,
    ConsultationPublished,
)
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import (
    may_close,
    may_create_consultation,
    may_open,
    may_organise_consultation,
    may_publish,
)
from consultation.features.consultations.queries import consultation_by_slug, slug_is_taken
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_uuid, session
from consultation.infrastructure.events import record

MODERATORS_NEEDED = 2
RESERVED_SLUGS = {"physicians"}  # addresses of the desk that are not a consultation


def create_consultation(
    actor: Account | None,
    *,
    slug: str,
    title: str,
    organiser_name: str,
    summary: str,
    source_title: str,
    opens_at: datetime,
    closes_at: datetime,
    results_on: date,
    language: str = "fr",
    is_demonstration: bool = False,
) -> Consultation:
    """Write a draft, led by the actor; ConsultationRefused says what is wrong with its address, words or dates."""
    if actor is not None:
        enforce(may_create_consultation(actor))
    _refuse_address(slug)
    _refuse_words(title, organiser_name, summary)
    _refuse_dates(opens_at, closes_at, results_on)
    consultation = Consultation(
        id=new_uuid(),
        slug=slug,
        title=title,
        organiser_name=organiser_name,
        summary=summary,
        source_title=source_title,
        language=language,
        phase=Phase.DRAFT.value,
        opens_at=opens_at,
        closes_at=closes_at,
        results_on=results_on,
        is_demonstration=is_demonstration,
        recommendation_count=0,
        plan_version=0,
    )
    _keep(actor, consultation)
    return consultation


def consultation_led_by(actor: Account | None, slug: str) -> Consultation:
    """The consultation that the actor leads; who is of no team cannot tell a draft from nothing."""
    enforce(may_join_team_work(actor))
    consultation = consultation_by_slug(slug)
    enforce(may_organise_consultation(actor, consultation))
    return consultation


def missing_for_opening(consultation: Consultation, recommendation_count: int, moderator_count: int) -> tuple[str, ...]:
    """What a draft lacks before it may open, as codes: recommendations, moderators, later_close, plan."""
    lacks = {
        "recommendations": recommendation_count < 1,
        "moderators": moderator_count < MODERATORS_NEEDED,
        "later_close": consultation.closes_at <= clock.now(),
        "plan": consultation.plan_version < 1,
    }
    return tuple(code for code, is_lacking in lacks.items() if is_lacking)


def open_consultation(
    actor: Account | None, consultation: Consultation, recommendation_count: int, moderator_count: int
) -> None:
    """Take comments and ballots from now on; OpeningRefused names what is missing. The caller's queries count.

    Two organisers at once wait for each other: the consultation's row is locked first.
    """
    session.refresh(consultation, with_for_update=True)
    _enforce(may_open, actor, consultation)
    phase = moved(Phase(consultation.phase), Phase.OPEN)
    if missing := missing_for_opening(consultation, recommendation_count, moderator_count):
        raise OpeningRefused(missing=missing)
    consultation.phase = phase.value
    consultation.opened_at = clock.now()
    record(ConsultationOpened(consultation.id, actor.id if actor else None))


def fence(actor: Account | None, consultation: Consultation) -> None:
    """Take nothing more: first step of the closing ceremony. Whoever calls it holds the ceremony's exclusive lock."""
    _enforce(may_close, actor, consultation)
    consultation.phase = moved(Phase(consultation.phase), Phase.CLOSING).value
    consultation.closed_at = clock.now()
    record(ConsultationFenced(consultation.id, actor.id if actor else None))


def mark_closed(consultation: Consultation) -> None:
    """Note that the closing ceremony is over."""
    consultation.phase = moved(Phase(consultation.phase), Phase.CLOSED).value
    record(ConsultationClosed(consultation.id))


def mark_published(actor: Account | None, consultation: Consultation) -> None:
    """Note that the results are public."""
    _enforce(may_publish, actor, consultation)
    consultation.phase = moved(Phase(consultation.phase), Phase.PUBLISHED).value
    consultation.published_at = clock.now()
    record(ConsultationPublished(consultation.id, actor.id if actor else None))


def keep_recommendation_count(consultation: Consultation, count: int) -> None:
    """Keep the number of recommendations; called by the recommendations feature alone."""
    consultation.recommendation_count = count


def keep_plan_version(consultation: Consultation, version: int) -> None:
    """Keep the version of the public counting plan; called by the ballots feature alone."""
    consultation.plan_version = version


def keep_answers_on(consultation: Consultation, day: date) -> None:
    """Keep the day promised for the organiser's answers; called by the recommendations feature alone."""
    consultation.answers_on = day


def keep_outcome_count(consultation: Consultation, count: int) -> None:
    """Keep the number of recommendations that have an outcome; called by the recommendations feature alone."""
    consultation.outcome_count = count


def keep_report_day(consultation: Consultation, day: date) -> None:
    """Keep the day from which the report is public; called by the reports feature alone."""
    consultation.report_published_on = day


def touch_consultation(consultation: Consultation) -> None:
    """Raise the stamp of a consultation: something that its pages show has changed, its own row apart."""
    session.execute(update(Consultation).where(Consultation.id == consultation.id).values(stamp=Consultation.stamp + 1))


def _refuse_address(slug: str) -> None:
    if not is_slug(slug):
        raise ConsultationRefused(reason="slug")
    if slug in RESERVED_SLUGS or slug_is_taken(slug):
        raise ConsultationRefused(reason="slug_taken")


def _refuse_words(*words: str) -> None:
    if not all(text.strip() for text in words):
        raise ConsultationRefused(reason="words")


def _refuse_dates(opens_at: datetime, closes_at: datetime, results_on: date) -> None:
    if not opens_at < closes_at or results_on < closes_at.astimezone(clock.PARIS).date():
        raise ConsultationRefused(reason="dates")


def _keep(actor: Account | None, consultation: Consultation) -> None:
    session.add(consultation)
    session.flush()
    record(ConsultationCreated(consultation.id))
    if actor is not None:
        grant_role(actor, consultation.id, ORGANISER)


def _enforce(
    policy: Callable[[Account, Consultation], Verdict], actor: Account | None, consultation: Consultation
) -> None:
    if actor is not None:
        enforce(policy(actor, consultation))
