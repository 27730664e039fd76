"""The public record, and what is found of a commitment or a receipt, as the page of verification says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.verifiability.receipt import key_id
from consultation.domain.verifiability.roots import LineType, line_hash
from consultation.features.ballots.queries.chain import Line
from consultation.features.ballots.queries.days import InDay, Standing
from consultation.features.ballots.queries.verification import ReceiptFindings
from consultation.infrastructure.web.language import said_day


@dataclass(frozen=True)
class RecordLine:
    """A line of the public record: what it says in words, its root where it has one, its own hash."""

    n: int
    day: date
    said: str
    root: str
    hash: str


@dataclass(frozen=True)
class SigningKey:
    """A key that signs lines and receipts: its short name, whole, and from which day on."""

    name: str
    public: str
    since: date


@dataclass(frozen=True)
class Finding:
    """An answer: `tone` is success or warning; `proof` is what lets anybody compute the root again."""

    tone: str
    title: str
    said: Sequence[str] = ()
    root: str = ""
    index: int = 0
    count: int = 0
    proof: Sequence[str] = ()


def record_of(lines: Sequence[Line]) -> list[RecordLine]:
    """The public record, the latest line first."""
    return [
        RecordLine(
            n=line["n"],
            day=date.fromisoformat(line["day"]),
            said=_said(line),
            root=line.get("root", ""),
            hash=line_hash(line).hex(),
        )
        for line in reversed(lines)
    ]


def signing_keys_of(lines: Sequence[Line]) -> list[SigningKey]:
    """The keys that signed, the first one first."""
    return [
        SigningKey(
            name=key_id(bytes.fromhex(line["signer"]), fictional="notice" in line),
            public=line["signer"],
            since=date.fromisoformat(line["day"]),
        )
        for line in lines
        if "signer" in line
    ]


def finding_of(standing: Standing) -> Finding:
    """Where a commitment stands while ballots are taken."""
    if standing.is_recorded and standing.in_day:
        return _in_line_of_day(standing.in_day)
    if standing.is_recorded:
        since = _("It was recorded after the last line of a day.")
        later = _("The next line of a day will cover it, once five ballots at least have come or changed.")
        return Finding("success", _("This ballot is held."), [since, later])
    if standing.in_day:
        day = said_day(date.fromisoformat(standing.in_day.line["day"]))
        gone = _("It was held on %(day)s, and is no longer: it was replaced or withdrawn since.", day=day)
        return Finding("warning", _("This ballot is no longer held."), [gone, what_to_do()])
    replaced = _("It may have been replaced or withdrawn since, or a figure may be mistyped.")
    return Finding("warning", _("No such ballot is held."), [replaced, what_to_do()])


def receipt_findings_of(found: ReceiptFindings) -> list[Finding]:
    """What is found of a receipt by itself, point by point; where its ballot stands is another question."""
    if not found.is_readable:
        return [Finding("warning", _("This is not a receipt."), [_("Paste the text of the file as you received it.")])]
    if not found.is_of_this_consultation:
        return [Finding("warning", _("This receipt is of another consultation."))]
    return [
        _point(found.is_signed, _("The platform signed it."), _("No key of this consultation signed it.")),
        _point(
            found.gives_commitment,
            _("Its ballot gives the commitment that it names."),
            _("Its ballot does not give the commitment that it names."),
        ),
        _point(
            found.names_our_line,
            _("The line that it names is in the public record."),
            _("The line that it names is not in the public record: there may be two records. Keep the receipt, write."),
        ),
    ]


def listing_of(place: int | None) -> Finding:
    """Whether a commitment is in the final list, by its line there."""
    if place is not None:
        where = _("It is on line %(place)s of commitments.txt.", place=place)
        return Finding("success", _("Its commitment is in the final list: this ballot was counted."), [where])
    replaced = _("By itself that proves no fault: the ballot may have been replaced or withdrawn after this receipt.")
    return Finding("warning", _("Its commitment is not in the final list."), [replaced, what_to_do()])


def what_to_do() -> str:
    """What somebody does whose ballot is missing without a reason."""
    return str(
        _("If none of this is so, write to us and to the auditors, with your receipt: several such reports matter.")
    )


def _point(is_so: bool, good: str, bad: str) -> Finding:
    return Finding("success", good) if is_so else Finding("warning", bad)


def _in_line_of_day(found: InDay) -> Finding:
    count = found.line["count"]
    covered = ngettext(
        "The line of %(day)s covers it, with %(num)s ballot in all.",
        "The line of %(day)s covers it, with %(num)s ballots in all.",
        count,
        day=said_day(date.fromisoformat(found.line["day"])),
    )
    return Finding(
        "success",
        _("This ballot is held."),
        [covered],
        root=found.line["root"],
        index=found.index,
        count=count,
        proof=[step.hex() for step in found.proof],
    )


def _said(line: Line) -> str:
    match LineType(line["type"]):
        case LineType.OPEN:
            return str(_("Opening: the counting plan, the texts and the keys are fixed."))
        case LineType.PLAN:
            return str(_("The counting plan changes: %(reason)s", reason=line["reason"]))
        case LineType.TEXTS:
            return str(_("A text is corrected: %(reason)s", reason=line["reason"]))
        case LineType.KEY:
            return _said_of_key(line)
        case LineType.DAY:
            return str(ngettext("%(num)s ballot held.", "%(num)s ballots held.", line["count"]))
        case LineType.FINAL:
            return str(ngettext("Close: %(num)s ballot sealed.", "Close: %(num)s ballots sealed.", line["count"]))
        case LineType.RELEASE:
            return _said_of_release(line)


def _said_of_key(line: Line) -> str:
    said = _("Another key signs: %(reason)s", reason=line["reason"])
    if "last_good" in line:
        said = _(
            "Another key signs, and the lines between number %(n)s and this one are void: %(reason)s",
            n=line["last_good"],
            reason=line["reason"],
        )
    return str(said)


def _said_of_release(line: Line) -> str:
    if "reason" in line:
        return str(_("Corrected results: %(reason)s", reason=line["reason"]))
    return str(_("The results are published."))
