"""Where somebody can be written to: electronic and postal addresses."""

import re
from collections.abc import Iterator

from consultation.domain.deliberation.personal_data.pointers import Span
from consultation.domain.deliberation.personal_data.shapes import LOWER, UPPER, WORD

_ENDINGS = "fr|com|org|net|eu|be|ch|ca|uk|de|es|it|lu|re|gp|mq|gf|nc|pf|info|pro|edu|io|me|med|sante|health"
_LOCAL = r"(?<![\w.+-])[\w.+-]{1,64}"
_HOST = r"[\w-]{1,63}"
# Written out so that programs do not see it ("marie (at) exemple (point) fr"), it is as public as any.
_EMAIL = re.compile(
    rf"{_LOCAL}[ ]?@[ ]?{_HOST}(?:\.{_HOST}){{1,5}}(?<![.-])"
    rf"|{_LOCAL}[ ]?(?:[(\[][ ]?(?:at|arobase|@)[ ]?[)\]]|[ ]arobase[ ])[ ]?{_HOST}"
    rf"(?:[ ]?(?:\.|[(\[][ ]?(?:dot|point|\.)[ ]?[)\]]|[ ](?:dot|point)[ ])[ ]?{_HOST}){{1,5}}"
    rf"|{_LOCAL}[ ]at[ ]{_HOST}[ ](?:dot|point)[ ](?:{_ENDINGS})(?!\w)",
    re.IGNORECASE,
)

_NUMBER = r"(?<![\w.,-])\d{1,4}(?:[ ]?(?:bis|ter|quater|[A-D]))?,?[ ]"
_LINK = r"(?:(?:de|du|des|la|le|les|et|aux|au|à|en|sur)[ ]|(?:de[ ])?[ld][’'])"
_NAMED = rf"(?:{_LINK}){{0,3}}[{UPPER}]{WORD}{{1,30}}"
_CITY = rf"(?:[ ]?[,–-]?[ ]?\d{{5}}(?!\d)(?:[ ]{_NAMED}){{0,4}}|,[ ]{_NAMED}(?=[ ]?[(]\d{{5}}[)]))?"
# After a word that names nothing but a street, « du moulin » will do; the others are common words as well.
_STREET = "rue|avenue|boulevard|bd|bld|bvd|av[.]?|impasse|allée|allee|chemin|ruelle"
_MAYBE_STREET = (
    "place|pl[.]?|cours|route|passage|square|quai|villa|résidence|residence|lotissement|faubourg|sentier|hameau"
)
_FRENCH = re.compile(
    rf"{_NUMBER}(?i:{_STREET})[ ](?:(?:{_LINK}){{1,3}}{WORD}{{1,30}}|{_NAMED})(?:[ ]{_NAMED}){{0,4}}{_CITY}"
    rf"|{_NUMBER}(?i:{_MAYBE_STREET})[ ]{_NAMED}(?:[ ]{_NAMED}){{0,4}}{_CITY}"
)
_ENGLISH = re.compile(
    rf"(?<![\w.,-])\d{{1,5}}[ ](?:[{UPPER}][{LOWER}’'.-]{{1,30}}[ ]){{1,3}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court|Terrace|Way|Square|Crescent|Boulevard|Blvd)(?!\w)"
)


def emails(text: str) -> Iterator[Span]:
    """Electronic addresses, also those written out."""
    yield from (match.span() for match in _EMAIL.finditer(text))


def postal_addresses(text: str) -> Iterator[Span]:
    """A number and a street, with the town where it follows."""
    yield from (match.span() for match in _FRENCH.finditer(text))
    yield from (match.span() for match in _ENGLISH.finditer(text))
