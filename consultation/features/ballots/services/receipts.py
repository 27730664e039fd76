"""Receipts: the platform's signed word that it holds a ballot, until the close."""

from consultation.domain.verifiability.receipt import Receipt
from consultation.domain.verifiability.roots import line_hash
from consultation.features.ballots.models import BallotContent
from consultation.features.ballots.queries.chain import Line, Signer, signer_and_last_line
from consultation.features.ballots.services.chain import notice_of
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock


def issue_receipt(consultation: Consultation, content: BallotContent) -> bytes:
    """The signed receipt of a ballot as it is held today; KeyUnavailable when nothing can be signed.

    It is made anew each time and kept nowhere: the same ballot has the same one until the day or the chain goes on.
    """
    return receipt_by(*signer_and_last_line(consultation), consultation, content)


def receipt_by(signer: Signer, line: Line, consultation: Consultation, content: BallotContent) -> bytes:
    """The same, by a signer and after a line of the chain that were read already."""
    receipt = Receipt(
        consultation=consultation.slug,
        ballot=content.ballot,
        random=content.random,
        note=content.note,
        commitment=content.commitment,
        day=clock.today().isoformat(),
        line=line_hash(line),
        signer=signer.public,
        notice=notice_of(consultation),
    )
    return receipt.signed(signer.sign)
