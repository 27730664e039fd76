"""Opinion groups as a page on the terminal: how many, how sure, what brings them together."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from consultation.cli.opinions.found import Found
from consultation.cli.tally.words import Words
from consultation.cli.tally.words import marked as _
from consultation.domain.deliberation.opinion_groups.cells import LEAST_PEOPLE
from consultation.domain.deliberation.opinion_groups.publication import LEAST_PLACED, Refusal
from consultation.domain.deliberation.opinion_groups.stability import LEAST_STABILITY, RESAMPLES
from consultation.domain.deliberation.opinion_groups.votes import LEAST_VOTES

MOST_SHOWN = 10
WIDTH_OF_A_FILE = 140
REFUSALS = {
    Refusal.TOO_FEW_PEOPLE: _(
        "A consultation would publish no groups here: fewer than %(people)s people have a place."
    ),
    Refusal.NO_DIFFERENCE: _("There are no groups: all who have a place have the same one."),
    Refusal.SMALL_GROUP: _("A consultation would publish no groups here: one of them has fewer than %(group)s people."),
    Refusal.UNSTABLE: _(
        "A consultation would publish no groups here: they do not hold when the same people are drawn again (less than "
        "%(stability)s)."
    ),
}
LIMITS = {"people": LEAST_PLACED, "group": LEAST_PEOPLE}


def show(found: Found, words: Words) -> None:
    """Print what was found on standard output."""
    at_terminal = sys.stdout.isatty()
    console = Console(highlight=False, markup=False, emoji=False, width=None if at_terminal else WIDTH_OF_A_FILE)
    for line in _headlines(found, words):
        console.print(line, soft_wrap=not at_terminal)
    if found.grouping.groups:
        console.print(_together(found, words))


def _headlines(found: Found, words: Words) -> Iterator[str]:
    matrix = found.file.matrix
    yield words.say(_("People: %(people)s. Comments: %(comments)s."), people=matrix.people, comments=matrix.comments)
    yield words.say(
        _("Have voted on at least %(votes)s comments, and so have a place: %(placed)s."),
        votes=min(LEAST_VOTES, matrix.comments),
        placed=int(matrix.has_enough.sum()),
    )
    if found.grouping.silhouette is not None and found.stability is not None:
        sizes = zip(found.letters, found.grouping.sizes, strict=True)
        yield words.say(_("Groups: %(groups)s."), groups=words.listed([f"{letter} {size}" for letter, size in sizes]))
        yield words.say(
            _("How clearly they part, from −1 to 1 (silhouette): %(silhouette)s."),
            silhouette=_decimal(found.grouping.silhouette, words),
        )
        yield words.say(
            _("How well they hold in %(resamples)s resamples, up to 1 (adjusted Rand index): %(stability)s."),
            resamples=RESAMPLES,
            stability=_decimal(found.stability, words),
        )
    if found.refusal:
        yield words.say(REFUSALS[found.refusal], **LIMITS, stability=_decimal(LEAST_STABILITY, words))


def _together(found: Found, words: Words) -> Table:
    """Show the comments that most bring the groups together, with the share of each that agrees."""
    table = Table(words.say(_("What brings together: comment")))
    table.add_column(words.say(_("Score")), justify="right")
    for letter in found.letters:
        table.add_column(words.say(_("%(group)s agrees"), group=letter), justify="right")
    counts = found.counts
    for column, score in found.bringing_together()[:MOST_SHOWN]:
        pairs = zip(counts.agrees[:, column], counts.seen[:, column], strict=True)
        shares = [words.say(_("%(agrees)s of %(seen)s"), agrees=agrees, seen=seen) for agrees, seen in pairs]
        table.add_row(found.file.comments[column], _decimal(score, words), *shares)
    return table


def _decimal(value: float, words: Words) -> str:
    said = f"{value:.2f}".replace("-", "−")
    return said.replace(".", ",") if words.language == "fr" else said
