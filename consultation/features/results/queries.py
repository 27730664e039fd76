"""Releases as they are read."""

import json
import uuid
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, func, select

from consultation.domain.errors import NotPublished
from consultation.domain.identifiers import is_slug
from consultation.domain.social_choice.bootstrap import RESAMPLES
from consultation.domain.social_choice.release import Release as ReleaseContent
from consultation.features.ballots.models import Auditor, AuditStatement, ChainLine, Step
from consultation.features.ballots.queries import step_state
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import STAMPED, stamp_from
from consultation.features.recommendations.models import Recommendation
from consultation.features.results.models import Counting, Release
from consultation.infrastructure.database import session
from consultation.infrastructure.glimpses import Glimpse

# What a count tells of as it goes on: the resamples of two colleges, and the divisions of both together.
STEPS = 3 * RESAMPLES

_ONE = Consultation.__table__.c
# Nothing of these three is ever changed or taken away: their number tells their states apart.
_RELEASES = select(func.count(Release.n)).where(Release.consultation_id == _ONE.id)
_LINES = select(func.count(ChainLine.n)).where(ChainLine.consultation_id == _ONE.id)
_STATEMENTS = (
    select(func.count(AuditStatement.id))
    .join(Auditor, Auditor.id == AuditStatement.auditor_id)
    .where(Auditor.consultation_id == _ONE.id)
)
# How many comments there are is shown beside the ballots, and some may still be withheld or withdrawn.
_THREADS = select(func.sum(Recommendation.__table__.c.stamp)).where(
    Recommendation.__table__.c.consultation_id == _ONE.id
)
_SHOWN = [one.scalar_subquery() for one in (_RELEASES, _LINES, _STATEMENTS, _THREADS)]
_STAMP = Glimpse(STAMPED.add_columns(*_SHOWN).where(_ONE.slug == bindparam("slug")))


@dataclass(frozen=True)
class Published:
    """A release as it was published: page, files and API show this and count nothing."""

    content: ReleaseContent
    text: str
    hash: str
    published_at: datetime

    @property
    def moment(self) -> str:
        """When it was published: ISO 8601, in UTC, to the second."""
        return self.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def as_json(self) -> dict[str, object]:
        """The release with its date and its hash, as the API and results.json give it."""
        return {**self.content, "published_at": self.moment, "release": self.hash}


@dataclass(frozen=True)
class Progress:
    """How far a count has come, in percent, or why it stopped."""

    percent: int
    refusal: str


@dataclass(frozen=True)
class Edition:
    """One of the releases of a consultation, without its content; `reason` is empty for the first, n = 1."""

    n: int
    hash: str
    published_at: datetime
    reason: str


def release_of(consultation: Consultation) -> Published:
    """The release in force, the last one; NotPublished before there is one, whoever asks."""
    found = session.scalar(
        select(Release).where(Release.consultation_id == consultation.id).order_by(Release.n.desc()).limit(1)
    )
    if found is None:
        raise NotPublished()
    return Published(json.loads(found.content), found.content, found.hash, found.published_at)


def progress_of(consultation_id: uuid.UUID) -> Progress | None:
    """How far the count that was asked for has come; None where none was, or where its release is public."""
    counting = session.get(Counting, consultation_id, populate_existing=True)
    return Progress(min(99, 100 * counting.done // STEPS), counting.refusal) if counting else None


def ballots_to_count(consultation_id: uuid.UUID) -> int:
    """How many ballots are sealed; 0 before any are."""
    sealed = step_state(consultation_id, Step.SEAL)
    return sum(sealed.record["ballots"].values()) if sealed.record and sealed.is_done else 0


def releases_of(consultation: Consultation) -> list[Edition]:
    """All the releases of a consultation, the first one first; none before it is published."""
    found = session.execute(
        select(Release.n, Release.hash, Release.published_at, Release.reason)
        .where(Release.consultation_id == consultation.id)
        .order_by(Release.n)
    )
    return [Edition(*row) for row in found]


def stamp_of_results(slug: str) -> Hashable | None:
    """The stamp of the page of results; None where visitors see nothing."""
    return stamp_from(_STAMP, slug=slug) if is_slug(slug) else None
