"""What libraries know of personal data: telephone numbers, social-security numbers, bank accounts, check digits."""

from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatch, PhoneNumberMatcher, PhoneNumberType, number_type
from stdnum import iban, luhn
from stdnum.fr import nir

from consultation.domain.deliberation.personal_data import Finders, Span

_TRIES = 200  # of what looks like a number in a text and is none
_OF_NOBODY = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOIP,
    }
)


def phone_numbers(text: str) -> Iterator[Span]:
    """Where the text gives a telephone number: of France and its overseas lands as dialled, of anywhere with +.

    Numbers of services (0 800…) lead to nobody.
    """
    for match in PhoneNumberMatcher(text, "FR", leniency=Leniency.POSSIBLE, max_tries=_TRIES):
        if _is_dialled(match.raw_string) and not _leads_to_nobody(match):
            yield match.start, match.end


def _is_dialled(written: str) -> bool:
    """Whether it begins as a number does that is dialled: amounts and file numbers rarely do."""
    return written.lstrip("( ").startswith(("+", "＋", "0"))


def _leads_to_nobody(match: PhoneNumberMatch) -> bool:
    is_special = match.number.country_code == 33 and str(match.number.national_number).startswith("8")
    return is_special or number_type(match.number) in _OF_NOBODY


FINDERS = Finders(
    phone_numbers=phone_numbers,
    is_nir=nir.is_valid,
    is_iban=iban.is_valid,
    is_rpps=luhn.is_valid,
)
