"""The whole release of a consultation: every college counted, and what the rules allow of it."""

from __future__ import annotations

from collections.abc import Mapping

from consultation.domain.privacy.publication.between import agreement_of, combined_of
from consultation.domain.privacy.publication.college import college_release
from consultation.domain.privacy.publication.counted import CountedCollege
from consultation.domain.privacy.publication.reasons import TOO_FEW_BALLOTS
from consultation.domain.privacy.publication.suppressed import suppressed_in
from consultation.domain.social_choice.bootstrap import Advance, bootstrap_seed
from consultation.domain.social_choice.kemeny import Solver
from consultation.domain.social_choice.methods import MAIN_METHOD
from consultation.domain.social_choice.profile import InvalidProfile, Profile, Unranked
from consultation.domain.social_choice.release import CollegeRelease, Release
from consultation.domain.verifiability.plan import MEAN, CountingPlan

VERSION = 1


def release_of(
    profiles: Mapping[str, Profile],
    *,
    root: bytes,
    plan: CountingPlan,
    solver: Solver | None = None,
    advance: Advance | None = None,
) -> Release:
    """Count the ballots of all colleges, each profile in commitment order, and build the content of their release.

    `root` is the final root of the consultation (32 bytes). `solver` proves Kemeny orders of large circles; without it
    they are searched for, and said not to be proven. `advance` is told of resamples and divisions as they are done, at
    most `RESAMPLES` for each college and as many for both together. InvalidProfile where the colleges are not those of
    the plan, or do not rank the same recommendations.
    """
    _check(profiles, plan)
    counted = {
        name: CountedCollege.of(profile, bootstrap_seed(root, name), advance)
        for name, profile in sorted(profiles.items())
        if profile.ballots >= plan.minimum_ballots
    }
    release = Release(
        v=VERSION,
        consultation=plan.consultation,
        root=root.hex(),
        plan=plan.hash,
        method=MAIN_METHOD,
        unranked=Unranked.LAST.value,
        colleges=_colleges_of(profiles, counted, plan, solver),
        suppressed=[],
    )
    if len(counted) == 2:
        _add_comparison(release, *counted.values(), root=root, plan=plan, advance=advance)
    release["suppressed"] = list(suppressed_in(release, plan))
    return release


def _check(profiles: Mapping[str, Profile], plan: CountingPlan) -> None:
    if set(profiles) != set(plan.content["colleges"]):
        raise InvalidProfile("a release counts the colleges of its plan, each of them")
    if len({profile.alternatives for profile in profiles.values()}) > 1:
        raise InvalidProfile("all colleges rank the same recommendations")


def _colleges_of(
    profiles: Mapping[str, Profile], counted: Mapping[str, CountedCollege], plan: CountingPlan, solver: Solver | None
) -> dict[str, CollegeRelease]:
    return {
        name: college_release(counted[name], plan, solver)
        if name in counted
        else CollegeRelease(ballots=profile.ballots, reason=TOO_FEW_BALLOTS)
        for name, profile in sorted(profiles.items())
    }


def _add_comparison(
    release: Release,
    first: CountedCollege,
    second: CountedCollege,
    *,
    root: bytes,
    plan: CountingPlan,
    advance: Advance | None,
) -> None:
    agreement = agreement_of(first, second, list(release["colleges"].values()), root, advance)
    if agreement is not None:
        release["agreement"] = agreement
    if plan.combination == MEAN:
        release["combined"] = combined_of(first, second)
