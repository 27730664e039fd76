"""Releases as they are read."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from consultation.domain.errors import NotPublished
from consultation.domain.social_choice.release import Release as ReleaseContent
from consultation.features.consultations.models import Consultation
from consultation.features.results.models import Release
from consultation.infrastructure.database import session


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


def releases_of(consultation: Consultation) -> list[Edition]:
    """All the releases of a consultation, the first one first; none before it is published."""
    found = session.execute(
        select(Release.n, Release.hash, Release.published_at, Release.reason)
        .where(Release.consultation_id == consultation.id)
        .order_by(Release.n)
    )
    return [Edition(*row) for row in found]
