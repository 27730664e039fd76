"""Every refusal as a sentence and a status: one table for pages, forms and the API."""

from flask_babel import lazy_gettext as _l

from consultation.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    Missing,
    NotSignedIn,
    RuleBroken,
    Unavailable,
)
from consultation.infrastructure.web.refusals import ballots, consultations, debate, people

_STATUS = {NotSignedIn: 401, Missing: 404, Forbidden: 403, Conflict: 409, Invalid: 422, Unavailable: 503}

SENTENCES = {
    **people.SENTENCES,
    **consultations.SENTENCES,
    **debate.SENTENCES,
    **ballots.SENTENCES,
    "rule_broken": _l("This cannot be done."),
    "sign_in_required": _l("Please sign in first."),
    "log_faulty.altered": _l(
        "The log does not hold at entry %(number)s: the entry, or one before it, is not what was sealed."
    ),
    "log_faulty.missing": _l("The log does not hold at entry %(number)s: it is missing."),
    "log_faulty.head": _l(
        "The log does not hold: the head of entry %(number)s is not in the chain, so that the chain was made anew, cut "
        "short, or the head is of another platform."
    ),
    "not_found": _l("There is nothing at this address. It may have been withdrawn, or the address may be incomplete."),
    "forbidden": _l("Your account does not give access to this."),
    "conflict": _l("This is no longer possible: something has changed meanwhile. Please look again."),
    "invalid": _l("Something in what was sent cannot be taken as it is."),
    "unavailable": _l("This is not possible at the moment, through no fault of yours. Please try again later."),
    "too_many_requests": _l("Too many attempts in a short time. Please wait a few minutes, then try again."),
    "form_expired": _l("This form was open for too long, or you signed in again meanwhile."),
    "method_not_allowed": _l("This address does not take this kind of request."),
    "too_large": _l("What was sent is too large."),
    "database_unavailable": _l(
        "The database does not answer at this moment: nothing was recorded. Please try again in half a minute."
    ),
    "server_error": _l("Something failed on our side. Nothing was stored in part; please try again."),
}

# Codes that stand inside a sentence.
WORDS = {
    "draft": _l("in preparation"),
    "open": _l("open"),
    "closing": _l("being closed"),
    "closed": _l("closed"),
    "published": _l("published"),
    "recommendations": _l("at least one recommendation"),
    "moderators": _l("two moderators"),
    "later_close": _l("a closing date that is still to come"),
    "plan": _l("a counting plan that is public"),
}


def status_of(refusal: RuleBroken) -> int:
    """The HTTP status of a refusal, by its kind."""
    return next((status for kind, status in _STATUS.items() if isinstance(refusal, kind)), 400)


def sentence_of(refusal: RuleBroken) -> str:
    """The refusal in the language of the page."""
    reason = refusal.values.get("reason")
    return sentence(f"{refusal.code}.{reason}" if reason else refusal.code, **refusal.values)


def sentence(code: str, **values: object) -> str:
    """The sentence of a code, with its values filled in."""
    return str(SENTENCES[code]) % {name: in_words(value) for name, value in values.items()}


def in_words(value: object) -> object:
    """A value as it stands inside a sentence: a code by its words, a refusal by its sentence, several one by one."""
    if isinstance(value, RuleBroken):
        return sentence_of(value)
    if isinstance(value, tuple):
        return "; ".join(str(in_words(part)) for part in value)
    return str(WORDS[value]) if isinstance(value, str) and value in WORDS else value
