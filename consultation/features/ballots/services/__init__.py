"""What is done to ballots: drafted, cast, withdrawn, sealed; and to their plan, chain and receipts."""

from consultation.features.ballots.services.auditors import (
    bundle_for,
    confirm_auditor,
    dismiss_auditor,
    propose_auditor,
    record_statement,
)
from consultation.features.ballots.services.casting import cast_ballot, cast_with_receipt, withdraw_ballot
from consultation.features.ballots.services.ceremony import begin_closing, close, run
from consultation.features.ballots.services.chain import add_line, add_release_line, change_signing_key
from consultation.features.ballots.services.days import add_day_line
from consultation.features.ballots.services.drafting import drop_brought, save_draft, take_brought, take_up
from consultation.features.ballots.services.leaving import (
    has_papers,
    has_physicians_ballot,
    take_out_papers,
    take_out_physicians_ballot,
)
from consultation.features.ballots.services.opening import begin_missing_chains, open_urn
from consultation.features.ballots.services.openings import delete_openings, has_outlived_openings
from consultation.features.ballots.services.plans import change_plan, planned, publish_plan
from consultation.features.ballots.services.receipts import issue_receipt

__all__ = [
    "add_day_line",
    "add_line",
    "add_release_line",
    "begin_closing",
    "begin_missing_chains",
    "bundle_for",
    "cast_ballot",
    "cast_with_receipt",
    "change_plan",
    "change_signing_key",
    "close",
    "confirm_auditor",
    "delete_openings",
    "dismiss_auditor",
    "drop_brought",
    "has_outlived_openings",
    "has_papers",
    "has_physicians_ballot",
    "issue_receipt",
    "open_urn",
    "planned",
    "propose_auditor",
    "publish_plan",
    "record_statement",
    "run",
    "save_draft",
    "take_brought",
    "take_out_papers",
    "take_out_physicians_ballot",
    "take_up",
    "withdraw_ballot",
]
