"""What a mail about followed things says: composed when it leaves, from what is public at that moment."""

import re
import textwrap
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.deliberation.paces import Pace
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_id
from consultation.features.comments.models import Comment
from consultation.features.notifications.models import Happening
from consultation.features.notifications.policies import may_be_written_to
from consultation.features.notifications.queries import CAP, Followed, Told, followed_by, mailbox_of, told_of
from consultation.features.notifications.serializers.things import STEPS, Thing, name_of, thing_of
from consultation.features.notifications.services import token_for_all, token_for_one
from consultation.infrastructure.mail import Letter
from consultation.infrastructure.web.language import current_language, said_day
from consultation.infrastructure.web.urls import external_url

SECTIONS = 20
EXCERPT = 280
_ADDRESS = re.compile(r"\(?(?:https?://|www\.)\S+", re.IGNORECASE)
_NAMES = {Pace.AT_ONCE: "following", Pace.DAILY: "digest", Pace.WEEKLY: "digest", Pace.RESULTS: "results_published"}
_LISTS = {Pace.AT_ONCE: "news", Pace.DAILY: "daily", Pace.WEEKLY: "weekly", Pace.RESULTS: "results"}


@dataclass(frozen=True)
class Quotation:
    """A comment or an answer in a mail: whose, when and where, how it begins, and the comment's lasting address."""

    line: str
    excerpt: str
    url: str


@dataclass(frozen=True)
class Section:
    """One followed thing in a mail: the steps taken, the first of what was said, how much more there is."""

    thing: Thing
    steps: Sequence[str]
    quotations: Sequence[Quotation]
    more: str
    stop_url: str


def following_letter(account_id: str, pace: str, stretches: Sequence[tuple[str, int, int]]) -> Letter | None:
    """What is new in stretches of news of what an account follows; None where nothing, or nobody, is left to tell."""
    account, mailbox = account_by_id(uuid.UUID(account_id)), mailbox_of(uuid.UUID(account_id))
    if account is None or mailbox is None or not may_be_written_to(account):
        return None
    sections = _sections(account, stretches)
    if not sections:
        return None
    url = external_url("notifications.unsubscribe", token=token_for_all(mailbox.key, Pace(pace)))
    values = {
        "sections": sections,
        "is_weekly": pace == Pace.WEEKLY,
        "following_url": external_url("notifications.following"),
        "unsubscribe_url": url,
    }
    return Letter(_NAMES[Pace(pace)], values, _LISTS[Pace(pace)], url)


def _sections(account: Account, stretches: Sequence[tuple[str, int, int]]) -> list[Section]:
    """The sections of a mail, each comment quoted once: under the thread rather than under what holds the thread."""
    bounds = {identifier: (after, until) for identifier, after, until in stretches}
    found: list[Section] = []
    quoted: set[str] = set()
    for one in sorted(followed_by(account.id, list(bounds)), key=_breadth):
        if len(found) == SECTIONS or not one.subscription.is_by_mail:
            continue
        told = told_of(one.subscription, *bounds[one.subscription.id], quoted)
        if told.count or told.steps:
            found.append(_section(one, told))
            quoted |= {comment.id for _kind, comment in told.quoted}
    return found


def _breadth(followed: Followed) -> int:
    if followed.thread is not None:
        return 0
    return 1 if followed.recommendation is not None else 2


def _section(followed: Followed, told: Told) -> Section:
    address = partial(external_url, language=current_language())
    return Section(
        thing=thing_of(followed, address),
        steps=[str(STEPS[step]) for step in told.steps],
        quotations=[_quotation(followed, kind, comment) for kind, comment in told.quoted],
        more=_more(told),
        stop_url=external_url("notifications.unsubscribe", token=token_for_one(followed.subscription)),
    )


def _quotation(followed: Followed, kind: Happening, comment: Comment) -> Quotation:
    number, day = comment.recommendation.number, said_day(comment.posted_on)
    name = name_of(comment)
    if kind == Happening.ANSWER:
        line = _("The organiser answered %(name)s, recommendation %(number)s:", name=name, number=number)
    else:
        line = _("%(name)s, %(day)s, recommendation %(number)s:", name=name, day=day, number=number)
    return Quotation(
        line=line,
        excerpt=_excerpt(_said(kind, comment)),
        url=external_url("comments.comment", slug=followed.consultation.slug, comment_id=comment.id),
    )


def _said(kind: Happening, comment: Comment) -> str:
    """The public words that a mail quotes: the comment's own, or those of the organiser who answered it."""
    if kind != Happening.ANSWER:
        return comment.body
    reply = comment.official_reply
    return reply.body if reply and reply.is_shown and reply.answers_revision > comment.closed_through else ""


def _excerpt(body: str) -> str:
    """How a comment begins, without its addresses: a mail of ours leads nowhere else."""
    return textwrap.shorten(_ADDRESS.sub("[…]", body), EXCERPT, placeholder=" …")


def _more(told: Told) -> str:
    rest = told.count - len(told.quoted)
    if told.count >= CAP:
        return _("There are %(number)s contributions or more: read them all here.", number=CAP)
    return ngettext("And %(num)s other contribution.", "And %(num)s other contributions.", rest) if rest else ""
