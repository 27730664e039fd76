"""What a page of results says first: who comes first, then what else matters."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from consultation.domain.colleges import College
from consultation.domain.social_choice.explanation import Message, headlines
from consultation.domain.social_choice.release import Release
from consultation.features.results.serializers.sentences import listed, sentence

MOST_DIVIDING = 1


def lead_of(release: Release, titles: Mapping[int, Markup]) -> tuple[list[Markup], list[Markup]]:
    """The sentences that say who comes first, and those that follow; long lists and repetitions are said in one."""
    messages = headlines(release)
    firsts = [m for m in messages if m.id.startswith(("headline.first_", "headline.tied_first_"))]
    winners = [m for m in messages if m.id == "headline.wins_every_duel"]
    dividing = [m for m in messages if m.id == "headline.dividing"]
    others = [m for m in messages if m not in (*firsts, *winners, *dividing)]
    following = [*_winners(winners, titles), *(sentence(m, titles) for m in others), *_dividing(dividing, titles)]
    return [sentence(message, titles) for message in firsts], following


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


def _dividing(dividing: Sequence[Message], titles: Mapping[int, Markup]) -> list[Markup]:
    if len(dividing) <= MOST_DIVIDING:
        return [sentence(message, titles) for message in dividing]
    first = dividing[0].values
    return [
        escape(
            ngettext(
                "The colleges differ most, by %(num)s rank, on recommendations %(recommendations)s.",
                "The colleges differ most, by %(num)s ranks, on recommendations %(recommendations)s.",
                abs(int(str(first["rank"])) - int(str(first["other_rank"]))),
                recommendations=listed([int(str(message.values["recommendation"])) for message in dividing]),
            )
        )
    ]
