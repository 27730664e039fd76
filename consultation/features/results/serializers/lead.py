"""What a page of results says first: who comes first, how sure that is, and what divides the colleges."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from consultation.domain.colleges import College
from consultation.domain.social_choice.explanation import Message, headlines
from consultation.domain.social_choice.release import Release
from consultation.features.results.serializers.sentences import COLLEGES, chance_said, sentence

WINNER, CHANCE, ALSO = "headline.wins_every_duel", "headline.chance_of_first", "headline.also_dividing"
# More than that are counted: the page lists them further down.
MOST_NAMED = 4


def lead_of(release: Release, titles: Mapping[int, Markup]) -> tuple[list[Markup], list[Markup]]:
    """The sentences that say who comes first, and those that follow; what is true of both colleges is said in one."""
    messages = headlines(release)
    firsts = [m for m in messages if m.id.endswith(("_everywhere", "_in_college"))]
    following = [m for m in messages if m not in firsts]
    winners, chances = ([m for m in following if m.id == one] for one in (WINNER, CHANCE))
    others = [_also(m) or sentence(m, titles) for m in following if m.id not in (WINNER, CHANCE)]
    said = [*_winners(winners, titles), *_chances(chances, titles), *others]
    return [sentence(message, titles) for message in firsts], said


def _winners(winners: Sequence[Message], titles: Mapping[int, Markup]) -> list[Markup]:
    numbers = {message.values["recommendation"] for message in winners}
    if len(winners) < len(College) or len(numbers) > 1:
        return [sentence(message, titles) for message in winners]
    return [
        escape(
            _(
                "Among citizens and among physicians alike, recommendation %(recommendation)s is placed before each of "
                "the others more often than after it.",
                recommendation=numbers.pop(),
            )
        )
    ]


def _chances(chances: Sequence[Message], titles: Mapping[int, Markup]) -> list[Markup]:
    if len(chances) < len(College):
        return [sentence(message, titles) for message in chances]
    here, there = (message.values for message in chances)
    if here["chance"] == there["chance"]:
        said = _(
            "In each college, the first place holds in %(chance)s of 1,000 resamples of the ballots.",
            chance=chance_said(int(str(here["chance"]))),
        )
    else:
        said = _(
            "The first place holds in %(chance)s of 1,000 resamples of the ballots among %(college)s, in "
            "%(other_chance)s among %(other_college)s.",
            chance=chance_said(int(str(here["chance"]))),
            college=str(COLLEGES[str(here["college"])]),
            other_chance=chance_said(int(str(there["chance"]))),
            other_college=str(COLLEGES[str(there["college"])]),
        )
    return [escape(said)]


def _also(message: Message) -> Markup | None:
    """Count what else divides where it is too much to be named; None for any other message."""
    numbers = message.values.get("recommendations")
    if message.id != ALSO or not isinstance(numbers, tuple) or len(numbers) <= MOST_NAMED:
        return None
    return escape(
        ngettext(
            "They are also surely divided on %(num)s other.",
            "They are also surely divided on %(num)s others.",
            len(numbers),
        )
    )
