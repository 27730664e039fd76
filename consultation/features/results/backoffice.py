"""The organisers' button that publishes, and how far the count has come."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import AlreadyPublished
from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.consultations.policies import may_organise_consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.results import services
from consultation.features.results.policies import is_counted_at_once, may_publish
from consultation.features.results.queries import ballots_to_count, progress_of
from consultation.features.results.views import blueprint as blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.post("/organise/<slug>/publish/")
@limiter.limit(limits.WRITE)
@guarded(may_join_team_work, may_publish)
def publish(slug: str) -> ResponseReturnValue:
    """Count and publish, in one act; of many ballots a job does it."""
    actor, consultation = current_actor(), consultation_by_slug(slug)
    enforce(may_join_team_work(actor))
    try:
        if not is_counted_at_once(ballots_to_count(consultation.id)):
            services.begin_publication(actor, consultation)
            return redirect(url_for("results.counting", slug=slug), code=303)
        services.publish(actor, consultation)
    except AlreadyPublished:  # the same button pressed twice, or two organisers at once: it is done
        return redirect(url_for("results.show", slug=slug), code=303)
    flash(_("The results are published: everyone can now read them, and take them away."), "success")
    return redirect(url_for("results.show", slug=slug), code=303)


@blueprint.get("/organise/<slug>/publish/")
@guarded(may_join_team_work, may_organise_consultation)
def counting(slug: str) -> ResponseReturnValue:
    """How far the count has come; once it is published, the results."""
    actor, consultation = current_actor(), consultation_by_slug(slug)
    enforce(may_join_team_work(actor))
    enforce(may_organise_consultation(actor, consultation))
    progress = progress_of(consultation.id)
    if progress is None:
        endpoint = "results.show" if consultation.published_at else "consultations.desk"
        return redirect(url_for(endpoint, slug=slug), code=303)
    ballots = ballots_to_count(consultation.id)
    return render_template("results/counting.html", consultation=consultation, progress=progress, ballots=ballots)
