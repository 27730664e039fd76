"""Drafts: rankings in the making, of people with an account or without.

What a visitor prepared joins an account in transactions that touch drafts alone: beside a row that names somebody, the
mark that a database leaves on all rows of one transaction would tell whose draft it is.
"""

from consultation.features.accounts.models import Account
from consultation.features.ballots.models import Draft, Keyring, Sheet
from consultation.features.ballots.models.holders import Holder, Visitor
from consultation.features.ballots.queries import keyring_of, papers_of
from consultation.features.ballots.services.locks import hold_open, hold_slot
from consultation.features.ballots.services.rows import put, remove, require_texts
from consultation.features.consultations.models import Consultation


def save_draft(holder: Holder, consultation: Consultation, sheet: Sheet) -> None:
    """Keep a ranking in the making; NotOpen, ForeignRecommendation or KeyUnavailable say why nothing was written.

    Of a visitor no blank sheet is kept.
    """
    keyring = _held(holder, consultation)
    if sheet.order:
        require_texts(sheet.order, consultation)
    if sheet.is_blank and isinstance(holder, Visitor):
        remove(Draft, keyring, keyring.draft_slot(holder.id))
    else:
        put(Draft, keyring, keyring.draft_slot(holder.id), sheet.to_text())


def take_up(account: Account, visitor: Visitor, consultation: Consultation) -> None:
    """Make what a visitor prepared the draft of the account that they signed in to, where it has nothing of its own.

    What is the same in both is kept once; what differs stays in both places, for the person to choose.
    """
    keyring = _held(account, consultation)
    papers = papers_of(account, consultation, visitor)
    if papers.brought is None or papers.rival is not None:
        return
    if papers.is_free:
        put(Draft, keyring, keyring.draft_slot(account.id), papers.brought.to_text())
    remove(Draft, keyring, keyring.draft_slot(visitor.id))


def take_brought(account: Account, visitor: Visitor, consultation: Consultation) -> None:
    """Make what a visitor prepared the draft of the account, whatever it has; a ballot goes on counting."""
    keyring = _held(account, consultation)
    brought = papers_of(account, consultation, visitor).brought
    if brought is not None:
        put(Draft, keyring, keyring.draft_slot(account.id), brought.to_text())
        remove(Draft, keyring, keyring.draft_slot(visitor.id))


def drop_brought(account: Account, visitor: Visitor, consultation: Consultation) -> None:
    """Delete what a visitor prepared: the account that they signed in to keeps what it has."""
    keyring = _held(account, consultation)
    remove(Draft, keyring, keyring.draft_slot(visitor.id))


def _held(holder: Holder, consultation: Consultation) -> Keyring:
    """The key, once ballots are sure to be taken and two acts of the same person to follow each other."""
    hold_open(holder, consultation)
    keyring = keyring_of(consultation.id)
    hold_slot(keyring.draft_slot(holder.id))
    return keyring
