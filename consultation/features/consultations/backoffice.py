"""The organisers' desk: where each of their consultations stands, and what can be done next."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import OpeningRefused
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import MODERATOR, ORGANISER
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.accounts.queries import holders_of, unconfirmed_count
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_close, may_open, may_organise_consultation, may_publish
from consultation.features.consultations.queries import all_consultations_for
from consultation.features.consultations.serializers import dates_of, desk_rows_of, rail_of
from consultation.features.consultations.services import consultation_led_by, missing_for_opening, open_consultation
from consultation.features.consultations.views import blueprint as blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter
from consultation.infrastructure.web.refusals import in_words


@blueprint.get("/organise/")
@guarded(may_join_team_work)
def organise() -> ResponseReturnValue:
    """The consultations in which the actor has a role."""
    actor = current_actor()
    enforce(may_join_team_work(actor))
    return render_template("consultations/organise.html", rows=desk_rows_of(actor, all_consultations_for(actor)))


@blueprint.get("/organise/<slug>/")
@guarded(may_join_team_work, may_organise_consultation)
def desk(slug: str) -> ResponseReturnValue:
    """One consultation as its organisers see it; nothing of ballots."""
    return _desk(consultation_led_by(current_actor(), slug))


@blueprint.post("/organise/<slug>/open/")
@limiter.limit(limits.WRITE)
@guarded(may_join_team_work, may_open)
def open(slug: str) -> ResponseReturnValue:
    """Open the consultation, or say what is missing."""
    consultation = consultation_led_by(current_actor(), slug)
    actor = current_actor()
    enforce(may_open(actor, consultation))
    moderators = holders_of(MODERATOR, consultation.id)
    try:
        open_consultation(actor, consultation, consultation.recommendation_count, len(moderators))
    except OpeningRefused as refusal:
        return _desk(consultation, refusal), 409
    flash(_("The consultation is open: everyone can now read, comment and rank."), "success")
    return redirect(url_for("consultations.desk", slug=slug), code=303)


def _desk(consultation: Consultation, refusal: OpeningRefused | None = None) -> str:
    actor = current_actor()
    organisers, moderators = (holders_of(role, consultation.id) for role in (ORGANISER, MODERATOR))
    missing = missing_for_opening(consultation, consultation.recommendation_count, len(moderators))
    return render_template(
        "consultations/desk.html",
        consultation=consultation,
        rail=rail_of(consultation),
        dates=dates_of(consultation),
        team=[(_("Organisers"), organisers), (_("Moderators"), moderators)],
        unconfirmed=unconfirmed_count(),
        missing=[in_words(code) for code in missing],
        may_open=may_open(actor, consultation),
        may_close=may_close(actor, consultation),
        may_publish=may_publish(actor, consultation),
        is_refused=refusal is not None,
    )
