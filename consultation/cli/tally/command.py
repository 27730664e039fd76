"""`consultation tally`: count a ranked-ballot file, without a database, settings or the web application."""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from consultation.cli.tally.as_json import as_json
from consultation.cli.tally.counted import Counted
from consultation.cli.tally.page import show
from consultation.cli.tally.words import LANGUAGES, Words
from consultation.cli.tally.words import marked as _
from consultation.domain.social_choice.bootstrap import Advance, drawn_order, file_seed
from consultation.domain.social_choice.formats.ranked_file import MOST_BYTES, MOST_RANKS, MalformedFile, RankedFile
from consultation.domain.social_choice.formats.recognition import read
from consultation.domain.social_choice.methods import METHODS, Count, Method, methods_with
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile, Unranked
from consultation.domain.social_choice.tally import tally as count
from consultation.infrastructure.solvers import kemeny_solver

# A matrix of 4,096 x 4,096 duels takes 128 MiB, and the strongest paths through it some minutes.
MOST_COUNTED = 4_096
MOST_RESAMPLES = 100_000


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--unranked",
    type=click.Choice([rule.value for rule in Unranked]),
    help="what a ballot says of those that it leaves out; the file's own rule, or else last, where this is not given",
)
@click.option("--method", "chosen", type=click.Choice(list(METHODS)), multiple=True, help="all of them by default")
@click.option("--bootstrap", "resamples", type=click.IntRange(1, MOST_RESAMPLES), help="resamples for rank intervals")
@click.option("--seed", type=click.IntRange(0), help="draw the resamples from this number, not from the file's bytes")
@click.option("--json", "wants_json", is_flag=True, help="print JSON")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
def tally(
    file: Path,
    unranked: str | None,
    chosen: tuple[str, ...],
    resamples: int | None,
    seed: int | None,
    wants_json: bool,
    language: str,
) -> None:
    """Count the ranked ballots of FILE: .soc .soi .toc .toi (PrefLib), .cvotes, .txt (Debian tally sheet), .json."""
    words = Words.of_language(language)
    content = _content(file)
    with _progress(words) as progress, _no_search_for_circles():
        ballots = _ballots(content, file.name, resamples)
        profile = ballots.profile()
        seed_of_draws = file_seed(content if seed is None else str(seed).encode("ascii")) if resamples else None
        advance = _awaited(progress, words, len(chosen or METHODS) + (resamples or 0))
        counted = count(
            profile if seed_of_draws is None else drawn_order(profile, seed_of_draws),
            seed_of_draws,
            unranked=_rule(unranked, ballots),
            methods={name: _watched(method, advance) for name, method in _methods(chosen).items()},
            resamples=resamples or 0,
            advance=advance,
        )
    if wants_json:
        click.echo(as_json(Counted(ballots, counted, seed_of_draws)))
    else:
        show(Counted(ballots, counted, seed_of_draws), words, with_rounds="irv" in chosen)


def _methods(chosen: tuple[str, ...]) -> Mapping[str, Method]:
    """The methods asked for, or all; Kemeny's with a solver where this installation has one."""
    solver = kemeny_solver()
    methods = methods_with(solver) if solver else METHODS
    return {name: methods[name] for name in chosen or methods}


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _ballots(content: bytes, name: str, resamples: int | None) -> RankedFile:
    try:
        ballots = read(content, name)
    except MalformedFile as refusal:
        raise click.ClickException(str(refusal)) from refusal
    alternatives = len(ballots.names)
    if alternatives > MOST_COUNTED:
        raise click.ClickException(f"{name}: at most {MOST_COUNTED} alternatives are counted, not {alternatives}")
    if resamples and ballots.total * alternatives > MOST_RANKS:
        raise click.ClickException(f"{name}: at most {MOST_RANKS // alternatives} of these ballots are resampled")
    return ballots


def _rule(asked: str | None, ballots: RankedFile) -> Unranked:
    if asked:
        return Unranked(asked)
    return Unranked.NO_OPINION if ballots.implicit is False else Unranked.LAST


@contextmanager
def _progress(words: Words) -> Iterator[Progress]:
    """Show a bar on standard error, where that is a terminal, until all is done."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        progress.add_task(words.say(_("Reading the file")), total=None)
        yield progress


@contextmanager
def _no_search_for_circles() -> Iterator[None]:
    """Pause the search for objects in circles: reading makes none, and the search would take as long again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _awaited(progress: Progress, words: Words, steps: int) -> Advance:
    task = progress.add_task(words.say(_("Counting")), total=steps)
    return functools.partial(progress.advance, task)


def _watched(method: Method, advance: Advance) -> Method:
    def counted(profile: Profile, matrix: PairwiseMatrix) -> Count:
        result = method(profile, matrix)
        advance(1)
        return result

    return counted
