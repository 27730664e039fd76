"""Drafts: rankings in the making, of people with an account or without."""

from consultation.features.ballots.models import Draft, Sheet
from consultation.features.ballots.models.holders import Holder
from consultation.features.ballots.queries import keyring_of
from consultation.features.ballots.services.locks import hold_open
from consultation.features.ballots.services.rows import put, texts_for
from consultation.features.consultations.models import Consultation


def save_draft(holder: Holder, consultation: Consultation, sheet: Sheet) -> None:
    """Keep a ranking in the making; NotOpen, ForeignRecommendation or KeyUnavailable say why nothing was written."""
    hold_open(holder, consultation)
    if sheet.order:
        texts_for(sheet.order, consultation)
    keyring = keyring_of(consultation.id)
    put(Draft, keyring, keyring.draft_slot(holder.id), sheet.to_text())
