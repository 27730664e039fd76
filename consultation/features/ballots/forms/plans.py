"""The counting plan as organisers decide it: the lawful choices, and a reason once ballots are taken."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # missing from the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from consultation.domain.deliberation.texts import clean_title
from consultation.domain.errors import PlanRefused
from consultation.domain.social_choice.methods import MAIN_METHOD
from consultation.domain.verifiability.plan import (
    BANDS,
    CLAIMS_DAYS,
    LEAST_MINIMUM,
    MEAN,
    NO_COMBINATION,
    OPENINGS_KEPT_DAYS,
    CountingPlan,
)
from consultation.infrastructure.web.forms import Form
from consultation.infrastructure.web.methods import METHODS

MOST_DAYS = 3650
LARGEST_MINIMUM = 1_000_000
_DAYS = NumberRange(1, MOST_DAYS, _l("Give a whole number of days, from 1 to 3,650."))


def _line(typed: str | None) -> str:
    return clean_title(typed or "")


class PlanForm(Form):
    """What organisers decide of a counting plan; its dates are the consultation's, its steps those of the rules."""

    methods = SelectMultipleField(
        _l("Methods beside that of Schulze"),
        description=_l("The order published is always that of Schulze. The others are counted on the same ballots."),
        choices=[SelectChoice(code, name) for code, (name, _said) in METHODS.items() if code != MAIN_METHOD],
        default=[code for code in METHODS if code != MAIN_METHOD],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    minimum_ballots = IntegerField(
        _l("Fewest ballots for a college to be published"),
        description=_l("20, or more."),
        default=LEAST_MINIMUM,
        validators=[
            InputRequired(_l("Give a number of ballots.")),
            NumberRange(
                LEAST_MINIMUM,
                LARGEST_MINIMUM,
                _l("A college is published from 20 ballots on, or from a greater number."),
            ),
        ],
    )
    bands = StringField(
        _l("Groups of places end at"),
        description=_l("Growing by 3 at least: 3, 10, 20 stands for 1 to 3, 4 to 10, 11 to 20, then the rest."),
        default=", ".join(map(str, BANDS)),
        filters=[_line],
        validators=[
            InputRequired(_l("Give at least one number.")),
            Regexp(
                r"\d{1,4}(?:\s*,\s*\d{1,4}){0,19}\Z",
                re.ASCII,
                _l("Write whole numbers with commas between them, such as 3, 10, 20."),
            ),
        ],
    )
    combination = RadioField(
        _l("Order of both colleges together"),
        choices=[
            SelectChoice(NO_COMBINATION, _l("None: each college by itself")),
            SelectChoice(MEAN, _l("One order of both at equal weight, without shares")),
        ],
        default=NO_COMBINATION,
        validators=[InputRequired(_l("Choose one."))],
    )
    claims_days = IntegerField(
        _l("Days to contest the count"),
        default=CLAIMS_DAYS,
        validators=[InputRequired(_l("Give a number of days.")), _DAYS],
    )
    openings_kept_days = IntegerField(
        _l("Days for which auditors keep the rankings"),
        default=OPENINGS_KEPT_DAYS,
        validators=[InputRequired(_l("Give a number of days.")), _DAYS],
    )
    observers = TextAreaField(
        _l("Observers of the closing"),
        description=_l("One name a line, or nobody. Their names are public."),
        validators=[Length(max=2000, message=_l("Keep to 2,000 characters at most."))],
    )
    reason = StringField(
        _l("Why the plan changes"),
        description=_l("Published at once in the public record, with the new plan."),
        filters=[_line],
        validators=[
            InputRequired(_l("Say why the counting plan changes: the reason is published with it.")),
            Length(max=500, message=_l("Keep to 500 characters at most.")),
        ],
    )

    def __init__(self, *, needs_reason: bool, **values: Any) -> None:
        """A form without a reason where the plan of a draft is decided."""
        super().__init__(**values)
        if not needs_reason:
            del self.reason

    def decisions(self) -> dict[str, Any]:
        """The fields of CountingPlan that were decided."""
        return {
            "methods": (MAIN_METHOD, *(self.methods.data or ())),
            "minimum_ballots": self.minimum_ballots.data,
            "bands": tuple(int(end) for end in str(self.bands.data).split(",")),
            "combination": self.combination.data,
            "claims_days": self.claims_days.data,
            "openings_kept_days": self.openings_kept_days.data,
            "observers": tuple(name for line in (self.observers.data or "").splitlines() if (name := _line(line))),
        }

    def why(self) -> str:
        """The reason given; empty where none is asked for."""
        return str(self.reason.data) if self.reason else ""

    def show(self, refusal: PlanRefused) -> None:
        """Show a refusal beside the field that it is about, or above all where it is about the whole plan."""
        reason = str(refusal.values["reason"])
        self.refuse(refusal, reason if reason in self else None)


def plan_form(plan: CountingPlan | None, *, needs_reason: bool) -> PlanForm:
    """The form of a plan to be decided, or changed from what it is."""
    if plan is None:
        return PlanForm(needs_reason=needs_reason)
    return PlanForm(
        needs_reason=needs_reason,
        data={
            "methods": [code for code in plan.methods if code != MAIN_METHOD],
            "minimum_ballots": plan.minimum_ballots,
            "bands": ", ".join(map(str, plan.bands)),
            "combination": plan.combination,
            "claims_days": plan.claims_days,
            "openings_kept_days": plan.openings_kept_days,
            "observers": "\n".join(plan.observers),
        },
    )
