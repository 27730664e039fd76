"""The messages of a release as sentences: one table, rendered in the language of the page."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from consultation.domain.colleges import College
from consultation.domain.privacy.publication import CHANCE_STEPS
from consultation.domain.social_choice.explanation import Message, Value
from consultation.infrastructure.web.language import current_language

SENTENCES = {
    "headline.first_everywhere": _l("“%(title)s” comes first in both colleges."),
    "headline.tied_first_everywhere": _l("Recommendations %(recommendations)s share the first place in both colleges."),
    "headline.first_in_college": _l("Among %(college)s, “%(title)s” comes first."),
    "headline.tied_first_in_college": _l(
        "Among %(college)s, recommendations %(recommendations)s share the first place."
    ),
    "headline.all_tied_everywhere": _l(
        "In both colleges all recommendations are tied: no duel and no chain of duels decides."
    ),
    "headline.all_tied_in_college": _l(
        "Among %(college)s, all recommendations are tied: no duel and no chain of duels decides."
    ),
    "headline.wins_every_duel": _l(
        "Among %(college)s, recommendation %(recommendation)s is placed before each of the others more often than "
        "after it."
    ),
    "headline.too_few_ballots": _l("Among %(college)s, there are too few ballots to publish an order: %(ballots)s."),
    "headline.chance_of_first": _l(
        "Among %(college)s, this first place holds in %(chance)s of 1,000 resamples of the ballots."
    ),
    "headline.first_is_established": _l(
        "Among %(college)s, this first place is established: its interval holds no other rank."
    ),
    "headline.first_is_open": _l(
        "Among %(college)s, this first place is not established: its interval goes from rank %(low)s to rank %(high)s."
    ),
    "headline.same_order": _l("Every recommendation has the same rank in both colleges."),
    "headline.nothing_divides": _l(
        "No recommendation surely divides the colleges: the rank intervals of each have places in common."
    ),
    "headline.dividing": _l(
        "The colleges are surely divided on recommendation %(recommendation)s, “%(title)s”: rank %(rank)s among "
        "%(college)s, rank %(other_rank)s among %(other_college)s."
    ),
    "headline.also_dividing": _l("They are also surely divided on %(recommendations)s."),
    "agreement.tau": _l(
        "The agreement between the two orders is τ = %(tau_b)s, where 1 is the same order, 0 no relation and −1 the "
        "reverse order."
    ),
    "agreement.below_chance": _l(
        "That is less than chance would give: two groups of the same sizes, drawn at random from all who took part, "
        "agree from %(low)s to %(high)s in 95%% of draws. Chance does not explain how far the colleges differ."
    ),
    "agreement.within_chance": _l(
        "That is what chance alone would give: two groups of the same sizes, drawn at random from all who took part, "
        "agree from %(low)s to %(high)s in 95%% of draws. On the whole, nothing shows that the colleges differ."
    ),
    "agreement.above_chance": _l(
        "That is more than chance would give: two groups of the same sizes, drawn at random from all who took part, "
        "agree from %(low)s to %(high)s in 95%% of draws."
    ),
    "agreement.inside": _l("Inside the college of %(college)s, two ballots agree by τ = %(mean_tau)s in the mean."),
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
NAMES = {College.CITIZENS.value: _l("Citizens"), College.PHYSICIANS.value: _l("Physicians")}
CHANCE_CLIP = [CHANCE_STEPS.low, CHANCE_STEPS.high]
COLLEGES = {College.CITIZENS.value: _l("citizens"), College.PHYSICIANS.value: _l("physicians")}


def sentence(message: Message, titles: Mapping[int, Markup]) -> Markup:
    """The message in words; `titles` gives the title of each recommendation, with its language where it has another."""
    values = {name: _in_words(name, value) for name, value in message.values.items()}
    number = message.values.get("recommendation")
    if isinstance(number, int):
        values["title"] = titles[number]
    return escape(str(SENTENCES[message.id])) % values


def listed(numbers: Sequence[int]) -> str:
    """Numbers said one after the other: “24, 3 and 10”."""
    return enumerated(list(map(str, numbers)))


def enumerated(names: Sequence[str]) -> str:
    """Several things named one after the other: “the duels, the chances and the first choices”."""
    *most, last = names
    return _("%(several)s and %(last)s", several=", ".join(most), last=last) if most else last


def decimal_said(number: str) -> str:
    """A decimal of a release with the signs of the language: "-0.27" is said « −0,27 »."""
    said = number.replace("-", "−")
    return said.replace(".", ",") if current_language() == "fr" else said


def chance_said(chance: int) -> str:
    """A published chance in the middle of a sentence: in percent, with its bound in words where it is clipped."""
    bounds = {CHANCE_CLIP[0]: _("at most %(percent)s%%"), CHANCE_CLIP[1]: _("at least %(percent)s%%")}
    return bounds.get(chance, _("%(percent)s%%")) % {"percent": chance}


def _in_words(name: str, value: Value) -> str | int:
    if isinstance(value, tuple):
        return listed(value)
    said = _SAID.get(name)
    return said(str(value)) if said else value


_SAID: Mapping[str, Callable[[str], str]] = {
    "college": lambda name: str(COLLEGES[name]),
    "other_college": lambda name: str(COLLEGES[name]),
    "chance": lambda chance: chance_said(int(chance)),
    **dict.fromkeys(("tau_b", "mean_tau", "low", "high"), decimal_said),
}
