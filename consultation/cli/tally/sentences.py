"""Why an order is what it is, in sentences with exact counts: the files that are counted here are public."""

from __future__ import annotations

from collections.abc import Iterator

from consultation.cli.tally.counted import Counted
from consultation.cli.tally.words import Words
from consultation.cli.tally.words import marked as _
from consultation.domain.social_choice.explanation import Message, Value
from consultation.domain.social_choice.reasons import reasons

SENTENCES = {
    "exact.no_ballots": _("No ballot was counted: all are tied."),
    "exact.cycle": _("The duels lead round in a circle among %(members)s: each of them loses to another of them."),
    "exact.duel": _("“%(first)s” wins its duel against “%(second)s” by %(before)s to %(after)s."),
    "exact.path": _(
        "“%(first)s” stands above “%(second)s” by a chain of duels through %(through)s, whose weakest is won by a "
        "margin of %(strength)s:"
    ),
    "exact.duel_against": _(
        "“%(first)s” loses its own duel against “%(second)s” by %(before)s to %(after)s, but the chain weighs more."
    ),
    "exact.duel_even": _(
        "The duel of “%(first)s” against “%(second)s” is even, %(before)s to %(after)s: the chain decides."
    ),
    "exact.duel_too_weak": _(
        "“%(first)s” also wins its own duel against “%(second)s”, by %(before)s to %(after)s, but the chain weighs "
        "more."
    ),
    "exact.way_back": _(
        "A chain of duels also leads back from “%(second)s” to “%(first)s”, but it weighs less: a margin of %(back)s "
        "against %(forth)s."
    ),
    "exact.tied": _(
        "“%(first)s” and “%(second)s” are tied: their duel is even, %(each)s to %(each)s, and no chain of duels leads "
        "from one to the other."
    ),
    "exact.tied_in_circle": _(
        "“%(first)s” and “%(second)s” are tied: the strongest chains of duels between them weigh the same both ways, a "
        "margin of %(strength)s. Nothing is drawn by lot."
    ),
}
_NAMED = ("first", "second")


def explained(counted: Counted, words: Words) -> Iterator[str]:
    """Explain the order of the Schulze method, from its head."""
    for message in reasons(counted.tally.matrix, counted.tally.beat_paths):
        yield sentence(message, counted, words)


def sentence(message: Message, counted: Counted, words: Words) -> str:
    """Say a message by the names of the file."""
    values = {name: _in_words(counted, words, name, value) for name, value in message.values.items()}
    return words.say(SENTENCES[message.id], **values)


def _in_words(counted: Counted, words: Words, name: str, value: Value) -> Value:
    if isinstance(value, tuple):
        return words.listed([words.say(_("“%(name)s”"), name=counted.name(number)) for number in value])
    return counted.name(value) if name in _NAMED and isinstance(value, int) else value
