"""What can be followed, in words and with its address."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consultation.domain.deliberation.paces import Pace
from consultation.domain.phases import Phase
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.notifications.models import Happening
from consultation.features.notifications.queries import Followed
from consultation.features.recommendations.models import Recommendation

Address = Callable[..., str]

PACES = {
    Pace.AT_ONCE: _l("By mail, at once"),
    Pace.DAILY: _l("By mail, once a day"),
    Pace.WEEKLY: _l("By mail, once a week"),
    Pace.PRODUCT: _l("Here only, without mails"),
    Pace.RESULTS: _l("By mail, once: when the results are public"),
}
STEPS = {
    Happening.OPENED: _l("The consultation is open."),
    Happening.CLOSING: _l("The consultation closes soon."),
    Happening.CLOSED: _l("The consultation is closed: the ballots are sealed, and nobody has counted them yet."),
    Happening.PUBLISHED: _l("The results are public."),
}


@dataclass(frozen=True)
class Thing:
    """Something that can be followed: its name, what it is, its own page, and the page on which it is followed."""

    title: str
    kind: str
    language: str
    url: str
    follow_url: str


def thing_of(followed: Followed, address: Address = url_for) -> Thing:
    """What somebody follows, with addresses of this site or, for mails, whole ones."""
    if followed.thread is not None and followed.recommendation is not None:
        return thread_thing(followed.consultation, followed.recommendation, followed.thread, address)
    if followed.recommendation is not None:
        return recommendation_thing(followed.consultation, followed.recommendation, address)
    return consultation_thing(followed.consultation, address)


def consultation_thing(consultation: Consultation, address: Address = url_for) -> Thing:
    """A whole consultation; once its results are public they are where it leads."""
    slug = consultation.slug
    page = "results.show" if consultation.phase == Phase.PUBLISHED else "recommendations.index"
    return Thing(
        title=consultation.title,
        kind=_("Consultation"),
        language=consultation.language,
        url=address(page, slug=slug),
        follow_url=address("notifications.follow_consultation", slug=slug),
    )


def recommendation_thing(
    consultation: Consultation, recommendation: Recommendation, address: Address = url_for
) -> Thing:
    """A recommendation with all its comments."""
    where = {"slug": consultation.slug, "number": recommendation.number}
    return Thing(
        title=recommendation.title,
        kind=_("Recommendation %(number)s", number=recommendation.number),
        language=consultation.language,
        url=address("comments.thread", **where, order="newest"),
        follow_url=address("notifications.follow_recommendation", **where),
    )


def thread_thing(
    consultation: Consultation, recommendation: Recommendation, thread: Comment, address: Address = url_for
) -> Thing:
    """A comment with the replies that stand under it."""
    where = {"slug": consultation.slug, "comment_id": thread.id}
    return Thing(
        title=_("Replies to %(name)s", name=name_of(thread)) if thread.is_public else _("Replies to a comment"),
        kind=_("Recommendation %(number)s", number=recommendation.number),
        language="",
        url=address("comments.comment", **where),
        follow_url=address("notifications.follow_thread", **where),
    )


def name_of(comment: Comment) -> str:
    """The name over a comment that is public."""
    return _("Former participant") if comment.pen_name.is_forgotten else comment.pen_name.name
