"""What is checked of every text, whether it is posted or changed."""

from collections.abc import Sequence

from consultation.domain.deliberation.texts import SOURCES_MAXIMUM, TEXT_MAXIMUM, Source, clean_text
from consultation.domain.errors import Invalid
from consultation.features.comments.models import CommentSource


def accepted_text(text: str) -> str:
    """The text made clean; Invalid where nothing is left of it, or too much."""
    body = clean_text(text)
    if not 0 < len(body) <= TEXT_MAXIMUM:
        raise Invalid()
    return body


def rows_of(sources: Sequence[Source]) -> list[CommentSource]:
    """The sources of a comment, ready to be kept in their order; Invalid where they are too many."""
    if len(sources) > SOURCES_MAXIMUM:
        raise Invalid()
    return [
        CommentSource(position=position, title=source.title, url=source.url)
        for position, source in enumerate(sources, start=1)
    ]
