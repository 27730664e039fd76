"""The report of a consultation, as all may read it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.errors import Missing
from consultation.domain.verdicts import enforce
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import page_of
from consultation.features.recommendations.queries import recommendations_with_outcomes, stamp_of_recommendations
from consultation.features.recommendations.serializers import awaited_of
from consultation.features.reports.queries import citations_of, lines_citing, lines_of, stamp_of_citing
from consultation.features.reports.serializers import chapters_of, citing_lines_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.caching import kept

blueprint = Blueprint("reports", __name__)


@blueprint.get("/consultations/<slug>/report/")
@guarded(may_read)
@kept(stamp_of_recommendations)
def show(slug: str) -> ResponseReturnValue:
    """The lines of the report with the comments that they rest on, or when it is to be expected."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    is_public = consultation.report_published_on is not None
    lines, cited = (lines_of(consultation), citations_of(consultation)) if is_public else ([], {})
    return render_template(
        "reports/show.html",
        chapters=chapters_of(consultation, lines, cited),
        changed_on=max((day for line in lines if (day := line.withdrawn_on or line.changed_on)), default=None),
        promised=None if is_public else awaited_of(consultation, recommendations_with_outcomes(consultation.id)),
        **page_of(consultation, "report"),
    )


@blueprint.get("/consultations/<slug>/report/comments/<comment_id>/")
@guarded(may_read)
@kept(stamp_of_citing)
def citing(slug: str, comment_id: str) -> ResponseReturnValue:
    """The lines of a public report that rest on one comment."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    lines = lines_citing(consultation, comment_id) if consultation.report_published_on is not None else []
    if not lines:
        raise Missing(comment=comment_id)
    return render_template(
        "reports/citing.html",
        lines=citing_lines_of(consultation, lines),
        back_url=url_for("comments.comment", slug=slug, comment_id=comment_id),
        **page_of(consultation, "report"),
    )
