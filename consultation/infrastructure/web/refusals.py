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

_STATUS = {NotSignedIn: 401, Missing: 404, Forbidden: 403, Conflict: 409, Invalid: 422, Unavailable: 503}

SENTENCES = {
    "rule_broken": _l("This cannot be done."),
    "sign_in_required": _l("Please sign in first."),
    "not_found": _l("There is nothing at this address. It may have been withdrawn, or the address may be incomplete."),
    "forbidden": _l("Your account does not give access to this."),
    "address_not_confirmed": _l("Please confirm your address first: the link is in the mail that we sent you."),
    "account_suspended": _l("This account is suspended. The reason was sent by mail, with the way to appeal."),
    "not_a_moderator": _l("Only the moderators of this consultation may do this."),
    "not_an_organiser": _l("Only the organisers of this consultation may do this."),
    "not_of_the_team": _l("Only the team of a consultation may do this."),
    "conflict_of_interest": _l(
        "You wrote in this thread or are concerned by this case: a colleague without a part in it must decide."
    ),
    "conflict": _l("This is no longer possible: something has changed meanwhile. Please look again."),
    "unlawful_move": _l("A consultation cannot pass from “%(current)s” to “%(target)s”."),
    "opening_refused": _l("The consultation cannot open yet. Missing: %(missing)s."),
    "recommendations_frozen": _l("The recommendations no longer change: the consultation has opened."),
    "not_open": _l("This consultation takes no contribution and no ballot at this time."),
    "confirmed_too_late": _l(
        "Confirmed too late, not counted: ballots are no longer taken, and the ranking that waits here was never cast."
    ),
    "ballot_too_late": _l(
        "Ballots are not taken at this time. If you cast one before the close, it is the one that counts, as it was; "
        "nothing sent since then does."
    ),
    "not_published": _l("The results are not published yet. Nobody can see them before, organisers included."),
    "already_published": _l("The results of this consultation are published already."),
    "correction_refused": _l("The results are not published again."),
    "correction_refused.no_reason": _l("A correction says why it is made: the reason is published beside it."),
    "correction_refused.unchanged": _l("Counted again, the ballots give the same release to the byte."),
    "ceremony_refused": _l("The closing ceremony stopped: %(cause)s. Nothing was lost and nothing was counted."),
    "ceremony_refused.stranger": _l("The closing ceremony stopped: a ballot belongs to nobody who may cast one."),
    "ceremony_refused.box": _l("The closing ceremony stopped: a ballot does not open with the key where it lies."),
    "ceremony_refused.bytes": _l("The closing ceremony stopped: a ballot is not written as it must be."),
    "ceremony_refused.college": _l("The closing ceremony stopped: a ballot names a college that is not its voter’s."),
    "ceremony_refused.duplicate": _l("The closing ceremony stopped: two ballots have the same commitment."),
    "ceremony_refused.changed": _l("The closing ceremony stopped: the ballots are not those that were checked."),
    "ceremony_refused.altered": _l("The sealed ballots are not those whose root was recorded."),
    "ceremony_refused.unsealed": _l("The ballots of this consultation are not sealed yet."),
    "ceremony_refused.out_of_order": _l("The closing ceremony stopped: the step before is not done."),
    "ceremony_refused.key_remains": _l("The closing ceremony stopped: the key could not be destroyed."),
    "ceremony_refused.busy": _l(
        "The closing ceremony waits: other connections keep the files of the database busy. Take it up again later."
    ),
    "ceremony_refused.replica": _l(
        "The closing ceremony waits: a replica of the database does not hold the sealed ballots yet. Take it up again "
        "later."
    ),
    "ceremony_refused.bundle": _l(
        "The closing ceremony stopped: the stand-alone audit does not accept the auditors’ bundle. The server’s log "
        "names its faults."
    ),
    "ceremony_refused.deposit": _l(
        "The closing ceremony stopped: the auditors’ bundle could not be written where it must be kept."
    ),
    "ceremony_refused.key_unreachable": _l(
        "The closing ceremony waits: a copy of the key cannot be reached, so that nobody can say that it is destroyed."
    ),
    "plan_refused": _l("The counting plan is not accepted."),
    "plan_refused.methods": _l("A counting plan names known methods, the Schulze method among them."),
    "plan_refused.minimum_ballots": _l("A college is published from 20 ballots on, or from a greater number."),
    "plan_refused.bands": _l(
        "The groups of places end at whole numbers that grow by three at least, such as 3, 10, 20."
    ),
    "plan_refused.combination": _l("A combined order is either not published, or the mean of both colleges."),
    "plan_refused.observers": _l("An observer of the closing has a name."),
    "plan_refused.claims_days": _l("The time for claims is a whole number of days, one at least."),
    "plan_refused.openings_kept_days": _l(
        "The time for which the openings of ballots are kept is a whole number of days, one at least."
    ),
    "plan_refused.no_reason": _l("Say why the counting plan changes: the reason is published with it."),
    "plan_refused.phase": _l(
        "The counting plan is decided before the opening, changed with a reason while ballots are taken, and fixed "
        "after that."
    ),
    "plan_refused.unchanged": _l("The counting plan says all this already."),
    "auditor_refused": _l("This auditor cannot be named so."),
    "auditor_refused.name": _l("An auditor has a name, of 100 characters at most."),
    "auditor_refused.recipient": _l(
        "This is not the public key of a recipient: it begins with age1 and is copied whole, as age-keygen prints it."
    ),
    "auditor_refused.known": _l("This key is that of an auditor who is named already."),
    "auditor_refused.same_person": _l("Two organisers are needed: another one than who proposed must confirm."),
    "auditor_refused.settled": _l("This has been decided meanwhile. Please look again."),
    "auditor_refused.unconfirmed": _l(
        "No auditor who was proposed and confirmed by two organisers has this key: nothing was written."
    ),
    "auditor_refused.statement": _l("A statement has a text of 10 to 5,000 characters, and a day that is not to come."),
    "texts_changed": _l(
        "A recommendation was corrected since you reviewed your ranking. Read it again, then cast your ballot: nothing "
        "was recorded."
    ),
    "ceremony_refused.forbidden": _l(
        "The closing ceremony waits: the account of the database must own the tables of ballots and hold "
        "pg_checkpoint. Take it up again then."
    ),
    "comment_not_public": _l("This comment is no longer public: it takes no reply, reaction or notice."),
    "already_decided": _l("A colleague has decided this case meanwhile. Nothing of yours was recorded."),
    "already_attested": _l("You have already attested this proof. Another person of the team must see it too."),
    "second_person_needed": _l("You asked for this measure: another person of the team must confirm it."),
    "last_organiser": _l(
        "This account is the last organiser of a consultation. Hand it over to another organiser first: no "
        "consultation is left without one."
    ),
    "invalid": _l("Something in what was sent cannot be taken as it is."),
    "name_taken": _l("This name, or one that looks the same, is already taken in this consultation."),
    "empty_ranking": _l("Rank at least one recommendation."),
    "foreign_recommendation": _l("The ranking names a recommendation that is not in this consultation."),
    "consent_missing": _l("Your consent to the use of this ranking is needed to cast the ballot."),
    "statement_incomplete": _l("A measure needs a ground, the facts, and a statement to the author."),
    "statement_incomplete.ground": _l("Choose the article of the charter that this comment breaks."),
    "statement_incomplete.ground_other": _l(
        "“Something else” is never enough for a measure: choose the article that applies, or keep the comment."
    ),
    "statement_incomplete.facts": _l("Say in at least 20 characters which passage is in question."),
    "statement_incomplete.facts_template": _l(
        "Point to the passage in this very comment: a ready-made sentence is not enough."
    ),
    "statement_incomplete.statement": _l(
        "Tell the author, in at least 20 characters, why this measure is taken and what can be done."
    ),
    "notice_incomplete": _l("Explain in 20 to 1,000 characters what is wrong with this comment."),
    "sign_in_refused": _l(
        "This address and this passphrase do not open an account together. Please check both. If you have just "
        "registered, first press the button that our mail leads to."
    ),
    "token_invalid": _l("This link is expired, already used, or incomplete. Ask for a new one."),
    "unavailable": _l("This is not possible at the moment, through no fault of yours. Please try again later."),
    "ballot_unreadable": _l(
        "Your ballot or your draft cannot be read as it lies in the database. Nothing was changed; please write to us, "
        "so that a person looks into it."
    ),
    "key_unavailable": _l(
        "Ballots cannot be taken at the moment: the key of this consultation cannot be read. Nothing was lost; "
        "please try again later."
    ),
    "too_many_requests": _l("Too many attempts in a short time. Please wait a few minutes, then try again."),
    "form_expired": _l("This form was open for too long, or you signed in again meanwhile."),
    "method_not_allowed": _l("This address does not take this kind of request."),
    "too_large": _l("What was sent is too large."),
    "database_unavailable": _l(
        "The database does not answer at this moment: nothing was recorded. Please try again in half a minute."
    ),
    "server_error": _l("Something failed on our side. Nothing was stored in part; please try again."),
    # Reasons why a consultation, or a file of recommendations, is refused (features.consultations, recommendations).
    "consultation_refused.slug": _l("An address is made of lower-case letters, digits and single hyphens, 64 at most."),
    "consultation_refused.slug_taken": _l("Another consultation has this address."),
    "consultation_refused.words": _l("A consultation needs a title, the name of its organiser and a summary."),
    "consultation_refused.dates": _l("A consultation opens, then closes, then publishes: please check the dates."),
    "import_refused": _l("Nothing was imported: %(faults)s."),
    "entry_refused.none": _l("the file holds no list of recommendations"),
    "entry_refused.shape": _l("entry %(entry)s is not made of named fields"),
    "entry_refused.number": _l("entry %(entry)s needs a number from 1 to 9999"),
    "entry_refused.repeated": _l("entry %(entry)s has the number of an earlier entry"),
    "entry_refused.title": _l("entry %(entry)s needs a title of at most 300 characters"),
    "entry_refused.text": _l("entry %(entry)s needs a text of at most 10,000 characters"),
    "entry_refused.theme": _l("the theme of entry %(entry)s is not a text of at most 100 characters"),
    "entry_refused.introduction": _l("the introduction of entry %(entry)s is not a text of at most 1,000 characters"),
    # Reasons why a display name is refused (domain.names).
    "name_refused.too_short": _l("A display name needs at least two letters."),
    "name_refused.too_long": _l("A display name holds at most 40 characters."),
    "name_refused.hidden_characters": _l("A display name cannot hold invisible or direction-changing characters."),
    "name_refused.character": _l("A display name is made of letters, digits, spaces, hyphens, apostrophes and dots."),
    "name_refused.mixed_scripts": _l("A display name uses the letters of one alphabet."),
    "name_refused.marks": _l("There are too many accents on one letter of this name."),
    "name_refused.reserved": _l("This name could be taken for a role of the team. Please choose another."),
    # Reasons why a passphrase is refused (features.authentication).
    "passphrase_refused.too_short": _l("A passphrase needs at least 15 characters: several words are easiest to keep."),
    "passphrase_refused.too_long": _l("A passphrase holds at most 200 characters."),
    "passphrase_refused.common": _l(
        "This passphrase is on the list of those that are tried first. Please choose another."
    ),
    "passphrase_refused.repeated": _l("This passphrase repeats the same characters. Please choose different words."),
    "passphrase_refused.sequence": _l(
        "This passphrase follows the order of the alphabet, of the digits or of the keyboard. Please choose words."
    ),
    "passphrase_refused.expected": _l(
        "This passphrase is made of your address or of the name of this service. Please choose other words."
    ),
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
