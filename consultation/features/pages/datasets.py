"""The data map: which personal data the platform keeps, in which tables, why, and for how long.

It is the content of /privacy (Regulation (EU) 2016/679, articles 13 and 30); a test compares it with the schema.
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Record:
    """One kind of personal data, in words for the people concerned."""

    tables: tuple[str, ...]
    name: str
    kept: str
    why: str
    how_long: str


DATA_MAP = (
    Record(
        ("account", "role_grant"),
        _l("Your account"),
        _l(
            "Your e-mail address; a scrambled form of your passphrase, from which it cannot be read; your language; "
            "your college; the moments of registration and confirmation; the roles you hold in a team, if any."
        ),
        _l("To let you come back, to write to you, and to give each account one ballot."),
        _l(
            "Until you erase the account; 30 days where the address is never confirmed. Where comments stay after "
            "that, what stays under them is a random number, without address or name."
        ),
    ),
    Record(
        ("sign_in",),
        _l("Your sign-ins"),
        _l(
            "For each browser in which you are signed in: a fingerprint of a random token, the moments of its "
            "beginning and end, and the name of the browser and of the system. Neither a network address nor the pages "
            "you read."
        ),
        _l("To keep you signed in, and to let you end a sign-in from elsewhere."),
        _l("30 days at most, 12 hours for members of a team, or until you sign out."),
    ),
    Record(
        ("physician_claim", "attestation", "claim_measure"),
        _l("Being a physician"),
        _l(
            "That you asked to be counted as a physician; which two people of the team saw which kind of proof, and "
            "when; the reason why a proof was refused or taken back, or an account closed as your second one, and who "
            "asked for it until a second person agrees. The proof itself is never kept."
        ),
        _l("To tell the two colleges apart, and to account for it."),
        _l("As long as the account exists."),
    ),
    Record(
        ("pen_name", "comment", "comment_source"),
        _l("Your display name and your comments"),
        _l(
            "The name that you chose for a consultation, your comments with their sources, position and college, and "
            "the moment of each. The moment serves to put them in order; only the day is shown."
        ),
        _l("To make the debate public."),
        _l(
            "As long as the consultation can be read here. When you withdraw a comment its text is erased; its place "
            "stays. A text that was judged by a moderator is also kept with the decision."
        ),
    ),
    Record(
        ("comment_reaction",),
        _l("Your reactions"),
        _l("Which comments you agreed with, disagreed with or passed. Only the totals are public."),
        _l("To show which arguments are shared, and to count each person once."),
        _l("Until you take a reaction back, or as long as the account exists."),
    ),
    Record(
        ("notice", "moderation_case", "decision"),
        _l("Moderation"),
        _l(
            "The notices you give, with the address you leave to be told the outcome; the decisions about your "
            "comments, with the text as it was judged, the ground, the facts and the reasons; which moderator decided."
        ),
        _l(
            "To apply the charter, to give reasons and to allow a decision to be contested (Regulation (EU) 2022/2065)."
        ),
        _l("As long as the comment. An address left with a notice is erased once the outcome has been told."),
    ),
    Record(
        ("ballot", "draft", "day_list"),
        _l("Your ranking, while the consultation is open"),
        _l(
            "Your draft and your ballot, encrypted with a key that is not in the database, and filed under a code that "
            "only this key can compute. Neither your name nor the moment stands beside them. What you prepare without "
            "an account is kept in the same way; a cookie of your browser leads to it for 7 days."
        ),
        _l("To count the ballots, and to let you change or withdraw yours until the close."),
        _l("Until the close. The encrypted rankings and the key are then destroyed."),
    ),
    Record(
        ("sealed_ballot",),
        _l("The rankings, after the close"),
        _l("The rankings by college, without anything that leads to a person."),
        _l("To count them, and to count them again if the result is contested."),
        _l("As long as the results. Nobody can tell any more which one is yours: it cannot be withdrawn."),
    ),
    Record(
        ("auditor", "bundle_copy", "audit_statement", "plan_version"),
        _l("Auditors and observers"),
        _l(
            "The names of those who audit a consultation or observe its closing; of auditors also their public key, "
            "which organisers named them, the days on which they received the sealed rankings, and what they declared."
        ),
        _l("To let everybody know who can vouch for a count, and to hand rankings to nobody else."),
        _l("As long as the results. Which organisers named an auditor is forgotten with their accounts."),
    ),
    Record(
        ("outgoing_mail", "queued_job"),
        _l("The mails we send you"),
        _l("The address, the subject and the text of each mail that waits to be sent."),
        _l("To send it, and to try again if the sending fails."),
        _l(
            "Until it has been sent: address and text are then erased. The demonstration keeps them, to show them on a "
            "page."
        ),
    ),
    Record(
        ("audit_entry",),
        _l("The journal of acts"),
        _l("What was done and when, by identifiers alone: no text, no name, no address, and nothing about ballots."),
        _l("To be able to account for what the team and the program did."),
        _l("As long as the consultation that it is about."),
    ),
)

# Tables in which nothing is about a person.
WITHOUT_PEOPLE = frozenset({"consultation", "recommendation", "urn", "ceremony", "chain_line", "release"})
