"""Answers of the organiser, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, OfficialReply, OfficialReplyRevision
from consultation.features.comments.queries import unanswered_page
from consultation.features.comments.serializers.shown import scribe_for
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.web.language import said_day


@dataclass(frozen=True)
class FormerAnswer:
    """What an answer said, and from which day on."""

    since: str
    html: Markup


@dataclass(frozen=True)
class Choice:
    """A link that narrows a list."""

    label: str
    url: str
    is_current: bool


def answer_shown(reply: OfficialReply) -> FormerAnswer:
    """The present words of an answer."""
    return FormerAnswer(said_day(reply.changed_on or reply.given_on), Markup(reply.html))  # noqa: S704 - sanitised


def former_answers_shown(former: Sequence[OfficialReplyRevision]) -> list[FormerAnswer]:
    """What an answer said before, in the order given."""
    return [FormerAnswer(said_day(one.written_on), Markup(one.html)) for one in former]  # noqa: S704 - sanitised


def waiting_for_answers(
    actor: Account, consultation: Consultation, chosen: Recommendation | None, cursor: str | None
) -> dict[str, object]:
    """What the desk of answers shows: comments without one, and the recommendations that narrow the list."""
    recommendations = recommendations_of(consultation.id)
    asked = [chosen.id] if chosen else [one.id for one in recommendations]
    page = unanswered_page(asked, cursor)
    scribe = scribe_for(actor, consultation, page.rows)
    number = chosen.number if chosen else None
    return {
        "consultation": consultation,
        "waiting": [(_place(one), _answer_url(consultation, one), scribe.shown(one)) for one in page.rows],
        "choices": _choices(consultation, recommendations, chosen),
        "first_url": _desk_url(consultation, number) if cursor else None,
        "next_url": _desk_url(consultation, number, page.cursor) if page.cursor else None,
    }


def _place(comment: Comment) -> str:
    return _("Recommendation %(number)s", number=comment.recommendation.number)


def _answer_url(consultation: Consultation, comment: Comment) -> str:
    return url_for("comments.answer", slug=consultation.slug, comment_id=comment.id)


def _choices(
    consultation: Consultation, recommendations: Sequence[Recommendation], chosen: Recommendation | None
) -> list[Choice]:
    everything = Choice(_("all of them"), _desk_url(consultation, None), chosen is None)
    return [
        everything,
        *(
            Choice(str(one.number), _desk_url(consultation, one.number), chosen is not None and one.id == chosen.id)
            for one in recommendations
        ),
    ]


def _desk_url(consultation: Consultation, number: int | None, after: str | None = None) -> str:
    return url_for("comments.unanswered", slug=consultation.slug, recommendation=number, after=after)
