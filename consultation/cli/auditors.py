"""`consultation audit bundle`: the encrypted bundle for an auditor whom two organisers have named."""

import os
from pathlib import Path

import click
from flask_babel import gettext as _

from consultation.cli.refusing import Report, reporting
from consultation.domain.errors import NotPublished
from consultation.features.ballots.services import bundle_for
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.results.queries import release_of

NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("slug")
@click.option("--recipient", required=True, metavar="KEY", help="the auditor’s public key, age1…")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="a file that is not there yet"
)
@reporting
def bundle(slug: str, recipient: str, out: Path) -> Report:
    """Write the bundle of SLUG for one auditor, confirmed by two organisers; that it was handed over is public."""
    consultation = consultation_by_slug(slug)
    _write_new(out, bundle_for(consultation, recipient, _release(consultation)))
    line = _("%(file)s holds the bundle of “%(slug)s”; its auditor alone can open it.", file=str(out), slug=slug)
    return Report(line, {"slug": slug, "recipient": recipient, "file": str(out)})


def _release(consultation: Consultation) -> bytes:
    try:
        return release_of(consultation).text.encode()
    except NotPublished:
        return b""


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that its owner alone can read, on the disk when this returns; OSError where there is one already."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
