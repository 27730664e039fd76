"""Casting and withdrawing: the ranking that was reviewed, and the consent."""

import unicodedata
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from consultation.domain.social_choice.ranking import InvalidRanking, WeakOrder
from consultation.domain.verifiability.commitment import NOTE_CHARACTERS
from consultation.features.ballots.forms.paper import NUMBER
from consultation.features.ballots.models import CONSENT_VERSION, BallotContent
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.web.forms import Form

_ONE_LINE = r"[^\x00-\x1f\x7f\ud800-\udfff]*\Z"


def _composed(typed: str | None) -> str:
    return unicodedata.normalize("NFC", (typed or "").strip())


class CastForm(Form):
    """The ranking that was reviewed, carried by the page itself, and the consent."""

    ranking = HiddenField(_l("Ranking"))
    texts = HiddenField(_l("Texts"))
    note = StringField(
        _l("A phrase of your own, if you like"),
        description=_l(
            "At most 60 characters, for instance a line of a song. It becomes part of your commitment: then nobody "
            "else, not even somebody who ranks exactly as you do, can have been shown the same number."
        ),
        filters=[_composed],
        validators=[
            Length(max=NOTE_CHARACTERS, message=_l("Keep to 60 characters at most.")),
            Regexp(
                r"[^\x00-\x1f\x7f\ud800-\udfff]*\Z", message=_l("Use letters, figures, spaces and punctuation alone.")
            ),
        ],
    )
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

    def witness(self) -> str:
        """The participant's own phrase, composed (NFC); empty when there is none."""
        return str(self.note.data or "")

    def seen(self) -> dict[int, int]:
        """The version of each text that the reviewed page had, by number; what is no such list is empty."""
        pairs = [pair.split(".") for pair in str(self.texts.data or "").split(",")]
        if not all(len(pair) == 2 and all(NUMBER.fullmatch(part) for part in pair) for pair in pairs):
            return {}
        return {int(number): int(version) for number, version in pairs}


class WithdrawForm(Form):
    """A button: withdraw the ballot and the draft."""


def cast_form(
    order: WeakOrder, recommendations: Sequence[Recommendation], former: BallotContent | None = None
) -> CastForm:
    """The form of a ranking to be reviewed, with the versions of the texts and the phrase of the ballot before."""
    texts = ",".join(f"{one.number}.{one.version}" for one in recommendations)
    return CastForm(formdata=None, ranking=as_text(order), texts=texts, note=former.note if former else "")


def as_text(order: WeakOrder) -> str:
    """A ranking as a form carries it: tiers apart by >, ties by =."""
    return ">".join("=".join(str(number) for number in tier) for tier in order)
