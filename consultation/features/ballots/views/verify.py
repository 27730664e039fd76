"""Pages of verification: for everybody, whoever is signed in, and without a trace of what was asked.

What is looked up is sent in a form, not in an address: addresses end up in the logs of proxies. The forms bear no token
against forgery and so need no cookie: nothing is changed by asking.
"""

from collections.abc import Callable, Sequence

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.errors import Missing
from consultation.domain.phases import Phase
from consultation.domain.verdicts import enforce
from consultation.features.ballots.forms.verify import CommitmentForm, DigitsForm, ReceiptForm
from consultation.features.ballots.models import Step
from consultation.features.ballots.queries.auditors import auditors_of
from consultation.features.ballots.queries.bundles import commitments_txt, roots_jsonl
from consultation.features.ballots.queries.ceremony import ceremony_state, step_state
from consultation.features.ballots.queries.chain import chain_of, plan_in_force, voted_texts
from consultation.features.ballots.queries.days import standing_of
from consultation.features.ballots.queries.openings import openings_deleted_on, openings_kept_until
from consultation.features.ballots.queries.verification import (
    ReceiptFindings,
    commitments_beginning,
    findings_on,
    place_in_list,
)
from consultation.features.ballots.serializers import steps_of
from consultation.features.ballots.serializers.auditors import public_auditors_of
from consultation.features.ballots.serializers.verify import (
    Finding,
    finding_of,
    listing_of,
    receipt_findings_of,
    record_of,
    signing_keys_of,
)
from consultation.features.ballots.views.doors import blueprint
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import page_of
from consultation.infrastructure.audits import PROGRAM
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.headers import cacheable, download
from consultation.infrastructure.web.limits import LOOK_UP, limiter, network

TEXT, LINES, JSON = "text/plain; charset=utf-8", "application/jsonl; charset=utf-8", "application/json"
PYTHON = "text/x-python; charset=utf-8"
FILES: dict[str, tuple[str, Callable[[Consultation], bytes]]] = {
    "audit.py": (PYTHON, lambda _consultation: PROGRAM.read_bytes()),
    "roots.jsonl": (LINES, roots_jsonl),
    "texts.json": (JSON, voted_texts),
    "commitments.txt": (TEXT, commitments_txt),
}
AFTER_THE_CLOSE = {"commitments.txt"}
# A page that is the same for everybody shows nobody signed in, and takes no message out of anybody's session.
NOBODY = {"actor": None, "staff_links": (), "flashes": list}


@blueprint.get("/consultations/<slug>/verify/")
@guarded(may_read)
def verify(slug: str) -> ResponseReturnValue:
    """What can be checked, the public record, and how to check it."""
    return _shown(_consultation_read(slug))


@blueprint.post("/consultations/<slug>/verify/")
@limiter.limit(LOOK_UP, key_func=network)
@guarded(may_read)
def verify_commitment(slug: str) -> ResponseReturnValue:
    """Where a commitment stands among the ballots held; once these are sealed the list tells, and nobody is asked."""
    consultation, form = _consultation_read(slug), CommitmentForm()
    if consultation.phase != Phase.OPEN:
        return redirect(url_for("ballots.verify", slug=slug), code=303)
    if not form.validate():
        return _shown(consultation, form), 422
    return _shown(consultation, form, [finding_of(standing_of(consultation, form.value()))])


@blueprint.get("/consultations/<slug>/verify/receipt/")
@guarded(may_read)
def ask_receipt(slug: str) -> ResponseReturnValue:
    """What showing a receipt to the server means, and the form."""
    return _receipt_page(_consultation_read(slug), ReceiptForm(formdata=None))


@blueprint.post("/consultations/<slug>/verify/receipt/")
@limiter.limit(LOOK_UP, key_func=network)
@guarded(may_read)
def verify_receipt(slug: str) -> ResponseReturnValue:
    """What is found of a receipt; nothing of it is kept."""
    consultation, form = _consultation_read(slug), ReceiptForm()
    if not form.validate():
        return _receipt_page(consultation, form), 422
    found = findings_on(consultation, str(form.receipt.data))
    return _receipt_page(consultation, form, [*receipt_findings_of(found), *_place_of(consultation, found)])


@blueprint.get("/consultations/<slug>/verify/list/")
@guarded(may_read)
def verify_lists(slug: str) -> ResponseReturnValue:
    """Lead to the part of the list that begins with the digits chosen."""
    consultation, form = _consultation_sealed(slug), DigitsForm(request.args)
    if not form.validate():
        return _shown(consultation, form), 422
    return redirect(url_for("ballots.verify_list", slug=slug, digits=form.value()), code=303)


@blueprint.get("/consultations/<slug>/verify/list/<digits>/")
@guarded(may_read)
def verify_list(slug: str, digits: str) -> ResponseReturnValue:
    """The commitments that begin with two digits: the server learns no more than these of what is looked for."""
    consultation = _consultation_sealed(slug)
    if len(digits) != 2 or not set(digits) <= set("0123456789abcdef"):
        raise Missing
    listed = [one.hex() for one in commitments_beginning(consultation, int(digits, 16))]
    page = render_template(
        "ballots/verify_list.html", consultation=consultation, digits=digits, commitments=listed, **NOBODY
    )
    return cacheable(Response(page))


@blueprint.get("/consultations/<slug>/verify/<name>")
@guarded(may_read)
def verify_file(slug: str, name: str) -> ResponseReturnValue:
    """A file of the public record; Missing where there is none of this name, or not yet."""
    consultation = _consultation_read(slug)
    kind, content = FILES.get(name, (TEXT, lambda _consultation: b""))
    if name in AFTER_THE_CLOSE and not _is_sealed(consultation):
        raise Missing
    if not (found := content(consultation)) and name not in AFTER_THE_CLOSE:
        raise Missing
    return download(found, kind, name if name == PROGRAM.name else f"{slug}-{name}")


def _consultation_read(slug: str) -> Consultation:
    """The consultation as anybody may read it: of a draft there is nothing to verify, for its team either."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(None, consultation))
    return consultation


def _consultation_sealed(slug: str) -> Consultation:
    consultation = _consultation_read(slug)
    if not _is_sealed(consultation):
        raise Missing
    return consultation


def _is_sealed(consultation: Consultation) -> bool:
    return step_state(consultation.id, Step.SEAL).is_done


def _place_of(consultation: Consultation, found: ReceiptFindings) -> list[Finding]:
    """Where the ballot of a receipt stands: among those held, or in the final list; nothing in between."""
    if found.commitment is None or not found.is_of_this_consultation:
        return []
    if _is_sealed(consultation):
        return [listing_of(place_in_list(consultation, found.commitment))]
    return [finding_of(standing_of(consultation, found.commitment))] if consultation.phase == Phase.OPEN else []


def _receipt_page(consultation: Consultation, form: ReceiptForm, findings: Sequence[Finding] = ()) -> str:
    return render_template("ballots/verify_receipt.html", consultation=consultation, form=form, findings=findings)


def _shown(
    consultation: Consultation, form: CommitmentForm | DigitsForm | None = None, findings: Sequence[Finding] = ()
) -> str:
    is_sealed, lines = _is_sealed(consultation), chain_of(consultation.id)
    return render_template(
        "ballots/verify.html",
        form=form or (DigitsForm(formdata=None) if is_sealed else CommitmentForm(formdata=None)),
        findings=findings,
        is_sealed=is_sealed,
        record=record_of(lines),
        keys=signing_keys_of(lines),
        steps=steps_of(ceremony_state(consultation)),
        auditors=public_auditors_of(auditors_of(consultation)),
        openings_deleted_on=openings_deleted_on(consultation.id),
        openings_kept_until=openings_kept_until(consultation, plan_in_force(consultation)) if lines else None,
        **page_of(consultation, "verify"),
    )
