"""Generated ballots, and releases of them, in the numbers where the publication rules change."""

import hashlib
from collections.abc import Sequence

from consultation.domain.colleges import College
from consultation.domain.phases import Phase
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.ballots.models import Urn
from consultation.features.consultations.models import Consultation
from consultation.features.results.models import Release
from consultation.features.results.services import release_from
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

ROOT = bytes(range(32))
PLAN = CountingPlan(
    consultation="test", opens="2026-09-01T08:00:00Z", closes="2026-12-01T17:00:00Z", results_on="2026-12-06"
)


def orders(count: int, numbers: Sequence[int], salt: str = "") -> list[WeakOrder]:
    """As many weak orders, always the same ones, that on the whole place the first numbers first."""
    return [_order(f"{salt}{ballot}", numbers) for ballot in range(count)]


def profile(count: int, numbers: Sequence[int], salt: str = "") -> Profile:
    """As many ballots over these recommendations."""
    return Profile.from_orders(numbers, orders(count, numbers, salt))


def published(consultation: Consultation, citizens: Profile, physicians: Profile) -> Release:
    """Publish these profiles as the release of an open consultation, as if they had been sealed, and commit."""
    consultation.phase = Phase.PUBLISHED.value
    consultation.closed_at = consultation.published_at = clock.now()
    session.get_one(Urn, consultation.id).root = ROOT.hex()
    session.flush()
    release = release_from(consultation, ROOT, {College.CITIZENS: citizens, College.PHYSICIANS: physicians})
    session.add(release)
    session.commit()
    return release


def _order(seed: str, numbers: Sequence[int]) -> WeakOrder:
    """One order: each number leans to its own place, some are tied, some are left out."""
    drawn = hashlib.sha256(seed.encode()).digest()
    ranks = {n: 1 + (place * 24 + drawn[place % 32]) // 40 for place, n in enumerate(numbers)}
    kept = {n: rank for place, (n, rank) in enumerate(ranks.items()) if place == 0 or drawn[31 - place % 31] > 40}
    return WeakOrder.from_ranks(kept)
