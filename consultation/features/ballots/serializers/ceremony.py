"""Closing ceremonies as pages and commands show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from consultation.features.ballots.models import Step
from consultation.features.ballots.queries import StepState
from consultation.infrastructure.web.language import said_day, said_moment
from consultation.infrastructure.web.refusals import sentence

Record = Mapping[str, Any]


@dataclass(frozen=True)
class StepLine:
    """One step of the ceremony: name, what it does, its state in a word and in words, what it established, when."""

    name: str
    purpose: str
    state: str
    said: str
    facts: list[tuple[str, str]]
    when: str = ""


def steps_of(states: Sequence[StepState]) -> list[StepLine]:
    """The ceremony, step by step."""
    return [_step_line(state) for state in states]


def _step_line(state: StepState) -> StepLine:
    name, purpose = _step_texts()[state.step]
    when = said_moment(state.noted_at) if state.noted_at else ""
    if state.refusal:
        return StepLine(name, purpose, "refused", sentence(state.refusal), [], when)
    if not state.is_done:
        return StepLine(name, purpose, "waiting", _("To be done"), [])
    return StepLine(name, purpose, "done", _("Done"), _facts(state), when)


def _facts(state: StepState) -> list[tuple[str, str]]:
    record = state.record or {}
    return [*_sealed_facts(record), *_set_aside_facts(record), *_copies_facts(record)]


def _sealed_facts(record: Record) -> list[tuple[str, str]]:
    if "root" not in record:
        return []
    return [
        (_("Ballots, citizens"), str(record["ballots"]["citizens"])),
        (_("Ballots, physicians"), str(record["ballots"]["physicians"])),
        (_("Root of all commitments"), record["root"]),
    ]


def _set_aside_facts(record: Record) -> list[tuple[str, str]]:
    causes = set_aside_texts()
    numbers = [(causes[cause], str(number)) for cause, number in sorted(record.get("set_aside", {}).items())]
    return [*numbers, (_("Why they were left out"), record["reason"])] if numbers else []


def _copies_facts(record: Record) -> list[tuple[str, str]]:
    """What people still have to destroy, and by when."""
    if "copies_gone_by" not in record:
        return []
    since, last = (date.fromisoformat(record[name]) for name in ("copies_since", "copies_gone_by"))
    copies = _("Archived journals, snapshots and backups of the database made since %(day)s", day=said_day(since))
    return [(copies, _("to be destroyed by %(day)s at the latest", day=said_day(last)))]


def set_aside_texts() -> dict[str, str]:
    """Why ballots were left out, by cause."""
    return {
        "bytes": _("Set aside: not written as a ballot must be"),
        "box": _("Set aside: does not open with the key where it lies"),
        "college": _("Set aside: names a college that is not its voter’s"),
        "duplicate": _("Set aside: the same commitment as another"),
        "stranger": _("Set aside: belongs to nobody who may cast one"),
    }


def _step_texts() -> dict[Step, tuple[str, str]]:
    return {
        Step.FENCE: (_("Set the fence"), _("Ballots being cast finish first; later ones are refused.")),
        Step.CHECK: (_("Check the ballots"), _("Every ballot is opened and checked; nothing is written.")),
        Step.SEAL: (_("Seal the ballots"), _("Ballots are copied without anything that leads to a person.")),
        Step.PUBLISH: (
            _("Publish and copy"),
            _("Root and numbers become public; the auditors’ bundle is written and audited; observers are told."),
        ),
        Step.FORGET: (_("Forget the voters"), _("Original ballots, drafts and key are destroyed, without return.")),
        Step.SCRUB: (_("Scrub the files"), _("The files of the database are rewritten without what was deleted.")),
    }
