"""The page of a thread around its comments: orders and filters, shares by college, neighbours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from babel.numbers import format_percent
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.errors import UnknownReading
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, PenName
from consultation.features.comments.queries import Order, replies_page, thread_page, usual_order
from consultation.features.comments.serializers.shown import scribe_for
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import numbers_beside
from consultation.features.recommendations.serializers import panel_of
from consultation.infrastructure import clock
from consultation.infrastructure.web.language import current_language


@dataclass(frozen=True)
class Reading:
    """How a thread is being read: in which order, of which college and alignment, from where on."""

    usual: Order
    order: Order
    college: College | None = None
    alignment: Alignment | None = None
    after: str | None = None

    @classmethod
    def usual_of(cls, consultation: Consultation) -> "Reading":
        """How a thread of this consultation is read where nothing else is asked for."""
        usual = usual_order(consultation)
        return cls(usual, usual)

    @classmethod
    def asked(cls, consultation: Consultation, arguments: Mapping[str, str]) -> "Reading":
        """The reading that an address asks for; UnknownReading where it asks for what does not exist."""
        usual = usual_order(consultation)
        college, alignment = arguments.get("college"), arguments.get("alignment")
        try:
            return cls(
                usual,
                Order(arguments.get("order") or usual),
                College(college) if college else None,
                Alignment(alignment) if alignment else None,
                arguments.get("after"),
            )
        except ValueError as error:
            raise UnknownReading from error

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.college is None and self.alignment is None

    def url(self, consultation: Consultation, recommendation: Recommendation) -> str:
        """The address of this reading of a thread; what is usual is left out of it, but not from a second page on.

        What is usual changes after the first day: the place of a page is one of a certain order.
        """
        return url_for(
            "comments.thread",
            slug=consultation.slug,
            number=recommendation.number,
            order=self.order.value if self.after or self.order is not self.usual else None,
            college=self.college.value if self.college else None,
            alignment=self.alignment.value if self.alignment else None,
            after=self.after,
        )


@dataclass(frozen=True)
class Choice:
    """A link among others: a way to read a thread, or the way to another one."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Share:
    """The comments of a college: how many, and with which alignments."""

    college: str
    comments: str
    counts: tuple[int, int, int]
    percents: Sequence[tuple[str, str]]


def thread_of(
    actor: Account | None, consultation: Consultation, recommendation: Recommendation, reading: Reading
) -> dict[str, object]:
    """What the page of a thread shows, its form apart."""
    page = thread_page(recommendation, reading.order, reading.college, reading.alignment, reading.after)
    scribe = scribe_for(actor, consultation, [one for branch in page.rows for one in (branch.root, *branch.replies)])
    before, after = (_way_to(number, consultation) for number in numbers_beside(recommendation))
    following = replace(reading, after=page.cursor).url(consultation, recommendation)
    return {
        "consultation": consultation,
        "recommendation": recommendation,
        "comments": scribe.branches(page.rows),
        "explains_reactions": scribe.explains_reactions,
        "orders": orders_of(reading, consultation, recommendation),
        "colleges": colleges_of(reading, consultation, recommendation),
        "alignments": alignments_of(reading, consultation, recommendation),
        "is_whole": reading.is_whole,
        "whole_url": replace(reading, college=None, alignment=None, after=None).url(consultation, recommendation),
        "shares": shares_of(recommendation),
        "outcome": panel_of(consultation, recommendation),
        "here": reading.url(consultation, recommendation),
        "first_url": replace(reading, after=None).url(consultation, recommendation) if reading.after else None,
        "next_url": following if page.cursor else None,
        "before": before,
        "after": after,
        "takes_part": consultation.takes_part_at(clock.now()),
    }


def replies_of(
    actor: Account | None, consultation: Consultation, root: Comment, after: str | None
) -> dict[str, object]:
    """What the page of a comment and all its replies shows."""
    page = replies_page(root, after)
    scribe = scribe_for(actor, consultation, [root, *page.rows])
    address = partial(url_for, "comments.replies", slug=consultation.slug, comment_id=root.id)
    return {
        "consultation": consultation,
        "recommendation": root.recommendation,
        "comment": scribe.shown(root),
        "replies": [scribe.shown(reply) for reply in page.rows],
        "explains_reactions": scribe.explains_reactions,
        "count": root.replies,
        "here": address(after=after),
        "first_url": address() if after else None,
        "next_url": address(after=page.cursor) if page.cursor else None,
        "back_url": url_for("comments.comment", slug=consultation.slug, comment_id=root.id),
    }


def orders_of(reading: Reading, consultation: Consultation, recommendation: Recommendation) -> list[Choice]:
    """The orders in which the thread can be read."""
    labels = {
        Order.SHARED: _("most shared arguments"),
        Order.NEWEST: _("newest"),
        Order.OLDEST: _("oldest"),
        Order.DISCUSSED: _("most discussed"),
        Order.DIVIDED: _("most divided"),
    }
    first = replace(reading, after=None)
    return [
        Choice(label, replace(first, order=order).url(consultation, recommendation), order is reading.order)
        for order, label in labels.items()
    ]


def colleges_of(reading: Reading, consultation: Consultation, recommendation: Recommendation) -> list[Choice]:
    """The colleges whose comments can be read apart."""
    labels = {None: _("both"), College.CITIZENS: _("citizens"), College.PHYSICIANS: _("physicians")}
    first = replace(reading, after=None)
    return [
        Choice(label, replace(first, college=college).url(consultation, recommendation), college is reading.college)
        for college, label in labels.items()
    ]


def alignments_of(reading: Reading, consultation: Consultation, recommendation: Recommendation) -> list[Choice]:
    """The positions whose comments can be read apart."""
    labels = {None: _("all"), Alignment.FOR: _("for"), Alignment.NUANCED: _("nuanced"), Alignment.AGAINST: _("against")}
    first = replace(reading, after=None)
    return [
        Choice(label, replace(first, alignment=one).url(consultation, recommendation), one is reading.alignment)
        for one, label in labels.items()
    ]


def shares_of(recommendation: Recommendation) -> list[Share]:
    """The public comments of each college, with the percentages of each alignment."""
    return [_share(recommendation, college) for college in College]


def _share(recommendation: Recommendation, college: College) -> Share:
    total = recommendation.comments(college)
    counts = [recommendation.count(alignment, college) for alignment in Alignment]
    locale = current_language()
    percents = [
        (alignment.value, format_percent(round(count / total, 2), locale=locale))
        for alignment, count in zip(Alignment, counts, strict=True)
        if total
    ]
    comments = ngettext("%(num)s comment", "%(num)s comments", total)
    return Share(college.value, comments, (counts[0], counts[1], counts[2]), percents)


def _way_to(number: int | None, consultation: Consultation) -> Choice | None:
    if number is None:
        return None
    url = url_for("comments.thread", slug=consultation.slug, number=number)
    return Choice(_("Recommendation %(number)s", number=number), url)


def signature_of(actor: Account | None, pen_name: PenName | None) -> str:
    """Under which name and in which college the actor's next comment appears; empty before a name was chosen."""
    if actor is None or pen_name is None:
        return ""
    if actor.college == College.PHYSICIANS:
        return _("Published under the name “%(name)s”, physicians’ college.", name=pen_name.name)
    return _("Published under the name “%(name)s”, citizens’ college.", name=pen_name.name)
