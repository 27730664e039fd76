"""Commands of the debate: its counts are kept beside what they count; this proves them right, or puts them right."""

from collections.abc import Iterator, Mapping, Sequence

import click
from flask_babel import gettext as _
from rich.console import Console
from rich.progress import Progress

from consultation.cli.refusing import Report, reporting
from consultation.domain.errors import CountsDiffer
from consultation.features.comments.services.recounting import (
    Difference,
    comments_to_recount,
    recounted_comments,
    recounted_recommendation,
)
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug, public_consultations
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.database import session

SHOWN = 5


@click.group()
def comments() -> None:
    """The debate."""


@comments.command()
@click.argument("slug", required=False)
@click.option("--repair", is_flag=True, help="put right what differs; without it nothing is written")
@reporting
def recount(slug: str | None, repair: bool) -> Report:
    """Count reactions, replies and comments again, in one consultation or in all, and compare with what is kept.

    Batch by batch, while people write: an interruption leaves each batch whole or untouched.
    """
    consultations = [consultation_by_slug(slug)] if slug else public_consultations()
    counted, different, examples = 0, 0, list[Difference]()
    for length, found in _with_progress(consultations, repair=repair):
        counted, different = counted + length, different + len(found)
        examples += found[: SHOWN - len(examples)]
    if different and not repair:
        raise CountsDiffer(number=different, examples=_listed(examples))
    return _report({"comments": counted, "repaired": different})


def _report(facts: Mapping[str, int]) -> Report:
    if facts["repaired"]:
        return Report(_("Comments counted again: %(comments)s. Counts put right: %(repaired)s.", **facts), facts)
    return Report(_("Comments counted again: %(comments)s. Every kept count is right.", **facts), facts)


def _with_progress(
    consultations: Sequence[Consultation], *, repair: bool
) -> Iterator[tuple[int, Sequence[Difference]]]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        total = sum(comments_to_recount(one.id) for one in consultations)
        task = progress.add_task(str(_("Counting again")), total=total)
        for length, found in _batches(consultations, repair=repair):
            progress.advance(task, length)
            yield length, found


def _batches(consultations: Sequence[Consultation], *, repair: bool) -> Iterator[tuple[int, Sequence[Difference]]]:
    """Batch by batch, each committed before it is told: comments first, then what their recommendations count."""
    for consultation_id in [one.id for one in consultations]:
        last = ""
        while batch := recounted_comments(consultation_id, last, repair=repair):
            session.commit()
            last = batch.last
            yield batch.length, batch.differences
        for recommendation_id in [one.id for one in recommendations_of(consultation_id)]:
            found = recounted_recommendation(recommendation_id, repair=repair)
            session.commit()
            yield 0, found


def _listed(differences: Sequence[Difference]) -> str:
    """In the terms of the tables, where whoever looks for the cause looks: table, row, counter, kept (counted)."""
    return ", ".join(f"{one.table} {one.row_id} {one.counter} {one.kept} ({one.counted})" for one in differences)
