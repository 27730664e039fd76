"""Notices in the product, and the list of what is followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.deliberation.paces import Pace
from consultation.features.notifications.models import Happening
from consultation.features.notifications.queries import CAP, Followed, Fresh
from consultation.features.notifications.serializers.things import PACES, STEPS, Thing, thing_of


@dataclass(frozen=True)
class Row:
    """One thing that is followed: how, and where that is changed or stopped."""

    thing: Thing
    pace: str
    stop_url: str
    stop_sentence: str
    change_sentence: str


@dataclass(frozen=True)
class Notice:
    """What is new in one thing, sentence by sentence, and where it is marked as read on the way there."""

    thing: Thing
    sentences: Sequence[str]
    read_url: str
    read_sentence: str


def rows_of(followed: Sequence[Followed]) -> list[Row]:
    """What somebody follows, in the order given."""
    return [_row(one) for one in followed]


def notices_of(fresh: Sequence[Fresh]) -> list[Notice]:
    """What is new for somebody, in the order given."""
    return [_notice(one) for one in fresh]


def _row(followed: Followed) -> Row:
    thing, subscription = thing_of(followed), followed.subscription
    return Row(
        thing=thing,
        pace=str(PACES[Pace(subscription.pace)]),
        stop_url=url_for("notifications.stop", subscription_id=subscription.id),
        stop_sentence=_("Stop following: %(title)s", title=thing.title),
        change_sentence=_("Change how you follow: %(title)s", title=thing.title),
    )


def _notice(fresh: Fresh) -> Notice:
    thing = thing_of(fresh.followed)
    return Notice(
        thing=thing,
        sentences=list(_sentences(fresh)),
        read_url=url_for("notifications.read", subscription_id=fresh.followed.subscription.id),
        read_sentence=_("Read what is new: %(title)s", title=thing.title),
    )


def _sentences(fresh: Fresh) -> Iterator[str]:
    yield from (str(STEPS[Happening(step)]) for step in fresh.steps)
    if fresh.answers:
        yield ngettext("The organiser answered a comment.", "The organiser answered %(num)s comments.", fresh.answers)
    if fresh.comments >= CAP:
        yield _("%(number)s new comments or more", number=CAP)
    elif fresh.comments and fresh.followed.thread is not None:
        yield ngettext("%(num)s new reply", "%(num)s new replies", fresh.comments)
    elif fresh.comments:
        yield ngettext("%(num)s new comment", "%(num)s new comments", fresh.comments)
