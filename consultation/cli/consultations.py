"""Commands for consultations: their texts, their lawful moves, what can be taken away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import yaml
from flask_babel import gettext as _
from flask_babel import ngettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress

from consultation.cli.refusing import Report, reporting
from consultation.domain.phases import Phase
from consultation.domain.verifiability.plan import COMBINATIONS
from consultation.features.accounts import queries as accounts
from consultation.features.accounts.models import MODERATOR
from consultation.features.ballots import services as ballots
from consultation.features.ballots.models import Step
from consultation.features.ballots.queries import ceremony_state
from consultation.features.ballots.serializers import steps_of
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.services import open_consultation
from consultation.features.exports.datasets import DATASETS
from consultation.features.exports.jobs import FORMATS, write_dataset
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.recommendations.services import import_recommendations
from consultation.features.results.services import correct, publish
from consultation.infrastructure import deposit
from consultation.infrastructure.web.refusals import in_words


@click.group()
def recommendations() -> None:
    """The texts that are put to debate."""


@recommendations.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@reporting
def import_file(slug: str, file: Path) -> Report:
    """Import recommendations from a YAML FILE into the draft SLUG: all of them or none."""
    consultation = consultation_by_slug(slug)
    count = len(import_recommendations(consultation, _entries(file)))
    line = ngettext(
        "%(num)d recommendation imported into “%(slug)s”.",
        "%(num)d recommendations imported into “%(slug)s”.",
        count,
        slug=slug,
    )
    return Report(line, {"slug": slug, "imported": count})


@click.group()
def moves() -> None:
    """The lawful moves of a consultation."""


@moves.command("open")
@click.argument("slug")
@reporting
def open_slug(slug: str) -> Report:
    """Open SLUG to comments and ballots."""
    consultation = consultation_by_slug(slug)
    open_consultation(
        None,
        consultation,
        recommendation_count=len(recommendations_of(consultation.id)),
        moderator_count=len(accounts.holders_of(MODERATOR, consultation.id)),
    )
    return _standing(consultation)


@moves.command("plan")
@click.argument("slug")
@click.option("--minimum", "minimum_ballots", type=int, metavar="N", help="fewest ballots of a college to be published")
@click.option("--combination", type=click.Choice(COMBINATIONS), help="one order of both colleges, or none")
@click.option(
    "--band", "bands", type=int, multiple=True, metavar="N", help="last place of a group of places; repeat it"
)
@click.option("--reason", default="", metavar="TEXT", help="why an open consultation’s plan changes; published with it")
@reporting
def plan_slug(slug: str, reason: str, **decided: int | str | tuple[int, ...] | None) -> Report:
    """Publish the counting plan of the draft SLUG, or change it; what is not named stays, or is the usual."""
    consultation = consultation_by_slug(slug)
    decisions = {name: value for name, value in decided.items() if value}
    if consultation.phase == Phase.OPEN:
        plan = ballots.change_plan(None, consultation, reason, **decisions)
    else:
        plan = ballots.publish_plan(None, consultation, **decisions)
    line = _("The counting plan of “%(slug)s” is public, in version %(version)s.", slug=slug, version=plan.version)
    return Report(line, {**plan.content, "hash": plan.hash})


@moves.command("close")
@click.argument("slug")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="where the auditors’ bundle is kept: a folder on another disk",
)
@click.option("--set-aside", default="", metavar="REASON", help="leave out unlawful ballots, publish how many and why")
@reporting
def close_slug(slug: str, out: Path | None, set_aside: str) -> Report:
    """Close SLUG by the ceremony; run it again after an interruption, it resumes."""
    consultation = consultation_by_slug(slug)
    if out is not None:
        deposit.use(out.absolute())
    with _steps_shown(consultation) as show:
        ballots.close(consultation, show, set_aside.strip())
    return _standing(consultation)


@moves.command("rotate-key")
@click.argument("slug")
@click.option("--reason", required=True, help="why, for everybody to read in the signed record")
@click.option("--last-good", type=click.IntRange(min=1), help="after a theft: number of the last line to be believed")
@reporting
def rotate_key(slug: str, reason: str, last_good: int | None) -> Report:
    """Let a new key sign receipts and lines of SLUG from now on."""
    line = ballots.change_signing_key(consultation_by_slug(slug), reason, last_good)
    said = _("A new key signs for “%(slug)s”: line %(number)s of its record says so.", slug=slug, number=line["n"])
    return Report(said, {"slug": slug, "line": line["n"], "signer": line["signer"]})


@moves.command("publish")
@click.argument("slug")
@click.option("--correct", "reason", metavar="REASON", help="publish corrected results, and say why beside them")
@reporting
def publish_slug(slug: str, reason: str | None) -> Report:
    """Count SLUG and publish the results, in one act; or the same ballots again after an error in code or words."""
    consultation = consultation_by_slug(slug)
    if reason is None:
        publish(None, consultation)
    else:
        correct(None, consultation, reason)
    return _standing(consultation)


@click.command()
@click.argument("slug")
@click.option("--dataset", required=True, type=click.Choice(sorted(DATASETS)))
@click.option("--format", "file_format", required=True, type=click.Choice(sorted(FORMATS)))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@reporting
def export(slug: str, dataset: str, file_format: str, out: Path) -> Report:
    """Write a published dataset of SLUG, with a README of its columns, into a folder."""
    files = [str(path) for path in write_dataset(slug, dataset, file_format, out)]
    return Report("\n".join(files), {"slug": slug, "dataset": dataset, "format": file_format, "files": files})


def _entries(file: Path) -> object:
    """What a file of recommendations lists, still to be judged; refused where it is not YAML."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        cause = " ".join(str(error).split())
        raise click.ClickException(
            _("%(file)s cannot be read as YAML: %(cause)s.", file=str(file), cause=cause)
        ) from error
    return content.get("recommendations", content) if isinstance(content, dict) else content


def _standing(consultation: Consultation) -> Report:
    phase = consultation.phase
    line = _("The consultation “%(slug)s” is now %(phase)s.", slug=consultation.slug, phase=in_words(phase))
    return Report(line, {"slug": consultation.slug, "phase": phase})


@contextmanager
def _steps_shown(consultation: Consultation) -> Iterator[Callable[[Step], None]]:
    """What shows each step of the ceremony that is done: as a line, on a terminal with a bar below."""
    names = [line.name for line in steps_of(ceremony_state(consultation))]
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    with Progress(BarColumn(), MofNCompleteColumn(), console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=len(names))

        def show(step: Step) -> None:
            console.print(f"{step:d}/{len(names)} {names[step - 1]}")
            progress.update(bar, completed=int(step))

        yield show
