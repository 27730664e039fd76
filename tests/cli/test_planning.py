"""The counting plan and the auditors' bundle, by commands alone."""

import json
from pathlib import Path

import pyrage
import pytest

from consultation.domain.verifiability.bundle import files_of
from consultation.features.accounts.models import ORGANISER
from consultation.features.accounts.queries import account_by_address
from consultation.features.ballots.services import confirm_auditor, propose_auditor
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.database import db, session


def test_the_plan_of_a_draft_is_published_then_replaced(operator, draft):
    first = json.loads(operator.types(f"consultation plan {draft} --json").stdout)
    assert (first["version"], first["minimum_ballots"], first["combination"]) == (1, 20, "none")
    done = operator.types(f"consultation plan {draft} --minimum 30 --combination mean --band 3 --band 6")
    assert done.stdout == "The counting plan of “essai” is public, in version 2.\n"
    assert "says all this already" in operator.types(f"consultation plan {draft} --minimum 30", 1).stderr


@pytest.mark.parametrize("options", ["--minimum 19", "--band 5 --band 5", "--band 7 --band 3"])
def test_what_is_not_lawful_is_refused_in_a_sentence(operator, draft, options):
    operator.types(f"consultation plan {draft} {options}", 1)
    assert json.loads(operator.types(f"consultation plan {draft} --json").stdout)["version"] == 1


def test_a_combination_that_nobody_knows_is_a_wrong_use(operator, draft):
    assert (
        "'sum' is not one of 'none', 'mean'" in operator.types(f"consultation plan {draft} --combination sum", 2).stderr
    )


def test_while_open_a_change_says_why(operator, opened):
    assert "Say why" in operator.types(f"consultation plan {opened} --minimum 30", 1).stderr
    done = operator.types(f"consultation plan {opened} --minimum 30 --reason Parce-que.", LANG="fr_FR.UTF-8")
    assert done.stdout == "Le plan de dépouillement de «\u00a0essai\u00a0» est public, dans sa version 2.\n"


def test_a_bundle_is_written_for_an_auditor_whom_two_organisers_named_and_for_nobody_else(
    operator, opened, tmp_path: Path
):
    identity, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    name_auditor(operator, opened, str(identity.to_public()))
    out = tmp_path / "bundle.zip.age"
    command = f"audit bundle {opened} --recipient {identity.to_public()} --out {out}"
    assert "not sealed yet" in operator.types(command, 1).stderr
    operator.types(f"consultation close {opened}")
    refused = operator.types(f"audit bundle {opened} --recipient {stranger.to_public()} --out {out}", 1)
    assert "nothing was written" in refused.stderr
    assert not out.exists()
    assert str(out) in operator.types(command).stdout
    assert "openings.jsonl" in files_of(pyrage.decrypt(out.read_bytes(), [identity]))
    assert str(out) in operator.types(command, 1).stderr  # a file that is there is not overwritten
    operator.types(f"consultation publish {opened}")
    later = tmp_path / "later.age"
    operator.types(f"audit bundle {opened} --recipient {identity.to_public()} --out {later} --json")
    assert "release.json" in files_of(pyrage.decrypt(later.read_bytes(), [identity]))


def name_auditor(operator, slug: str, key: str) -> None:
    """Let two organisers propose and confirm, as they do at their desk."""
    for name in ("anne", "paul"):
        operator.types(f"users create {name}@example.org")
        operator.types(f"users grant {name}@example.org {ORGANISER} {slug}")
    with operator.application().app_context():
        consultation = consultation_by_slug(slug)
        anne, paul = (account_by_address(f"{name}@example.org") for name in ("anne", "paul"))
        auditor = propose_auditor(anne, consultation, "Ada Lovelace", key)
        confirm_auditor(paul, consultation, auditor.id)
        session.commit()
        db.engine.dispose()
