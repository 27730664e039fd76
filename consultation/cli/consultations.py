"""Commands for consultations: their texts, their lawful moves, what can be taken away."""

from pathlib import Path

import click
import yaml

from consultation.cli.refusing import with_application
from consultation.features.accounts import queries as accounts
from consultation.features.accounts.models import MODERATOR
from consultation.features.ballots import services as ballots
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.services import open_consultation
from consultation.features.exports.datasets import DATASETS
from consultation.features.exports.jobs import FORMATS, write_dataset
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.recommendations.services import import_recommendations
from consultation.features.results.services import publish


@click.group()
def recommendations() -> None:
    """The texts that are put to debate."""


@recommendations.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_application
def import_file(slug: str, file: Path) -> None:
    """Import recommendations from a YAML FILE into the draft SLUG: all of them or none."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{file}: not readable as YAML: {' '.join(str(error).split())}") from error
    entries = content.get("recommendations", content) if isinstance(content, dict) else content
    imported = import_recommendations(consultation_by_slug(slug), entries)
    click.echo(f"{len(imported)} recommendations imported")


@click.group()
def moves() -> None:
    """The lawful moves of a consultation."""


@moves.command("open")
@click.argument("slug")
@with_application
def open_slug(slug: str) -> None:
    """Open SLUG to comments and ballots."""
    consultation = consultation_by_slug(slug)
    open_consultation(
        None,
        consultation,
        recommendation_count=len(recommendations_of(consultation.id)),
        moderator_count=len(accounts.holders_of(MODERATOR, consultation.id)),
    )


@moves.command("close")
@click.argument("slug")
@with_application
def close_slug(slug: str) -> None:
    """Close SLUG by the ceremony; run it again after an interruption, it resumes."""
    ballots.close(consultation_by_slug(slug))


@moves.command("publish")
@click.argument("slug")
@with_application
def publish_slug(slug: str) -> None:
    """Count SLUG and publish the results, in one act."""
    publish(None, consultation_by_slug(slug))


@click.command()
@click.argument("slug")
@click.option("--dataset", required=True, type=click.Choice(sorted(DATASETS)))
@click.option("--format", "file_format", required=True, type=click.Choice(sorted(FORMATS)))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@with_application
def export(slug: str, dataset: str, file_format: str, out: Path) -> None:
    """Write a published dataset of SLUG, with a README of its columns, into a folder."""
    for path in write_dataset(slug, dataset, file_format, out):
        click.echo(path)
