"""Publication: the count and its release in one act, so that nobody sees a result earlier."""

import hashlib
import uuid
from collections.abc import Mapping

from sqlalchemy import delete, update

from consultation.domain.colleges import College
from consultation.domain.errors import CeremonyRefused, CorrectionRefused
from consultation.domain.privacy.publication import release_of as content_of
from consultation.domain.social_choice.bootstrap import Advance
from consultation.domain.social_choice.profile import Profile
from consultation.domain.verdicts import enforce
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_id
from consultation.features.ballots.queries import plan_in_force, sealed_profiles
from consultation.features.ballots.services import add_release_line
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_organise_consultation
from consultation.features.consultations.services import mark_published
from consultation.features.results.events import CountBegun, ReleasePublished
from consultation.features.results.models import Counting, Release
from consultation.features.results.policies import is_unpublished, may_publish
from consultation.features.results.queries import release_of, releases_of
from consultation.infrastructure import clock
from consultation.infrastructure.database import reading_only, session
from consultation.infrastructure.events import record
from consultation.infrastructure.solvers import kemeny_solver

# Steps of the count, of thousands, after which it is noted how far it has come.
PACE = 50


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


def begin_publication(actor: Account, consultation: Consultation) -> None:
    """Ask for the count of many ballots: a job does it and publishes; asked again meanwhile, nothing happens.

    AlreadyPublished, UnlawfulMove as above. What had stopped begins anew.
    """
    session.refresh(consultation, with_for_update=True)
    enforce(may_publish(actor, consultation))
    counting = session.get(Counting, consultation.id)
    if counting is not None and not counting.refusal:
        return
    if counting is not None:
        session.delete(counting)
        session.flush()
    session.add(Counting(consultation_id=consultation.id))
    record(CountBegun(consultation.id, actor.id))


def count_and_publish(consultation_id: uuid.UUID, actor_id: uuid.UUID) -> None:
    """Do what was asked for, and commit: the count is in no transaction, or nobody could write meanwhile on SQLite.

    The sealed ballots never change: what is read in one transaction still holds in the next. Nothing is kept of a
    count but its release, in one transaction with its publication; what stops it is kept for the organisers to see.
    """
    try:
        root, content = _counted(consultation_id)
        consultation = session.get_one(Consultation, consultation_id, with_for_update=True)
        if is_unpublished(consultation):
            mark_published(account_by_id(actor_id), consultation)
            _kept(consultation, _release(consultation, root, content))
    except CeremonyRefused as refusal:
        session.rollback()
        _note(consultation_id, refusal=str(refusal.values["reason"]))
    else:
        session.execute(delete(Counting).where(Counting.consultation_id == consultation_id))
    session.commit()


def release_from(consultation: Consultation, root: bytes, profiles: Mapping[College, Profile]) -> Release:
    """The release of a published consultation whose ballots, in commitment order, have this final root; not stored."""
    return _release(consultation, root, _content(root, profiles, plan_in_force(consultation)))


def _counted(consultation_id: uuid.UUID) -> tuple[bytes, bytes]:
    """The root and the content of the release, counted outside of any transaction; how far it is, is committed."""
    with reading_only():
        consultation = session.get_one(Consultation, consultation_id)
        root, profiles = sealed_profiles(consultation)
        plan = plan_in_force(consultation)
        session.rollback()
    done = 0

    def advance(steps: int) -> None:
        nonlocal done
        if (done + steps) // PACE > done // PACE:
            _note(consultation_id, done=done + steps)
            session.commit()
        done += steps

    return root, _content(root, profiles, plan, advance)


def _note(consultation_id: uuid.UUID, **said: object) -> None:
    session.execute(update(Counting).where(Counting.consultation_id == consultation_id).values(**said))


def _content(
    root: bytes, profiles: Mapping[College, Profile], plan: CountingPlan, advance: Advance | None = None
) -> bytes:
    named = {college.value: profile for college, profile in profiles.items()}
    return canonical(content_of(named, root=root, plan=plan, solver=kemeny_solver(), advance=advance))


def _release(consultation: Consultation, root: bytes, content: bytes) -> Release:
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
