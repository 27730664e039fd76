"""The ballot paper: ranks as they are typed, and the button that was pressed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from wtforms import StringField

from consultation.domain.errors import EmptyRanking
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.models import Sheet
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.web.forms import Form

NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
MOVES = ("up", "down", "add", "rank")
ACTIONS = ("save", "sort", "review", "erase")
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
    """What a button asks for: one of MOVES with a recommendation's number, or one of ACTIONS with None.

    To rank is what a script asks for when a list was changed: the ranks are taken as typed, as by saving.
    """

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

    def is_of_visitor(self) -> bool:
        """Whether the page was made for somebody who was not signed in."""
        return request.form.get("of") == "visitor"

    def is_of_account(self) -> bool:
        """Whether the page was made for somebody who was signed in."""
        return request.form.get("of") == "account"

    def mark(self) -> str:
        """The mark of the draft from which the page was made; empty where it had none."""
        return request.form.get("mark", "")

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
