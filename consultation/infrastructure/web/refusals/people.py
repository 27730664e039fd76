"""Refusals that concern accounts, names, roles and proofs, as sentences."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "charter_not_accepted": _l(
        "Before you write, read and accept the charter of the debate as it is now. Nothing of yours is lost meanwhile."
    ),
    "address_not_confirmed": _l("Please confirm your address first: the link is in the mail that we sent you."),
    "account_suspended": _l("This account is suspended. The reason was sent by mail, with the way to appeal."),
    "not_of_the_team": _l("Only the team of a consultation may do this."),
    "already_attested": _l("You have already attested this proof. Another person of the team must see it too."),
    "second_person_needed": _l("You asked for this measure: another person of the team must confirm it."),
    "last_organiser": _l(
        "This account is the last organiser of a consultation. Hand it over to another organiser first: no "
        "consultation is left without one."
    ),
    "name_taken": _l("This name, or one that looks the same, is already taken in this consultation."),
    "sign_in_refused": _l(
        "This address and this passphrase do not open an account together. Please check both. If you have just "
        "registered, first press the button that our mail leads to."
    ),
    "token_invalid": _l("This link is expired, already used, or incomplete. Ask for a new one."),
    "name_refused.too_short": _l("A display name needs at least two letters: please add some."),
    "name_refused.too_long": _l("A display name holds at most 40 characters: please shorten yours."),
    "name_refused.hidden_characters": _l(
        "This name holds invisible or direction-changing characters, often pasted with a text: please type it anew."
    ),
    "name_refused.character": _l(
        "A display name begins with a letter or a digit and is made of letters, digits, spaces, hyphens, apostrophes "
        "and dots: please leave the rest out."
    ),
    "name_refused.mixed_scripts": _l(
        "This name mixes letters of several alphabets that look alike: please write it in one alphabet."
    ),
    "name_refused.alphabet": _l(
        "Some letters of this name belong to no alphabet in common use: please write it with the letters of a language "
        "of today."
    ),
    "name_refused.marks": _l("There are too many accents on the letters of this name: please leave some out."),
    "name_refused.reserved": _l("This name could be taken for a role of the team. Please choose another."),
    "name_refused.institution": _l(
        "This name could be taken for that of the Order, a ministry or another institution. Please choose another."
    ),
    "name_refused.college": _l(
        "This name could be taken for a badge: the college is shown beside each name once it is proven. Please choose "
        "another."
    ),
    "name_refused.organiser": _l(
        "This name could be taken for that of the organiser of this consultation. Please choose another."
    ),
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
