"""Lines of days: the root over all ballots held, so that nothing can be changed behind it (BALLOT.md, Formats)."""

from consultation.domain.verifiability import merkle
from consultation.domain.verifiability.roots import LineType
from consultation.features.ballots.models import DayList, Keyring
from consultation.features.ballots.queries import keyring_of
from consultation.features.ballots.queries.chain import Line, last_line_of_type
from consultation.features.ballots.queries.days import DAY_SLOT, commitments_held, listed_in
from consultation.features.ballots.services.chain import add_line
from consultation.features.ballots.services.locks import hold_alone
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

FEWEST_CHANGES = 5


def add_day_line(consultation: Consultation) -> Line | None:
    """Add the line of today over the ballots of both colleges, and keep its list in a box, the latest only.

    None when there is nothing to say: today has its line, ballots are no longer taken, or fewer than 5 ballots came,
    went or changed since the last line, which would tell whose they are. BallotUnreadable or KeyUnavailable stop it.
    """
    hold_alone(consultation.id)
    session.refresh(consultation)
    if not consultation.takes_part_at(clock.now()) or _has_line(consultation):
        return None
    keyring = keyring_of(consultation.id)
    held = sorted(commitments_held(keyring))
    former = listed_in(keyring)
    if max(len(set(held) - former), len(former - set(held))) < FEWEST_CHANGES:
        return None
    _keep(keyring, held)
    return add_line(consultation, LineType.DAY, count=len(held), root=merkle.root(held).hex())


def _has_line(consultation: Consultation) -> bool:
    line = last_line_of_type(consultation.id, LineType.DAY)
    return line is not None and line["day"] >= clock.today().isoformat()


def _keep(keyring: Keyring, commitments: list[bytes]) -> None:
    # Padding ends with spaces, which hexadecimal digits are not.
    box = keyring.seal(DayList, DAY_SLOT, b"".join(commitments).hex().encode())
    session.merge(DayList(consultation_id=keyring.consultation_id, box=box))
    session.flush()
