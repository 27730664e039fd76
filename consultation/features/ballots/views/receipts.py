"""The receipt of the ballot that counts: to its owner, until the close."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.errors import Missing
from consultation.features.ballots.queries import ballot_of
from consultation.features.ballots.serializers import aside_of, lines_of, receipt_page_of, receipt_text_of
from consultation.features.ballots.services import issue_receipt
from consultation.features.ballots.views.doors import blueprint, consultation_taken_part_in
from consultation.features.consultations.policies import may_take_part
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor


@blueprint.get("/consultations/<slug>/ballot/receipt/")
@guarded(may_take_part)
def receipt(slug: str) -> ResponseReturnValue:
    """The ballot as it was cast, with its signed receipt, to be kept or printed."""
    consultation = consultation_taken_part_in(slug)
    content = ballot_of(current_actor(), consultation)
    if content is None:
        return redirect(url_for("ballots.compose", slug=slug), code=303)
    order, recommendations = content.said().order, recommendations_of(consultation.id)
    return render_template(
        "ballots/receipt.html",
        consultation=consultation,
        college=content.said().college,
        receipt=receipt_page_of(issue_receipt(consultation, content)),
        lines=lines_of(order, recommendations),
        aside=aside_of(order, recommendations),
    )


@blueprint.get("/consultations/<slug>/ballot/receipt.txt")
@guarded(may_take_part)
def receipt_text(slug: str) -> ResponseReturnValue:
    """The same as a text file, which the stand-alone audit reads."""
    consultation = consultation_taken_part_in(slug)
    content = ballot_of(current_actor(), consultation)
    if content is None:
        raise Missing
    response = Response(receipt_text_of(issue_receipt(consultation, content)), mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-receipt.txt"'
    return response
