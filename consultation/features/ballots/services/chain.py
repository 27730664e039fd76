"""Lines of the chain, each signed and added in the transaction of what it says."""

from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.roots import FICTIONAL, LineType, next_line, signed
from consultation.features.ballots.models import ChainLine, signing_key_name
from consultation.features.ballots.queries.chain import Line, Signer, last_line, signer_after, signer_of
from consultation.features.ballots.services.locks import hold_chain
from consultation.features.ballots.services.making import made_key
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, signing
from consultation.infrastructure.database import session


def add_first_line(consultation: Consultation, *, key: str, plan: str, texts: str) -> Line:
    """Begin the chain: the fingerprint of the ballots' key, the hashes of plan and texts, a signing key of its own."""
    signer = _made_signer(consultation, 1)
    line = _next(consultation, None, LineType.OPEN, key=key, plan=plan, texts=texts, signer=signer.public.hex())
    return _keep(consultation, signed(line, signer.sign))


def add_line(consultation: Consultation, kind: LineType, **said: object) -> Line:
    """Add a line to the chain; KeyUnavailable when it cannot be signed. Two at once follow each other."""
    hold_chain(consultation.id)
    signer = signer_of(consultation)
    return _keep(consultation, signed(_next(consultation, last_line(consultation.id), kind, **said), signer.sign))


def add_release_line(consultation: Consultation, release_hash: str, reason: str = "") -> Line:
    """Cite a release by the SHA-256 of its bytes (hexadecimal); a corrected one with its reason."""
    return add_line(consultation, LineType.RELEASE, release=release_hash, **({"reason": reason} if reason else {}))


def change_signing_key(consultation: Consultation, reason: str, last_good: int | None = None) -> Line:
    """Let a new key sign from the next line on; after a theft `last_good` is the last line that is to be believed.

    The key in force after that line introduces the new one. Missing where there is no such line.
    """
    hold_chain(consultation.id)
    latest = signer_of(consultation)
    former = latest if last_good is None else signer_after(consultation, last_good)
    new = _made_signer(consultation, latest.generation + 1)
    since = {} if last_good is None else {"last_good": last_good}
    line = _next(
        consultation,
        last_line(consultation.id),
        LineType.KEY,
        signer=new.public.hex(),
        reason=reason,
        **since,
    )
    return _keep(consultation, signed(line, former.sign, new.sign))


def notice_of(consultation: Consultation) -> str:
    """What lines and receipts of invented data say of themselves; empty for real ones."""
    return FICTIONAL if consultation.is_demonstration else ""


def _made_signer(consultation: Consultation, generation: int) -> Signer:
    seed = made_key(signing_key_name(consultation.id, generation, fictional=consultation.is_demonstration))
    return Signer(signing.SigningKey(seed), generation)


def _next(consultation: Consultation, former: Line | None, kind: LineType, **said: object) -> Line:
    return next_line(
        former,
        kind,
        consultation=consultation.slug,
        # Where a clock went back, the line keeps the day before it: days of a chain never do.
        day=max(clock.today().isoformat(), former["day"] if former else ""),
        notice=notice_of(consultation),
        **said,
    )


def _keep(consultation: Consultation, line: Line) -> Line:
    row = ChainLine(consultation_id=consultation.id, n=line["n"], type=line["type"], content=canonical(line).decode())
    session.add(row)
    session.flush()
    return line
