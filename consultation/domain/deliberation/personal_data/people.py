"""Passages that seem to say who somebody is: dates of birth, and patients or relatives who are named."""

import re
from collections.abc import Iterator

from consultation.domain.deliberation.personal_data.pointers import Span
from consultation.domain.deliberation.personal_data.shapes import DATE, LOWER, UPPER, WORD

_BIRTH = re.compile(
    r"(?<!\w)(?:née?(?:[(]e[)]|·e|[.]e)?s?|nee?|born|date[ ]de[ ]naissance|naissance|date[ ]of[ ]birth|DDN|DOB)"
    r"(?:[ ](?:à|au|en|in|at)[ ][\w’'-]{1,30}(?:[ ][\w’'-]{1,30}){0,2},?)?"
    rf"[ ]?[:=]?[ ]?(?:(?:le|on|the|du|est|is|:)[ ]){{0,2}}(?P<date>{DATE})",
    re.IGNORECASE,
)

_TITLE = r"(?:M[.]|MM[.]|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Mr[.]?|Mrs[.]?|Ms[.]?|Miss)"
_NAME = rf"(?:[{UPPER}](?:[{LOWER}][{UPPER}{LOWER}’'-]{{0,30}}|[{UPPER}’'-]{{1,30}})|[{UPPER}](?:[.]|(?!{WORD})))"
_PLAIN_NAME = rf"[{UPPER}][{LOWER}][{LOWER}{UPPER}’'-]{{0,30}}"
_PARTICLE = r"(?:(?:de|du|des|la|le|van|von|der|ben|el|al)[ ]|d[’'])"
_FULL = rf"(?:{_PARTICLE}){{0,2}}{_NAME}(?:[ ](?:{_PARTICLE}){{0,2}}{_NAME}){{0,3}}"
_OLD = r"(?:,?[ ](?:âgée?[ ]de|de|aged)[ ]\d{1,3}(?:[ ]ans)?)?"
_CALLED = rf"{_OLD},?[ ]" + (
    r"(?:(?:nommée?|appelée?|prénommée?|called|named)[ ]|qui[ ]s[’']appelle[ ]|que[ ]j[’']appellerai[ ])?"
)
_MINE = r"(?:mon|ma|mes|notre|nos|un|une|my|our|a|an|votre|vos|your)"
_OURS = r"(?:mon|ma|notre|my|our)"
_PATIENT = r"(?:patiente?s?|malades?|résidente?s?|consultante?s?)"
_KIN = (
    r"(?:mère|père|maman|papa|mari|femme|épouse|époux|fils|fille|frère|sœur|soeur|tante|oncle|cousine?|conjointe?"
    r"|compagne|compagnon|voisine?|belle-mère|beau-père|belle-sœur|beau-frère|belle-fille|grand-mère|grand-père"
    r"|mother|father|husband|wife|son|daughter|brother|sister|aunt|uncle|cousin|neighbou?r|grandmother|grandfather)"
)
# What a capital letter often begins after "patient" without naming anybody.
_NOBODY = (
    rf"(?!(?:Alzheimer|Parkinson|Covid|Français|Française|French|Européen|Je|Il|Elle|On|Nous|The|He|She|We)(?!{WORD}))"
)
_AGE = (
    r",?[ ](?:âgée?[ ]de[ ]|aged?[ ]|age[ ]of[ ])?\(?\d{1,3}"
    r"(?:[ -]?(?:ans|an|mois|years?[ -]old|years?|yo|y[.]o[.])(?!\w))"
    r"|,[ ](?:aged[ ])?\d{1,3}(?=[,.;)])"
)
_ILL = (
    r"(?:hospitalis|suivie?[ ]pour|décéd|souffr|atteinte?[ ]d|opérée?(?!\w)|soignée?(?!\w)"
    r"|en[ ]fin[ ]de[ ]vie|euthanasi|suffer|died[ ]of|dying|was[ ]treated|hospitali[sz]ed|diagnos)"
)
_HELPERS = r"(?:[ ](?:est|a|avait|était|fut|été|toujours|is|was|has|had|been|who|qui)){0,4}"
_PATTERNS = [
    re.compile(rf"(?<!\w)(?i:{_PATIENT}){_CALLED}{_TITLE}[ ]{_FULL}"),
    re.compile(rf"(?<!\w)(?i:{_MINE})[ ](?i:{_PATIENT}){_CALLED}{_NOBODY}{_PLAIN_NAME}(?:[ ]{_NAME}){{0,3}}"),
    re.compile(rf"(?<!\w)(?i:patient)(?i:e?){_CALLED}{_NOBODY}{_PLAIN_NAME}(?:[ ]{_NAME}){{1,3}}"),
    re.compile(
        rf"(?<!\w)(?i:{_MINE})[ ](?i:{_KIN}){_CALLED}(?:{_TITLE}[ ])?{_NOBODY}{_PLAIN_NAME}(?:[ ]{_NAME}){{0,3}}"
    ),
    re.compile(rf"(?<!\w){_TITLE}[ ]{_FULL}(?:{_AGE})"),
    re.compile(rf"(?<!\w){_TITLE}[ ]{_FULL},?[ ](?:(?:est|était|fut|is|was)[ ])?{_OURS}[ ](?i:{_PATIENT})(?!\w)"),
    re.compile(rf"(?<!\w){_PLAIN_NAME}[ ](?:{_NAME})[ ]?(?:{_AGE})"),
    re.compile(rf"(?<!\w){_TITLE}[ ]{_FULL}{_HELPERS}[ ]{_ILL}"),
]


def births(text: str) -> Iterator[Span]:
    """Dates that are said to be of a birth: a date alone is an event's."""
    yield from (match.span() for match in _BIRTH.finditer(text))


def patients(text: str) -> Iterator[Span]:
    """Names that stand as those of patients or relatives, or beside an age or an illness; the longest found."""
    spans = sorted({match.span() for pattern in _PATTERNS for match in pattern.finditer(text)})
    end = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop
            end = stop
