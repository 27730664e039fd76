"""What can be taken away: the page that lists it, and the files."""

import json

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.errors import Missing
from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_see_account
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import page_of
from consultation.features.exports.datasets import DATASETS, Dataset, as_csv, as_json, release_as_json
from consultation.features.exports.queries import data_of
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.results.queries import Published, release_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor

CSV = "text/csv; charset=utf-8; header=present"
JSON = "application/json"

TABLES = {dataset.file_name: dataset for dataset in DATASETS.values()}

blueprint = Blueprint("exports", __name__)


@blueprint.get("/consultations/<slug>/exports/")
@guarded(may_read)
def index(slug: str) -> ResponseReturnValue:
    """What can be taken away, in which format, under which licence, and what each column says."""
    consultation, published = _published(slug)
    return render_template(
        "exports/index.html", published=published, datasets=TABLES.values(), **page_of(consultation, "results")
    )


@blueprint.get("/consultations/<slug>/exports/<table>.csv")
@guarded(may_read)
def table_csv(slug: str, table: str) -> ResponseReturnValue:
    """One table of the release, as comma-separated values."""
    consultation, published = _published(slug)
    return _file(as_csv(_dataset(table), published, _titles(consultation)), CSV, f"{slug}-{table}.csv")


@blueprint.get("/consultations/<slug>/exports/<table>.json")
@guarded(may_read)
def table_json(slug: str, table: str) -> ResponseReturnValue:
    """One table of the release, as a list of objects."""
    consultation, published = _published(slug)
    return _file(as_json(_dataset(table), published, _titles(consultation)), JSON, f"{slug}-{table}.json")


@blueprint.get("/consultations/<slug>/exports/results.json")
@guarded(may_read)
def results_json(slug: str) -> ResponseReturnValue:
    """The whole release with its date and its hash, as the API gives it."""
    _consultation, published = _published(slug)
    return _file(release_as_json(published), JSON, f"{slug}-results.json")


@blueprint.get("/consultations/<slug>/exports/release.json")
@guarded(may_read)
def release_json(slug: str) -> ResponseReturnValue:
    """The very bytes that were published, whose SHA-256 is the fingerprint of the release."""
    _consultation, published = _published(slug)
    return _file(published.text, JSON, f"{slug}-release.json")


@blueprint.get("/account/data.json")
@guarded(may_see_account)
def own_data() -> ResponseReturnValue:
    """All that is kept of the actor; their ballot is on its own page, where no address stands beside it."""
    enforce(may_see_account(current_actor()))
    text = json.dumps(data_of(current_actor()), ensure_ascii=False, indent=2)
    return _file(text + "\n", JSON, "data.json")


def _published(slug: str) -> tuple[Consultation, Published]:
    """The consultation and its release, for whoever may read it."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    return consultation, release_of(consultation)


def _dataset(table: str) -> Dataset:
    """The table of this name; Missing where there is none."""
    if table not in TABLES:
        raise Missing
    return TABLES[table]


def _titles(consultation: Consultation) -> dict[int, str]:
    return {one.number: one.title for one in recommendations_of(consultation.id)}


def _file(text: str, content_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, content_type=content_type, headers=headers)
