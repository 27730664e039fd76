"""Refusals that concern ballots, the ceremony and the audit, as sentences."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "confirmed_too_late": _l(
        "Confirmed too late, not counted: ballots are no longer taken, and the ranking that waits here was never cast."
    ),
    "ballot_too_late": _l(
        "Ballots are not taken at this time. If you cast one before the close, it is the one that counts, as it was; "
        "nothing sent since then does."
    ),
    "ceremony_refused": _l("The closing ceremony stopped: %(cause)s. Nothing was lost and nothing was counted."),
    "ceremony_refused.stranger": _l("The closing ceremony stopped: a ballot belongs to nobody who may cast one."),
    "ceremony_refused.box": _l("The closing ceremony stopped: a ballot does not open with the key where it lies."),
    "ceremony_refused.bytes": _l("The closing ceremony stopped: a ballot is not written as it must be."),
    "ceremony_refused.college": _l("The closing ceremony stopped: a ballot names a college that is not its voter’s."),
    "ceremony_refused.duplicate": _l("The closing ceremony stopped: two ballots have the same commitment."),
    "ceremony_refused.changed": _l("The closing ceremony stopped: the ballots are not those that were checked."),
    "ceremony_refused.altered": _l("The sealed ballots are not those whose root was recorded."),
    "ceremony_refused.deleted": _l(
        "The rankings have been deleted, as the counting plan announced: they can be neither handed over nor counted "
        "again."
    ),
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
    "empty_ranking": _l("Rank at least one recommendation."),
    "foreign_recommendation": _l("The ranking names a recommendation that is not in this consultation."),
    "consent_missing": _l("Your consent to the use of this ranking is needed to cast the ballot."),
    "ballot_unreadable": _l(
        "Your ballot or your draft cannot be read as it lies in the database. Nothing was changed; please write to us, "
        "so that a person looks into it."
    ),
    "key_unavailable": _l(
        "Ballots cannot be taken at the moment: the key of this consultation cannot be read. Nothing was lost; "
        "please try again later."
    ),
}
