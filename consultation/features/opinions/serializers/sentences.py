"""Figures and reasons of opinion groups in words."""

from collections.abc import Sequence

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consultation.domain.colleges import College
from consultation.domain.deliberation.opinion_groups.cells import steps_of
from consultation.domain.deliberation.opinion_groups.publication import LEAST_PLACED, OpinionMap, Refusal
from consultation.infrastructure.web.language import current_language

REFUSALS = {
    Refusal.TOO_FEW_PEOPLE: _l(
        "No opinion groups are shown: fewer than %(placed)s people reacted to at least %(votes)s comments, and small "
        "groups would say too much about each of them."
    ),
    Refusal.NO_DIFFERENCE: _l(
        "There are no opinion groups: all who reacted to at least %(votes)s comments stand in the same place."
    ),
    Refusal.SMALL_GROUP: _l(
        "No opinion groups are shown: one of them would hold fewer than %(people)s people, and would say too much "
        "about each of them."
    ),
    Refusal.UNSTABLE: _l(
        "No opinion groups are shown: they do not hold. When people are drawn again from the same ones, other groups "
        "come out too often."
    ),
}
COLLEGES = {College.CITIZENS.value: _l("Citizens"), College.PHYSICIANS.value: _l("Physicians")}


def refusal_said(content: OpinionMap) -> str:
    """Why there are no groups."""
    sentence = REFUSALS[Refusal(content["refusal"])]
    return str(sentence) % {
        "placed": LEAST_PLACED,
        "votes": content["least_votes"],
        "people": content["least_people"],
    }


def name_said(name: str) -> str:
    """The name of a college, or of a group by its letter."""
    return str(COLLEGES[name]) if name in COLLEGES else _("Group %(letter)s", letter=name)


def share_said(share: int, people: int) -> str:
    """A released share, with its bound in words where it is clipped."""
    steps = steps_of(people)
    if share <= steps.low:
        return _("at most %(percent)s%%", percent=share)
    if share >= steps.high:
        return _("at least %(percent)s%%", percent=share)
    return _("%(percent)s%%", percent=share)


def about(people: int) -> str:
    """A rounded number of people."""
    return _("about %(people)s people", people=format_decimal(people))


def decimal_said(number: str) -> str:
    """A decimal with the signs of the language: "-0.27" is said « −0,27 »."""
    said = number.replace("-", "−")
    return said.replace(".", ",") if current_language() == "fr" else said


def enumerated(names: Sequence[str]) -> str:
    """Several things named one after the other."""
    *most, last = names
    return _("%(several)s and %(last)s", several=", ".join(most), last=last) if most else last
