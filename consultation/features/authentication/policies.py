"""How long a sign-in lasts, and who may end one."""

from datetime import timedelta

from consultation.domain.errors import Missing
from consultation.domain.verdicts import YES, Verdict, no
from consultation.features.accounts.models import Account
from consultation.features.accounts.policies import may_see_account
from consultation.features.authentication.models import SignIn
from consultation.infrastructure import clock

LIFETIME = timedelta(days=30)
TEAM_LIFETIME = timedelta(hours=12)


def is_in_force(sign_in: SignIn) -> bool:
    """Whether a sign-in opens its account (loaded with its roles): a team's is short, disabled accounts have none."""
    lifetime = TEAM_LIFETIME if sign_in.account.is_of_a_team else LIFETIME
    ends_at = min(sign_in.expires_at, sign_in.created_at + lifetime)
    return clock.now() < ends_at and not sign_in.account.is_disabled


def may_end_sign_in(actor: Account | None, sign_in: SignIn) -> Verdict:
    """Whether the actor may end this sign-in: one's own, while those of others do not even exist."""
    if actor is None:
        return may_see_account(actor)
    return YES if sign_in.account_id == actor.id else no(Missing())
