"""The blueprint of following, and what every page of it shows."""

from flask import Blueprint

from consultation.features.notifications.queries import unread_count
from consultation.infrastructure.web.actor import current_actor

blueprint = Blueprint("notifications", __name__)


@blueprint.app_context_processor
def _of_every_page() -> dict[str, object]:
    """Let the head of a page ask how much is new for whoever is signed in; nothing is read until it asks."""
    return {"unread_notices": lambda: unread_count(current_actor().id)}
