"""What follows on the way into the physicians' college."""

from consultation.features.accounts.events import AccountErased
from consultation.features.accounts.queries import account_by_id
from consultation.features.authentication.events import PhysicianDeclared
from consultation.features.colleges.events import DoubleClosed, PhysicianClaimRefused, PhysicianRevoked
from consultation.features.colleges.queries import claim_by_id
from consultation.features.colleges.services import claim_physician, forget_claims
from consultation.infrastructure import mail


def open_claim(event: PhysicianDeclared) -> None:
    """Whoever registers as a physician has a claim from the start."""
    account = account_by_id(event.account_id)
    if account is not None:
        claim_physician(account)


def tell_of_refusal(event: PhysicianClaimRefused) -> None:
    """Tell the person why the claim was refused, and that they may claim again."""
    _write(event.claim_id, "physician_refused")


def tell_of_revocation(event: PhysicianRevoked) -> None:
    """Tell the person why; of their ballot in words that are the same whether there is one or not."""
    _write(event.claim_id, "physician_revoked")


def tell_of_closed_double(event: DoubleClosed) -> None:
    """Tell whoever has two accounts that this one is closed, and why."""
    _write(event.claim_id, "double_closed")


def forget_claims_of_erased(event: AccountErased) -> None:
    """An erased account was never a physician's."""
    forget_claims(event.account_id)


def _write(claim_id: str, name: str) -> None:
    claim = claim_by_id(claim_id)
    if claim.account.address:
        mail.write(claim.account.address, name, claim.account.language, claim=claim)
