"""The golden bundle: fixed keys, salts and ballots, lines of every type; it changes only with the formats."""

from __future__ import annotations

import io
from pathlib import Path

from consultation.domain.verifiability.audit import audit_bundle, check_receipt
from consultation.domain.verifiability.bundle import bundle_of, files_of
from consultation.domain.verifiability.roots import LineType

from .generated import Closed, with_every_line

GOLDEN = Path(__file__).parent / "golden"


def receipt_of(consultation: Closed) -> bytes:
    """A receipt of its first ballot."""
    return consultation.ballots[0][2].receipt(consultation.chain).signed(consultation.chain.signer.sign)


def test_the_platform_still_gives_the_golden_bundle():
    consultation = with_every_line()
    golden = (GOLDEN / "bundle.zip").read_bytes()
    files = consultation.files(consultation.release())
    assert files == files_of(golden)
    assert bundle_of(files) == golden


def test_the_platform_still_gives_the_golden_receipt():
    assert (GOLDEN / "receipt.json").read_bytes() == receipt_of(with_every_line())


def test_the_audit_accepts_the_golden_bundle_and_receipt():
    report = audit_bundle(io.BytesIO((GOLDEN / "bundle.zip").read_bytes()))
    assert report.faults == []
    assert [one.key for one in report.remarks] == ["remark.void", "remark.set_aside"]
    types = {line["type"] for line in with_every_line().chain.lines}
    assert types == {line_type.value for line_type in LineType}
    bundle = io.BytesIO((GOLDEN / "bundle.zip").read_bytes())
    assert check_receipt((GOLDEN / "receipt.json").read_bytes(), {}, bundle).faults == []
