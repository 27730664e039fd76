"""What follows from a passphrase that was asked for or changed, and from an account that is erased."""

from consultation.features.accounts.events import AccountErased
from consultation.features.accounts.queries import account_by_id
from consultation.features.authentication.events import PassphraseChanged, ResetAsked
from consultation.features.authentication.jobs import mail_reset_link
from consultation.features.authentication.services import end_all_sign_ins
from consultation.infrastructure import jobs, mail


def enqueue_reset_link(event: ResetAsked) -> None:
    """Write the mail after the answer, so that the answer takes the same work for every address."""
    jobs.enqueue(mail_reset_link, account_id=str(event.account_id))


def tell_of_new_passphrase(event: PassphraseChanged) -> None:
    """Tell the person, in case it was not they who chose it."""
    account = account_by_id(event.account_id)
    if account is not None and account.address:
        mail.write(account.address, "passphrase_changed", account.language)


def sign_erased_out(event: AccountErased) -> None:
    """Nobody is signed in to an account that is erased."""
    end_all_sign_ins(event.account_id)
