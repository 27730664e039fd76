"""`consultation audit-log` proves the log right, and names the place where it is not."""

import json

import pytest
from sqlalchemy import text

from consultation.features.accounts.services import create_account
from consultation.features.audit.jobs import seal_log
from consultation.features.audit.models import AuditEntry
from consultation.infrastructure.database import db, session
from consultation.infrastructure.triggers import drop


@pytest.fixture
def sealed(operator, draft):
    """A platform whose log is sealed, with its first head published."""
    with operator.application().app_context():
        create_account("paul@example.org", None, "fr")
        seal_log()
        session.commit()
        db.engine.dispose()
    return operator


def change(operator, statement):
    """Do to the log what no code of ours does."""
    with operator.application().app_context():
        for table in ("audit_entry", "audit_seal"):
            drop(session.connection(), table, ("UPDATE", "DELETE"))
        session.execute(text(statement))
        session.commit()
        db.engine.dispose()


def head_of(operator):
    """The end of the chain, as the command tells it."""
    return json.loads(operator.types("audit-log --json").stdout)["head"]


def test_a_log_that_nobody_touched_holds(sealed):
    told = json.loads(sealed.types("audit-log --json").stdout)
    assert told["entries"] > 0
    assert told["waiting"] == 0
    assert told["published_heads"] == 1
    assert "are as they were sealed" in sealed.types("audit-log").stdout


def test_a_head_that_was_kept_is_found_again_after_more_was_sealed(sealed):
    head = head_of(sealed)
    with sealed.application().app_context():
        create_account("anne@example.org", None, "fr")
        seal_log()
        session.commit()
        db.engine.dispose()
    told = json.loads(sealed.types(f"audit-log --head {head} --json").stdout)
    assert told["kept_heads"] == 1
    assert told["head"] != head


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("UPDATE audit_entry SET event = 'Nothing'", "entry 1"),
        ("UPDATE audit_seal SET digest = 'ab' WHERE number = 2", "entry 2"),
        ("DELETE FROM audit_seal WHERE number = 1", "entry 1: it is missing"),
        ("DELETE FROM audit_seal WHERE number > 1", "not in the chain"),
    ],
)
def test_a_log_that_was_changed_behind_the_platform_is_refused_with_its_place(sealed, act, sentence):
    change(sealed, act)
    refused = sealed.types("audit-log", status=1)
    assert sentence in refused.stderr


def test_a_head_of_another_chain_is_refused(sealed):
    refused = sealed.types(f"audit-log --head 1:{'0' * 64}", status=1)
    assert "not in the chain" in refused.stderr


@pytest.mark.parametrize("head", ["1", f"0:{'0' * 64}", "1:xyz", f"1:{'G' * 64}"])
def test_a_head_that_is_none_is_a_usage_error(sealed, head):
    assert "64" in sealed.types(f"audit-log --head {head}", status=2).stderr


def test_an_empty_log_says_so(operator):
    told = json.loads(operator.types("audit-log --json").stdout)
    assert told["head"] is None
    with operator.application().app_context():
        assert session.query(AuditEntry).count() == told["waiting"]
        db.engine.dispose()
