"""What follows on the way into the physicians' college."""

from consultation.features.accounts.queries import account_by_id
from consultation.features.authentication.events import PhysicianDeclared
from consultation.features.colleges.events import PhysicianClaimRefused, PhysicianVerified
from consultation.features.colleges.queries import claim_by_id
from consultation.features.colleges.services import claim_physician
from consultation.infrastructure import mail


def open_claim(event: PhysicianDeclared) -> None:
    """Whoever registers as a physician has a claim from the start."""
    account = account_by_id(event.account_id)
    if account is not None:
        claim_physician(account)


def tell_of_verification(event: PhysicianVerified) -> None:
    """Tell the person that they speak as a physician from now on."""
    _write(event.claim_id, "physician_verified")


def tell_of_refusal(event: PhysicianClaimRefused) -> None:
    """Tell the person why the claim was refused, and that they may claim again."""
    _write(event.claim_id, "physician_refused")


def _write(claim_id: str, name: str) -> None:
    claim = claim_by_id(claim_id)
    if claim.account.address:
        mail.write(claim.account.address, name, claim.account.language, claim=claim)
