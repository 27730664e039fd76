"""The two colleges, counted apart and never added."""

from enum import StrEnum


class College(StrEnum):
    """A participant speaks as a citizen until a proof of being a physician has been seen."""

    CITIZENS = "citizens"
    PHYSICIANS = "physicians"
