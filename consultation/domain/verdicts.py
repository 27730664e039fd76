"""The answer of a policy: yes, or a refusal that says why."""

from dataclasses import dataclass

from consultation.domain.errors import RuleBroken


@dataclass(frozen=True)
class Verdict:
    """Yes when there is no refusal; truthy in templates, so that a button and its guard share one policy."""

    refusal: RuleBroken | None = None

    def __bool__(self) -> bool:
        return self.refusal is None


YES = Verdict()


def no(refusal: RuleBroken) -> Verdict:
    """A verdict that refuses with this reason."""
    return Verdict(refusal)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first of several verdicts that refuses, or yes when none does."""
    return next((verdict for verdict in verdicts if not verdict), YES)


def enforce(verdict: Verdict) -> None:
    """Turn a refusal into the error it carries; do nothing on yes."""
    if verdict.refusal is not None:
        raise verdict.refusal
