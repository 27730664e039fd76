"""Atom feeds of comments, the same for everybody."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.verdicts import enforce
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.notifications.queries import latest_of
from consultation.features.notifications.serializers.feeds import Feed, feed_of_consultation, feed_of_recommendation
from consultation.features.notifications.views.doors import blueprint
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.headers import cacheable

ATOM = "application/atom+xml; charset=utf-8"


@blueprint.get("/consultations/<slug>/feed.atom")
@guarded(may_read)
def consultation_feed(slug: str) -> ResponseReturnValue:
    """The latest comments of a consultation."""
    consultation = _public(slug)
    return _answer(feed_of_consultation(consultation, latest_of(consultation)))


@blueprint.get("/consultations/<slug>/recommendations/<int:number>/feed.atom")
@guarded(may_read)
def recommendation_feed(slug: str, number: int) -> ResponseReturnValue:
    """The latest comments under a recommendation."""
    consultation = _public(slug)
    recommendation = recommendation_by_number(consultation, number)
    return _answer(feed_of_recommendation(consultation, recommendation, latest_of(recommendation)))


def _public(slug: str) -> Consultation:
    """A consultation that all may read: feeds know nobody, so that a draft has none, even for its team."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(None, consultation))
    return consultation


def _answer(feed: Feed) -> Response:
    return cacheable(Response(render_template("notifications/feed.xml", feed=feed), content_type=ATOM))
