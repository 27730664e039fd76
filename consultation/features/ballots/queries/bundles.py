"""The bundle: all that an auditor needs, or, without the openings, all that the public needs (docs/formats.md)."""

from typing import Any

from consultation.domain.errors import CeremonyRefused
from consultation.domain.verifiability.bundle import bundle_of as zipped
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.roots import LineType
from consultation.features.ballots.queries.chain import (
    chain_texts,
    last_line_of_type,
    plan_in_force,
    voted_texts,
)
from consultation.features.ballots.queries.openings import require_openings
from consultation.features.ballots.queries.sealed import openings_of, sealed_commitments
from consultation.features.consultations.models import Consultation

FORMAT = 1


def bundle_of(consultation: Consultation, release: bytes = b"") -> bytes:
    """The auditors' bundle of a sealed consultation, with its release where there is one: a zip, confidential."""
    require_openings(consultation.id)
    return zipped({**public_files(consultation, release), "openings.jsonl": openings_jsonl(consultation)})


def public_bundle_of(consultation: Consultation, release: bytes = b"") -> bytes:
    """The public's bundle: the same without any ballot."""
    return zipped(public_files(consultation, release))


def public_files(consultation: Consultation, release: bytes = b"") -> dict[str, bytes]:
    """The files of the public's bundle by name; CeremonyRefused before the ballots are sealed."""
    files = {
        "plan.json": plan_in_force(consultation).to_bytes(),
        "texts.json": voted_texts(consultation),
        "roots.jsonl": roots_jsonl(consultation),
        "commitments.txt": commitments_txt(consultation),
        "closing.json": canonical(_closing(consultation)),
    }
    return files | ({"release.json": release} if release else {})


def roots_jsonl(consultation: Consultation) -> bytes:
    """The chain as a file: a line each."""
    return "".join(f"{line}\n" for line in chain_texts(consultation.id)).encode()


def commitments_txt(consultation: Consultation) -> bytes:
    """The sealed commitments as a file: hexadecimal, ascending, one a line."""
    return "".join(f"{commitment.hex()}\n" for commitment in sealed_commitments(consultation.id)).encode()


def openings_jsonl(consultation: Consultation) -> bytes:
    """Salt and bytes of every ballot as a file, in the order of commitments: full rankings, for auditors alone."""
    lines = (
        canonical({"ballot": ballot.decode(), "salt": salt.hex()}) for salt, ballot in openings_of(consultation.id)
    )
    return b"".join(line + b"\n" for line in lines)


def _closing(consultation: Consultation) -> dict[str, Any]:
    line = last_line_of_type(consultation.id, LineType.FINAL)
    if line is None:
        raise CeremonyRefused(reason="unsealed")
    kept = ("colleges", "consultation", "count", "day", "root", "set_aside")
    return {"v": FORMAT} | {name: line[name] for name in kept if name in line}
