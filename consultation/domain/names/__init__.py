"""Display names: what is accepted, and when two of them look the same (after Unicode Technical Standard 39)."""

from consultation.domain.names.accepting import MAXIMUM, MINIMUM_LETTERS, accepted
from consultation.domain.names.keys import key_of

__all__ = ["MAXIMUM", "MINIMUM_LETTERS", "accepted", "key_of"]
