"""Whole consultations as their auditors see them, made by the platform's own code, always the same."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consultation.domain.privacy.publication import release_of
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability import merkle
from consultation.domain.verifiability.audit import Report, audit_bundle
from consultation.domain.verifiability.bundle import bundle_of
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.commitment import CommittedBallot, commitment, salt
from consultation.domain.verifiability.plan import CountingPlan
from consultation.domain.verifiability.receipt import Receipt
from consultation.domain.verifiability.roots import FICTIONAL, LineType, line_hash, next_line, signed
from consultation.domain.verifiability.texts import VotedText, texts_bytes
from consultation.infrastructure import signing

from ..privacy.generated import EVEN, NUMBERS, orders, plan_with

SLUG = "ia-sante-2018"
OPENED, CLOSED, PUBLISHED = "2026-09-01", "2026-12-01", "2026-12-06"


def seed_of(name: str) -> bytes:
    """32 bytes that are always the same for a name."""
    return hashlib.sha256(name.encode()).digest()


@dataclass
class Signer:
    """A signing key."""

    name: str = "the platform"

    @property
    def public(self) -> bytes:
        """Its public key."""
        return signing.public_key(seed_of(self.name))

    def sign(self, message: bytes) -> bytes:
        """Its signature."""
        return signing.sign(seed_of(self.name), message)


@dataclass
class Chain:
    """A chain that grows, line by line."""

    signer: Signer = field(default_factory=Signer)
    notice: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)

    def add(self, kind: LineType, day: str, **said: object) -> dict[str, Any]:
        """Add a line signed by the key in force."""
        self.lines.append(signed(self._next(kind, day, **said), self.signer.sign))
        return self.lines[-1]

    def rotate(self, new: Signer, day: str, *, by: Signer | None = None, **said: object) -> None:
        """Let a new key sign from the next line on."""
        line = self._next(LineType.KEY, day, signer=new.public.hex(), reason="Une clé nouvelle.", **said)
        self.lines.append(signed(line, (by or self.signer).sign, new.sign))
        self.signer = new

    def to_bytes(self) -> bytes:
        """The chain as a file."""
        return b"".join(canonical(line) + b"\n" for line in self.lines)

    def _next(self, kind: LineType, day: str, **said: object) -> dict[str, Any]:
        former = self.lines[-1] if self.lines else None
        return next_line(former, kind, consultation=SLUG, day=day, notice=self.notice, **said)


@dataclass(frozen=True)
class Cast:
    """A ballot as it was cast: its bytes, its random value, its note."""

    ballot: bytes
    random: bytes
    note: str = ""

    @property
    def salt(self) -> bytes:
        """Its salt."""
        return salt(self.random, self.note)

    @property
    def commitment(self) -> bytes:
        """Its commitment."""
        return commitment(self.salt, self.ballot)

    def receipt(self, chain: Chain, day: str = CLOSED) -> Receipt:
        """The receipt of this ballot on the last line of a chain."""
        line = line_hash(chain.lines[-1])
        signer = chain.signer.public
        return Receipt(SLUG, self.ballot, self.random, self.note, self.commitment, day, line, signer, chain.notice)


def cast(college: str, order: WeakOrder, numbers: Sequence[int], index: int = 0) -> Cast:
    """A ballot with a random value of its own."""
    ballot = CommittedBallot(college, SLUG, order, dict.fromkeys(numbers, 1)).to_bytes()
    return Cast(ballot, seed_of(f"random {college} {index}"))


@dataclass
class Closed:
    """A closed consultation: its plan, its texts, its chain and its ballots, in commitment order."""

    plan: CountingPlan
    numbers: Sequence[int]
    chain: Chain
    ballots: list[tuple[str, WeakOrder, Cast]]

    @property
    def root(self) -> bytes:
        """The final root."""
        return merkle.root([cast.commitment for _, _, cast in self.ballots])

    @property
    def texts(self) -> bytes:
        """The file of the texts."""
        return texts_of(self.numbers)

    def count_of(self, college: str) -> int:
        """The number of ballots of a college."""
        return len([1 for name, _, _ in self.ballots if name == college])

    def seal(self, set_aside: Mapping[str, int] | None = None) -> None:
        """Add the final line."""
        said: dict[str, object] = {"colleges": {name: self.count_of(name) for name in ("citizens", "physicians")}}
        said |= {"set_aside": dict(set_aside), "reason": "Une boîte abîmée."} if set_aside else {}
        self.chain.add(LineType.FINAL, CLOSED, count=len(self.ballots), root=self.root.hex(), **said)

    def release(self) -> bytes:
        """The release that the platform gives."""
        profiles = {
            college: Profile.from_orders(self.numbers, [order for name, order, _ in self.ballots if name == college])
            for college in ("citizens", "physicians")
        }
        return canonical(release_of(profiles, root=self.root, plan=self.plan))

    def files(self, release: bytes = b"") -> dict[str, bytes]:
        """The files of the auditors' bundle, its sums apart."""
        final = next(line for line in reversed(self.chain.lines) if line["type"] == LineType.FINAL)
        kept = ("colleges", "consultation", "count", "day", "root", "set_aside")
        closing = {"v": 1} | {name: final[name] for name in kept if name in final}
        opened = [canonical({"ballot": one.ballot.decode(), "salt": one.salt.hex()}) for _, _, one in self.ballots]
        return {
            "plan.json": self.plan.to_bytes(),
            "texts.json": self.texts,
            "roots.jsonl": self.chain.to_bytes(),
            "commitments.txt": "".join(f"{one.commitment.hex()}\n" for _, _, one in self.ballots).encode(),
            "openings.jsonl": b"".join(line + b"\n" for line in opened),
            "closing.json": canonical(closing),
            **({"release.json": release} if release else {}),
        }


def texts_of(numbers: Sequence[int]) -> bytes:
    """The file of some texts."""
    texts = [VotedText(n, 1, f"Titre {n}", "Thème", "Le conseil recommande", f"Texte {n}.") for n in numbers]
    return texts_bytes(SLUG, "L’intelligence artificielle en santé", texts)


def sha256(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def opened(plan: CountingPlan, numbers: Sequence[int] = NUMBERS, notice: str = "") -> Chain:
    """A chain with its first line."""
    chain = Chain(notice=notice)
    said = {
        "key": sha256(b"consultation:key:1\0" + seed_of("K")),
        "plan": plan.hash,
        "texts": sha256(texts_of(numbers)),
    }
    chain.add(LineType.OPEN, OPENED, signer=chain.signer.public.hex(), **said)
    return chain


def closed(
    citizens: int,
    physicians: int,
    numbers: Sequence[int] = NUMBERS,
    *,
    camps: Sequence[int] = EVEN,
    other_camps: Sequence[int] = (),
    notice: str = "",
    set_aside: Mapping[str, int] | None = None,
    **decisions: Any,
) -> Closed:
    """A closed consultation with so many ballots, after a few days with a line each.

    Without camps of their own, physicians are divided as citizens are.
    """
    plan = plan_with(consultation=SLUG, **decisions)
    ballots = [
        (college, order, cast(college, order, numbers, index))
        for college, count, divided in (("citizens", citizens, camps), ("physicians", physicians, other_camps or camps))
        for index, order in enumerate(orders(count, numbers, college, divided))
    ]
    consultation = Closed(
        plan, numbers, opened(plan, numbers, notice), sorted(ballots, key=lambda one: one[2].commitment)
    )
    for day, share in (("2026-10-01", 3), ("2026-11-01", 2)):
        held = sorted(one.commitment for _, _, one in ballots[: len(ballots) // share])
        consultation.chain.add(LineType.DAY, day, count=len(held), root=merkle.root(held).hex())
    consultation.seal(set_aside)
    return consultation


def published(consultation: Closed) -> dict[str, bytes]:
    """The files of the bundle after publication."""
    return announced(consultation, consultation.release())


def announced(consultation: Closed, release: bytes) -> dict[str, bytes]:
    """The files of a bundle whose chain announces this release, and no other."""
    chain = consultation.chain
    while chain.lines[-1]["type"] == LineType.RELEASE:
        chain.lines.pop()
    chain.add(LineType.RELEASE, PUBLISHED, release=sha256(release))
    return consultation.files(release)


def audited(files: Mapping[str, bytes]) -> Report:
    """The audit of a bundle of these files, with right sums."""
    return audit_bundle(io.BytesIO(bundle_of(files)))


def found(report: Report) -> set[tuple[str, str]]:
    """The codes of the faults, each with its file."""
    return {(fault.code, fault.file) for fault in report.faults}


def with_every_line() -> Closed:
    """A small consultation of a demonstration, always the same, whose chain has lines of every type."""
    consultation = closed(20, 3, notice=FICTIONAL, set_aside={"broken": 1})
    chain, (first, *days, _final) = consultation.chain, consultation.chain.lines
    chain.lines = [first]
    consultation.plan = consultation.plan.changed(combination="mean")
    chain.add(LineType.PLAN, "2026-09-15", plan=consultation.plan.hash, reason="Un ordre commun, annoncé à temps.")
    chain.add(LineType.TEXTS, "2026-09-16", texts=sha256(consultation.texts), reason="Une faute de frappe.")
    chain.add(LineType.DAY, "2026-10-01", count=days[0]["count"], root=days[0]["root"])
    chain.rotate(Signer("a thief"), "2026-10-02")
    chain.rotate(Signer("a second key"), "2026-10-03", by=Signer(), last_good=4)
    chain.rotate(Signer("a third key"), "2026-10-20")
    chain.add(LineType.DAY, "2026-11-01", count=days[1]["count"], root=days[1]["root"])
    consultation.seal({"broken": 1})
    release = consultation.release()
    chain.add(LineType.RELEASE, PUBLISHED, release=sha256(b"{}"))
    chain.add(LineType.RELEASE, "2026-12-07", release=sha256(release), reason="Un mot corrigé.")
    return consultation
