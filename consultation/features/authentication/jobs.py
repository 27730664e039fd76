"""Work around signing in that is done after the answer."""

import uuid

from consultation.features.accounts.queries import account_by_id
from consultation.features.authentication.services import send_reminder, send_reset_link


def mail_reset_link(account_id: str) -> None:
    """Mail the link that chooses a passphrase anew; an identifier that names nobody ends here."""
    account = account_by_id(uuid.UUID(account_id))
    if account is not None and account.address:
        send_reset_link(account)


def remind_to_confirm(account_id: str) -> None:
    """Remind whoever has not confirmed their address by now, once; all others hear nothing."""
    account = account_by_id(uuid.UUID(account_id))
    if account is not None and account.address and not account.is_confirmed and not account.is_disabled:
        send_reminder(account)
