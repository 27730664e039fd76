"""What ballots do when something happens elsewhere."""

from consultation.domain.phases import Phase
from consultation.features.accounts.events import AccountErased
from consultation.features.accounts.models import Account
from consultation.features.ballots.jobs import (
    add_line_of_day,
    after_casts,
    forget_erased,
    next_line_at,
    remove_papers,
    remove_physicians_ballot,
)
from consultation.features.ballots.services import open_urn
from consultation.features.colleges.events import DoubleClosed, PhysicianRevoked, PhysicianVerified
from consultation.features.colleges.queries import claim_by_id
from consultation.features.consultations.events import ConsultationOpened
from consultation.features.consultations.queries import consultations_in
from consultation.infrastructure import clock, mail
from consultation.infrastructure.jobs import enqueue
from consultation.infrastructure.web.urls import external_url


def open_urn_of_opened(event: ConsultationOpened) -> None:
    """Opening makes the key that boxes will be sealed with, and begins the chain."""
    open_urn(event.consultation_id)
    enqueue(add_line_of_day, due_at=next_line_at(), consultation_id=str(event.consultation_id))


def ask_verified_to_cast_again(event: PhysicianVerified) -> None:
    """Tell a person that they are a physician here, and that a ballot cast before counts as it was until cast again."""
    _write_about_ballots(event.claim_id, "physician_verified")


def ask_kept_to_confirm(event: DoubleClosed) -> None:
    """Ask whoever had two accounts to look at the ballot of the one that is kept: cast it again, or leave it."""
    _write_about_ballots(event.kept_claim_id, "double_kept")


def remove_ballot_of_revoked(event: PhysicianRevoked) -> None:
    """Nobody counts among physicians without a proof; twice, for a cast may be under way."""
    for due_at in (clock.now(), after_casts()):
        enqueue(remove_physicians_ballot, due_at=due_at, account_id=str(event.account_id))


def remove_papers_of_double(event: DoubleClosed) -> None:
    """Nobody has two ballots; twice, as above."""
    for due_at in (clock.now(), after_casts()):
        enqueue(remove_papers, due_at=due_at, account_id=str(event.account_id))


def remove_papers_of_erased(event: AccountErased) -> None:
    """Whoever leaves while a consultation is open takes the ballot along; then the account is forgotten."""
    enqueue(remove_papers, account_id=str(event.account_id))
    enqueue(forget_erased, due_at=after_casts(), account_id=str(event.account_id))


def _write_about_ballots(claim_id: str, name: str) -> None:
    claim = claim_by_id(claim_id)
    if claim.account.address:
        language = claim.account.language
        mail.write(claim.account.address, name, language, claim=claim, papers=_papers_for(claim.account))


def _papers_for(account: Account) -> list[tuple[str, str]]:
    """The title of each consultation that takes ballots now, with the address of one's paper in it."""
    return [
        (one.title, external_url("ballots.compose", account.language, slug=one.slug))
        for one in consultations_in(Phase.OPEN)
        if one.takes_part_at(clock.now())
    ]
