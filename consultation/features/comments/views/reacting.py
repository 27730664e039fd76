"""Reactions to a comment."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from consultation.features.comments.forms import ReactionForm
from consultation.features.comments.policies import may_react
from consultation.features.comments.services import react as react_to
from consultation.features.comments.views.doors import blueprint, found_in, place_of
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter
from consultation.infrastructure.web.urls import safe_next


@blueprint.post("/consultations/<slug>/comments/<comment_id>/react/")
@guarded(may_react)
@limiter.limit(limits.WRITE)
def react(slug: str, comment_id: str) -> ResponseReturnValue:
    """Note a reaction, then go back to where its button stood."""
    consultation, target = found_in(slug, comment_id)
    form = ReactionForm()
    react_to(current_actor(), target, form.reaction(), form.seen())
    here = safe_next(request.form.get("next"))
    place = f"{here}#c-{target.id}" if here else place_of(consultation, target)
    return redirect(place, code=303)
