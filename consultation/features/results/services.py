"""Publication: the count and its release in one act, so that nobody sees a result earlier."""

import hashlib
from collections.abc import Mapping

from consultation.domain.colleges import College
from consultation.domain.errors import CorrectionRefused
from consultation.domain.privacy.publication import release_of as content_of
from consultation.domain.social_choice.profile import Profile
from consultation.domain.verdicts import enforce
from consultation.domain.verifiability.canonical import canonical
from consultation.features.accounts.models import Account
from consultation.features.ballots.queries import plan_in_force, sealed_profiles
from consultation.features.ballots.services import add_release_line
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_organise_consultation
from consultation.features.consultations.services import mark_published
from consultation.features.results.events import ReleasePublished
from consultation.features.results.models import Release
from consultation.features.results.policies import is_unpublished, may_publish
from consultation.features.results.queries import release_of, releases_of
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.events import record
from consultation.infrastructure.solvers import kemeny_solver


def publish(actor: Account | None, consultation: Consultation) -> Release:
    """Count the sealed ballots and publish what the rules allow; an actor of None is the command line.

    AlreadyPublished the second time, UnlawfulMove before the closing ceremony is over. Two organisers at once wait for
    each other: the consultation's row is locked first.
    """
    session.refresh(consultation, with_for_update=True)
    enforce(may_publish(actor, consultation) if actor is not None else is_unpublished(consultation))
    mark_published(actor, consultation)
    root, profiles = sealed_profiles(consultation)
    return _kept(consultation, release_from(consultation, root, profiles))


def correct(actor: Account | None, consultation: Consultation, reason: str) -> Release:
    """Count the same ballots again where code or words have changed, and publish that beside what was said before.

    An actor of None is the command line. NotPublished before there is a release, CorrectionRefused without a reason or
    where the count gives the same bytes.
    """
    session.refresh(consultation, with_for_update=True)
    if actor is not None:
        enforce(may_organise_consultation(actor, consultation))
    in_force = release_of(consultation)
    if not reason.strip():
        raise CorrectionRefused(reason="no_reason")
    root, profiles = sealed_profiles(consultation)
    release = release_from(consultation, root, profiles)
    if release.hash == in_force.hash:
        raise CorrectionRefused(reason="unchanged")
    release.n = len(releases_of(consultation)) + 1
    release.reason = reason.strip()
    release.published_at = clock.now()
    return _kept(consultation, release)


def release_from(consultation: Consultation, root: bytes, profiles: Mapping[College, Profile]) -> Release:
    """The release of a published consultation whose ballots, in commitment order, have this final root; not stored."""
    named = {college.value: profile for college, profile in profiles.items()}
    content = canonical(content_of(named, root=root, plan=plan_in_force(consultation), solver=kemeny_solver()))
    return Release(
        consultation_id=consultation.id,
        n=1,
        root=root.hex(),
        content=content.decode(),
        hash=hashlib.sha256(content).hexdigest(),
        published_at=consultation.published_at,
        reason="",
    )


def _kept(consultation: Consultation, release: Release) -> Release:
    """Store a release, then cite it in the chain."""
    session.add(release)
    session.flush()
    add_release_line(consultation, release.hash, release.reason)
    record(ReleasePublished(consultation.id, release.n))
    return release
