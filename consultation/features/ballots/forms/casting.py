"""Casting and withdrawing: the ranking that was reviewed, and the consent."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from consultation.domain.social_choice.ranking import InvalidRanking, WeakOrder
from consultation.features.ballots.forms.paper import NUMBER
from consultation.features.ballots.models import CONSENT_VERSION
from consultation.infrastructure.web.forms import Form


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
