"""The organisers' button that publishes."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import AlreadyPublished
from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.results import services
from consultation.features.results.policies import may_publish
from consultation.features.results.views import blueprint as blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.post("/organise/<slug>/publish/")
@limiter.limit(limits.WRITE)
@guarded(may_join_team_work, may_publish)
def publish(slug: str) -> ResponseReturnValue:
    """Count and publish, in one act."""
    actor = current_actor()
    enforce(may_join_team_work(actor))
    try:
        services.publish(actor, consultation_by_slug(slug))
    except AlreadyPublished:  # the same button pressed twice, or two organisers at once: it is done
        return redirect(url_for("results.show", slug=slug), code=303)
    flash(_("The results are published: everyone can now read them, and take them away."), "success")
    return redirect(url_for("results.show", slug=slug), code=303)
