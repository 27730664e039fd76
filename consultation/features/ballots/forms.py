"""Forms of the ballot: ranks as they are typed, and the consent with which a ballot is cast."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired

from consultation.domain.errors import EmptyRanking
from consultation.domain.social_choice.ranking import InvalidRanking, WeakOrder
from consultation.features.ballots.models import CONSENT_VERSION, Sheet
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.web.forms import Form

NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
MOVES = ("up", "down", "add")
ACTIONS = ("save", "sort", "review")
LONGEST_SHOWN = 20


class RankField(StringField):
    """The rank of one recommendation: a whole number from 1 to the number of recommendations, or nothing."""

    data: Any

    def __init__(self, label: str, highest: int, **options: Any) -> None:
        super().__init__(label, **options)
        self._highest = highest

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read an ASCII integer; anything else, or the field sent twice, is refused with what was typed."""
        self.data = None
        if len(valuelist) > 1:
            raise ValueError(_("This rank was sent more than once."))
        if not valuelist or valuelist[0] == "":
            return
        if not NUMBER.fullmatch(valuelist[0]) or int(valuelist[0]) > self._highest:
            shown = valuelist[0][:LONGEST_SHOWN]
            message = _("“%(typed)s” is not a rank. Choose a whole number from 1 to %(highest)s, or no rank.")
            raise ValueError(message % {"typed": shown, "highest": self._highest})
        self.data = int(valuelist[0])

    @property
    def typed(self) -> str:
        """What was typed, kept as it was."""
        return str(self.raw_data[0])[:LONGEST_SHOWN] if self.raw_data else ""


@dataclass(frozen=True)
class Move:
    """What a button asks for: one of MOVES with a recommendation's number, or one of ACTIONS with None."""

    kind: str
    number: int | None = None


class SheetForm(Form):
    """The ballot paper: one rank per recommendation, and the button that was pressed."""

    _numbers: tuple[int, ...] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each rank; refuse ranks of what is not put to the vote, buttons that do not exist, an empty review."""
        valid = bool(super().validate(extra_validators))
        foreign = [name for name in request.form if name.startswith("rank-") and name not in self._fields]
        if foreign or self.move() is None:
            self.form_errors.append(
                _("What was sent names a recommendation or a button that is not on this page. Nothing was recorded.")
            )
            return False
        if valid and self.move() == Move("review") and self.sheet().order is None:
            self.refuse(EmptyRanking())
            return False
        return valid

    def move(self) -> Move | None:
        """What is asked for; None when there is no such button."""
        kind, _separator, number = request.form.get("action", "save").partition(":")
        if kind in MOVES and NUMBER.fullmatch(number) and int(number) in self._numbers:
            return Move(kind, int(number))
        return Move(kind) if kind in ACTIONS and not number else None

    def sheet(self) -> Sheet:
        """The ranking as typed, its rows in the order in which they were on the page."""
        ranks = {number: self[f"rank-{number}"].data for number in self.posted()}
        shown = tuple(number for number, rank in ranks.items() if rank is not None)
        return Sheet(WeakOrder.from_ranks(ranks) if shown else None, shown)

    def posted(self) -> list[int]:
        """The recommendations of the paper, in the order in which they were sent."""
        names = {f"rank-{number}": number for number in self._numbers}
        return [names[name] for name in request.form if name in names]


def sheet_form(recommendations: Sequence[Recommendation]) -> SheetForm:
    """The ballot paper of these recommendations."""
    fields: dict[str, Any] = {
        f"rank-{one.number}": RankField(_("Recommendation %(number)s", number=one.number), len(recommendations))
        for one in recommendations
    }
    numbers = tuple(one.number for one in recommendations)
    return type("BallotPaper", (SheetForm,), {**fields, "_numbers": numbers})()


class CastForm(Form):
    """The ranking that was reviewed, carried by the page itself, and the consent."""

    ranking = HiddenField(_l("Ranking"))
    consent = BooleanField(
        _l(
            "I agree that this ranking, which may reveal my opinion on health policy, be recorded in this ballot and "
            "counted. I can withdraw this agreement until the close."
        ),
        validators=[InputRequired(_l("Tick the box if you agree; without it the ballot cannot be cast."))],
    )

    def order(self) -> WeakOrder | None:
        """The ranking that was reviewed; None when what was sent is not a ranking."""
        tiers = [tier.split("=") for tier in str(self.ranking.data or "").split(">")]
        if not all(NUMBER.fullmatch(number) for tier in tiers for number in tier):
            return None
        try:
            return WeakOrder.from_tiers([int(number) for number in tier] for tier in tiers)
        except InvalidRanking:
            return None

    def consent_given(self) -> str:
        """The version of the consent that was ticked; empty when it was not."""
        return CONSENT_VERSION if self.consent.data else ""


class WithdrawForm(Form):
    """A button: withdraw the ballot and the draft."""


def as_text(order: WeakOrder) -> str:
    """A ranking as a form carries it: tiers apart by >, ties by =."""
    return ">".join("=".join(str(number) for number in tier) for tier in order)
