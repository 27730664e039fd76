"""Duels: a draft that builds itself from questions about two recommendations at a time."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consultation.features.ballots.forms.duels import DuelForm, question_as_text
from consultation.features.ballots.models import Sheet
from consultation.features.ballots.policies import may_prepare
from consultation.features.ballots.serializers.duels import duel_page_of
from consultation.features.ballots.views.doors import (
    blueprint,
    consultation_prepared_in,
    consultation_taken_part_in,
    limited_for_visitors,
    papers_here,
    save_here,
)
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.web.access import guarded


@blueprint.get("/consultations/<slug>/ballot/duels/")
@guarded(may_prepare)
def duels(slug: str) -> ResponseReturnValue:
    """The present question, or what the answers came to."""
    return _asked(consultation_prepared_in(slug))


@blueprint.post("/consultations/<slug>/ballot/duels/")
@limited_for_visitors
@guarded(may_prepare)
def answer(slug: str) -> ResponseReturnValue:
    """Take an answer, or take the last one back; a page that shows another question than the present one is refused."""
    form = DuelForm()
    consultation = consultation_taken_part_in(slug) if form.is_of_account() else consultation_prepared_in(slug)
    if not form.validate():
        return _asked(consultation, form), 422
    papers = papers_here(consultation)
    present = papers.sheet.duels_over(papers.presented)
    if not form.fits(present):
        return _asked(consultation, is_stale=True), 409
    save_here(consultation, Sheet.by_duels(form.applied_to(present)))
    return redirect(url_for("ballots.duels", slug=slug, _anchor="duel"), code=303)


def _asked(consultation: Consultation, form: DuelForm | None = None, *, is_stale: bool = False) -> str:
    papers = papers_here(consultation)
    present = papers.sheet.duels_over(papers.presented)
    return render_template(
        "ballots/duels.html",
        consultation=consultation,
        papers=papers,
        page=duel_page_of(consultation, recommendations_of(consultation.id), present),
        question=question_as_text(present),
        is_stale=is_stale,
        **({"form": form} if form else {}),
    )
