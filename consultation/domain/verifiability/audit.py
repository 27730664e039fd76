#!/usr/bin/env python3
"""Audit a consultation: is the published result what the sealed ballots give? Python 3.11 or newer, nothing else.

    python3 audit.py BUNDLE.zip                    audit a bundle, with or without its openings
    python3 audit.py receipt RECEIPT.txt           is a receipt signed, and does it fit the ballot that it names?
            [--list commitments.txt] [--roots roots.jsonl] [--bundle BUNDLE.zip]         and is that ballot counted?
    python3 audit.py compare A.jsonl B.jsonl       were two people shown two different chains?

With --json for programs, --lang fr or --lang en (by default French where LANG says so). The exit status is 0 when no
fault was found, 1 when there is one, 2 when the command was not understood or a file could not be opened.

This file imports nothing of the platform that it audits and was written from the published formats (docs/formats.md):
it is a second count. Read it from top to bottom: what is asked, in which order it is looked at, then each piece.

What an audit without fault proves
- The chain (roots.jsonl) has no gap, its lines follow each other, and each was signed by the key in force.
- The counting plan and the texts are those that the chain announced, and neither was changed after the close.
- The list of commitments is the one whose root was signed at the close: no ballot was added, removed or changed since.
- With the openings (which only auditors see): each commitment stands for exactly one lawful ballot; the result is what
  these ballots give by the methods of the plan; and what is published is, byte for byte, what the publication rules
  demand: nothing hidden, nothing beyond them.
- Without the openings: every published figure is one that the rules allow, and the order does not contradict them.

What it does not prove
- That the ballots come from real and different people who may take part, and that none was cast in another's name.
- That a ballot says what its author meant: only a receipt, kept and looked up by its owner, tells that.
- That everybody was shown this same chain: compare it with the one that observers or other participants hold.
- That the key which tied ballots to people was destroyed, and that nobody kept a copy.
What is taken from the release and not counted again is listed at the end of each audit.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import struct
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, combinations, islice, pairwise, permutations
from math import erfc, floor, hypot, isqrt, sqrt
from pathlib import Path
from typing import Any, BinaryIO

Json = Any

# ======================================================================================================================
# The formats, version 1
# ======================================================================================================================

PLAN, TEXTS, ROOTS, LIST = "plan.json", "texts.json", "roots.jsonl", "commitments.txt"
OPENINGS, CLOSING, RELEASE, SUMS = "openings.jsonl", "closing.json", "release.json", "SHA256SUMS"
ORDER_OF_FILES = (PLAN, TEXTS, ROOTS, LIST, OPENINGS, CLOSING, RELEASE, SUMS)
NOT_IN_EVERY_BUNDLE = (OPENINGS, RELEASE)
MEBIBYTE = 2**20
LARGEST_FILES = {
    **dict.fromkeys((PLAN, CLOSING, SUMS), MEBIBYTE),
    **dict.fromkeys((TEXTS, ROOTS, RELEASE), 8 * MEBIBYTE),
    **dict.fromkeys((LIST, OPENINGS), 4096 * MEBIBYTE),
}
LARGEST_RECEIPT = MEBIBYTE
ZIP_DATE, ZIP_MODE = (1980, 1, 1, 0, 0, 0), 0o600

LINE_PREFIX = b"consultation:line:1\0"
RECEIPT_PREFIX = b"consultation:receipt:1\0"
SALT_PREFIX = b"consultation:salt:1\0"
BALLOT_PREFIX = b"consultation:ballot:1\0"
BOOTSTRAP_PREFIX = b"consultation:bootstrap:1\0"
FICTIONAL = "données fictives"
FICTIONAL_KEY = "donnees-fictives-"
LONGEST_NOTE = 60

METHODS = ("schulze", "ranked_pairs", "kemeny", "borda", "copeland", "irv")
LEAST_MINIMUM = 20
FOR_SHARES, FOR_BANDS, FOR_MEAN_PLACE = 50, 100, 1000
# From so many ballots: the step of a share in percent, and the shares beyond which it is clipped.
STEPS = ((500, 1, 5, 95), (250, 2, 6, 94), (100, 5, 5, 95), (50, 10, 10, 90))
# The same for counts that add up to the ballots: a step coarser, so that their sum tells nothing.
ROW_STEPS = ((500, 2, 6, 94), (250, 5, 5, 95), (100, 10, 10, 90), (50, 20, 20, 80))
NARROWEST_BAND = 3
CHANCE_STEP, CHANCE_CLIP = 5, (5, 95)
DIFFERENCE_CLIP = (-90, 90)
TOP = 5
RESAMPLES = 1000
BLOCKS = 1024
TAIL = 25  # of 1,000 resamples the 26th from either end
LARGEST_EXACT_CIRCLE = 16
# The duels of 1,024 blocks of ballots take 4 KiB a pair of recommendations.
MOST_RECOMMENDATIONS = 400
TABLES = ("order", "pairwise_percent", "methods", "first_choices", "chances", "bands", "mean_place", "mean_tau")
TOO_FEW, UNDEFINED, AT_MOST, AT_LEAST = "too_few_ballots", "undefined", "at_most", "at_least"
UNRANKED = "unranked"

# ======================================================================================================================
# What is asked
# ======================================================================================================================


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks and return the exit status: 0 without fault, 1 with a fault, 2 for a wrong use."""
    options = _options(arguments)
    try:
        report: Report = options.run(options)
    except OSError as error:
        sys.stderr.write(f"audit.py: {error.filename or ''}: {error.strerror or error}\n")
        return 2
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    language = options.lang or language_of_terminal()
    sys.stdout.write(report.as_json(language) if options.json else report.as_text(language))
    return 1 if report.faults else 0


def language_of_terminal() -> str:
    """Return the language in which findings are said: French where LANG says so, else English."""
    return "fr" if os.environ.get("LANG", "").startswith("fr") else "en"


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; argparse ends the program with status 2 when it cannot."""
    told = __doc__ or ""
    parser = argparse.ArgumentParser("audit.py", description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--lang", choices=("fr", "en"), help="French or English")
    match arguments[:1]:
        case ["receipt"]:
            parser.add_argument("receipt", type=Path, metavar="RECEIPT.txt")
            parser.add_argument("--list", type=Path, metavar=LIST, dest="listed")
            parser.add_argument("--roots", type=Path, metavar=ROOTS)
            parser.add_argument("--bundle", type=Path, metavar="BUNDLE.zip")
            parser.set_defaults(run=lambda one: receipt_files(one.receipt, one.listed, one.roots, one.bundle))
        case ["compare"]:
            parser.add_argument("first", type=Path, metavar="A.jsonl")
            parser.add_argument("second", type=Path, metavar="B.jsonl")
            parser.set_defaults(run=lambda both: compare_files(both.first, both.second))
        case _:
            parser.add_argument("bundle", type=Path, metavar="BUNDLE.zip")
            parser.set_defaults(run=lambda one: bundle_file(one.bundle))
            return parser.parse_args(arguments)
    return parser.parse_args(arguments[1:])


def bundle_file(bundle: Path) -> Report:
    """Audit a bundle on disk; OSError where it cannot be opened."""
    with bundle.open("rb") as stream:
        return _without_surprise(audit_bundle, stream)


def receipt_files(receipt: Path, listed: Path | None, roots: Path | None, bundle: Path | None) -> Report:
    """Check a receipt on disk against a list, a chain or a bundle, where they are given; OSError as above."""
    contents = {
        name: _content(path, LARGEST_FILES[name]) for path, name in ((listed, LIST), (roots, ROOTS)) if path is not None
    }
    if bundle is None:
        return _without_surprise(check_receipt, _content(receipt, LARGEST_RECEIPT), contents)
    with bundle.open("rb") as stream:
        return _without_surprise(check_receipt, _content(receipt, LARGEST_RECEIPT), contents, stream)


def compare_files(first: Path, second: Path) -> Report:
    """Compare two chains on disk; OSError as above."""
    contents = [_content(path, LARGEST_FILES[ROOTS]) for path in (first, second)]
    return _without_surprise(compare_chains, (str(first), contents[0]), (str(second), contents[1]))


def _content(path: Path, most: int) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise OSError(27, "larger than any file of its kind", str(path))
    return content


def _without_surprise(check: Callable[..., Report], *arguments: Any) -> Report:
    """Do a check; what this program did not foresee in a stranger's file is a fault of its own, never a traceback."""
    try:
        return check(*arguments)
    except Exception as error:
        report = Report()
        report.fault("unforeseen.error", error=type(error).__name__, said=error)
        return report


# ======================================================================================================================
# The audit of a bundle, in its order
# ======================================================================================================================


def audit_bundle(stream: BinaryIO) -> Report:
    """Audit a bundle: its files, its chain, its plan and texts, its list and ballots, and its release."""
    report = Report()
    files = read_bundle(stream, report)
    check_sums(files, report)
    chain = check_chain(files[ROOTS], report) if ROOTS in files else None
    if chain:
        report.name(chain)
        rules = check_rules(files, chain, report)
        check_closing(files, chain, report)
        counted = check_ballots(files, chain, rules, report)
        check_release(files, chain, rules, counted, report)
    return report


def read_bundle(stream: BinaryIO, report: Report) -> dict[str, bytes]:
    """Return the files of a bundle that may be read, by name; nothing is written to disk."""
    try:
        size = stream.seek(0, io.SEEK_END)
        with zipfile.ZipFile(stream) as bundle:
            entries = bundle.infolist()
            if sum(entry.file_size for entry in entries) > size:
                report.fault("zip.size", size=size)
                return {}
            files = {entry.filename: bundle.read(entry) for entry in _safe_entries(entries, report)}
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, OSError, struct.error) as error:
        report.fault("zip.unreadable", said=error)
        return {}
    for name in ORDER_OF_FILES:
        if name not in files and name not in NOT_IN_EVERY_BUNDLE:
            report.fault("missing.file", name)
    if not _is_as_packed(entries, size):
        report.remark("remark.repacked")
    return files


def _safe_entries(entries: Iterable[zipfile.ZipInfo], report: Report) -> Iterator[zipfile.ZipInfo]:
    """Give the entries that a bundle has, each once, stored as it is and no larger than any of its kind."""
    seen = set()
    for entry in entries:
        if entry.filename not in ORDER_OF_FILES:
            report.fault("additional.file", shown(entry.filename))
        elif entry.filename in seen:
            report.fault("duplicated.file", entry.filename)
        elif entry.flag_bits & 1 or entry.compress_type != zipfile.ZIP_STORED:
            report.fault("zip.packed", entry.filename)
        elif entry.file_size > LARGEST_FILES[entry.filename]:
            report.fault("zip.large", entry.filename, size=entry.file_size)
        else:
            seen.add(entry.filename)
            yield entry


def _is_as_packed(entries: Sequence[zipfile.ZipInfo], size: int) -> bool:
    """Tell whether a zip is as the platform packs it: the files in their order, undated, and not a byte besides."""
    names = [entry.filename for entry in entries]
    needed = 22 + sum(30 + 46 + 2 * len(entry.filename) + entry.file_size for entry in entries)
    return (
        names == [name for name in ORDER_OF_FILES if name in names]
        and all(entry.date_time == ZIP_DATE and entry.external_attr >> 16 & 0o777 == ZIP_MODE for entry in entries)
        and size == needed
    )


def check_sums(files: Mapping[str, bytes], report: Report) -> None:
    """Compare every file with its SHA-256 in SHA256SUMS, which names all of them in the order of a bundle."""
    if SUMS not in files:
        return
    faults = report.number_of_faults
    names = [name for name in ORDER_OF_FILES if name in files and name != SUMS]
    said = re.findall(rb"([0-9a-f]{64})  ([!-~]+)\n", files[SUMS])
    sums = {name.decode(): digest.decode() for digest, name in said}
    for name in names:
        if name not in sums:
            report.fault("sums.unnamed", SUMS, name=name)
        elif sha256(files[name]) != sums[name]:
            report.fault("sums.other", name)
    for name in sorted(sums.keys() - set(names)):
        report.fault("sums.absent", SUMS, name=name)
    if b"".join(b"%s  %s\n" % pair for pair in said) != files[SUMS] or list(sums) != [n for n in names if n in sums]:
        report.fault("sums.form", SUMS)
    if report.number_of_faults == faults:
        report.done("done.sums", files=len(names))


@dataclass(frozen=True)
class Rules:
    """What plan and texts say: the plan with its hash, and the newest version of the text of each recommendation."""

    plan: Json
    plan_hash: str
    versions: Mapping[int, int]

    @cached_property
    def numbers(self) -> list[int]:
        """Return the numbers of the recommendations, ascending."""
        return sorted(self.versions)

    def steps(self, ballots: int) -> tuple[int, int, int] | None:
        """Return step, lowest and highest share of a college, or None where it has too few ballots for shares."""
        return self._fitting(STEPS, ballots)

    def row_steps(self, ballots: int) -> tuple[int, int, int] | None:
        """Return the same for rows that add up to all the ballots."""
        return self._fitting(ROW_STEPS, ballots)

    def _fitting(self, table: Iterable[tuple[int, int, int, int]], ballots: int) -> tuple[int, int, int] | None:
        fitting = (row for row in table if ballots >= max(row[0], self.plan["minimum_ballots"]))
        return next(((step, low, high) for _, step, low, high in fitting), None)

    def has_order(self, ballots: int) -> bool:
        """Tell whether a college has enough ballots for its order to be published."""
        return bool(ballots >= self.plan["minimum_ballots"])

    def has_bands(self, ballots: int) -> bool:
        """Tell whether a college has enough ballots for bands, and for what is published with them."""
        return self.has_order(ballots) and ballots >= FOR_BANDS

    def has_mean_place(self, ballots: int) -> bool:
        """Tell whether a college has enough ballots for mean places."""
        return self.has_order(ballots) and ballots >= FOR_MEAN_PLACE


def check_rules(files: Mapping[str, bytes], chain: Chain, report: Report) -> Rules | None:
    """Check plan and texts against the hashes that the chain gives, and that they are lawful; None if they are not."""
    plan = read_document(files, PLAN, PLAN_SHAPE, chain.state.plan, report)
    texts = read_document(files, TEXTS, TEXTS_SHAPE, chain.state.texts, report)
    faults = report.number_of_faults
    for name, is_lawful in ({} if plan is None else _lawful_plan(plan, chain)).items():
        if not is_lawful:
            report.fault("plan.unlawful", PLAN, name=name)
    for name, is_lawful in ({} if texts is None else _lawful_texts(texts, chain)).items():
        if not is_lawful:
            report.fault("texts.unlawful", TEXTS, name=name)
    if plan is None or texts is None or report.number_of_faults > faults:
        return None
    report.done("done.rules", version=plan["version"], texts=len(texts["texts"]))
    return Rules(plan, chain.state.plan, {text["number"]: text["version"] for text in texts["texts"]})


def _lawful_plan(plan: Json, chain: Chain) -> dict[str, bool]:
    return {
        "consultation": plan["consultation"] == chain.consultation,
        "steps": plan["steps"] == [list(row) for row in STEPS],
        "methods": "schulze" in plan["methods"] and len(set(plan["methods"])) == len(plan["methods"]),
        "minimum_ballots": plan["minimum_ballots"] >= LEAST_MINIMUM,
        "bands": bool(plan["bands"]) and all(b - a >= NARROWEST_BAND for a, b in pairwise([0, *plan["bands"]])),
        "colleges": bool(plan["colleges"]) and _ascend(plan["colleges"]),
        "final colleges": chain.state.final is None or sorted(chain.state.final["colleges"]) == plan["colleges"],
        "version": plan["version"] > chain.state.plan_changes,
    }


def _lawful_texts(texts: Json, chain: Chain) -> dict[str, bool]:
    return {
        "consultation": texts["consultation"] == chain.consultation,
        "texts": 1 <= len(texts["texts"]) <= MOST_RECOMMENDATIONS,
        "number": _ascend([0, *(text["number"] for text in texts["texts"])]),
        "version": all(text["version"] >= 1 for text in texts["texts"]),
    }


def check_closing(files: Mapping[str, bytes], chain: Chain, report: Report) -> None:
    """Compare closing.json with the final line of the chain, which says the same."""
    final = chain.state.final
    if final is None:
        report.fault("truncated.chain", ROOTS)
        return
    told = ("colleges", "consultation", "count", "day", "root", "set_aside")
    if CLOSING in files:
        wanted = {"v": 1, **{name: final[name] for name in told if name in final}}
        name_differences(CLOSING, files[CLOSING], wanted, report)
    for cause, ballots in final.get("set_aside", {}).items():
        report.remark("remark.set_aside", cause=cause, ballots=ballots, reason=final.get("reason", "?"))


# ======================================================================================================================
# The chain
# ======================================================================================================================


@dataclass(frozen=True)
class Line:
    """A line of the chain, and where it stands in its file (from 1)."""

    place: int
    raw: bytes
    content: Json

    @property
    def n(self) -> int:
        """Return its number."""
        number: int = self.content["n"]
        return number

    @property
    def type(self) -> str:
        """Return its type."""
        return str(self.content["type"])

    @cached_property
    def hash(self) -> str:
        """Return the hash by which the next line names it."""
        return sha256(self.raw)

    def is_signed_by(self, signer: str, name: str = "signature") -> bool:
        """Tell whether the signature of this name is that of a public key (hexadecimal)."""
        said = {key: value for key, value in self.content.items() if key not in ("signature", "countersignature")}
        signature = bytes.fromhex(self.content[name])
        return verifies(bytes.fromhex(signer), LINE_PREFIX + canonical(said), signature)


@dataclass(frozen=True)
class State:
    """What holds after a line of the chain."""

    signer: str = ""
    plan: str = ""
    texts: str = ""
    day: str = ""
    plan_changes: int = 0
    final: Json = None
    releases: tuple[Json, ...] = ()

    def after(self, line: Line) -> State:
        """Return what holds after one line more."""
        said = line.content
        moved = replace(self, day=said["day"])
        match line.type:
            case "open":
                return replace(moved, signer=said["signer"], plan=said["plan"], texts=said["texts"])
            case "plan":
                return replace(moved, plan=said["plan"], plan_changes=self.plan_changes + 1)
            case "texts":
                return replace(moved, texts=said["texts"])
            case "key":
                return replace(moved, signer=said["signer"])
            case "final":
                return replace(moved, final=self.final or said)
            case "release":
                return replace(moved, releases=(*self.releases, said))
        return moved


@dataclass(frozen=True)
class Chain:
    """A chain: its lines by number, the numbers of those that are void after a theft, and what holds at its end."""

    lines: Sequence[Line]
    void: frozenset[int]
    state: State

    @property
    def consultation(self) -> str:
        """Return the slug of the consultation."""
        return str(self.lines[0].content["consultation"])

    @property
    def notice(self) -> str:
        """Return what the chain says of invented data, or nothing."""
        return str(self.lines[0].content.get("notice", ""))

    def signers(self, *, void: bool = False) -> set[str]:
        """Return the public keys that lines brought in: those to be believed, or those of void lines."""
        brought = [line for line in self.lines if "signer" in line.content]
        return {line.content["signer"] for line in brought if (line.n in self.void) is void}


def check_chain(data: bytes, report: Report, file: str = ROOTS) -> Chain | None:
    """Check that the lines of a chain have no gap, follow each other, are signed and lawful; None without a line."""
    faults = report.number_of_faults
    lines = _by_number(_chain_lines(data, file, report), file, report)
    if not lines:
        report.fault("chain.empty", file)
        return None
    signers, void, state = _followed(lines, file, report)
    _check_signatures(lines, signers, file, report)
    chain = Chain(lines, frozenset(void), state)
    if void:
        report.remark("remark.void", lines=_listed(sorted(void)))
    if report.number_of_faults == faults:
        report.done("done.chain", lines=len(lines), keys=len(chain.signers()), day=state.day)
    return chain


def _chain_lines(data: bytes, file: str, report: Report) -> Iterator[Line]:
    """Read the lines, each canonical and with what its type demands; those that are not are named and left out."""
    for place, raw in enumerate(whole_lines(data, file, report), start=1):
        try:
            content = parsed(raw)
            shape = LINE_SHAPES.get(str(content.get("type"))) if isinstance(content, dict) else None
            if shape is None:
                raise Unfit("form.type")
            require_shape(content, shape)
            yield Line(place, raw, content)
        except Unfit as unfit:
            report.fault(unfit.key, file, place, **unfit.values)


def _by_number(found: Iterable[Line], file: str, report: Report) -> list[Line]:
    """Put lines into the order of their numbers; name what is said twice, out of order, or missing."""
    lines: dict[bytes, Line] = {}
    for line in found:
        if line.raw in lines:
            report.fault("duplicated.line", file, line.place)
        else:
            lines[line.raw] = line
    ordered = sorted(lines.values(), key=lambda line: line.n)
    name_order(file, [line.place for line in lines.values()], [line.place for line in ordered], report)
    unique: list[Line] = []
    for line in ordered:
        if unique and unique[-1].n == line.n:
            report.fault("two_chains.number", file, line.place, n=line.n)
        else:
            unique.append(line)
    _name_gaps(unique, file, report)
    return unique


def _name_gaps(lines: Sequence[Line], file: str, report: Report) -> None:
    """Name the numbers that no line has, unless as many lines stand there that were named already as not readable."""
    place = n = 0
    for line in lines:
        lacking = line.n - n - 1
        if lacking > max(line.place - place - 1, 0):
            report.fault("dropped.numbers", file, line.place, first=n + 1, last=line.n - 1)
        place, n = line.place, line.n


def _followed(lines: Sequence[Line], file: str, report: Report) -> tuple[dict[int, str], set[int], State]:
    """Follow the chain; return the key that must have signed each line, the void lines, and what holds at the end."""
    state = State()
    states: dict[int, State] = {}
    signers: dict[int, str] = {}
    void: set[int] = set()
    for line in lines:
        before, good = state, line.content.get("last_good")
        if good is not None and (good not in states or good in void):
            report.fault("key.last_good", file, line.place, good=good)
        elif good is not None:
            before = states[good]
            void |= {n for n in states if n > good}
        _check_place(line, lines[0], before, file, report)
        signers[line.n] = before.signer or line.content.get("signer", "")
        states[line.n] = state = before.after(line)
    return signers, void, state


def _check_place(line: Line, first: Line, before: State, file: str, report: Report) -> None:
    """Check that a line may stand where it stands."""
    said, closed = line.content, before.final is not None
    faults = {
        "chain.open": (line.type == "open") != (line.n == 1),
        "chain.after_final": closed and line.type in ("plan", "texts", "day"),
        "chain.second_final": closed and line.type == "final",
        "chain.early_release": not closed and line.type == "release",
        "chain.reason": line.type == "release" and bool(before.releases) and "reason" not in said,
        "chain.date": said["day"] < before.day,
        "chain.consultation": said["consultation"] != first.content["consultation"],
        "chain.notice": said.get("notice") != first.content.get("notice"),
        "chain.count": line.type == "final" and sum(said["colleges"].values()) != said["count"],
        "chain.set_aside": line.type == "final" and ("set_aside" in said) != ("reason" in said),
    }
    for key, is_so in faults.items():
        if is_so:
            report.fault(key, file, line.place, n=line.n)


def _check_signatures(lines: Sequence[Line], signers: Mapping[int, str], file: str, report: Report) -> None:
    """Check the signatures, and that each line names the one before it; tell which of two lines was touched."""
    # Where the first line is missing, which is named already, no key is known.
    signed = {line.n: not signers[line.n] or line.is_signed_by(signers[line.n]) for line in lines}
    followers = [(former, line) for former, line in pairwise(lines) if line.n == former.n + 1]
    linked = {line.n: line.content.get("previous") == former.hash for former, line in followers}
    for line in lines:
        n = line.n
        if not signed[n]:
            was_touched = linked.get(n + 1) is False
            report.fault("altered.signed" if was_touched else "signature.line", file, line.place, n=n)
        elif linked.get(n) is False and signed[n - 1]:
            report.fault("chain.previous", file, line.place, n=n)
        if signed[n] and line.type == "key" and not line.is_signed_by(line.content["signer"], "countersignature"):
            report.fault("key.countersignature", file, line.place, n=n)


def compare_chains(first: tuple[str, bytes], second: tuple[str, bytes]) -> Report:
    """Compare two chains, each given as its name and its bytes: the one must be the beginning of the other."""
    report = Report()
    here, there = (check_chain(data, report, file=shown(name)) for name, data in (first, second))
    if here is None or there is None:
        return report
    report.name(here)
    if here.consultation != there.consultation:
        report.fault("chain.two_consultations", second[0], first=here.consultation, second=there.consultation)
        return report
    lines, others = ({line.n: line for line in chain.lines} for chain in (here, there))
    common = sorted(lines.keys() & others.keys())
    parted = next((n for n in common if lines[n].raw != others[n].raw), None)
    if parted is not None:
        key = _what_parts(lines[parted], others[parted], report)
        report.fault(key, second[0], others[parted].place, n=parted, other=first[0])
    else:
        more = len(others) - len(lines)
        report.done("done.compare", lines=len(common), more=abs(more), file=(first if more < 0 else second)[0])
    return report


def _what_parts(line: Line, other: Line, report: Report) -> str:
    """Tell what two different lines of one number prove: that one key signed both, or less than that."""
    if report.faults:
        return "two_chains.unproven"
    return "two_chains.keys" if line.n == 1 and line.content["signer"] != other.content["signer"] else "two_chains.part"


# ======================================================================================================================
# The list of commitments, and the ballots behind it
# ======================================================================================================================


def check_ballots(
    files: Mapping[str, bytes], chain: Chain, rules: Rules | None, report: Report
) -> dict[str, Ballots] | None:
    """Check list and openings against the final line; return the ballots by college where nothing is wrong."""
    final = chain.state.final
    if LIST not in files or final is None:
        return None
    faults = report.number_of_faults
    listed = [line.decode("ascii", "replace") for line in whole_lines(files[LIST], LIST, report)]
    opened = _read_openings(files[OPENINGS], chain, rules, report) if OPENINGS in files else None
    true_list = _true_list(listed, opened, final)
    _check_list(files, listed, true_list, final, report)
    if true_list is not None and report.number_of_faults == faults:
        report.done("done.list", ballots=len(listed), root=final["root"])
    if opened is None:
        report.leave("left.openings")
        return None
    _check_openings(files, opened, sorted(set(listed)) if true_list is None else true_list, report)
    if rules is None or report.number_of_faults > faults:
        report.leave("left.count")
        return None
    return _by_college(opened, final, rules, report)


def _true_list(listed: list[str], opened: Openings | None, final: Json) -> list[str] | None:
    """Return the commitments that give the root of the final line: those listed, or those that the openings give."""
    candidates = [listed, sorted(set(listed))]
    if opened is not None:
        candidates.append(sorted({line for line in opened.commitments if line}))
    fitting = (one for one in candidates if len(one) == final["count"] and root_of(one) == final["root"])
    return next(fitting, None)


def _check_list(
    files: Mapping[str, bytes], listed: list[str], true_list: list[str] | None, final: Json, report: Report
) -> None:
    """Name what was done to the list; where nothing gives the true list, how the number of its lines differs."""
    ascending, cut = sorted(set(listed)), is_cut(files[LIST])
    name_changes(LIST, listed, ascending if true_list is None else true_list, report)
    if true_list is not None:
        return
    values = {"lines": len(ascending), "count": final["count"], "root": final["root"]}
    if len(ascending) < final["count"]:
        report.fault("truncated.list" if cut else "dropped.list", LIST, **values)
    else:
        report.fault("added.list" if len(ascending) > final["count"] else "altered.list", LIST, **values)


@dataclass
class Openings:
    """What the openings give, line by line: the commitment (None where a line cannot be read), salt and bytes."""

    commitments: list[str | None] = field(default_factory=list)
    contents: list[tuple[bytes, bytes]] = field(default_factory=list)
    ballots: dict[str, Ballots] = field(default_factory=dict)

    def exchanges(self, wanted: set[str]) -> dict[tuple[int, int], list[str]]:
        """Return the pairs of lines (indexes) that give two of the commitments wanted when their salts change places.

        Only a few strangers are tried: nobody exchanges hundreds by accident, and a forger gains nothing by it.
        """
        strangers = [index for index, line in enumerate(self.commitments) if line and line not in wanted][:64]
        crosswise = {pair: self._crosswise(*pair) for pair in combinations(strangers, 2)}
        return {pair: lines for pair, lines in crosswise.items() if wanted.issuperset(lines)}

    def _crosswise(self, one: int, other: int) -> list[str]:
        (salt, ballot), (other_salt, other_ballot) = self.contents[one], self.contents[other]
        return sorted([commitment(salt, other_ballot), commitment(other_salt, ballot)])


def _read_openings(data: bytes, chain: Chain, rules: Rules | None, report: Report) -> Openings:
    """Read the openings, compute each commitment, and count each ballot into its college."""
    opened = Openings()
    for place, raw in enumerate(whole_lines(data, OPENINGS, report), start=1):
        content, committed = (b"", b""), None
        try:
            content = _opening(raw)
            committed = commitment(*content)
            ballot = read_ballot(content[1])
            if rules:
                require_lawful(ballot, chain.consultation, rules)
                opened.ballots.setdefault(ballot["college"], Ballots(rules)).add(ballot["ranking"])
        except Unfit as unfit:
            report.fault(unfit.key, OPENINGS, place, **unfit.values)
        opened.commitments.append(committed)
        opened.contents.append(content)
    return opened


def _opening(raw: bytes) -> tuple[bytes, bytes]:
    """Return the salt and the bytes of the ballot of an opening; Unfit where the line is not in its form."""
    opening = parsed(raw)
    require_shape(opening, {"ballot": is_text, "salt": is_hash})
    return bytes.fromhex(opening["salt"]), opening["ballot"].encode()


def read_ballot(ballot: bytes) -> Json:
    """Return what the bytes of a ballot say; Unfit where they are not canonical or not a ranking."""
    said = parsed(ballot)
    require_shape(said, BALLOT_SHAPE)
    numbers = [number for number, _ in said["texts"]]
    ranked = [number for tier in said["ranking"] for number in tier]
    tiers_lawful = (
        bool(ranked) and all(tier and _ascend(tier) for tier in said["ranking"]) and _ascend(said["unranked"])
    )
    if not tiers_lawful or not _ascend([0, *numbers]) or sorted(ranked + said["unranked"]) != numbers:
        raise Unfit("ballot.ranking")
    return said


def require_lawful(ballot: Json, consultation: str, rules: Rules) -> None:
    """Refuse (Unfit) a ballot of another consultation, of no college, or on texts that were not put to the vote."""
    if ballot["consultation"] != consultation:
        raise Unfit("ballot.consultation")
    if ballot["college"] not in rules.plan["colleges"]:
        raise Unfit("ballot.college")
    texts = ballot["texts"]
    if [number for number, _ in texts] != rules.numbers:
        raise Unfit("ballot.texts")
    if not all(1 <= version <= rules.versions[number] for number, version in texts):
        raise Unfit("ballot.version")


def _check_openings(files: Mapping[str, bytes], opened: Openings, wanted: list[str], report: Report) -> None:
    """Name what was done to the openings, which must give the commitments of the list, in its order."""
    found = list(opened.commitments)
    for (one, other), lines in opened.exchanges(set(wanted)).items():
        report.fault("swapped.contents", OPENINGS, one + 1, first=one + 1, second=other + 1)
        found[one], found[other] = lines
    name_changes(OPENINGS, found, wanted, report, cut=is_cut(files[OPENINGS]))


def _by_college(opened: Openings, final: Json, rules: Rules, report: Report) -> dict[str, Ballots]:
    """Return the ballots by college, their numbers compared with the final line."""
    colleges = {name: opened.ballots.get(name) or Ballots(rules) for name in rules.plan["colleges"]}
    for name in sorted(colleges.keys() | final["colleges"].keys()):
        count, said = colleges[name].number if name in colleges else 0, final["colleges"].get(name, 0)
        if count != said:
            report.fault("count.college", ROOTS, college=name, count=count, said=said)
    report.done("done.openings", ballots=len(opened.commitments))
    return colleges


def commitment(salt: bytes, ballot: bytes) -> str:
    """Return the commitment to the bytes of a ballot under its salt of 32 bytes, hexadecimal."""
    return sha256(BALLOT_PREFIX + salt + ballot)


def root_of(commitments: Sequence[str]) -> str:
    """Return the root of the tree over commitments (RFC 6962, section 2.1); nothing where they have not their form."""
    if not all(map(is_hash, commitments)) or not _ascend(commitments):
        return ""
    leaves = [bytes.fromhex(line) for line in commitments]

    def tree(first: int, end: int) -> bytes:
        if end - first == 1:
            return hashlib.sha256(b"\x00" + leaves[first]).digest()
        middle = first + (1 << (end - first - 1).bit_length() - 1)
        return hashlib.sha256(b"\x01" + tree(first, middle) + tree(middle, end)).digest()

    return tree(0, len(leaves)).hex() if leaves else sha256(b"")


# ======================================================================================================================
# The release: what must be published, and what is
# ======================================================================================================================


def check_release(
    files: Mapping[str, bytes], chain: Chain, rules: Rules | None, counted: Mapping[str, Ballots] | None, report: Report
) -> None:
    """Check the release against the chain, and against the ballots or, without them, against the rules."""
    lines, data = chain.state.releases, files.get(RELEASE)
    for line in lines[:-1]:
        report.leave("left.former_release", n=line["n"])
    if any(line.type == "day" for line in chain.lines):
        report.leave("left.days")
    if not lines and data is None:
        report.leave("left.release")
    elif not lines:
        report.fault("truncated.release_line", ROOTS)
    elif data is None:
        report.fault("missing.file", RELEASE)
    elif counted is not None and rules is not None:
        _check_counted_release(data, lines[-1]["release"], chain, rules, counted, report)
    else:
        _check_release_alone(files, lines[-1]["release"], chain, rules, report)


def _check_release_alone(
    files: Mapping[str, bytes], announced: str, chain: Chain, rules: Rules | None, report: Report
) -> None:
    """Check that the release is the one announced, and by itself: that it is what the rules allow."""
    # What was published against the rules is named as that; what was changed later is told by the shape it has lost.
    was_changed = rules is not None and chain.state.final is not None and sha256(files[RELEASE]) != announced
    shape = release_shape(chain, rules) if rules and was_changed else is_object
    release = read_document(files, RELEASE, shape, announced, report)
    if release is not None and rules is not None and chain.state.final is not None:
        check_public_release(release, chain, rules, report)


def _check_counted_release(
    data: bytes, announced: str, chain: Chain, rules: Rules, counted: Mapping[str, Ballots], report: Report
) -> None:
    """Count all again, require the release byte for byte, and tell a file changed later from a false release."""
    taken = Taken.of_release(data)
    wanted = release_of(chain, rules, counted, taken, report)
    faults = report.number_of_faults
    if taken.release and announced not in (sha256(data), sha256(canonical(wanted))):
        report.fault("altered.release", RELEASE)
    name_differences(RELEASE, data, wanted, report, is_false=sha256(data) == announced)
    if report.number_of_faults == faults:
        report.done("done.release", hash=announced)
    for name, college in wanted["colleges"].items():
        if "order" in college:
            report.done("done.order", college=name, ballots=college["ballots"], order=_in_words(_tiers_said(college)))
        else:
            report.done("done.ballots", college=name, ballots=college["ballots"])


@dataclass(frozen=True)
class Taken:
    """What is taken from a release without being counted again: its content where that can be read, else nothing."""

    release: Json

    @classmethod
    def of_release(cls, data: bytes) -> Taken:
        """Read a release, whatever its form."""
        try:
            return cls(json.loads(data))
        except (ValueError, RecursionError):
            return cls({})

    def at(self, *names: str) -> Json:
        """Return what stands under these names, one inside the other, or None."""
        found = self.release
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        return found


def release_of(
    chain: Chain, rules: Rules, counted: Mapping[str, Ballots], taken: Taken, report: Report
) -> dict[str, Json]:
    """Return the release that ballots, plan and publication rules give (docs/formats.md, release.json)."""
    root = chain.state.final["root"]
    counts = {
        name: Count(ballots, rules, hashlib.sha256(BOOTSTRAP_PREFIX + bytes.fromhex(root) + name.encode()).digest())
        for name, ballots in counted.items()
    }
    release = {
        "v": 1,
        "consultation": chain.consultation,
        "root": root,
        "plan": rules.plan_hash,
        "method": rules.plan["method"],
        "unranked": rules.plan["unranked"],
        "colleges": {name: _college_release(name, count, taken, report) for name, count in counts.items()},
    }
    release |= agreement_of(release, rules, taken.at("agreement", "reference"))
    if "reference" in release.get("agreement", {}):
        report.leave("left.reference")
    if is_combined(release, rules):
        release["combined"] = {"order": _combined_order(list(counts.values()))}
    return {**release, "suppressed": suppressed_of(release, rules)}


def _college_release(name: str, count: Count, taken: Taken, report: Report) -> dict[str, Json]:
    """Return what is published of a college: the more ballots it has, the more."""
    rules, ballots = count.rules, count.ballots.number
    if not rules.has_order(ballots):
        return {"ballots": ballots, "reason": TOO_FEW}
    college = {"ballots": ballots, "order": count.placements()}
    if rules.steps(ballots):
        kemeny = taken.at("colleges", name, "methods", "kemeny")
        college |= count.shares() | {"methods": count.methods(name, kemeny, report)}
    if rules.has_bands(ballots):
        college |= count.bands()
    return college


class Count:
    """The count of one college, said as it is published: numbers, not indexes; shares in steps, not counts."""

    def __init__(self, ballots: Ballots, rules: Rules, seed: bytes) -> None:
        self.ballots, self.rules = ballots, rules
        self._seed = seed
        self._numbers = rules.numbers

    @cached_property
    def before(self) -> Matrix:
        """Return in row i how many ballots place i before each other."""
        return self.ballots.before

    @cached_property
    def margins(self) -> Matrix:
        """Return the ballots that place i before j, less those that place j before i."""
        return margins_of(self.before)

    @cached_property
    def tiers(self) -> Tiers:
        """Return the order of Schulze's method."""
        return schulze(self.margins)

    @cached_property
    def resamples(self) -> Resamples:
        """Return the places in 1,000 resamples."""
        return Resamples(self.ballots, self._seed)

    def placements(self) -> list[dict[str, int]]:
        """Return the table `order`."""
        return [
            {"recommendation": self._numbers[index], "rank": rank, "low": low, "high": high}
            for rank, tier in ranked(self.tiers)
            for index in tier
            for low, high in [self.resamples.interval(index)]
        ]

    def shares(self) -> dict[str, Json]:
        """Return what is published from 50 ballots, the other methods apart."""
        step, low, high = self._steps()
        row_step, *row_clip = self._row_steps()
        winner, smith = condorcet_winner(self.margins), smith_set(self.margins)
        first = self.ballots.runoff.first_places
        majority = next((i for i, votes in first.items() if 2 * votes > self.ballots.number), None)
        return {
            "step": step,
            "clip": [low, high],
            "row_step": row_step,
            "row_clip": row_clip,
            "pairwise_percent": self._duels(),
            "paths": [self._named(path) for path in explaining_paths(self.margins, self.tiers)],
            "first_choices": self._by_number(first_choice_shares(first, self.ballots.number, *self._row_steps())),
            **({} if winner is None else {"condorcet_winner": self._numbers[winner]}),
            **({} if majority is None else {"majority": self._numbers[majority]}),
            "smith_set": self._named(smith),
            "chances": self._by_number({i: self._chances(i) for i in range(self.ballots.size)}),
        }

    def methods(self, college: str, taken: Json, report: Report) -> dict[str, Json]:
        """Return the table `methods`: those of the plan, Schulze's apart."""
        said: dict[str, Callable[[], dict[str, Json]]] = {
            "ranked_pairs": lambda: self._order(ranked_pairs(self.margins)),
            "kemeny": lambda: self._kemeny(college, taken, report),
            "borda": self._borda,
            "copeland": self._copeland,
            "irv": lambda: self._order(self.ballots.runoff.order),
        }
        return {name: said[name]() for name in self.rules.plan["methods"] if name in said}

    def bands(self) -> dict[str, Json]:
        """Return what is published from 100 ballots."""
        shares = {i: self._band_shares(i) for i in range(self.ballots.size)}
        tau = mean_tau(self.before, self.ballots.number)
        return {"bands": self._by_number(shares), **({} if tau is None else {"mean_tau": tau})}

    def _steps(self) -> tuple[int, int, int]:
        return self.rules.steps(self.ballots.number) or (0, 0, 0)

    def _row_steps(self) -> tuple[int, int, int]:
        return self.rules.row_steps(self.ballots.number) or (0, 0, 0)

    def _band_shares(self, index: int) -> dict[str, int]:
        counts = self.ballots.bands.of(index)
        return dict(
            zip(counts, row_shares(list(counts.values()), self.ballots.number, *self._row_steps()), strict=True)
        )

    def _duels(self) -> dict[str, dict[str, int]]:
        cells: dict[str, dict[str, int]] = {str(number): {} for number in self._numbers}
        for i, j in combinations(range(self.ballots.size), 2):
            first, second = str(self._numbers[i]), str(self._numbers[j])
            shares = duel_shares(self.before[i][j], self.before[j][i], self.ballots.number, *self._steps())
            cells[first][second], cells[second][first] = shares
        return cells

    def _chances(self, index: int) -> dict[str, int]:
        chances = {"first": self.resamples.chance_of_top(1, index)}
        if self.ballots.size > TOP:
            chances[f"top_{TOP}"] = self.resamples.chance_of_top(TOP, index)
        return {name: share(chance, 1, CHANCE_STEP, *CHANCE_CLIP) for name, chance in chances.items()}

    def _kemeny(self, college: str, taken: Json, report: Report) -> dict[str, Json]:
        released = taken if isinstance(taken, dict) else {}
        followed = [self._numbers.index(number) for number in strict_order(released.get("order"), self._numbers)]
        count = Kemeny(self.before, followed)
        claimed = released.get("exact") is True
        for circle in count.large:
            report.leave("left.kemeny", college=college, size=len(circle))
            if claimed and is_improvable(self.before, [index for index in followed if index in circle]):
                report.fault("rules.kemeny", RELEASE, college=college)
        exact = claimed if count.large else True
        return {**self._order([[index] for index in count.order]), "exact": exact, "sole": count.sole}

    def _borda(self) -> dict[str, Json]:
        said = self._order(borda(self.margins))
        if self.rules.has_mean_place(self.ballots.number):
            said["mean_place"] = self._by_number({i: self._mean_place(i) for i in range(self.ballots.size)})
        return said

    def _mean_place(self, index: int) -> str:
        """Return the mean place to a tenth, halves up: 1, and 1 for each that stands before, 1/2 for each tied."""
        ballots, size = self.ballots.number, self.ballots.size
        points = Fraction(ballots * (size - 1) + sum(self.margins[index]), 2)
        tenths = floor(10 * (size - points / ballots) + Fraction(1, 2))
        return f"{tenths // 10}.{tenths % 10}"

    def _copeland(self) -> dict[str, Json]:
        duels = {i: list(duel) for i, duel in enumerate(duels_won(self.margins))}
        return {**self._order(copeland(self.margins)), "duels": self._by_number(duels)}

    def _order(self, tiers: Tiers) -> dict[str, Json]:
        return {"order": [self._named(tier) for tier in tiers]}

    def _named(self, indexes: Iterable[int]) -> list[int]:
        return [self._numbers[index] for index in indexes]

    def _by_number(self, cells: Mapping[int, Json]) -> dict[str, Json]:
        return {str(self._numbers[index]): cell for index, cell in cells.items()}


def share(count: int | Fraction, ballots: int, step: int, low: int, high: int) -> int:
    """Return a share in percent, to the nearest step (halves up), clipped."""
    return min(max((200 * count + step * ballots) // (2 * step * ballots) * step, low), high)


def duel_shares(before: int, after: int, ballots: int, step: int, low: int, high: int) -> tuple[int, int]:
    """Return the two shares of a duel; where both are halves rounded up, past 100 %, the smaller is rounded down."""
    one, other = share(before, ballots, step, low, high), share(after, ballots, step, low, high)
    if one + other <= 100:
        return one, other
    return (one, max(other - step, low)) if before > after else (max(one - step, low), other)


def row_shares(counts: Sequence[int | Fraction], ballots: int, step: int, low: int, high: int) -> list[int]:
    """Return the shares of counts that add up to the ballots, clipped: rounded down, and up for the largest remainders.

    As many are rounded up as make 100 in all; of equal remainders the first.
    """
    down = [floor(Fraction(100 * count, step * ballots)) for count in counts]
    remainders = [Fraction(100 * count, step * ballots) - whole for count, whole in zip(counts, down, strict=True)]
    first_up = sorted(range(len(counts)), key=lambda i: (-remainders[i], i))[: 100 // step - sum(down)]
    return [min(max((whole + (i in first_up)) * step, low), high) for i, whole in enumerate(down)]


def first_choice_shares(votes: Mapping[int, Fraction], ballots: int, step: int, low: int, high: int) -> dict[int, int]:
    """Return the shares of first places: all below the lowest share are one cell together, the last, and not shown."""
    apart = [index for index in sorted(votes) if votes[index] >= Fraction(low * ballots, 100)]
    counts = [votes[index] for index in apart]
    *shares, _ = row_shares([*counts, ballots - sum(counts)], ballots, step, low, high)
    return dict.fromkeys(sorted(votes), low) | dict(zip(apart, shares, strict=True))


def agreement_of(release: Json, rules: Rules, reference: Json) -> dict[str, dict[str, Json]]:
    """Return the agreement of two colleges, or nothing, by what is released of each.

    The permutation reference is taken as it is published.
    """
    if not is_compared(release, rules):
        return {}
    orders = [
        {row["recommendation"]: row for row in college["order"]} for _, college in sorted(release["colleges"].items())
    ]
    said: dict[str, Json] = {"dividing": _dividing(*orders)}
    tau = tau_b(*({number: row["rank"] for number, row in order.items()} for order in orders))
    if tau is not None:
        said["tau_b"] = tau
        if is_interval_of_taus(reference):
            said["reference"] = reference
    if has_reversed(release, rules):
        said["reversed"] = reversed_pairs(*(college for _, college in sorted(release["colleges"].items())))
    return {"agreement": said}


def is_compared(release: Json, rules: Rules) -> bool:
    """Tell whether there are two colleges, both with shares."""
    return len(release["colleges"]) == 2 and all(rules.steps(one["ballots"]) for one in release["colleges"].values())


def has_reversed(release: Json, rules: Rules) -> bool:
    """Tell whether reversed pairs are published: both colleges have bands."""
    return is_compared(release, rules) and all(rules.has_bands(one["ballots"]) for one in release["colleges"].values())


def is_combined(release: Json, rules: Rules) -> bool:
    """Tell whether a combined order is published: declared before, and both colleges have an order."""
    declared = rules.plan["combination"] == "mean" and len(release["colleges"]) == 2
    return declared and all(rules.has_order(one["ballots"]) for one in release["colleges"].values())


def _dividing(here: Mapping[int, Json], there: Mapping[int, Json]) -> list[int]:
    """Return those whose rank intervals have no place in common, the widest apart first."""
    apart = [n for n in here if here[n]["high"] < there[n]["low"] or there[n]["high"] < here[n]["low"]]
    return sorted(apart, key=lambda n: (-abs(here[n]["rank"] - there[n]["rank"]), n))


def _combined_order(counts: Sequence[Count]) -> list[list[int]]:
    """Return the order of both colleges together, each with the same weight: an order alone."""
    one, other = counts
    weighted = [
        [a * other.ballots.number + b * one.ballots.number for a, b in zip(row, its, strict=True)]
        for row, its in zip(one.before, other.before, strict=True)
    ]
    return [[one.rules.numbers[index] for index in tier] for tier in schulze(margins_of(weighted))]


def suppressed_of(release: Json, rules: Rules) -> list[dict[str, str]]:
    """Return the list of all that is absent or clipped in a release."""
    cells: list[dict[str, str]] = []
    for name, college in sorted(release["colleges"].items()):
        for table in TABLES:
            cells += [{"college": name, "table": table, **cell} for cell in _suppressed_in(table, college, rules)]
    if len(release["colleges"]) == 2:
        cells += _suppressed_between(release, rules)
    if rules.plan["combination"] == "mean" and not is_combined(release, rules):
        cells.append({"table": "combined", "reason": TOO_FEW})
    return cells


def _suppressed_in(table: str, college: Json, rules: Rules) -> Iterator[dict[str, str]]:
    """Give what is absent or clipped in one table of a college."""
    ballots = college["ballots"]
    if table == "mean_place":
        if "borda" in rules.plan["methods"] and not rules.has_mean_place(ballots):
            yield {"reason": TOO_FEW}
    elif table not in college:
        yield {"reason": UNDEFINED if table == "mean_tau" and rules.has_bands(ballots) else TOO_FEW}
    elif table == "pairwise_percent":
        yield from _clipped(college[table], *college["clip"])
    elif table in ("first_choices", "bands"):
        yield from _clipped(college[table], *college["row_clip"])
    elif table == "chances":
        yield from _clipped(college[table], *CHANCE_CLIP)


def _clipped(rows: Mapping[str, Json], low: int, high: int) -> Iterator[dict[str, str]]:
    """Give the cells on a bound, row by row: to tell those on it from those beyond it would undo the clipping."""
    for row in sorted(rows, key=int):
        cells = rows[row] if isinstance(rows[row], dict) else {"": rows[row]}
        for column in sorted(cells, key=_order_of_columns):
            if cells[column] in (low, high):
                where = {"row": row, "column": column} if column else {"row": row}
                yield {**where, "reason": AT_MOST if cells[column] == low else AT_LEAST}


def _order_of_columns(column: str) -> tuple[int, str]:
    """Order numbers, bands by where they begin, "first" before "top_5", and the unranked last."""
    begins = re.match(r"[0-9]+", column)
    return (int(begins[0]) if begins else MEBIBYTE, column)


def _suppressed_between(release: Json, rules: Rules) -> Iterator[dict[str, str]]:
    """Give what is absent or clipped in what compares two colleges."""
    if not is_compared(release, rules):
        yield {"table": "agreement", "reason": TOO_FEW}
    else:
        for row in ("tau_b", "reference"):
            if row not in release["agreement"]:
                yield {"table": "agreement", "row": row, "reason": UNDEFINED}
    if not has_reversed(release, rules):
        yield {"table": "reversed", "reason": TOO_FEW}
        return
    for pair in release["agreement"]["reversed"]:
        if pair["difference"] in DIFFERENCE_CLIP:
            reason = AT_MOST if pair["difference"] == DIFFERENCE_CLIP[0] else AT_LEAST
            yield {"table": "reversed", "row": str(pair["first"]), "column": str(pair["second"]), "reason": reason}


# ======================================================================================================================
# The count
# ======================================================================================================================
# Recommendations are counted by their index in numeric order. A row of duels is one whole number that holds a count of
# 32 bits for each recommendation: to add two such numbers adds all their counts at once.

CELL = 32
BETWEEN = "\0"
Matrix = list[list[int]]
Tiers = list[list[int]]


class Ballots:
    """The ballots of one college in the order of their commitments, counted as they come."""

    def __init__(self, rules: Rules) -> None:
        self.size, self.number = len(rules.numbers), 0
        self.bands = Bands(rules.plan["bands"], self.size)
        self._index = {number: index for index, number in enumerate(rules.numbers)}
        self._cells = [1 << CELL * index for index in range(self.size)]
        # _rows[block][i] holds, for each other, the ballots of this block that place i before it.
        self._rows: list[list[int]] = []
        self._written: list[str] = []

    def add(self, ranking: Sequence[Sequence[int]]) -> None:
        """Count a ballot, given as tiers of numbers, best first: what it does not rank comes last."""
        block = self.number % BLOCKS
        if block == len(self._rows):
            self._rows.append([0] * self.size)
        rows, behind, place = self._rows[block], sum(self._cells), 1
        tiers = [[self._index[number] for number in tier] for tier in ranking]
        for tier in tiers:
            together = sum([self._cells[index] for index in tier])
            behind -= together
            for index in tier:
                rows[index] += behind
            self.bands.add(place, together)
            place += len(tier)
        self.bands.add_unranked(behind)
        unranked = sorted(set(range(self.size)).difference(*tiers))
        self._written.append(BETWEEN.join("".join(map(letter, tier)) for tier in (*tiers, unranked) if tier))
        self.number += 1

    @cached_property
    def blocks(self) -> list[int]:
        """Return the duels of each block of ballots as one number, row after row."""
        width = self.size * CELL // 8
        return [
            int.from_bytes(b"".join(row.to_bytes(width, "little") for row in rows), "little") for rows in self._rows
        ]

    @cached_property
    def before(self) -> Matrix:
        """Return the duels of all the ballots."""
        return self.unpacked(sum(self.blocks))

    def unpacked(self, duels: int) -> Matrix:
        """Return duels as rows of counts: in row i how many ballots place i before each other."""
        cells = self.size * self.size
        counts = struct.unpack(f"<{cells}I", duels.to_bytes(4 * cells, "little"))
        return [list(counts[start : start + self.size]) for start in range(0, cells, self.size)]

    @cached_property
    def runoff(self) -> Runoff:
        """Return the instant run-off."""
        return Runoff(self._written, self.size)


def letter(index: int) -> str:
    """Return the sign that stands for a recommendation in a ballot written as text; a zero sign parts its tiers."""
    return chr(index + 1)


class Bands:
    """In how many ballots each recommendation stands in which group of places."""

    def __init__(self, ends: Sequence[int], size: int) -> None:
        self._names = band_names(ends, size)
        last_places = last_places_of(ends, size)
        self._of_place = [sum(place > end for end in last_places) for place in range(size + 1)]
        self._counts = [0] * len(self._names)

    def add(self, place: int, together: int) -> None:
        """Count recommendations (the sum of their cells) that stand together at a place, from 1."""
        self._counts[self._of_place[place]] += together

    def add_unranked(self, together: int) -> None:
        """Count recommendations that a ballot leaves out."""
        self._counts[-1] += together

    def of(self, index: int) -> dict[str, int]:
        """Return the number of ballots by band for one recommendation."""
        counts = [count >> CELL * index & (1 << CELL) - 1 for count in self._counts]
        return dict(zip(self._names, counts, strict=True))


def last_places_of(ends: Sequence[int], size: int) -> list[int]:
    """Return the last place of each band, best first: each end with three more places after it, and the last of all."""
    return [end for end in ends if end <= size - NARROWEST_BAND] + [size]


def band_names(ends: Sequence[int], size: int) -> list[str]:
    """Return the names of the bands, best first, and of those who are left out."""
    pairs = pairwise([0, *last_places_of(ends, size)])
    return [str(last) if former + 1 == last else f"{former + 1}-{last}" for former, last in pairs] + [UNRANKED]


def margins_of(before: Matrix) -> Matrix:
    """Return the margins: the ballots that place i before j, less those that place j before i."""
    after = zip(*before, strict=True)
    return [[a - b for a, b in zip(row, column, strict=True)] for row, column in zip(before, after, strict=True)]


def strongest_paths(margins: Matrix) -> Matrix:
    """Return for each pair the strength of its strongest path of won duels, 0 for none (Floyd and Warshall)."""
    paths = [[margin if margin > 0 else 0 for margin in row] for row in margins]
    for middle in range(len(paths)):
        onward = paths[middle]
        for start, row in enumerate(paths):
            if through := row[middle]:
                paths[start] = [
                    old if old >= through or old >= new else (through if through < new else new)
                    for old, new in zip(row, onward, strict=True)
                ]
    return paths


def schulze(margins: Matrix) -> Tiers:
    """Return the order of Schulze's method with margins."""
    paths = strongest_paths(margins)
    back = zip(*paths, strict=True)
    return tiers_of([_bits(a > b for a, b in zip(row, its, strict=True)) for row, its in zip(paths, back, strict=True)])


def _bits(truths: Iterable[bool]) -> int:
    """Return truth values as the bits of a number, the first the lowest."""
    return sum([1 << index for index, truth in enumerate(truths) if truth])


def tiers_of(beats: Sequence[int]) -> Tiers:
    """Return the tiers of a relation without circles (for each index the bits of those that it beats).

    A tier is all that nobody who remains beats: where the relation does not decide, no draw does.
    """
    remaining, tiers = set(range(len(beats))), []
    while remaining:
        beaten = 0
        for index in remaining:
            beaten |= beats[index]
        tiers.append(sorted(index for index in remaining if not beaten >> index & 1))
        remaining.difference_update(tiers[-1])
    return tiers


def ranked(tiers: Iterable[Sequence[int]]) -> Iterator[tuple[int, Sequence[int]]]:
    """Give each tier with its rank: 1 and one for each that stands in a better tier."""
    rank = 1
    for tier in tiers:
        yield rank, tier
        rank += len(tier)


def explaining_paths(margins: Matrix, tiers: Tiers) -> list[list[int]]:
    """Return for each below the first tier the shortest of the strongest paths that lead to it from the tier above."""
    strength = strongest_paths(margins)
    found = []
    for above, tier in pairwise(tiers):
        for goal in tier:
            starts = [start for start in above if strength[start][goal] > strength[goal][start]]
            paths = [_path(margins, strength[start][goal], start, goal) for start in starts]
            found.append(min(paths, key=lambda path: (len(path), path)))
    return found


def _path(margins: Matrix, strength: int, start: int, goal: int) -> list[int]:
    """Return the shortest way by duels of at least this margin; of several, the first in numeric order."""
    steps, edge = {goal: 0}, [goal]
    while start not in steps:
        edge = [i for i in range(len(margins)) if i not in steps and any(margins[i][j] >= strength for j in edge)]
        steps |= dict.fromkeys(edge, max(steps.values()) + 1)
    path = [start]
    while path[-1] != goal:
        here = path[-1]
        path.append(min(j for j in steps if steps[j] == steps[here] - 1 and margins[here][j] >= strength))
    return path


def ranked_pairs(margins: Matrix) -> Tiers:
    """Return the order of ranked pairs: equal margins are locked together, less those that close a circle."""
    indexes = range(len(margins))
    below = [0 for _ in indexes]  # for each, the bits of those to which locked duels lead
    for margin in sorted({m for row in margins for m in row if m > 0}, reverse=True):
        equal = [(i, j) for i in indexes for j in indexes if margins[i][j] == margin]
        with_all = _locked(below, equal)
        below = _locked(below, [(i, j) for i, j in equal if not with_all[j] >> i & 1])
    return tiers_of(below)


def _locked(below: Sequence[int], duels: Iterable[tuple[int, int]]) -> list[int]:
    """Return to whom chains of locked duels lead, with some duels more."""
    joined = list(below)
    for i, j in duels:
        reached = joined[j] | 1 << j
        joined = [row | reached if index == i or row >> i & 1 else row for index, row in enumerate(joined)]
    return joined


def borda(margins: Matrix) -> Tiers:
    """Return the order of the Borda count, in which ties share their points: that of the sums of the margins."""
    return _by_score([sum(row) for row in margins])


def copeland(margins: Matrix) -> Tiers:
    """Return Copeland's order: by duels won less duels lost."""
    return _by_score([won - lost for won, _, lost in duels_won(margins)])


def duels_won(margins: Matrix) -> list[tuple[int, int, int]]:
    """Return for each how many duels it wins, ties and loses."""
    signs = [(sum(margin > 0 for margin in row), sum(margin < 0 for margin in row)) for row in margins]
    return [(won, len(margins) - 1 - won - lost, lost) for won, lost in signs]


def _by_score(scores: Sequence[int]) -> Tiers:
    return [[i for i, score in enumerate(scores) if score == wanted] for wanted in sorted(set(scores), reverse=True)]


def condorcet_winner(margins: Matrix) -> int | None:
    """Return the one that wins all its duels, or None."""
    return next((i for i, (won, _, _) in enumerate(duels_won(margins)) if won == len(margins) - 1), None)


def smith_set(margins: Matrix) -> list[int]:
    """Return the smallest set whose members win all their duels against the others."""
    everybody = (1 << len(margins)) - 1
    reached = _closure([_bits(margin >= 0 for margin in row) for row in margins])
    return [index for index, row in enumerate(reached) if row == everybody]


def circles(margins: Matrix) -> list[list[int]]:
    """Return the groups in which won duels lead from each to each other; who is in no circle is a group alone."""
    reached = _closure([_bits(margin > 0 for margin in row) for row in margins])
    groups = {
        tuple(j for j in range(len(reached)) if j == i or (reached[i] >> j & 1 and reached[j] >> i & 1))
        for i in range(len(reached))
    }
    return sorted(map(list, groups))


def _closure(relation: Sequence[int]) -> list[int]:
    reached = list(relation)
    for middle in range(len(reached)):
        reached = [row | reached[middle] if row >> middle & 1 else row for row in reached]
    return reached


class Kemeny:
    """The order that contradicts the fewest ballots pair by pair, the first in numeric order of several.

    Each circle is ordered by itself: up to 16 by looking at every subset, beyond that as `followed` has it (indexes).
    """

    def __init__(self, before: Matrix, followed: Sequence[int]) -> None:
        margins = margins_of(before)
        groups = circles(margins)
        self.large = [group for group in groups if len(group) > LARGEST_EXACT_CIRCLE]
        self.order: list[int] = []
        self.sole = not self.large
        exact = {tuple(group): least_costs(before, group) for group in groups if group not in self.large}
        remaining = set(range(len(before)))
        while remaining:
            openings = [i for group, least in exact.items() for i in _openings(before, group, least, remaining)]
            openings += [i for group in self.large for i in _next_of([j for j in followed if j in group], remaining)]
            circle_of = {i: group for group in groups for i in group}
            ready = [i for i in openings if not any(margins[j][i] > 0 for j in remaining.difference(circle_of[i]))]
            self.sole = self.sole and len(ready) == 1
            self.order.append(min(ready))
            remaining.remove(self.order[-1])


def least_costs(before: Matrix, group: Sequence[int]) -> list[int]:
    """Return for each subset of a group (as bits) how often its best order contradicts a ballot."""
    size = len(group)
    first_costs = []  # for each member, what it costs to place it before a subset of the others
    for member in group:
        costs = [0]
        for other in group:
            costs += [cost + before[other][member] for cost in costs]
        first_costs.append(costs)
    least = [0] * (1 << size)
    for subset in range(1, 1 << size):
        least[subset] = min(
            [least[subset ^ 1 << i] + first_costs[i][subset ^ 1 << i] for i in range(size) if subset >> i & 1]
        )
    return least


def _openings(before: Matrix, group: Sequence[int], least: Sequence[int], remaining: set[int]) -> list[int]:
    """Return all who come first in a best order of those members of a group that remain."""
    left = [(bit, index) for bit, index in enumerate(group) if index in remaining]
    subset = sum(1 << bit for bit, _ in left)
    return [
        index
        for bit, index in left
        if sum(before[other][index] for _, other in left if other != index) + least[subset ^ 1 << bit] == least[subset]
    ]


def _next_of(order: Iterable[int], remaining: set[int]) -> list[int]:
    return [index for index in order if index in remaining][:1]


def is_improvable(before: Matrix, order: Sequence[int]) -> bool:
    """Tell whether to move a single member of an order would contradict fewer ballots."""
    for place, moved in enumerate(order):
        upwards = [before[moved][passed] - before[passed][moved] for passed in reversed(order[:place])]
        downwards = [before[passed][moved] - before[moved][passed] for passed in order[place + 1 :]]
        if any(gain > 0 for gains in (upwards, downwards) for gain in accumulate(gains)):
            return True
    return False


class Runoff:
    """An instant run-off: all the lowest leave together, a first place shared by k counts 1/k, all equal is a tie."""

    def __init__(self, ballots: Iterable[str], size: int) -> None:
        # A pile holds the ballots that have the same first tier among those who remain: of each, what comes after.
        self._piles: dict[str, list[str]] = defaultdict(list)
        for ballot in ballots:
            first, _, rest = ballot.partition(BETWEEN)
            self._piles[first].append(rest)
        remaining = set(range(size))
        self.order: Tiers = []
        self.first_places = votes = self._votes(remaining)
        while len(set(votes.values())) > 1:
            leaving = [index for index in sorted(remaining) if votes[index] == min(votes.values())]
            self.order.insert(0, leaving)
            remaining.difference_update(leaving)
            self._pile_again(set(map(letter, leaving)), set(map(letter, remaining)))
            votes = self._votes(remaining)
        self.order.insert(0, sorted(remaining))

    def _votes(self, remaining: Iterable[int]) -> dict[int, Fraction]:
        shares: Counter[tuple[str, int]] = Counter()
        for first, pile in self._piles.items():
            for one in first:
                shares[one, len(first)] += len(pile)
        votes = dict.fromkeys(remaining, Fraction())
        for (one, sharing), count in shares.items():
            votes[ord(one) - 1] += Fraction(count, sharing)
        return votes

    def _pile_again(self, leaving: set[str], remaining: set[str]) -> None:
        """Move the ballots whose first tier loses somebody."""
        for touched in [first for first in self._piles if not leaving.isdisjoint(first)]:
            kept = "".join(one for one in touched if one in remaining)
            for rest in self._piles.pop(touched):
                first, later = kept, rest
                while not first:
                    tier, _, later = later.partition(BETWEEN)
                    first = "".join([one for one in tier if one in remaining])
                self._piles[first].append(later)


class Resamples:
    """The places that each takes under Schulze's method in 1,000 resamples of blocks of ballots.

    Ballot i is in block i mod G, G = min(n, 1024); resample r draws G blocks by SHAKE-256, as any language can.
    """

    def __init__(self, ballots: Ballots, seed: bytes) -> None:
        blocks = ballots.blocks
        self._places: list[list[tuple[int, int]]] = [[] for _ in range(ballots.size)]
        for resample in range(RESAMPLES):
            stream = hashlib.shake_256(seed + resample.to_bytes(4, "big")).digest(4 * len(blocks))
            drawn = struct.unpack(f"<{len(blocks)}I", stream)
            duels = sum([blocks[number % len(blocks)] for number in drawn])
            for best, tier in ranked(schulze(margins_of(ballots.unpacked(duels)))):
                for index in tier:
                    self._places[index].append((best, best + len(tier) - 1))

    def interval(self, index: int) -> tuple[int, int]:
        """Return the 26th smallest best place and the 26th largest worst place."""
        best, worst = zip(*self._places[index], strict=True)
        return sorted(best)[TAIL], sorted(worst, reverse=True)[TAIL]

    def chance_of_top(self, places: int, index: int) -> Fraction:
        """Return how often one is among the first so many; those that are tied share their places."""
        inside: Counter[int] = Counter()
        for best, worst in self._places[index]:
            inside[worst - best + 1] += min(max(places - best + 1, 0), worst - best + 1)
        return sum((Fraction(count, tied) for tied, count in inside.items()), Fraction()) / RESAMPLES


def mean_tau(before: Matrix, ballots: int) -> str | None:
    """Return Kendall's tau of two ballots in the mean, to two decimals; None with less than two recommendations."""
    pairs = list(combinations(range(len(before)), 2))
    if not pairs or ballots < 2:
        return None
    products = sum((before[i][j] - before[j][i]) ** 2 - before[i][j] - before[j][i] for i, j in pairs)
    tau = Fraction(products, ballots * (ballots - 1) * len(pairs))
    return _two_decimals(floor(abs(tau) * 100 + Fraction(1, 2)), is_negative=tau < 0)


def tau_b(here: Mapping[int, int], there: Mapping[int, int]) -> str | None:
    """Return Kendall's tau-b of two orders, given as ranks, to two decimals; None where one ties everything."""
    concordance = untied = other_untied = 0
    for a, b in combinations(here, 2):
        one, other = _sign(here[b] - here[a]), _sign(there[b] - there[a])
        concordance += one * other
        untied += abs(one)
        other_untied += abs(other)
    if not untied * other_untied:
        return None
    # 100 |tau| + 1/2, rounded down, by whole numbers: isqrt gives 200 |tau|.
    hundredths = (isqrt(40_000 * concordance**2 // (untied * other_untied)) + 1) // 2
    return _two_decimals(hundredths, is_negative=concordance < 0)


def _two_decimals(hundredths: int, *, is_negative: bool) -> str:
    return f"{'-' if is_negative and hundredths else ''}{hundredths // 100}.{hundredths % 100:02}"


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)


# The pairs that two colleges place differently. R. G. Newcombe, Statistics in Medicine 17 (1998), method 10; E. B.
# Wilson, JASA 22 (1927); Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995). These are
# the only floating-point numbers here: they measure doubt, and decide no order.
NORMAL_95 = 1.959963984540054
FALSE_DISCOVERIES = 0.05


def reversed_pairs(here: Json, there: Json) -> list[dict[str, int]]:
    """Return the pairs that one college surely places one way and the other the other way, in steps.

    They are computed from the released shares of the duels, and so tell nothing more of the ballots than these do.
    """
    compared = []
    for first, second in combinations(sorted(map(int, here["pairwise_percent"])), 2):
        sides = [_side(college, str(first), str(second)) for college in (here, there)]
        compared.append((_p_value(*sides), first, second, sides))
    threshold = _threshold([p for p, *_ in compared])
    step = max(here["step"], there["step"])
    return [
        {"first": first, "second": second, **_difference(sides, step)}
        for p, first, second, sides in compared
        if p <= threshold and (2 * sides[0][0] - sides[0][1]) * (2 * sides[1][0] - sides[1][1]) < 0
    ]


def _side(college: Json, first: str, second: str) -> tuple[int, int]:
    """Return the ballots that place one before another, and those that tell them apart, as the shares would have it."""
    cells = college["pairwise_percent"]
    before, after = ((share * college["ballots"] + 50) // 100 for share in (cells[first][second], cells[second][first]))
    return before, before + after


def _difference(sides: Sequence[tuple[int, int]], step: int) -> dict[str, int]:
    (before, placed), (other_before, other_placed) = sides
    low, high = _newcombe(*sides)
    exact = Fraction(before, placed) - Fraction(other_before, other_placed)
    shares = {"difference": exact, "low": Fraction(low), "high": Fraction(high)}
    least, most = DIFFERENCE_CLIP
    return {
        name: min(max(floor(100 * value / step + Fraction(1, 2)) * step, least), most) for name, value in shares.items()
    }


def _newcombe(here: tuple[int, int], there: tuple[int, int]) -> tuple[float, float]:
    """Return the bounds of the interval of 95 % for the difference of two shares."""
    share_here, share_there = here[0] / here[1], there[0] / there[1]
    (low, high), (other_low, other_high) = _wilson(*here), _wilson(*there)
    difference = share_here - share_there
    below = hypot(share_here - low, other_high - share_there)
    above = hypot(high - share_here, share_there - other_low)
    return difference - below, difference + above


def _wilson(before: int, placed: int) -> tuple[float, float]:
    """Return the bounds of the interval of 95 % for a share."""
    square = NORMAL_95**2
    middle = 2 * before + square
    half = NORMAL_95 * sqrt(square + 4 * before * (placed - before) / placed)
    return (middle - half) / (2 * (placed + square)), (middle + half) / (2 * (placed + square))


def _p_value(here: tuple[int, int], there: tuple[int, int]) -> float:
    """Return the two-sided p-value that both shares are the same: a score test on the pooled share."""
    pooled = Fraction(here[0] + there[0], here[1] + there[1])
    variance = pooled * (1 - pooled) * (Fraction(1, here[1]) + Fraction(1, there[1]))
    difference = Fraction(*here) - Fraction(*there)
    return erfc(sqrt(difference**2 / variance / 2)) if variance else 1.0


def _threshold(p_values: Sequence[float]) -> float:
    """Return the greatest p-value that is significant: the k-th smallest of n is at most k / n of 5 %; -1 for none."""
    numbered = enumerate(sorted(p_values), start=1)
    return max((p for k, p in numbered if p <= FALSE_DISCOVERIES * k / len(p_values)), default=-1.0)


# ======================================================================================================================
# The release without the ballots: is every figure lawful, and does none contradict another?
# ======================================================================================================================


def check_public_release(release: Json, chain: Chain, rules: Rules, report: Report) -> None:
    """Check a release by itself: its tables, their cells, what is listed as left out, and the orders by the duels."""
    faults = report.number_of_faults
    try:
        require_shape(release, release_shape(chain, rules))
    except Unfit as unfit:
        report.fault("rules.shape", RELEASE, why=Finding(unfit.key, values=unfit.values))
        return
    for name, college in release["colleges"].items():
        if "order" not in college:
            report.done("done.ballots", college=name, ballots=college["ballots"])
            continue
        for key, values in contradictions(college, rules):
            report.fault(key, RELEASE, college=name, **values)
        report.done("done.said", college=name, ballots=college["ballots"], order=_in_words(_tiers_said(college)))
    if report.number_of_faults == faults:
        _check_derived(release, rules, report)
    if report.number_of_faults == faults:
        report.done("done.public", hash=sha256(canonical(release)))


def _check_derived(release: Json, rules: Rules, report: Report) -> None:
    """Require what follows from the rest of a release: how far the orders agree, and the list of what is left out."""
    if "agreement" in release:
        said = release["agreement"]
        if said != agreement_of(release, rules, said.get("reference")).get("agreement"):
            report.fault("rules.agreement", RELEASE)
    if release["suppressed"] != suppressed_of(release, rules):
        report.fault("rules.suppressed", RELEASE)


def release_shape(chain: Chain, rules: Rules) -> Json:
    """Return the shape of a lawful release, by the number of ballots of each college."""
    final = chain.state.final
    sketch = {"colleges": {name: {"ballots": final["colleges"].get(name, 0)} for name in rules.plan["colleges"]}}
    shape: Json = {
        "v": 1,
        "consultation": chain.consultation,
        "root": final["root"],
        "plan": rules.plan_hash,
        "method": rules.plan["method"],
        "unranked": rules.plan["unranked"],
        "colleges": {name: _college_shape(one["ballots"], rules) for name, one in sketch["colleges"].items()},
        "suppressed": [is_object],
    }
    if is_compared(sketch, rules):
        shape["agreement"] = {"dividing": [is_number], "tau_b?": is_tau, "reference?": is_interval_of_taus}
        if has_reversed(sketch, rules):
            steps = [rules.steps(one["ballots"]) or (0,) for one in sketch["colleges"].values()]
            shape["agreement"]["reversed"] = pairs_of(rules.numbers, max(step for step, *_ in steps))
    if is_combined(sketch, rules):
        shape["combined"] = {"order": tiers_over(rules.numbers)}
    return shape


def _college_shape(ballots: int, rules: Rules) -> Json:
    if not rules.has_order(ballots):
        return {"ballots": ballots, "reason": TOO_FEW}
    shape: Json = {"ballots": ballots, "order": placements_of(rules.numbers)}
    steps = rules.steps(ballots)
    if steps:
        shape |= _shares_shape(ballots, rules, steps)
        shape |= _first_choices_shape(ballots, rules)
    row_steps = rules.row_steps(ballots)
    if row_steps and rules.has_bands(ballots):
        bands = dict.fromkeys(band_names(rules.plan["bands"], len(rules.numbers)), share_in(*row_steps))
        shape["bands"] = {str(number): bands for number in rules.numbers}
        shape |= {"mean_tau": is_tau} if len(rules.numbers) > 1 else {}
    return shape


def _shares_shape(ballots: int, rules: Rules, steps: tuple[int, int, int]) -> Json:
    """Return the shape of what is published of a college from 50 ballots."""
    numbers, cell = rules.numbers, share_in(*steps)
    chances = dict.fromkeys(["first", f"top_{TOP}"][: 1 + (len(numbers) > TOP)], share_in(CHANCE_STEP, *CHANCE_CLIP))
    one, some = one_of(numbers), members_of(numbers)
    return {
        "step": steps[0],
        "clip": list_of(*steps[1:]),
        "pairwise_percent": {str(a): {str(b): cell for b in numbers if b != a} for a in numbers},
        "paths": [[one]],
        "condorcet_winner?": one,
        "majority?": one,
        "smith_set": some,
        "chances": {str(number): chances for number in numbers},
        "methods": _methods_shape(ballots, rules),
    }


def _first_choices_shape(ballots: int, rules: Rules) -> Json:
    step, *clip = rules.row_steps(ballots) or (0, 0, 0)
    cells = dict.fromkeys(map(str, rules.numbers), share_in(step, *clip))
    return {"row_step": step, "row_clip": list_of(*clip), "first_choices": cells}


def _methods_shape(ballots: int, rules: Rules) -> Json:
    numbers, tiers = rules.numbers, tiers_over(rules.numbers)
    shape: Json = {name: {"order": tiers} for name in rules.plan["methods"] if name != "schulze"}
    if "kemeny" in shape:
        shape["kemeny"] |= {"exact": is_truth, "sole": is_truth}
    if "borda" in shape and rules.has_mean_place(ballots):
        shape["borda"]["mean_place"] = {str(number): is_tenth for number in numbers}
    if "copeland" in shape:
        shape["copeland"]["duels"] = {str(number): [is_number] for number in numbers}
    return shape


Contradiction = tuple[str, dict[str, Any]]


def contradictions(college: Json, rules: Rules) -> Iterator[Contradiction]:
    """Give what contradicts itself in what is published of one college; its tables have their shapes."""
    if "step" not in college:
        return
    numbers = rules.numbers
    bounds = Bounds(college, numbers)
    yield from bounds.impossible()
    yield from _order_against_duels(college, bounds, numbers)
    yield from _paths_against_duels(college, bounds, numbers)
    yield from _winners(college, bounds, numbers)
    yield from _methods_against_duels(college.get("methods", {}), bounds, numbers)
    if not _may_fill(college["first_choices"].values(), *college["row_clip"]):
        yield "rules.sum", {"table": "first_choices", "row": ""}
    for number, row in college.get("bands", {}).items():
        if not _may_fill(row.values(), *college["row_clip"]):
            yield "rules.sum", {"table": "bands", "row": number}


class Bounds:
    """Between which counts the shares of a college lie, and so its margins; in 200ths of a ballot, whole numbers."""

    def __init__(self, college: Json, numbers: Sequence[int]) -> None:
        self.ballots: int = college["ballots"]
        self._step, self._clip = college["step"], college["clip"]
        self._row_step, self._row_clip = college["row_step"], college["row_clip"]
        self._numbers, cells = numbers, college["pairwise_percent"]
        zero = [[0] * len(numbers) for _ in numbers]
        self.least, self.most = [row[:] for row in zero], [row[:] for row in zero]
        for i, j in permutations(range(len(numbers)), 2):
            before, after = (self.of(cells[str(numbers[a])][str(numbers[b])]) for a, b in ((i, j), (j, i)))
            self.least[i][j] = before[0] - min(after[1], 200 * self.ballots - before[0])
            self.most[i][j] = min(before[1], 200 * self.ballots - after[0]) - after[0]

    def of(self, cell: int) -> tuple[int, int]:
        """Return the least and the greatest count that a cell stands for, a half on both sides included."""
        low, high = self._clip
        least = 0 if cell <= low else (2 * cell - self._step) * self.ballots
        return least, 200 * self.ballots if cell >= high else (2 * cell + self._step) * self.ballots

    def of_row(self, cell: int) -> tuple[int, int]:
        """Return the least and the greatest count behind a cell of a row: less than a step away on either side."""
        low, high = self._row_clip
        least = 0 if cell <= low else 2 * (cell - self._row_step) * self.ballots
        return least, 200 * self.ballots if cell >= high else 2 * (cell + self._row_step) * self.ballots

    def impossible(self) -> Iterator[Contradiction]:
        """Give the duels whose two shares no ballots give."""
        for i, j in combinations(range(len(self._numbers)), 2):
            if self.least[i][j] > self.most[i][j]:
                yield "rules.duel", {"first": self._numbers[i], "second": self._numbers[j]}

    @cached_property
    def surely_beats(self) -> list[list[bool]]:
        """Return who beats whom by Schulze's method whatever the counts behind the cells."""
        weakest, strongest = strongest_paths(self.least), strongest_paths(self.most)
        return [
            [weak > strong for weak, strong in zip(row, back, strict=True)]
            for row, back in zip(weakest, zip(*strongest, strict=True), strict=True)
        ]


def _order_against_duels(college: Json, bounds: Bounds, numbers: Sequence[int]) -> Iterator[Contradiction]:
    rank = {row["recommendation"]: row["rank"] for row in college["order"]}
    for i, j in permutations(range(len(numbers)), 2):
        if bounds.surely_beats[i][j] and rank[numbers[i]] >= rank[numbers[j]]:
            yield "rules.contradiction", {"first": numbers[i], "second": numbers[j]}


def _paths_against_duels(college: Json, bounds: Bounds, numbers: Sequence[int]) -> Iterator[Contradiction]:
    """A path leads from the tier above to each that is below the first tier, by duels that can have been won."""
    wanted = [(above, number) for above, tier in pairwise(_tiers_said(college)) for number in tier]
    if len(wanted) != len(college["paths"]):
        yield "rules.paths", {"number": ""}
    for (above, number), path in zip(wanted, college["paths"], strict=False):
        steps = [(numbers.index(a), numbers.index(b)) for a, b in pairwise(path)]
        leads_there = len(path) > 1 and path[0] in above and path[-1] == number
        if not leads_there or any(bounds.most[i][j] <= 0 for i, j in steps):
            yield "rules.paths", {"number": number}


def _winners(college: Json, bounds: Bounds, numbers: Sequence[int]) -> Iterator[Contradiction]:
    """Smith set, Condorcet winner and majority can be those that are said, and none of them can be another."""
    places = range(len(numbers))
    inside = {numbers.index(number) for number in college["smith_set"]}
    sure = [{i} for i in places if all(bounds.least[i][j] > 0 for j in places if j != i)]
    winner = [college["condorcet_winner"]] if "condorcet_winner" in college else []
    first = {number: bounds.of_row(cell) for number, cell in college["first_choices"].items()}
    half, majority = 100 * bounds.ballots, str(college.get("majority"))
    lawful: dict[str, bool] = {
        "smith_set": sure in ([], [inside])
        and all(bounds.most[i][j] > 0 for i in inside for j in set(places) - inside),
        "condorcet_winner": college["smith_set"] == winner if winner else len(inside) > 1,
        "majority": all(most > half if n == majority else least <= half for n, (least, most) in first.items()),
    }
    for what, is_lawful in lawful.items():
        if not is_lawful:
            yield "rules.winner", {"what": what}


def _methods_against_duels(methods: Json, bounds: Bounds, numbers: Sequence[int]) -> Iterator[Contradiction]:
    if "copeland" in methods:
        yield from _copeland_against_duels(methods["copeland"], bounds, numbers)
    if "mean_place" in methods.get("borda", {}):
        yield from _mean_places(methods["borda"], numbers)
    if "kemeny" in methods:
        order = [tier[0] for tier in methods["kemeny"]["order"] if len(tier) == 1]
        neighbours = [(numbers.index(a), numbers.index(b)) for a, b in pairwise(order)]
        # In an optimal order nobody stands right behind somebody whom a majority places after.
        beaten = [pair for pair in neighbours if bounds.most[pair[0]][pair[1]] < 0]
        if len(order) != len(numbers) or (methods["kemeny"]["exact"] and beaten):
            yield "rules.method", {"method": "kemeny"}


def _copeland_against_duels(copeland: Json, bounds: Bounds, numbers: Sequence[int]) -> Iterator[Contradiction]:
    duels = [copeland["duels"][str(number)] for number in numbers]
    if any(len(duel) != 3 or sum(duel) != len(numbers) - 1 for duel in duels):
        yield "rules.method", {"method": "copeland"}
        return
    places = range(len(numbers))
    for i, (won, _, lost) in enumerate(duels):
        surely_won = sum(bounds.least[i][j] > 0 for j in places if j != i)
        surely_lost = sum(bounds.most[i][j] < 0 for j in places if j != i)
        if won < surely_won or lost < surely_lost:
            yield "rules.copeland", {"number": numbers[i]}
    order = [[numbers[i] for i in tier] for tier in _by_score([won - lost for won, _, lost in duels])]
    if copeland["order"] != order or sum(won - lost for won, _, lost in duels) != 0:
        yield "rules.method", {"method": "copeland"}


def _mean_places(borda_said: Json, numbers: Sequence[int]) -> Iterator[Contradiction]:
    """Mean places follow the order, and add up to those of a ballot but for their rounding."""
    tenths = {number: round(10 * Fraction(borda_said["mean_place"][str(number)])) for number in numbers}
    by_tier = [{tenths[number] for number in tier} for tier in borda_said["order"]]
    follows = all(len(tier) == 1 for tier in by_tier) and all(min(a) <= min(b) for a, b in pairwise(by_tier))
    size = len(numbers)
    if not follows or abs(sum(tenths.values()) - 5 * size * (size + 1)) * 2 > size:
        yield "rules.method", {"method": "borda"}


def _may_fill(cells: Iterable[int], low: int, high: int) -> bool:
    """Tell whether the shares of a row added up to 100 before they were clipped."""
    ranges = [(0 if cell == low else cell, 100 if cell == high else cell) for cell in cells]
    return sum(least for least, _ in ranges) <= 100 <= sum(most for _, most in ranges)


def _tiers_said(college: Json) -> Tiers:
    """Return the tiers of the table `order`, in numbers."""
    rows = [(row["rank"], row["recommendation"]) for row in college["order"]]
    return [[number for rank, number in rows if rank == wanted] for wanted in sorted({rank for rank, _ in rows})]


def _in_words(tiers: Iterable[Iterable[int]]) -> str:
    return " > ".join(" = ".join(map(str, tier)) for tier in tiers)


# ======================================================================================================================
# A receipt
# ======================================================================================================================


def check_receipt(data: bytes, files: Mapping[str, bytes], bundle: BinaryIO | None = None) -> Report:
    """Check a receipt; with a chain or a list (files, or those of a bundle) whether it is of this chain and counted."""
    report = Report()
    receipt = _read_receipt(data, report)
    if receipt is None:
        return report
    report.name_receipt(receipt)
    is_promise = _check_promise(receipt, report)
    files = {**(read_bundle(bundle, report) if bundle else {}), **files}
    chain = check_chain(files[ROOTS], report) if ROOTS in files else None
    if chain and is_promise:
        _check_receipt_in_chain(receipt, chain, report)
    elif chain is None:
        report.leave("left.chain")
    if LIST in files:
        _look_up(receipt, files[LIST], chain, report)
    else:
        report.leave("left.list")
    return report


def _read_receipt(data: bytes, report: Report) -> Json:
    """Return the receipt, which is the last line that begins with a brace; None where there is none."""
    try:
        lines = [line for line in data.splitlines() if line.startswith(b"{")]
        if not lines:
            raise Unfit("receipt.absent")
        receipt = parsed(lines[-1])
        require_shape(receipt, RECEIPT_SHAPE)
    except Unfit as unfit:
        report.fault(unfit.key, **unfit.values)
        return None
    return receipt


def _check_promise(receipt: Json, report: Report) -> bool:
    """Check what a receipt says by itself: signature, key, salt, commitment, ballot; tell whether it is signed."""
    signer = bytes.fromhex(receipt["signer"])
    said = {name: value for name, value in receipt.items() if name != "signature"}
    salt = hashlib.sha256(SALT_PREFIX + bytes.fromhex(receipt["random"]) + receipt.get("note", "").encode()).digest()
    key = (FICTIONAL_KEY if "notice" in receipt else "") + hashlib.sha256(signer).hexdigest()[:16]
    lawful: dict[str, bool] = {
        "receipt.signature": verifies(signer, RECEIPT_PREFIX + canonical(said), bytes.fromhex(receipt["signature"])),
        "receipt.key": receipt["key"] == key,
        "receipt.commitment": commitment(salt, receipt["ballot"].encode()) == receipt["commitment"],
    }
    for fault, is_lawful in lawful.items():
        if not is_lawful:
            report.fault(fault)
    if all(lawful.values()):
        report.done("done.receipt", key=key, day=receipt["day"])
    if "note" not in receipt:
        report.remark("remark.no_note")
    _say_ranking(receipt, report)
    return lawful["receipt.signature"]


def _say_ranking(receipt: Json, report: Report) -> None:
    try:
        ballot = read_ballot(receipt["ballot"].encode())
    except Unfit as unfit:
        report.fault("receipt.ballot", why=Finding(unfit.key, values=unfit.values))
        return
    if ballot["consultation"] != receipt["consultation"]:
        report.fault("receipt.consultation")
    report.done("done.ranking", college=ballot["college"], order=_in_words(ballot["ranking"]))


def _check_receipt_in_chain(receipt: Json, chain: Chain, report: Report) -> None:
    """Check that the receipt is of this chain: its signer is known there, and so is the line that it names."""
    if receipt["consultation"] != chain.consultation:
        report.fault("receipt.other_consultation", other=chain.consultation)
        return
    if receipt["signer"] not in chain.signers():
        is_void = receipt["signer"] in chain.signers(void=True)
        report.fault("receipt.void_signer" if is_void else "receipt.signer")
        return
    lines = {line.hash: line for line in chain.lines}
    if receipt["line"] not in lines:
        is_later = receipt["day"] > chain.lines[-1].content["day"]
        report.fault("two_chains.later" if is_later else "two_chains.receipt")
    elif lines[receipt["line"]].n in chain.void:
        report.remark("remark.void_receipt", n=lines[receipt["line"]].n)
    else:
        report.done("done.line", n=lines[receipt["line"]].n)


def _look_up(receipt: Json, data: bytes, chain: Chain | None, report: Report) -> None:
    """Look for the commitment in the list, and compare the list with the root of the final line."""
    listed = [line.decode("ascii", "replace") for line in whole_lines(data, LIST, report)]
    final = chain.state.final if chain else None
    if final is None:
        report.leave("left.root")
    elif root_of(listed) != final["root"]:
        report.fault("altered.list", LIST, lines=len(listed), count=final["count"], root=final["root"])
    report.facts["in_list"] = receipt["commitment"] in listed
    if receipt["commitment"] in listed:
        report.done("done.listed", line=listed.index(receipt["commitment"]) + 1)
    else:
        report.remark("remark.not_listed")


# ======================================================================================================================
# Signatures: Ed25519 (RFC 8032)
# ======================================================================================================================
# A point is (X, Y, Z, T): x = X / Z, y = Y / Z, x * y = T / Z (section 5.1.4).

PRIME = 2**255 - 19
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)
Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature of a message is that of a public key (32 bytes).

    The strict reading: the equation without cofactor, no key of small order, no number or point in a second spelling.
    """
    public, scalar = decoded_point(key), int.from_bytes(signature[32:], "little")
    if public is None or len(signature) != 64 or scalar >= GROUP_ORDER or _has_small_order(public):
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % GROUP_ORDER
    x, y, z, t = public
    # s B - h A must be R, compared as bytes: so R, too, has one spelling only.
    return encoded_point(_sum_of_products(scalar, BASE, challenge, (-x % PRIME, y, z, -t % PRIME))) == signature[:32]


def decoded_point(encoded: bytes) -> Point | None:
    """Return the point that 32 bytes stand for (section 5.1.3), or None where they stand for none."""
    number = int.from_bytes(encoded, "little")
    is_odd, y = number >> 255, number & (1 << 255) - 1
    if len(encoded) != 32 or y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if x * x % PRIME != square:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if x * x % PRIME != square or (x == 0 and is_odd):
        return None
    if x & 1 != is_odd:
        x = PRIME - x
    return x, y, 1, x * y % PRIME


def encoded_point(point: Point) -> bytes:
    """Return the 32 bytes that stand for a point (section 5.1.2)."""
    x, y, z, _ = point
    inverse = pow(z, -1, PRIME)
    return (y * inverse % PRIME | (x * inverse % PRIME & 1) << 255).to_bytes(32, "little")


def _added(one: Point, other: Point) -> Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b = (y1 - x1) * (y2 - x2) % PRIME, (y1 + x1) * (y2 + x2) % PRIME
    c, d = 2 * CURVE * t1 * t2 % PRIME, 2 * z1 * z2 % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def _sum_of_products(one: int, point: Point, other: int, other_point: Point) -> Point:
    """Return one * point + other * other_point, bit by bit from the highest (Shamir's trick)."""
    steps = (NEUTRAL, point, other_point, _added(point, other_point))
    total = NEUTRAL
    for bit in reversed(range(max(one.bit_length(), other.bit_length()))):
        total = _added(total, total)
        if step := (one >> bit & 1) | (other >> bit & 1) << 1:
            total = _added(total, steps[step])
    return total


def _has_small_order(point: Point) -> bool:
    for _ in range(3):
        point = _added(point, point)
    x, y, z, _ = point
    return x % PRIME == 0 and (y - z) % PRIME == 0


BASE = decoded_point((4 * pow(5, -1, PRIME) % PRIME).to_bytes(32, "little")) or NEUTRAL


# ======================================================================================================================
# Reading what strangers wrote
# ======================================================================================================================


class Unfit(Exception):
    """What was read is not what it must be: the key of a finding, and the values of its sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: Json) -> bytes:
    """Return the one way in which a value is written: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def parsed(data: bytes) -> Json:
    """Return the value of canonical JSON; Unfit says how it is not that."""
    try:
        text = data.decode()
        value = json.loads(text, object_pairs_hook=_object, parse_float=_refused, parse_constant=_refused)
        written = canonical(value)
    except UnicodeDecodeError as error:
        raise Unfit("truncated.document" if error.reason == "unexpected end of data" else "form.utf8") from None
    except RecursionError:
        raise Unfit("form.deep") from None
    except json.JSONDecodeError as error:
        is_at_end = error.pos >= len(text) or error.msg.startswith("Unterminated")
        raise Unfit("truncated.document" if is_at_end and text else "form.syntax") from None
    except ValueError:
        raise Unfit("form.syntax") from None
    if written != data or not unicodedata.is_normalized("NFC", text):
        raise Unfit("reordered.keys" if sorted(written) == sorted(data) else "form.canonical")
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unfit("duplicated.key", name=next(key for key, n in Counter(key for key, _ in pairs).items() if n > 1))
    return found


def _refused(number: str) -> Json:
    raise Unfit("form.number", number=number)


def whole_lines(data: bytes, file: str, report: Report) -> Iterator[bytes]:
    """Give the lines of a file without their ends; one that does not end is named, and left out."""
    for place, line in enumerate(io.BytesIO(data), start=1):
        if line.endswith(b"\n"):
            yield line[:-1]
        else:
            report.fault("truncated.line", file, place)


def is_cut(data: bytes) -> bool:
    """Tell whether the last line of a file does not end."""
    return bool(data) and not data.endswith(b"\n")


def read_document(files: Mapping[str, bytes], name: str, shape: Json, wanted: str, report: Report) -> Json:
    """Return a document that must have this hash and this shape, or None: what was done to it is then named."""
    if name not in files:
        return None
    try:
        document = parsed(files[name])
        require_shape(document, shape)
        if sha256(files[name]) != wanted:
            raise Unfit(_what_was_done(document, wanted), hash=wanted)
    except Unfit as unfit:
        report.fault(unfit.key, name, **unfit.values)
        return None
    except RecursionError:
        report.fault("form.deep", name)
        return None
    return document


def _what_was_done(document: Json, wanted: str) -> str:
    """Look for what was done to a document with another hash than wanted: something small is undone and tried."""
    tries = MOST_BYTES_TRIED // len(canonical(document))
    for key in islice(_undone(document, list(_containers(document))), tries):
        if sha256(canonical(document)) == wanted:
            return key
    return "altered.document"


MOST_BYTES_TRIED = 192 * MEBIBYTE
MOST_PLACES_TRIED = 2000


def _undone(document: Json, containers: Sequence[Json]) -> Iterator[str]:
    """Change a document in place, one small change at a time, each taken back before the next; give what it undoes."""
    for one in containers:
        if isinstance(one, list):
            former = list(one)
            for key, tried in _lists_undone(former):
                one[:] = tried
                yield key
            one[:] = former
    places = [(one, key) for one in containers for key in (one if isinstance(one, dict) else range(len(one)))]
    for (one, a), (other, b) in combinations(places[:MOST_PLACES_TRIED], 2):
        if _may_be_exchanged(one, a, other, b):
            one[a], other[b] = other[b], one[a]
            yield "swapped.values"
            one[a], other[b] = other[b], one[a]


def _lists_undone(members: list[Json]) -> Iterator[tuple[str, list[Json]]]:
    yield "reordered.members", sorted(members, key=canonical)
    if all(isinstance(member, dict) and is_number(member.get("number")) for member in members):
        yield "reordered.members", sorted(members, key=lambda member: int(member["number"]))
    seen = set()
    for index, member in enumerate(members):
        if canonical(member) in seen:
            yield "duplicated.member", members[:index] + members[index + 1 :]
        seen.add(canonical(member))


def _may_be_exchanged(one: Json, a: Json, other: Json, b: Json) -> bool:
    """Tell whether two values can have changed places: in one container, or single values under the same name."""
    if type(one[a]) is not type(other[b]) or one[a] == other[b]:
        return False
    return one is other or (a == b and isinstance(one[a], (str, int)))


def _containers(value: Json) -> Iterator[Json]:
    if isinstance(value, (dict, list)):
        yield value
        for member in value.values() if isinstance(value, dict) else value:
            yield from _containers(member)


def name_changes(
    file: str, found: Sequence[str | None], wanted: Sequence[str], report: Report, *, cut: bool = False
) -> None:
    """Name what was done to lines that must be exactly those wanted, in that order.

    None is a line that could not be read and is named already; `cut`: that the last line does not end is named already.
    """
    places: dict[str, int] = {}
    strangers, known, seen = [], set(wanted), set[str]()
    for place, line in enumerate(found, start=1):
        if line is not None and line in seen:
            report.fault("duplicated.line", file, place)
        elif line is not None and line in known:
            places[line] = place
        else:
            strangers.append((place, line))
        seen.update([] if line is None else [line])
    missing = [(place, line) for place, line in enumerate(wanted, start=1) if line not in places]
    for index, (place, stranger) in enumerate(strangers):
        if stranger is not None:
            report.fault("altered.line" if index < len(missing) else "added.line", file, place)
    lacking = missing[len(strangers) :]
    if lacking and len(strangers) == 0 and lacking[0][0] == len(wanted) - len(lacking) + 1:
        if not cut:
            report.fault("truncated.lines", file, lacking[0][0], lines=len(lacking))
    else:
        for place, line in lacking:
            report.fault("dropped.line", file, place, line=line)
    present = [line for line in wanted if line in places]
    name_order(file, list(places.values()), [places[line] for line in present], report)


def name_order(file: str, found: Sequence[int], wanted: Sequence[int], report: Report) -> None:
    """Name lines (by their places) that do not stand in the order wanted."""
    moved = [place for place, right in zip(found, wanted, strict=True) if place != right]
    if len(moved) == 2:
        report.fault("swapped.lines", file, moved[0], first=moved[0], second=moved[1])
    elif moved:
        report.fault("reordered.lines", file, moved[0], lines=len(moved))


def name_differences(file: str, data: bytes, wanted: Json, report: Report, *, is_false: bool = False) -> None:
    """Name how a file differs from the content it must have; `is_false`: it was published so, not changed later."""
    if data == canonical(wanted):
        return
    try:
        found = list(differences(parsed(data), wanted))
    except Unfit as unfit:
        report.fault(unfit.key, file, **unfit.values)
        return
    except RecursionError:
        report.fault("form.deep", file)
        return
    altered = [one for one in found if one.kind == "altered"]
    if len(altered) == len(found) == 2 and (altered[0].found, altered[0].wanted) == (
        altered[1].wanted,
        altered[1].found,
    ):
        found = [Difference("swapped", f"{altered[0].path}, {altered[1].path}", altered[0].found, altered[1].found)]
    for one in found:
        key = f"rules.{one.kind}" if is_false else f"{one.kind}.value"
        report.fault(key, file, path=one.path, found=one.found, wanted=one.wanted)


@dataclass(frozen=True)
class Difference:
    """Where two values differ, and how."""

    kind: str
    path: str
    found: Json = ""
    wanted: Json = ""


def differences(found: Json, wanted: Json, path: str = "") -> Iterator[Difference]:
    """Give the differences between two values, part by part."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        for key in sorted(wanted.keys() - found.keys()):
            yield Difference("dropped", _inside(path, key), wanted=wanted[key])
        for key in sorted(found.keys() - wanted.keys()):
            yield Difference("added", _inside(path, key), found=found[key])
        for key in sorted(found.keys() & wanted.keys()):
            yield from differences(found[key], wanted[key], _inside(path, key))
    elif isinstance(found, list) and isinstance(wanted, list):
        yield from _differences_of_lists(found, wanted, path)
    elif canonical(found) != canonical(wanted):
        yield Difference("altered", path, found, wanted)


def _differences_of_lists(found: list[Json], wanted: list[Json], path: str) -> Iterator[Difference]:
    ours, theirs = [canonical(one) for one in found], [canonical(one) for one in wanted]
    extra, lacking = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    if not extra and not lacking:
        moved = [place for place, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other]
        if moved:
            kind, last = "swapped" if len(moved) == 2 else "reordered", moved[-1]
            yield Difference(kind, _inside(path, moved[0]), found[moved[0]], found[last])
    elif len(found) == len(wanted):
        for place, (one, other) in enumerate(zip(found, wanted, strict=True)):
            yield from differences(one, other, _inside(path, place))
    else:
        for one in extra.elements():
            yield Difference("duplicated" if one in theirs else "added", path, found=json.loads(one))
        for one in lacking.elements():
            yield Difference("dropped", path, wanted=json.loads(one))


def _inside(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def require_shape(value: Json, shape: Json, path: str = "") -> None:
    """Require (Unfit) a shape: an object of shapes, a list of one shape, a test, or a value itself.

    A key that ends with a question mark may be absent; no other key may be there.
    """
    if isinstance(shape, dict) and isinstance(value, dict):
        named = {key.removesuffix("?"): inner for key, inner in shape.items()}
        for key in shape:
            if not key.endswith("?") and key not in value:
                raise Unfit("dropped.value", path=_inside(path, key), found="", wanted="")
        for key, member in value.items():
            if key not in named:
                raise Unfit("added.value", path=_inside(path, key), found=member, wanted="")
            require_shape(member, named[key], _inside(path, key))
    elif isinstance(shape, list) and isinstance(value, list):
        for place, member in enumerate(value):
            require_shape(member, shape[0], f"{path}.{place}")
    elif callable(shape):
        if not shape(value):
            raise Unfit("form.content", path=path, found=value)
    elif type(value) is not type(shape) or value != shape:
        raise Unfit("form.content", path=path, found=value)


# The tests and shapes of what is read. A truth value is no number here, although Python counts with it.

Test = Callable[[Json], bool]


def fits(value: Json, shape: Json) -> bool:
    """Tell whether a value has a shape."""
    try:
        require_shape(value, shape)
    except Unfit:
        return False
    return True


def is_text(value: Json) -> bool:
    """Tell whether this is a text."""
    return isinstance(value, str)


def is_truth(value: Json) -> bool:
    """Tell whether this is a truth value."""
    return isinstance(value, bool)


def is_object(value: Json) -> bool:
    """Tell whether this is an object."""
    return isinstance(value, dict)


def is_number(value: Json) -> bool:
    """Tell whether this is a whole number, not below 0 and of a size that anything here can have."""
    return type(value) is int and 0 <= value < 2**53


def is_integer(value: Json) -> bool:
    """Tell whether this is a whole number, below 0 too."""
    return type(value) is int and abs(value) < 2**53


def is_hash(value: Json) -> bool:
    """Tell whether this is 32 bytes in hexadecimal digits."""
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def is_signature(value: Json) -> bool:
    """Tell whether this is 64 bytes in hexadecimal digits."""
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{128}", value) is not None


def is_note(value: Json) -> bool:
    """Tell whether this can be the note of a ballot."""
    return isinstance(value, str) and 1 <= len(value) <= LONGEST_NOTE


def is_day(value: Json) -> bool:
    """Tell whether this is a day, as 2026-12-01."""
    return _is_of_calendar(value, "[0-9]{4}-[0-9]{2}-[0-9]{2}", date.fromisoformat)


def is_moment(value: Json) -> bool:
    """Tell whether this is a moment, as 2026-12-01T17:00:00Z."""
    return _is_of_calendar(value, "[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z", datetime.fromisoformat)


def _is_of_calendar(value: Json, pattern: str, read: Callable[[str], object]) -> bool:
    try:
        return isinstance(value, str) and re.fullmatch(pattern, value) is not None and bool(read(value))
    except ValueError:
        return False


def is_tau(value: Json) -> bool:
    """Tell whether this is a tau to two decimals."""
    return isinstance(value, str) and re.fullmatch(r"-?(0\.[0-9]{2}|1\.00)", value) is not None and value != "-0.00"


def is_interval_of_taus(value: Json) -> bool:
    """Tell whether these are two taus, ascending."""
    return fits(value, [is_tau]) and len(value) == 2 and Fraction(value[0]) <= Fraction(value[1])


def is_tenth(value: Json) -> bool:
    """Tell whether this is a number to one decimal."""
    return isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}\.[0-9]", value) is not None


def _ascend(members: Iterable[Any]) -> bool:
    return all(one < other for one, other in pairwise(members))


def one_of(allowed: Sequence[Json]) -> Test:
    """Return the test that a value is one of those allowed."""
    return lambda value: any(fits(value, one) for one in allowed)


def list_of(*members: Json) -> Test:
    """Return the test that a value is a list of these members, each a shape."""
    return lambda value: isinstance(value, list) and len(value) == len(members) and all(map(fits, value, members))


def members_of(numbers: Sequence[int]) -> Test:
    """Return the test that a value lists some of these numbers, ascending."""
    return lambda value: fits(value, [is_number]) and bool(value) and _ascend(value) and set(value) <= set(numbers)


def tiers_over(numbers: Sequence[int]) -> Test:
    """Return the test that a value is an order of all these numbers, in tiers."""
    return lambda value: (
        fits(value, [members_of(numbers)]) and sorted(number for tier in value for number in tier) == list(numbers)
    )


def strict_order(order: Json, numbers: Sequence[int]) -> list[int]:
    """Return an order of all these numbers without ties, or their own order where this is not one."""
    is_strict = tiers_over(numbers)(order) and len(order) == len(numbers)
    return [tier[0] for tier in order] if is_strict else list(numbers)


def share_in(step: int, low: int, high: int) -> Test:
    """Return the test that a value is a share in these steps, clipped."""
    return lambda value: is_integer(value) and low <= value <= high and (value % step == 0 or value in (low, high))


def placements_of(numbers: Sequence[int]) -> Test:
    """Return the test that a value is a table `order`: best first, then by number, with ranks and lawful intervals."""

    def is_table(value: Json) -> bool:
        if not fits(value, [PLACEMENT_SHAPE]) or sorted(row["recommendation"] for row in value) != list(numbers):
            return False
        ranks = [row["rank"] for row in value]
        are_ranks = all(rank == 1 + sum(other < rank for other in ranks) for rank in ranks)
        is_sorted = _ascend([(row["rank"], row["recommendation"]) for row in value])
        return are_ranks and is_sorted and all(1 <= row["low"] <= row["high"] <= len(numbers) for row in value)

    return is_table


def pairs_of(numbers: Sequence[int], step: int) -> Test:
    """Return the test that a value is a table `reversed`, in these steps."""
    number, cell = one_of(numbers), share_in(step, *DIFFERENCE_CLIP)
    shape = {"first": number, "second": number, "difference": cell, "low": cell, "high": cell}
    return lambda value: (
        fits(value, [shape])
        and _ascend([(pair["first"], pair["second"]) for pair in value])
        and all(pair["first"] < pair["second"] and pair["low"] <= pair["difference"] <= pair["high"] for pair in value)
    )


PLACEMENT_SHAPE = {"recommendation": is_number, "rank": is_number, "low": is_number, "high": is_number}
PLAN_SHAPE = {
    "bands": [is_number],
    "claims_days": is_number,
    "closes": is_moment,
    "colleges": [is_text],
    "combination": one_of(["none", "mean"]),
    "consultation": is_text,
    "method": "schulze",
    "methods": [one_of(METHODS)],
    "minimum_ballots": is_number,
    "observers": [is_text],
    "openings_kept_days": is_number,
    "opens": is_moment,
    "results_on": is_day,
    "steps": [list_of(is_number, is_number, is_number, is_number)],
    "unranked": "last",
    "v": 1,
    "version": is_number,
}
TEXT_SHAPE = {
    "introduction": is_text,
    "number": is_number,
    "text": is_text,
    "theme": is_text,
    "title": is_text,
    "version": is_number,
}
TEXTS_SHAPE = {"consultation": is_text, "texts": [TEXT_SHAPE], "title": is_text, "v": 1}
BALLOT_SHAPE = {
    "college": is_text,
    "consultation": is_text,
    "ranking": [[is_number]],
    "texts": [list_of(is_number, is_number)],
    "unranked": [is_number],
    "v": 1,
}
RECEIPT_SHAPE = {
    "ballot": is_text,
    "commitment": is_hash,
    "consultation": is_text,
    "day": is_day,
    "key": is_text,
    "line": is_hash,
    "note?": is_note,
    "notice?": FICTIONAL,
    "random": is_hash,
    "signature": is_signature,
    "signer": is_hash,
    "v": 1,
}


def _counts(value: Json) -> bool:
    return isinstance(value, dict) and all(map(is_number, value.values()))


def _line_shape(**said: Json) -> Json:
    every = {"v": 1, "n": is_number, "day": is_day, "consultation": is_text, "notice?": FICTIONAL}
    shape = {**every, "previous": is_hash, "signature": is_signature, "type": is_text}
    return {key: test for key, test in {**shape, **said}.items() if test is not None}


_OPTIONAL_REASON = {"reason?": is_text}
_OPTIONAL_SET_ASIDE = {"set_aside?": _counts}
LINE_SHAPES: dict[str, Json] = {
    "open": _line_shape(previous=None, key=is_hash, plan=is_hash, texts=is_hash, signer=is_hash),
    "plan": _line_shape(plan=is_hash, reason=is_text),
    "texts": _line_shape(texts=is_hash, reason=is_text),
    "key": _line_shape(signer=is_hash, reason=is_text, countersignature=is_signature, **{"last_good?": is_number}),
    "day": _line_shape(count=is_number, root=is_hash),
    "final": _line_shape(count=is_number, root=is_hash, colleges=_counts, **_OPTIONAL_SET_ASIDE, **_OPTIONAL_REASON),
    "release": _line_shape(release=is_hash, **_OPTIONAL_REASON),
}


# ======================================================================================================================
# What is said of it
# ======================================================================================================================

MOST_LISTED = 20
LONGEST_SHOWN = 200


@dataclass(frozen=True)
class Finding:
    """A fault, a remark, or a thing done: its key (of a fault: a stable code, a dot, and what), where, and values."""

    key: str
    file: str = ""
    line: int = 0
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Return the stable code."""
        return self.key.partition(".")[0]

    def sentence(self, language: str) -> str:
        """Say it in French or in English."""
        said = {name: _said(value, language) for name, value in self.values.items()}
        return typeset(SENTENCES[self.key][language == "fr"].format(**said), language)

    def where(self, language: str) -> str:
        """Say in which file, and in which line."""
        line = {"fr": f", ligne {self.line}", "en": f", line {self.line}"}[language]
        return f"{self.file}{line if self.line else ''}"

    def as_object(self, language: str) -> dict[str, Json]:
        """Return it for a program."""
        place = {"file": self.file, "line": self.line}
        code, _, what = self.key.partition(".")
        return {
            "code": code,
            "what": what,
            **{name: said for name, said in place.items() if said},
            "sentence": self.sentence(language),
        }


class Report:
    """What an audit found: what it checked, the faults, what one should know, and what it did not do again."""

    def __init__(self) -> None:
        self.checked: list[Finding] = []
        self.faults: list[Finding] = []
        self.remarks: list[Finding] = []
        self.left: list[Finding] = []
        self.facts: dict[str, Json] = {}
        self._of_key: Counter[str] = Counter()

    @property
    def number_of_faults(self) -> int:
        """Return how many faults there are, those included that are not listed because many are alike."""
        return self._of_key.total()

    def fault(self, key: str, file: str = "", line: int = 0, /, **values: object) -> None:
        """Name a fault; of many alike the first are listed."""
        self._of_key[key] += 1
        if self._of_key[key] <= MOST_LISTED:
            self.faults.append(Finding(key, file, line, values))

    def done(self, key: str, /, **values: object) -> None:
        """Say what was checked."""
        self.checked.append(Finding(key, values=values))

    def remark(self, key: str, /, **values: object) -> None:
        """Say what one should know, and is no fault."""
        self.remarks.append(Finding(key, values=values))

    def leave(self, key: str, /, **values: object) -> None:
        """Say what was not done again."""
        self.left.append(Finding(key, values=values))

    def name(self, chain: Chain) -> None:
        """Say of which consultation this is, and whether its data is invented."""
        self.facts["consultation"] = chain.consultation
        if chain.notice:
            self.facts["notice"] = chain.notice

    def name_receipt(self, receipt: Json) -> None:
        """Say of which consultation a receipt is, and whether its data is invented."""
        self.facts |= {name: receipt[name] for name in ("consultation", "notice") if name in receipt}

    def as_json(self, language: str) -> str:
        """Return the report for programs, on one line."""
        parts = {"checked": self.checked, "faults": self.faults, "remarks": self.remarks, "not_redone": self.left}
        return (
            json.dumps(
                {
                    "result": "fault" if self.faults else "clean",
                    "number_of_faults": self.number_of_faults,
                    **self.facts,
                    **{name: [one.as_object(language) for one in said] for name, said in parts.items()},
                },
                ensure_ascii=False,
            )
            + "\n"
        )

    def as_text(self, language: str) -> str:
        """Return the report for people."""
        words = WORDS[language]
        name = f"{shown(self.facts.get('consultation', '?'))}"
        lines = [typeset(words["title"].format(name=name), language), ""]
        if "notice" in self.facts:
            lines += [typeset(words["notice"], language), ""]
        for title, findings in (("checked", self.checked), ("remarks", self.remarks), ("left", self.left)):
            if findings:
                lines += [words[title], *(f"  - {one.sentence(language)}" for one in findings), ""]
        lines += self._faults_as_lines(language)
        return "\n".join(lines) + "\n"

    def _faults_as_lines(self, language: str) -> list[str]:
        words, count = WORDS[language], self.number_of_faults
        lines = []
        for one in self.faults:
            place = one.where(language) + typeset(" : " if language == "fr" else ": ", language) if one.file else ""
            lines.append(f"  - [{one.code}] {place}{one.sentence(language)}")
        for key, number in self._of_key.items():
            if number > MOST_LISTED:
                lines.append(f"  - [{key.partition('.')[0]}] " + words["more"].format(number=number - MOST_LISTED))
        if not count:
            return [self.conclusion(language)]
        return [self.conclusion(language), *lines, "", typeset(words["not_clean"], language)]

    def conclusion(self, language: str) -> str:
        """Say how many faults there are, in one line."""
        words, count = WORDS[language], self.number_of_faults
        return typeset(words["faults"].format(number=count) if count else words["clean"], language)


def shown(value: object) -> str:
    """Return words of a stranger's file so that they cannot break a line or command a terminal, and not too long."""
    try:
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) else str(value)
    except RecursionError:
        text = "…"
    plain = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text[:LONGEST_SHOWN])
    return plain + "…" * (len(text) > LONGEST_SHOWN)


def _said(value: object, language: str) -> str:
    if isinstance(value, Finding):
        return value.sentence(language)
    text = shown(value)
    return COLLEGES[language].get(text, text)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def typeset(sentence: str, language: str) -> str:
    """Put the spaces that French typography wants, which do not break, before high punctuation and inside quotes."""
    if language != "fr":
        return sentence
    return re.sub(r" (?=[:;?!»%])|(?<=«) ", "\u00a0", sentence)


WORDS = {
    "en": {
        "title": "Audit of “{name}”",
        "notice": "This is invented data of a demonstration (données fictives).",
        "checked": "Checked",
        "remarks": "To know",
        "left": "Not done again by this audit",
        "clean": "No fault was found in what was checked.",
        "faults": "Faults: {number}",
        "more": "and {number} more of the same kind",
        "not_clean": "This is not what the platform promised: keep these files as they are, and show them to others.",
    },
    "fr": {
        "title": "Audit de « {name} »",
        "notice": "Ce sont des données fictives, celles d’une démonstration.",
        "checked": "Contrôlé",
        "remarks": "À savoir",
        "left": "Non refait par cet audit",
        "clean": "Aucune faute n’a été trouvée dans ce qui a été contrôlé.",
        "faults": "Fautes : {number}",
        "more": "et {number} de plus du même genre",
        "not_clean": "Ce n’est pas ce que la plateforme a promis : gardez ces fichiers et montrez-les à d’autres.",
    },
}

COLLEGES: dict[str, dict[str, str]] = {"en": {}, "fr": {"citizens": "citoyens", "physicians": "médecins"}}

# Each finding in English, then in French. The word before the dot is the stable code of a fault.
SENTENCES: dict[str, tuple[str, str]] = {
    # Files
    "zip.unreadable": ("this is no zip that can be read ({said})", "ce n’est pas un zip lisible ({said})"),
    "zip.size": (
        "the files declare more bytes than the bundle has ({size}): it was not opened",
        "les fichiers annoncent plus d’octets que le dossier n’en a ({size}) : il n’a pas été ouvert",
    ),
    "zip.large": (
        "it declares {size} bytes, more than any file of its kind: it was not read",
        "il annonce {size} octets, plus qu’aucun fichier de ce genre : il n’a pas été lu",
    ),
    "zip.packed": (
        "it is compressed or encrypted, which no file of a bundle is: it was not read",
        "il est compressé ou chiffré, ce qu’aucun fichier du dossier n’est : il n’a pas été lu",
    ),
    "missing.file": ("this file is missing", "ce fichier manque"),
    "additional.file": (
        "no bundle has a file of this name: it was not read",
        "aucun dossier n’a de fichier de ce nom : il n’a pas été lu",
    ),
    "duplicated.file": ("this file is there twice", "ce fichier est présent deux fois"),
    "sums.other": (
        "its SHA-256 is not the one that SHA256SUMS gives",
        "son SHA-256 n’est pas celui que donne SHA256SUMS",
    ),
    "sums.unnamed": ("{name} is not listed", "{name} n’y figure pas"),
    "sums.absent": ("it lists {name}, which is not there", "il cite {name}, qui n’est pas là"),
    "sums.form": (
        "it does not list the files in their order, one a line",
        "il ne cite pas les fichiers dans leur ordre, un par ligne",
    ),
    # Form
    "form.utf8": ("this is not text in UTF-8", "ce n’est pas du texte en UTF-8"),
    "form.syntax": ("this is not JSON", "ce n’est pas du JSON"),
    "form.deep": ("it is nested too deeply to be read", "son imbrication est trop profonde pour être lue"),
    "form.number": (
        "{number} is no whole number, and no other is allowed",
        "{number} n’est pas un nombre entier, et aucun autre n’est permis",
    ),
    "form.canonical": (
        "it is not written in the one canonical way",
        "l’écriture n’est pas l’unique écriture canonique",
    ),
    "form.content": (
        "“{path}” does not hold what the format demands: {found}",
        "« {path} » ne contient pas ce que le format demande : {found}",
    ),
    "form.type": ("this is no line of a type that a chain has", "cette ligne n’est d’aucun type connu de la chaîne"),
    # What was done to lines
    "dropped.line": ("a line was removed here: {line}", "une ligne a été retirée ici : {line}"),
    "dropped.numbers": (
        "lines of the chain are missing before this one: {first} to {last}",
        "des lignes de la chaîne manquent avant celle-ci : {first} à {last}",
    ),
    "dropped.list": (
        "it has {lines} lines for {count} ballots, and not the root that was signed: lines were removed",
        "elle a {lines} lignes pour {count} bulletins, et non la racine signée : des lignes ont été retirées",
    ),
    "truncated.line": ("the file ends in the middle of this line", "le fichier finit au milieu de cette ligne"),
    "truncated.lines": (
        "the end of the file was cut off: lines are missing from here on ({lines})",
        "la fin du fichier a été coupée : des lignes manquent à partir d’ici ({lines})",
    ),
    "truncated.list": (
        "it was cut off: {lines} lines are left for {count} ballots",
        "elle a été coupée : il reste {lines} lignes pour {count} bulletins",
    ),
    "truncated.document": ("the end of the file was cut off", "la fin du fichier a été coupée"),
    "truncated.chain": (
        "the chain ends before its final line: nothing says which ballots were sealed",
        "la chaîne finit avant sa ligne finale : rien ne dit quels bulletins ont été scellés",
    ),
    "truncated.release_line": (
        "the chain ends before the line of a release, and yet release.json is there",
        "la chaîne finit avant la ligne d’une publication, et pourtant release.json est là",
    ),
    "altered.line": (
        "this line was changed: it stands for no commitment that was sealed",
        "cette ligne a été modifiée : elle ne correspond à aucun engagement scellé",
    ),
    "altered.signed": (
        "line {n} was changed after it was signed: neither its signature nor the next line fits it",
        "la ligne {n} a été modifiée après sa signature : ni sa signature ni la ligne suivante ne lui correspondent",
    ),
    "altered.list": (
        "the root of its {lines} lines is not the one that was signed for {count} ballots: {root}",
        "la racine de ses {lines} lignes n’est pas celle qui a été signée pour {count} bulletins : {root}",
    ),
    "altered.document": (
        "it was changed: its SHA-256 is not the one that the chain announced: {hash}",
        "il a été modifié : son SHA-256 n’est pas celui que la chaîne a annoncé : {hash}",
    ),
    "altered.release": (
        "neither this file nor the release that the ballots give is the one that the chain announced",
        "ni ce fichier ni le résultat que donnent les bulletins n’est celui que la chaîne a annoncé",
    ),
    "added.line": (
        "this line was added: it stands for no commitment that was sealed",
        "cette ligne a été ajoutée : elle ne correspond à aucun engagement scellé",
    ),
    "added.list": (
        "it has {lines} lines for {count} ballots, and not the root that was signed: lines were added",
        "elle a {lines} lignes pour {count} bulletins, et non la racine signée : des lignes ont été ajoutées",
    ),
    "duplicated.line": ("this line is there twice", "cette ligne est présente deux fois"),
    "swapped.lines": ("lines {first} and {second} were exchanged", "les lignes {first} et {second} ont été échangées"),
    "swapped.contents": (
        "lines {first} and {second} have exchanged their salts or their ballots",
        "les lignes {first} et {second} ont échangé leurs sels ou leurs bulletins",
    ),
    "reordered.lines": (
        "from here on lines do not stand in their order ({lines})",
        "à partir d’ici, des lignes ne sont pas dans leur ordre ({lines})",
    ),
    # What was done to documents
    "dropped.value": ("“{path}” was removed: {wanted}", "« {path} » a été retiré : {wanted}"),
    "added.value": ("“{path}” was added: {found}", "« {path} » a été ajouté : {found}"),
    "altered.value": (
        "“{path}” was changed: {found} instead of {wanted}",
        "« {path} » a été modifié : {found} au lieu de {wanted}",
    ),
    "swapped.value": (
        "two values were exchanged at “{path}”: {found} and {wanted}",
        "deux valeurs ont été échangées à « {path} » : {found} et {wanted}",
    ),
    "reordered.value": (
        "the members of a list do not stand in their order, from “{path}” on",
        "les éléments d’une liste ne sont pas dans leur ordre, à partir de « {path} »",
    ),
    "duplicated.value": ("“{path}” holds a member twice: {found}", "« {path} » contient deux fois : {found}"),
    "duplicated.key": ("“{name}” is there twice", "« {name} » est présent deux fois"),
    "reordered.keys": (
        "the content is the same, written in another order",
        "le contenu est le même, écrit dans un autre ordre",
    ),
    "swapped.values": (
        "two values have changed places: with them put back, it is what the chain announced",
        "deux valeurs ont été échangées : remises en place, elles donnent ce que la chaîne a annoncé",
    ),
    "reordered.members": (
        "the members of a list do not stand in their order: put back, they give what the chain announced",
        "les éléments d’une liste ne sont pas dans leur ordre : remis en place, ils donnent ce que la chaîne a annoncé",
    ),
    "duplicated.member": (
        "a member of a list is there twice: without the second, it is what the chain announced",
        "un élément d’une liste est présent deux fois : sans le second, c’est ce que la chaîne a annoncé",
    ),
    # The chain
    "chain.empty": ("there is no line of a chain that can be read", "aucune ligne de chaîne n’est lisible"),
    "chain.open": (
        "a chain begins with its line 1, of type “open”, and only there has one: not line {n}",
        "une chaîne commence par sa ligne 1, de type « open », et n’en a qu’une : pas la ligne {n}",
    ),
    "chain.previous": (
        "line {n} is signed but does not name the line before it: one of the two was put in place of another",
        "la ligne {n} est signée mais ne nomme pas celle qui la précède : l’une des deux a pris la place d’une autre",
    ),
    "chain.after_final": (
        "line {n} changes plan, texts or ballots after the final line",
        "la ligne {n} change plan, textes ou bulletins après la ligne finale",
    ),
    "chain.second_final": ("line {n} is a second final line", "la ligne {n} est une seconde ligne finale"),
    "chain.early_release": (
        "line {n} announces a release before the final line",
        "la ligne {n} annonce un résultat avant la ligne finale",
    ),
    "chain.reason": (
        "line {n} corrects a release without giving a reason",
        "la ligne {n} corrige une publication sans donner de raison",
    ),
    "chain.date": (
        "line {n} is dated before the line that precedes it",
        "la ligne {n} est datée d’avant la précédente",
    ),
    "chain.two_consultations": (
        "these are the chains of two consultations: {first} and {second}",
        "ce sont les chaînes de deux consultations : {first} et {second}",
    ),
    "chain.consultation": ("line {n} is of another consultation", "la ligne {n} est d’une autre consultation"),
    "chain.notice": (
        "line {n} differs from the first in saying whether the data is invented",
        "la ligne {n} ne dit pas comme la première si les données sont fictives",
    ),
    "chain.count": (
        "in line {n} the ballots of the colleges do not add up to their number",
        "à la ligne {n} les bulletins des collèges ne font pas leur nombre",
    ),
    "chain.set_aside": (
        "line {n} leaves out ballots without giving a reason, or gives one for nothing",
        "la ligne {n} écarte des bulletins sans donner de raison, ou en donne une pour rien",
    ),
    "signature.line": (
        "line {n} is not signed by the key in force",
        "la ligne {n} n’est pas signée par la clé en vigueur",
    ),
    "key.countersignature": (
        "line {n} brings in a key that has not signed it itself",
        "la ligne {n} introduit une clé qui ne l’a pas elle-même signée",
    ),
    "key.last_good": (
        "the last line that is to be believed, {good}, is not there or void itself",
        "la dernière ligne à croire, {good}, manque ou est elle-même nulle",
    ),
    "two_chains.number": (
        "there are two lines {n}: two chains, which one platform may not have",
        "il y a deux lignes {n} : deux chaînes, ce qu’une plateforme ne peut avoir",
    ),
    "two_chains.part": (
        "from line {n} on this is another chain than {other}, and the same key signed both. This is grave: keep both "
        "files, show them to the observers and to others, and ask the organiser in public",
        "à partir de la ligne {n}, c’est une autre chaîne que {other}, et la même clé a signé les deux. C’est grave : "
        "gardez les deux fichiers, montrez-les aux observateurs et à d’autres, et interrogez publiquement "
        "l’organisateur",
    ),
    "two_chains.keys": (
        "this is another chain than {other} from its line 1 on, and another key signed it. Anybody can make such a "
        "file: find out which of the two keys is the platform’s",
        "c’est une autre chaîne que {other} dès la ligne 1, et une autre clé l’a signée. N’importe qui peut faire "
        "un tel fichier : cherchez laquelle des deux clés est celle de la plateforme",
    ),
    "two_chains.unproven": (
        "from line {n} on this differs from {other}, but one of the two has faults of its own, which proves nothing "
        "against the platform: fetch it anew",
        "à partir de la ligne {n}, ce fichier diffère de {other}, mais l’un des deux a ses propres fautes, ce qui ne "
        "prouve rien contre la plateforme : reprenez-le",
    ),
    "two_chains.receipt": (
        "the receipt names a line that this chain does not have: its owner was shown another chain. This is grave: "
        "keep both, show them to the observers and to others (the receipt shows its ballot), and ask the organiser in "
        "public",
        "le récépissé nomme une ligne que cette chaîne n’a pas : une autre chaîne a été montrée à son détenteur. C’est "
        "grave : gardez les deux, montrez-les aux observateurs et à d’autres (le récépissé montre son bulletin), et "
        "interrogez publiquement l’organisateur",
    ),
    "two_chains.later": (
        "the receipt names a line that this chain does not have, but it is of a later day: fetch the newest "
        "roots.jsonl and try again. If the line is not there either, two chains were shown, which is grave",
        "le récépissé nomme une ligne que cette chaîne n’a pas, mais il est d’un jour postérieur : reprenez le dernier "
        "roots.jsonl et recommencez. Si la ligne n’y est pas non plus, deux chaînes ont été montrées, ce qui est grave",
    ),
    # Plan and texts
    "plan.unlawful": (
        "the plan does not keep the rules of counting and publication: “{name}”",
        "le plan ne respecte pas les règles de dépouillement et de publication : « {name} »",
    ),
    "texts.unlawful": (
        "the texts are not those of a consultation: “{name}”",
        "les textes ne sont pas ceux d’une consultation : « {name} »",
    ),
    # Ballots
    "ballot.consultation": ("this ballot is of another consultation", "ce bulletin est d’une autre consultation"),
    "ballot.college": ("this ballot is of no college of the plan", "ce bulletin n’est d’aucun collège du plan"),
    "ballot.texts": (
        "this ballot is on other recommendations than those put to the vote",
        "ce bulletin porte sur d’autres recommandations que celles soumises au vote",
    ),
    "ballot.version": (
        "this ballot names a version of a text that there never was",
        "ce bulletin nomme une version d’un texte qui n’a jamais existé",
    ),
    "ballot.ranking": (
        "this ballot does not rank each recommendation once, or leave it out",
        "ce bulletin ne classe pas chaque recommandation une fois, ou ne l’écarte pas",
    ),
    "count.college": (
        "the ballots of the college “{college}” are {count}, and by the final line {said}",
        "les bulletins du collège « {college} » sont {count}, et {said} selon la ligne finale",
    ),
    # Release
    "rules.dropped": (
        "“{path}” is not published although the rules demand it: {wanted}",
        "« {path} » n’est pas publié alors que les règles le demandent : {wanted}",
    ),
    "rules.added": (
        "“{path}” is published although the rules do not allow it: {found}",
        "« {path} » est publié alors que les règles ne le permettent pas : {found}",
    ),
    "rules.altered": (
        "“{path}” is published as {found}; ballots and rules give {wanted}",
        "« {path} » est publié comme {found} ; bulletins et règles donnent {wanted}",
    ),
    "rules.swapped": (
        "two values are published in each other’s place at “{path}”: {found} and {wanted}",
        "deux valeurs sont publiées l’une à la place de l’autre à « {path} » : {found} et {wanted}",
    ),
    "rules.reordered": (
        "from “{path}” on a list is not published in its order",
        "à partir de « {path} », une liste n’est pas publiée dans son ordre",
    ),
    "rules.duplicated": ("“{path}” publishes twice: {found}", "« {path} » publie deux fois : {found}"),
    "rules.kemeny": (
        "the Kemeny order of “{college}” is said to be proven, and a better one is found by moving a single member",
        "l’ordre de Kemeny de « {college} » est dit prouvé, et en déplacer un seul membre en donne un meilleur",
    ),
    "rules.shape": (
        "the tables are not those that the rules demand for so many ballots: {why}",
        "les tableaux ne sont pas ceux que les règles demandent pour ce nombre de bulletins : {why}",
    ),
    "rules.suppressed": (
        "the list of what is left out or clipped is not that of these tables",
        "la liste de ce qui est tu ou borné n’est pas celle de ces tableaux",
    ),
    "rules.agreement": (
        "the agreement between the colleges is not that of their published orders and duels",
        "l’accord entre les collèges n’est pas celui de leurs ordres et de leurs duels publiés",
    ),
    "rules.duel": (
        "“{college}”: no ballots give the two shares published for {first} against {second}",
        "« {college} » : aucun bulletin ne donne les deux parts publiées pour {first} contre {second}",
    ),
    "rules.contradiction": (
        "“{college}”: by the published duels {first} stands before {second}, and the order says otherwise",
        "« {college} » : d’après les duels publiés {first} est avant {second}, et l’ordre dit autre chose",
    ),
    "rules.paths": (
        "“{college}”: the path to {number} does not lead there by duels that were won",
        "« {college} » : le chemin vers {number} n’y mène pas par des duels gagnés",
    ),
    "rules.winner": (
        "“{college}”: “{what}” is not what the other tables allow",
        "« {college} » : « {what} » n’est pas ce que permettent les autres tableaux",
    ),
    "rules.copeland": (
        "“{college}”: {number} is said to win or lose fewer duels than the table of duels shows",
        "« {college} » : {number} gagnerait ou perdrait moins de duels que n’en montre le tableau des duels",
    ),
    "rules.method": (
        "“{college}”: what is published of the method “{method}” contradicts itself or the duels",
        "« {college} » : ce qui est publié de la méthode « {method} » se contredit ou contredit les duels",
    ),
    "rules.sum": (
        "“{college}”: the shares of “{table}” {row} cannot add up to all the ballots",
        "« {college} » : les parts de « {table} » {row} ne peuvent pas faire tous les bulletins",
    ),
    # Receipts
    "receipt.absent": (
        "no line of this file is a receipt (it begins with a brace)",
        "aucune ligne de ce fichier n’est un récépissé (il commence par une accolade)",
    ),
    "receipt.signature": (
        "the signature is not that of the key which the receipt names",
        "la signature n’est pas celle de la clé que nomme le récépissé",
    ),
    "receipt.key": ("the name of the key is not that of the key", "le nom de la clé n’est pas celui de la clé"),
    "receipt.commitment": (
        "the commitment is not that of the ballot with its random value and its note",
        "l’engagement n’est pas celui du bulletin avec sa valeur aléatoire et sa phrase témoin",
    ),
    "receipt.ballot": ("the ballot cannot be read: {why}", "le bulletin n’est pas lisible : {why}"),
    "receipt.consultation": (
        "receipt and ballot are of two consultations",
        "le récépissé et le bulletin sont de deux consultations",
    ),
    "receipt.other_consultation": (
        "the receipt is of another consultation than this chain, which is of “{other}”",
        "le récépissé est d’une autre consultation que cette chaîne, qui est de « {other} »",
    ),
    "receipt.signer": (
        "it is signed by a key that this chain does not know: it is forged, or there are two chains. Find out which "
        "key is the platform’s",
        "il est signé par une clé que cette chaîne ne connaît pas : c’est un faux, ou il y a deux chaînes. Cherchez "
        "quelle clé est celle de la plateforme",
    ),
    "receipt.void_signer": (
        "it is signed by a key that void lines alone brought in, after a theft",
        "il est signé par une clé que seules des lignes nulles ont introduite, après un vol",
    ),
    "unforeseen.error": (
        "these files hold something that this program did not foresee ({error}: {said}); the audit stopped there",
        "ces fichiers contiennent ce que ce programme n’a pas prévu ({error} : {said}) ; l’audit s’est arrêté là",
    ),
    # What was checked
    "done.sums": (
        "the files have the SHA-256 that SHA256SUMS gives (files: {files})",
        "les fichiers ont le SHA-256 que donne SHA256SUMS (fichiers : {files})",
    ),
    "done.chain": (
        "the chain up to {day} has no gap, and each line is linked and signed (lines: {lines}, keys: {keys})",
        "la chaîne jusqu’au {day} est sans lacune, chaque ligne est liée et signée (lignes : {lines}, clés : {keys})",
    ),
    "done.compare": (
        "both chains are the same as far as both go (lines: {lines}); {file} goes on (by {more})",
        "les deux chaînes sont les mêmes aussi loin qu’elles vont (lignes : {lines}) ; {file} continue (de {more})",
    ),
    "done.rules": (
        "the plan (version {version}) and the texts ({texts}) are those that the chain announced",
        "le plan (version {version}) et les textes ({texts}) sont ceux que la chaîne a annoncés",
    ),
    "done.list": (
        "the commitments ({ballots}) give the root that was signed at the close: {root}",
        "les engagements ({ballots}) donnent la racine signée à la clôture : {root}",
    ),
    "done.openings": (
        "each ballot was opened ({ballots}): it is lawful and gives its commitment",
        "chaque bulletin a été ouvert ({ballots}) : il est régulier et donne son engagement",
    ),
    "done.release": (
        "the release is, byte for byte, what these ballots and the publication rules give: {hash}",
        "le résultat publié est, octet pour octet, celui que donnent ces bulletins et les règles : {hash}",
    ),
    "done.public": (
        "the release is the one announced, every figure of it is lawful, and its order is not contradicted: {hash}",
        "le résultat est celui annoncé, chacun de ses chiffres est permis, et rien n’en contredit l’ordre : {hash}",
    ),
    "done.order": (
        "{college} (ballots: {ballots}), order counted again by Schulze’s method: {order}",
        "{college} (bulletins : {ballots}), ordre recompté par la méthode de Schulze : {order}",
    ),
    "done.said": (
        "{college} (ballots: {ballots}), order as it is published: {order}",
        "{college} (bulletins : {ballots}), ordre tel qu’il est publié : {order}",
    ),
    "done.ballots": (
        "{college} (ballots: {ballots}), too few for an order to be published",
        "{college} (bulletins : {ballots}), trop peu pour qu’un ordre soit publié",
    ),
    "done.receipt": (
        "the receipt of {day} is signed by the key {key}, and its commitment is that of its ballot",
        "le récépissé du {day} est signé par la clé {key}, et son engagement est celui de son bulletin",
    ),
    "done.ranking": (
        "it says, in the college “{college}”: {order}. Is that your ranking?",
        "il dit, dans le collège « {college} » : {order}. Est-ce bien votre classement ?",
    ),
    "done.line": (
        "the receipt names line {n} of this chain, and its key is one of this chain",
        "le récépissé nomme la ligne {n} de cette chaîne, et sa clé est de cette chaîne",
    ),
    "done.listed": (
        "the commitment is in the list, line {line}: this ballot was counted",
        "l’engagement est dans la liste, ligne {line} : ce bulletin a été compté",
    ),
    # What one should know
    "remark.repacked": (
        "the bundle was packed anew (order, dates or modes of its files): the content alone was compared",
        "le dossier a été refait (ordre, dates ou droits des fichiers) : seul le contenu a été comparé",
    ),
    "remark.set_aside": (
        "ballots were left out at the close ({ballots}): {cause}. The reason given: {reason}",
        "des bulletins ont été écartés à la clôture ({ballots}) : {cause}. La raison donnée : {reason}",
    ),
    "remark.void": (
        "a key was stolen, and lines of the chain are void: {lines}",
        "une clé a été volée, et des lignes de la chaîne sont nulles : {lines}",
    ),
    "remark.void_receipt": (
        "the receipt names line {n}, which is void after a theft: its ballot may not have been held",
        "le récépissé nomme la ligne {n}, nulle après un vol : son bulletin n’a peut-être pas été gardé",
    ),
    "remark.no_note": (
        "without a phrase of your own, the same receipt can have been given to somebody with the same ranking",
        "sans phrase témoin, le même récépissé peut avoir été remis à quelqu’un qui a fait le même classement",
    ),
    "remark.not_listed": (
        "the commitment is not in the list. By itself this proves no fault: the ballot may have been replaced or "
        "withdrawn later. Many such reports, or two chains, do",
        "l’engagement n’est pas dans la liste. Cela seul ne prouve aucune faute : le bulletin a pu être remplacé ou "
        "retiré ensuite. De nombreux signalements de ce genre, ou deux chaînes, en prouvent une",
    ),
    # What was not done again
    "left.openings": (
        "the count: this bundle has no openings, which only auditors see",
        "le dépouillement : ce dossier n’a pas les ouvertures, que seuls les auditeurs voient",
    ),
    "left.count": (
        "the count: what it is made from has faults",
        "le dépouillement : ce dont il se fait a des fautes",
    ),
    "left.release": (
        "the release: none is announced yet",
        "le résultat publié : aucun n’est encore annoncé",
    ),
    "left.former_release": (
        "the release of line {n}, which a later one replaces: its content is not in the bundle",
        "la publication de la ligne {n}, qu’une autre remplace : son contenu n’est pas dans le dossier",
    ),
    "left.days": (
        "the roots of the days: their lists are not kept, they would tell the day of each ballot",
        "les racines des jours : leurs listes ne sont pas gardées, elles diraient le jour de chaque bulletin",
    ),
    "left.reference": (
        "the permutation reference of the agreement between the colleges: taken from the release",
        "la référence par permutation de l’accord entre les collèges : reprise du résultat publié",
    ),
    "left.kemeny": (
        "the Kemeny order inside a circle of {size} in “{college}”: taken from the release",
        "l’ordre de Kemeny dans un cercle de {size} pour « {college} » : repris du résultat publié",
    ),
    "left.chain": (
        "whether the receipt is of the public chain: give --roots or --bundle",
        "si le récépissé est de la chaîne publique : donnez --roots ou --bundle",
    ),
    "left.list": (
        "whether the ballot is counted: give --list or --bundle",
        "si le bulletin est compté : donnez --list ou --bundle",
    ),
    "left.root": (
        "whether the list is the one that was sealed: the chain has no final line here",
        "si la liste est celle qui a été scellée : la chaîne n’a pas ici de ligne finale",
    ),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
