"""All pointers of a text, none of them over another."""

from collections.abc import Mapping

from consultation.domain.deliberation.personal_data.numbers import checked_numbers
from consultation.domain.deliberation.personal_data.people import births, patients
from consultation.domain.deliberation.personal_data.places import emails, postal_addresses
from consultation.domain.deliberation.personal_data.pointers import Finder, Finders, Kind, Pointer
from consultation.domain.deliberation.personal_data.shapes import IBAN, NIR, RPPS


def pointers_in(text: str, finders: Finders) -> list[Pointer]:
    """The passages that seem to identify somebody, in their order; of two that overlap the surer kind is kept."""
    kept: list[Pointer] = []
    for kind, find in _finders_by_kind(finders).items():
        found = [Pointer(start, end, kind) for start, end in find(text)]
        kept += [pointer for pointer in found if not any(_overlap(pointer, one) for one in kept)]
    return sorted(kept, key=lambda pointer: pointer.start)


def _finders_by_kind(finders: Finders) -> Mapping[Kind, Finder]:
    """In the order of precedence."""
    return {
        Kind.NIR: checked_numbers(NIR, finders.is_nir),
        Kind.IBAN: checked_numbers(IBAN, finders.is_iban),
        Kind.EMAIL: emails,
        Kind.PHONE: finders.phone_numbers,
        Kind.RPPS: checked_numbers(RPPS, finders.is_rpps),
        Kind.BIRTH: births,
        Kind.PATIENT: patients,
        Kind.POSTAL: postal_addresses,
    }


def _overlap(one: Pointer, other: Pointer) -> bool:
    return one.start < other.end and other.start < one.end
