"""What the platform can say of a receipt that is shown to it, from what is public; and parts of the final list."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from consultation.domain.verifiability import commitment
from consultation.domain.verifiability.canonical import NotCanonical, canonical
from consultation.domain.verifiability.receipt import RECEIPT_PREFIX
from consultation.domain.verifiability.roots import line_hash
from consultation.features.ballots.models import SealedBallot
from consultation.features.ballots.queries.chain import chain_of
from consultation.features.ballots.queries.sealed import commitments_query
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import signing
from consultation.infrastructure.database import session


@dataclass(frozen=True)
class ReceiptFindings:
    """What was found: None where a finding could not be made for want of the one before it."""

    is_readable: bool
    is_of_this_consultation: bool = False
    is_signed: bool = False
    gives_commitment: bool = False
    names_our_line: bool = False
    commitment: bytes | None = None


def findings_on(consultation: Consultation, text: str) -> ReceiptFindings:
    """Check signature, commitment and line of a receipt; nothing of it is kept."""
    receipt = _receipt_in(text)
    if receipt is None:
        return ReceiptFindings(is_readable=False)
    lines = chain_of(consultation.id)
    signers = {line["signer"] for line in lines if "signer" in line}
    return ReceiptFindings(
        is_readable=True,
        is_of_this_consultation=receipt["consultation"] == consultation.slug,
        is_signed=receipt["signer"] in signers and _is_signed(receipt),
        gives_commitment=_gives_commitment(receipt),
        names_our_line=receipt["line"] in {line_hash(line).hex() for line in lines},
        commitment=bytes.fromhex(receipt["commitment"]),
    )


def commitments_beginning(consultation: Consultation, first: int) -> list[bytes]:
    """The sealed commitments (32 bytes each) whose first byte this is, in ascending order."""
    within = commitments_query(consultation.id).where(SealedBallot.commitment >= bytes([first]))
    if first < 255:
        within = within.where(SealedBallot.commitment < bytes([first + 1]))
    return list(session.scalars(within))


def place_in_list(consultation: Consultation, commitment: bytes) -> int | None:
    """The line of a commitment in the final list, from 1; None where it is not in it."""
    if session.get(SealedBallot, (consultation.id, commitment)) is None:
        return None
    before = select(func.count()).where(
        SealedBallot.consultation_id == consultation.id, SealedBallot.commitment < commitment
    )
    return int(session.scalar(before) or 0) + 1


def _receipt_in(text: str) -> dict[str, Any] | None:
    """The receipt that a text holds: its last line that begins with a brace."""
    line = next((one for one in reversed(text.strip().splitlines()) if one.startswith("{")), "")
    needed = ("ballot", "commitment", "consultation", "line", "random", "signature", "signer")
    try:
        receipt = json.loads(line)
        whole = all(isinstance(receipt[name], str) for name in needed) and isinstance(receipt.get("note", ""), str)
        hexadecimal = all(bytes.fromhex(receipt[name]) for name in ("commitment", "random", "signature", "signer"))
        canonical(receipt)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NotCanonical):
        return None
    return receipt if whole and hexadecimal else None


def _is_signed(receipt: dict[str, Any]) -> bool:
    signed = canonical({name: said for name, said in receipt.items() if name != "signature"})
    signature = bytes.fromhex(receipt["signature"])
    return signing.is_signed(bytes.fromhex(receipt["signer"]), signature, RECEIPT_PREFIX + signed)


def _gives_commitment(receipt: dict[str, Any]) -> bool:
    try:
        salt = commitment.salt(bytes.fromhex(receipt["random"]), receipt.get("note", ""))
    except ValueError:
        return False
    return commitment.commitment(salt, receipt["ballot"].encode()).hex() == receipt["commitment"]
