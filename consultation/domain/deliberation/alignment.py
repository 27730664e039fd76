"""The position that a comment takes on a recommendation."""

from enum import StrEnum


class Alignment(StrEnum):
    """For, against, or somewhere between with reasons."""

    FOR = "for"
    NUANCED = "nuanced"
    AGAINST = "against"
