"""Closing ceremonies as pages and commands show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from consultation.features.ballots.models import Step
from consultation.features.ballots.queries import StepState
from consultation.infrastructure.web.refusals import sentence


@dataclass(frozen=True)
class StepLine:
    """One step of the ceremony: name, what it does, its state in a word and in words, what it established."""

    name: str
    purpose: str
    state: str
    said: str
    facts: list[tuple[str, str]]


def steps_of(states: Sequence[StepState]) -> list[StepLine]:
    """The ceremony, step by step."""
    return [_step_line(state) for state in states]


def _step_line(state: StepState) -> StepLine:
    name, purpose = _step_texts()[state.step]
    if state.refusal:
        return StepLine(name, purpose, "refused", sentence(state.refusal), [])
    if not state.is_done:
        return StepLine(name, purpose, "waiting", _("To be done"), [])
    return StepLine(name, purpose, "done", _("Done"), _facts(state))


def _facts(state: StepState) -> list[tuple[str, str]]:
    record = state.record or {}
    if "root" not in record:
        return []
    return [
        (_("Ballots, citizens"), str(record["ballots"]["citizens"])),
        (_("Ballots, physicians"), str(record["ballots"]["physicians"])),
        (_("Root of all commitments"), record["root"]),
    ]


def _step_texts() -> dict[Step, tuple[str, str]]:
    return {
        Step.FENCE: (_("Set the fence"), _("Ballots being cast finish first; later ones are refused.")),
        Step.CHECK: (_("Check the ballots"), _("Every ballot is opened and checked; nothing is written.")),
        Step.SEAL: (_("Seal the ballots"), _("Ballots are copied without anything that leads to a person.")),
        Step.PUBLISH: (_("Record the root"), _("The numbers of ballots and the root of all commitments are recorded.")),
        Step.FORGET: (_("Forget the voters"), _("Original ballots, drafts and key are destroyed, without return.")),
        Step.SCRUB: (_("Scrub the files"), _("The files of the database are rewritten without what was deleted.")),
    }
