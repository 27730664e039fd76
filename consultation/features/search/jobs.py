"""Work that the search index leaves to the worker."""

from consultation.features.search.services import index_comments_again, index_texts_again
from consultation.infrastructure.jobs import enqueue


def fill(after: str = "") -> None:
    """Enter what is public already, one batch at a time: each asks for the next in its own transaction."""
    if not after:
        index_texts_again()
    last = index_comments_again(after)
    if last is not None:
        enqueue(fill, after=last)
