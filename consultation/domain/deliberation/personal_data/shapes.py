"""The shapes of numbers and words that the finders look for.

Every repetition is bounded and begins where the one before cannot go on, so that no text makes the search slow.
"""

import re

UPPER = "A-ZÀ-ÖØ-ÞŒŠŽŸ"
LOWER = "a-zà-öø-ÿœšž"
WORD = rf"[{UPPER}{LOWER}’'-]"

_GAP = r"[ .\u00a0\u202f-]?"

# Sex, year, month, department (2A and 2B in Corsica), commune, order, key.
NIR = re.compile(
    rf"(?<![\w.])(?P<number>[1-478]{_GAP}\d\d{_GAP}\d\d{_GAP}(?:\d\d|2[ABab]){_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d\d)(?!\d)"
)
IBAN = re.compile(r"(?<!\w)(?P<number>[A-Z]{2}\d\d(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?)(?!\w)")
RPPS = re.compile(rf"(?<![\d.,])(?P<number>1(?:{_GAP}\d){{10}})(?![\d]|[.,]\d)")

_MONTHS = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
DATE = (
    r"(?:\d{1,2}[ ]?[/.\-][ ]?\d{1,2}[ ]?[/.\-][ ]?(?:19|20)?\d\d"
    r"|(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th)?[ ](?:of[ ])?(?:{_MONTHS})[ ,]{{1,2}}(?:19|20)\d\d"
    rf"|(?:{_MONTHS})[ ]\d{{1,2}}(?:st|nd|rd|th)?[ ,]{{1,2}}(?:19|20)\d\d)(?!\d)"
)
