"""`consultation opinions`: the opinion groups of a file of votes, without a database or the web application."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from consultation.cli.opinions.as_json import as_json
from consultation.cli.opinions.found import Found
from consultation.cli.opinions.page import show
from consultation.cli.tally.words import LANGUAGES, Words
from consultation.cli.tally.words import marked as _
from consultation.domain.deliberation.opinion_groups.grouping import SEED, grouped
from consultation.domain.deliberation.opinion_groups.polis_file import MOST_BYTES, VotesFile, read_votes
from consultation.domain.deliberation.opinion_groups.stability import RESAMPLES, stability
from consultation.domain.social_choice.formats.ranked_file import MalformedFile


@click.command()
@click.argument("votes", metavar="VOTES.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "wants_json", is_flag=True, help="print JSON")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
def opinions(votes: Path, wants_json: bool, language: str) -> None:
    """Find the opinion groups in VOTES.csv, the participants-votes.csv of a Pol.is conversation."""
    words = Words.of_language(language)
    found = _found(_read(votes), words)
    if wants_json:
        click.echo(as_json(found))
    else:
        show(found, words)


def _read(path: Path) -> VotesFile:
    with path.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    try:
        return read_votes(content, path.name)
    except MalformedFile as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _found(file: VotesFile, words: Words) -> Found:
    grouping = grouped(file.matrix)
    if not grouping.groups:
        return Found(file, grouping, None)
    with _progress(words) as advance:
        return Found(file, grouping, stability(file.matrix, grouping.labels, SEED, RESAMPLES, advance))


@contextmanager
def _progress(words: Words) -> Iterator[functools.partial[None]]:
    """Show a bar on standard error, where that is a terminal, until all resamples are done."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(words.say(_("Resampling")), total=RESAMPLES)
        yield functools.partial(progress.advance, task)
