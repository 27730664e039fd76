"""The messages of a release as sentences: one table, rendered in the language of the page."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from consultation.domain.colleges import College
from consultation.domain.social_choice.explanation import Message, Value
from consultation.infrastructure.web.language import current_language

SENTENCES = {
    "headline.first_everywhere": _l("“%(title)s” comes first in both colleges."),
    "headline.tied_first_everywhere": _l("Recommendations %(recommendations)s share the first place in both colleges."),
    "headline.first_in_college": _l("Among %(college)s, “%(title)s” comes first."),
    "headline.tied_first_in_college": _l(
        "Among %(college)s, recommendations %(recommendations)s share the first place."
    ),
    "headline.wins_every_duel": _l(
        "Among %(college)s, recommendation %(recommendation)s is placed before each of the others more often than "
        "after it."
    ),
    "headline.too_few_ballots": _l("Among %(college)s, there are too few ballots to publish an order: %(ballots)s."),
    "headline.agreement": _l(
        "The agreement between the two orders is τ = %(tau_b)s, where 1 is the same order, 0 no relation and −1 the "
        "reverse order."
    ),
    "headline.same_order": _l("Every recommendation has the same rank in both colleges."),
    "headline.dividing": _l(
        "The colleges differ most on recommendation %(recommendation)s, “%(title)s”: rank %(rank)s among %(college)s, "
        "rank %(other_rank)s among %(other_college)s."
    ),
    "order.tied": _l(
        "Recommendations %(recommendations)s are tied at rank %(rank)s: no duel and no chain of duels decides between "
        "them, and nothing is drawn by lot."
    ),
    "order.too_few_ballots": _l(
        "Number of ballots: %(ballots)s. That is too few to publish more without a risk that somebody’s ranking is "
        "recognised."
    ),
    "order.no_percentages": _l(
        "Number of ballots: %(ballots)s. The order and its intervals are published from 20 ballots, the shares of each "
        "duel from 50: below that, a share would say too much about a few people."
    ),
    "path": _l(
        "Recommendation %(first)s stands above recommendation %(second)s by a chain of duels, through %(through)s:"
    ),
    "duel": _l(
        "Recommendation %(first)s is placed before recommendation %(second)s by %(before)s%% of ballots, after it by "
        "%(after)s%%."
    ),
    "duel.within_rounding": _l(
        "Recommendation %(first)s is placed before recommendation %(second)s by more ballots than after it, but by "
        "less than the rounding: both shares are published as %(share)s%%."
    ),
    "duel.within_clipping": _l(
        "Recommendation %(first)s is placed before recommendation %(second)s by more ballots than after it, but both "
        "shares are beyond what is published: %(share)s%%."
    ),
}
COLLEGES = {College.CITIZENS.value: _l("citizens"), College.PHYSICIANS.value: _l("physicians")}


def sentence(message: Message, titles: Mapping[int, Markup]) -> Markup:
    """The message in words; `titles` gives the title of each recommendation, with its language where it has another."""
    values = {name: _in_words(name, value) for name, value in message.values.items()}
    number = message.values.get("recommendation")
    if isinstance(number, int):
        values["title"] = titles[number]
    return escape(str(SENTENCES[message.id])) % values


def listed(numbers: Sequence[int]) -> str:
    """Numbers as they are said one after the other: “24, 3 and 10”."""
    *most, last = map(str, numbers)
    return _("%(several)s and %(last)s", several=", ".join(most), last=last) if most else last


def decimal_said(number: str) -> str:
    """A decimal of a release with the signs of the language: "-0.27" is said « −0,27 »."""
    said = number.replace("-", "−")
    return said.replace(".", ",") if current_language() == "fr" else said


def _in_words(name: str, value: Value) -> str | int:
    if isinstance(value, tuple):
        return listed(value)
    if name in ("college", "other_college"):
        return str(COLLEGES[str(value)])
    return decimal_said(str(value)) if name == "tau_b" else value
