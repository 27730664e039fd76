"""Publication: the count and its release in one act, so that nobody sees a result earlier."""

import hashlib
from collections.abc import Mapping

from consultation.domain.colleges import College
from consultation.domain.privacy.publication import release_of as content_of
from consultation.domain.social_choice.profile import Profile
from consultation.domain.verdicts import enforce
from consultation.domain.verifiability.canonical import canonical
from consultation.features.accounts.models import Account
from consultation.features.ballots.queries import sealed_profiles
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import mark_published
from consultation.features.results.models import Release
from consultation.features.results.policies import is_unpublished, may_publish
from consultation.infrastructure.database import session


def publish(actor: Account | None, consultation: Consultation) -> Release:
    """Count the sealed ballots and publish what the rules allow; an actor of None is the command line.

    AlreadyPublished the second time, UnlawfulMove before the closing ceremony is over. Two organisers at once wait for
    each other: the consultation's row is locked first.
    """
    session.refresh(consultation, with_for_update=True)
    enforce(may_publish(actor, consultation) if actor is not None else is_unpublished(consultation))
    mark_published(actor, consultation)
    root, profiles = sealed_profiles(consultation)
    release = release_from(consultation, root, profiles)
    session.add(release)
    session.flush()
    return release


def release_from(consultation: Consultation, root: bytes, profiles: Mapping[College, Profile]) -> Release:
    """The release of a published consultation whose ballots, in commitment order, have this final root; not stored."""
    named = {college.value: profile for college, profile in profiles.items()}
    content = canonical(content_of(named, root=root, consultation=consultation.slug))
    return Release(
        consultation_id=consultation.id,
        root=root.hex(),
        content=content.decode(),
        hash=hashlib.sha256(content).hexdigest(),
        published_at=consultation.published_at,
    )
