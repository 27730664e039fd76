"""Personal data in a text that is about to be public: pointed out with the reason, for its author to decide."""

from consultation.domain.deliberation.personal_data.finding import pointers_in
from consultation.domain.deliberation.personal_data.pointers import Finders, Kind, Pointer, Span

__all__ = ["Finders", "Kind", "Pointer", "Span", "pointers_in"]
