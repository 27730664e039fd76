"""Registering, signing in and out, and choosing a passphrase anew; nothing here tells whether an address is known."""

import uuid
from secrets import compare_digest

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from consultation.domain.errors import SignInRefused, Suspended, TokenInvalid
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_address
from consultation.features.accounts.services import (
    accept_charter,
    confirm_address,
    create_account,
    set_passphrase_hash,
)
from consultation.features.authentication.events import (
    AddressConfirmed,
    PassphraseChanged,
    PhysicianDeclared,
    Registered,
    ResetAsked,
)
from consultation.features.authentication.models import SignIn
from consultation.features.authentication.policies import LIFETIME, may_end_sign_in
from consultation.features.authentication.queries import account_behind
from consultation.infrastructure import charter, clock, mail, passwords
from consultation.infrastructure.database import new_public_id, new_uuid, session
from consultation.infrastructure.events import record
from consultation.infrastructure.tokens import digest_of, random_token, signer

CONFIRM = "confirm address"
RESET = "reset passphrase"
_SECONDS = {CONFIRM: 24 * 3600, RESET: 3600}


def register(
    address: str, passphrase: str, language: str, *, says_physician: bool = False, way_back: str | None = None
) -> None:
    """Make an account and mail it a link to confirm; a known address is told so by mail, and nothing changes.

    The form by which somebody registers accepts the charter.
    """
    passwords.check(passphrase, address)
    passphrase_hash = passwords.hash_of(passphrase)
    if known := account_by_address(address):
        _tell_known(known)
        return
    try:
        with session.begin_nested():
            account = create_account(address, passphrase_hash, language)
    except IntegrityError:
        # The same address registered in another request between the question and the answer.
        if known := account_by_address(address):
            _tell_known(known)
        return
    accept_charter(account, charter.in_force())
    if says_physician:
        record(PhysicianDeclared(account.id))
    record(Registered(account.id))
    send_confirmation(account, way_back)


def send_confirmation(account: Account, way_back: str | None = None) -> None:
    """Mail the link whose button confirms the address; `way_back` is where the person was going."""
    _write(account, "confirm_address", token=_token(CONFIRM, account), way_back=way_back)


def send_reminder(account: Account) -> None:
    """Mail the link anew to somebody who has not pressed the button yet."""
    _write(account, "confirm_reminder", token=_token(CONFIRM, account))


def account_to_confirm(token: str) -> Account:
    """The account whose address this link confirms, or has confirmed; TokenInvalid when it is late or not whole."""
    return _account_of(CONFIRM, token)


def confirm(token: str) -> Account:
    """Confirm the address that this link was sent to, once; TokenInvalid as above."""
    account = account_to_confirm(token)
    _confirm(account)
    return account


def authenticate(address: str, passphrase: str) -> Account:
    """The account that both open together; SignInRefused, or Suspended, otherwise.

    Before its address is confirmed an account opens to nobody and says nothing: whoever registers a stranger's address
    would otherwise see, by signing in with the passphrase just chosen, whether the address was known.
    """
    account = account_by_address(address)
    is_right = passwords.matches(account.passphrase_hash if account else None, passphrase)
    if account is None or not is_right or not account.is_confirmed:
        raise SignInRefused
    if account.is_disabled:
        raise Suspended
    return account


def start_session(account: Account, label: str = "") -> str:
    """Sign the account in and give the random token that the browser keeps; sign-ins that are over are cleared away."""
    now, token = clock.now(), random_token()
    session.execute(delete(SignIn).where(SignIn.account_id == account.id, SignIn.expires_at <= now))
    session.add(
        SignIn(
            id=new_public_id(),
            account_id=account.id,
            token_digest=digest_of(token),
            created_at=now,
            expires_at=now + LIFETIME,
            label=label,
        )
    )
    session.flush()
    return token


def end_session(token: str) -> None:
    """End the sign-in of this token; nothing happens where it is over."""
    session.execute(delete(SignIn).where(SignIn.token_digest == digest_of(token)))


def end_sign_in(actor: Account, sign_in: SignIn) -> None:
    """Sign one of the actor's browsers out."""
    enforce(may_end_sign_in(actor, sign_in))
    session.delete(sign_in)
    session.flush()


def end_other_sign_ins(actor: Account, kept_id: str) -> None:
    """Sign every browser of the actor out but one."""
    session.execute(delete(SignIn).where(SignIn.account_id == actor.id, SignIn.id != kept_id))


def end_all_sign_ins(account_id: uuid.UUID) -> None:
    """Sign every browser of an account out."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id))


def clear_ended_sign_ins() -> int:
    """Delete the sign-ins that are over, of whoever it was; how many there were."""
    ended = session.execute(delete(SignIn).where(SignIn.expires_at <= clock.now()).returning(SignIn.id))
    return len(ended.all())


def ask_reset(address: str) -> None:
    """Have a link to choose a passphrase anew mailed where the address is known; where it is not, do the same work."""
    account = account_by_address(address)
    record(ResetAsked(account.id if account else new_uuid()))


def send_reset_link(account: Account) -> None:
    """Mail the link that chooses a passphrase anew."""
    _write(account, "reset_passphrase", token=_token(RESET, account))


def account_to_reset(token: str) -> Account:
    """The account whose passphrase this link may choose; TokenInvalid once it is used, late or not whole."""
    return _account_of(RESET, token)


def reset_passphrase(token: str, passphrase: str) -> Account:
    """Set a passphrase, end every sign-in and, since the mail arrived, confirm the address; TokenInvalid as above."""
    account = account_to_reset(token)
    passwords.check(passphrase, account.address or "")
    set_passphrase_hash(account, passwords.hash_of(passphrase))
    _confirm(account)
    end_all_sign_ins(account.id)
    session.flush()
    record(PassphraseChanged(account.id))
    return account


def _confirm(account: Account) -> None:
    if not account.is_confirmed:
        confirm_address(account)
        record(AddressConfirmed(account.id))


def _tell_known(account: Account) -> None:
    # Also for an address never confirmed: whoever reads its mail chooses the passphrase, not whoever typed one first.
    _write(account, "address_known", token=_token(RESET, account))


def _write(account: Account, name: str, **values: object) -> None:
    mail.write(account.address or "", name, account.language, **values)


def _token(purpose: str, account: Account) -> str:
    return signer().sign(purpose, str(account.id), _state_of(purpose, account))


def _account_of(purpose: str, token: str) -> Account:
    account_id, state = signer().read(purpose, token, max_age=_SECONDS[purpose])
    account = account_behind(account_id)
    if account is None or not compare_digest(state, _state_of(purpose, account)):
        raise TokenInvalid
    return account


def _state_of(purpose: str, account: Account) -> str:
    """A digest of all that a link depends on: it dies when the address, its confirmation or the passphrase changes.

    Only the link that confirms outlives the confirmation: pressed twice, it says that all is done.
    """
    is_confirmed = account.is_confirmed and purpose != CONFIRM
    return digest_of(f"{account.address}\n{is_confirmed}\n{account.passphrase_hash}")
