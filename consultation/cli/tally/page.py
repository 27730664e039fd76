"""A count as a page on the terminal: orders side by side, the duels, and why the order is what it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain

from rich.console import Console
from rich.table import Table
from rich.text import Text

from consultation.cli.tally.counted import Counted
from consultation.cli.tally.sentences import explained
from consultation.cli.tally.words import Words
from consultation.cli.tally.words import marked as _
from consultation.domain.social_choice.irv import InstantRunoffCount
from consultation.domain.social_choice.kemeny import KemenyCount
from consultation.domain.social_choice.methods import MAIN_METHOD
from consultation.domain.social_choice.profile import Unranked

METHODS = {
    "schulze": _("Schulze"),
    "ranked_pairs": _("Ranked pairs"),
    "kemeny": _("Kemeny"),
    "borda": _("Borda"),
    "copeland": _("Copeland"),
    "irv": _("Instant run-off"),
}
WIDTH_OF_A_FILE = 140
# Beyond that, a table of duels is wider than a terminal.
MOST_DUELS_SHOWN = 12


def show(counted: Counted, words: Words, *, with_rounds: bool) -> None:
    """Print a count on standard output."""
    at_terminal = sys.stdout.isatty()
    console = Console(highlight=False, markup=False, emoji=False, width=None if at_terminal else WIDTH_OF_A_FILE)
    for line in _headlines(counted, words):
        console.print(line, soft_wrap=not at_terminal)
    console.print(_orders(counted, words))
    if len(counted.file.names) <= MOST_DUELS_SHOWN:
        console.print(_duels(counted, words))
    runoff = counted.tally.counts.get("irv")
    if with_rounds and isinstance(runoff, InstantRunoffCount):
        console.print(_rounds(counted, runoff, words))
    if MAIN_METHOD in counted.tally.counts:
        console.print(words.say(_("Why this order, by the Schulze method:")))
        for sentence in explained(counted, words):
            console.print(f"- {sentence}", soft_wrap=not at_terminal)


def _headlines(counted: Counted, words: Words) -> Iterator[str]:
    tally = counted.tally
    yield words.say(
        _("Ballots: %(ballots)s. Alternatives: %(alternatives)s."),
        ballots=tally.ballots,
        alternatives=len(counted.file.names),
    )
    if tally.matrix.unranked is Unranked.LAST:
        yield words.say(_("What a ballot leaves unranked comes after all that it ranks."))
    else:
        yield words.say(_("What a ballot leaves unranked is not compared with anything."))
    if (winner := tally.condorcet_winner) is not None:
        yield words.say(_("“%(name)s” wins every duel: it is the Condorcet winner."), name=counted.name(winner))
    else:
        yield words.say(
            _("There is no Condorcet winner. The smallest set that wins every duel against the others: %(names)s."),
            names=words.listed(counted.names(tally.smith_set)),
        )
    kemeny = tally.counts.get("kemeny")
    if isinstance(kemeny, KemenyCount) and not kemeny.exact:
        yield words.say(_("The order of Kemeny is not proven to be optimal."))
    elif isinstance(kemeny, KemenyCount) and not kemeny.sole:
        yield words.say(_("The order of Kemeny is one of the optimal orders."))
    if tally.bootstrap:
        yield words.say(
            _("“Between”: the place under the Schulze method in 95%% of %(resamples)s resamples of the ballots."),
            resamples=len(tally.bootstrap.best),
        )


def _orders(counted: Counted, words: Words) -> Table:
    """Put the place of each alternative under each method side by side, in the order of the first method."""
    counts, intervals = counted.tally.counts, counted.tally.intervals
    bootstrap = counted.tally.bootstrap
    table = _table(_("Alternative"), *[METHODS[name] for name in counts], words=words)
    if bootstrap:
        table.add_column(words.say(_("Between")), justify="right")
        table.add_column(words.say(_("First")), justify="right")
    chances = bootstrap.chance_of_top(1) if bootstrap else {}
    places = [count.order.places() for count in counts.values()]
    for number in chain.from_iterable(next(iter(counts.values())).order):
        row = [str(one[number]) for one in places]
        if bootstrap:
            row += [f"{intervals[number].low}–{intervals[number].high}", words.percent(chances[number])]
        table.add_row(Text(counted.name(number)), *row)
    return table


def _duels(counted: Counted, words: Words) -> Table:
    """Say how many ballots place the alternative of a row before that of a column, which are numbered alike."""
    numbers = counted.tally.matrix.alternatives
    table = _table(_("Ballots that place it before"), *map(str, numbers), words=words)
    for number, row in zip(numbers, counted.tally.matrix.counts.tolist(), strict=True):
        cells = ["" if other == number else str(count) for other, count in zip(numbers, row, strict=True)]
        table.add_row(Text(f"{number} {counted.name(number)}"), *cells)
    return table


def _rounds(counted: Counted, runoff: InstantRunoffCount, words: Words) -> Table:
    """Say the first places of each round; a fraction where ballots share them."""
    headings = [str(number) for number in range(1, len(runoff.rounds) + 1)]
    table = _table(_("First places in each round"), *headings, words=words)
    for number in chain.from_iterable(runoff.order):
        votes = [finished.votes.get(number, "") for finished in runoff.rounds]
        table.add_row(Text(counted.name(number)), *map(str, votes))
    return table


def _table(first: str, *headings: str, words: Words) -> Table:
    table = Table(words.say(first))
    for heading in headings:
        table.add_column(words.say(heading), justify="right")
    return table
