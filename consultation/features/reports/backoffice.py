"""The organisers' desk of the report: lines written, ordered and taken out, comments cited, all of it made public."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.deliberation.texts import clean_title
from consultation.domain.errors import CitationRefused, Missing, WrittenMeanwhile
from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.comments.models import Comment
from consultation.features.comments.queries import comment_by_id
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import consultation_led_by
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.reports.forms import CiteForm, LineForm, MoveForm, TakeOutForm
from consultation.features.reports.models import ReportLine
from consultation.features.reports.policies import may_publish_report, may_write_report
from consultation.features.reports.queries import citations_in, citations_of, line_of, lines_of, pick_page
from consultation.features.reports.serializers import chapters_of, offered, quotations_of, words_of
from consultation.features.reports.services import (
    add_line,
    change_line,
    cite_comment,
    move_line,
    publish_report,
    take_line_out,
    uncite_comment,
)
from consultation.features.reports.views import blueprint as blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter

WORDS_MAXIMUM = 100


@blueprint.route("/organise/<slug>/report/", methods=["GET", "POST"])
@guarded(may_join_team_work, may_write_report)
@limiter.limit(limits.WRITE, methods=["POST"])
def write(slug: str) -> ResponseReturnValue:
    """The lines of the report, and the form that adds one."""
    consultation = _led(slug)
    recommendations = recommendations_of(consultation.id)
    form = LineForm().offer(recommendations)
    if form.validate_on_submit():
        line = add_line(current_actor(), consultation, form.chosen(recommendations), form.words())
        flash(_("The line is written. Cite the comments that it rests on."), "success")
        return redirect(url_for("reports.cite", slug=slug, line_id=line.id), code=303)
    page = render_template(
        "reports/write.html",
        consultation=consultation,
        form=form,
        chapters=chapters_of(consultation, lines_of(consultation), citations_of(consultation)),
        may_publish=may_publish_report(current_actor(), consultation),
    )
    return page, 422 if form.is_refused else 200


@blueprint.route("/organise/<slug>/report/lines/<line_id>/", methods=["GET", "POST"])
@guarded(may_join_team_work, may_write_report)
@limiter.limit(limits.WRITE, methods=["POST"])
def change(slug: str, line_id: str) -> ResponseReturnValue:
    """The form that gives a line other words."""
    consultation, line = _line(slug, line_id)
    form = LineForm.changing(line)
    if not form.validate_on_submit():
        return _change_page(consultation, line, form), 422 if form.is_refused else 200
    try:
        change_line(current_actor(), consultation, line, form.words(), form.seen())
    except WrittenMeanwhile:
        return _change_page(consultation, line, form, is_stale=True), 409
    return _to_line(consultation, line, _("The line is changed."))


@blueprint.post("/organise/<slug>/report/lines/<line_id>/move/")
@guarded(may_join_team_work, may_write_report)
@limiter.limit(limits.WRITE)
def move(slug: str, line_id: str) -> ResponseReturnValue:
    """Let a line change places with its neighbour."""
    consultation, line = _line(slug, line_id)
    form = MoveForm()
    move_line(current_actor(), consultation, line, up=form.goes_up(), position=form.seen())
    return _to_line(consultation, line)


@blueprint.route("/organise/<slug>/report/lines/<line_id>/take-out/", methods=["GET", "POST"])
@guarded(may_join_team_work, may_write_report)
@limiter.limit(limits.WRITE, methods=["POST"])
def take_out(slug: str, line_id: str) -> ResponseReturnValue:
    """Ask whether a line is to go, then let it go."""
    consultation, line = _line(slug, line_id)
    form = TakeOutForm() if request.method == "POST" else TakeOutForm(data={"version": line.version})
    if form.validate_on_submit():
        try:
            take_line_out(current_actor(), consultation, line, form.seen())
        except WrittenMeanwhile:
            flash(_("A colleague has changed this line meanwhile: read it before it goes."), "warning")
            return redirect(url_for("reports.take_out", slug=slug, line_id=line_id), code=303)
        flash(_("The line is taken out."), "success")
        return redirect(url_for("reports.write", slug=slug), code=303)
    return render_template("reports/take_out.html", consultation=consultation, said=words_of(line), form=form)


@blueprint.route("/organise/<slug>/report/lines/<line_id>/citations/", methods=["GET", "POST"])
@guarded(may_join_team_work, may_write_report)
@limiter.limit(limits.WRITE, methods=["POST"])
def cite(slug: str, line_id: str) -> ResponseReturnValue:
    """The comments that a line rests on, and those that it may rest on."""
    consultation, line = _line(slug, line_id)
    form = CiteForm()
    if form.validate_on_submit() and _cited(consultation, line, form):
        return _to_citations(consultation, line, _("The comment is cited."))
    return _citations_page(consultation, line, form), 422 if form.is_refused else 200


@blueprint.post("/organise/<slug>/report/lines/<line_id>/citations/<comment_id>/remove/")
@guarded(may_join_team_work, may_write_report)
@limiter.limit(limits.WRITE)
def uncite(slug: str, line_id: str, comment_id: str) -> ResponseReturnValue:
    """Let a line rest on a comment no more."""
    consultation, line = _line(slug, line_id)
    uncite_comment(current_actor(), consultation, line, comment_id)
    return _to_citations(consultation, line, _("The comment is no longer cited here."))


@blueprint.post("/organise/<slug>/report/publish/")
@guarded(may_join_team_work, may_publish_report)
@limiter.limit(limits.WRITE)
def publish(slug: str) -> ResponseReturnValue:
    """Make the report public, whole."""
    consultation = _led(slug)
    publish_report(current_actor(), consultation)
    flash(_("The report is public. The comments that it cites say so, with a link to the line."), "success")
    return redirect(url_for("reports.show", slug=slug), code=303)


def _led(slug: str) -> Consultation:
    consultation = consultation_led_by(current_actor(), slug)
    enforce(may_write_report(current_actor(), consultation))
    return consultation


def _line(slug: str, line_id: str) -> tuple[Consultation, ReportLine]:
    consultation = _led(slug)
    return consultation, line_of(consultation, line_id)


def _change_page(consultation: Consultation, line: ReportLine, form: LineForm, *, is_stale: bool = False) -> str:
    """The form; where a colleague was faster, beside their words, ready to be sent again knowingly."""
    if is_stale:
        form.carry(line.version)
    return render_template(
        "reports/change.html", consultation=consultation, said=words_of(line), form=form, is_stale=is_stale
    )


def _cited(consultation: Consultation, line: ReportLine, form: CiteForm) -> bool:
    try:
        cite_comment(current_actor(), consultation, line, _pasted(form), form.read())
    except CitationRefused as refusal:
        form.refuse(refusal, "address")
        return False
    return True


def _pasted(form: CiteForm) -> Comment | None:
    try:
        return comment_by_id(form.identifier())
    except Missing:
        return None


def _citations_page(consultation: Consultation, line: ReportLine, form: CiteForm) -> str:
    words = clean_title(request.args.get("q", ""))[:WORDS_MAXIMUM]
    page = pick_page(line, words, request.args.get("after"))
    return render_template(
        "reports/cite.html",
        consultation=consultation,
        line=line,
        said=words_of(line),
        form=form,
        words=words,
        cited=quotations_of(consultation, citations_in(line)),
        offered=offered(consultation, page.rows),
        next_url=_cite_url(consultation, line, words, page.cursor) if page.cursor else None,
    )


def _cite_url(consultation: Consultation, line: ReportLine, words: str, after: str) -> str:
    return url_for("reports.cite", slug=consultation.slug, line_id=line.id, q=words or None, after=after)


def _to_line(consultation: Consultation, line: ReportLine, message: str = "") -> ResponseReturnValue:
    if message:
        flash(message, "success")
    return redirect(url_for("reports.write", slug=consultation.slug, _anchor=f"l-{line.id}"), code=303)


def _to_citations(consultation: Consultation, line: ReportLine, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("reports.cite", slug=consultation.slug, line_id=line.id), code=303)
