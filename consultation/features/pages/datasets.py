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
            "your college; the moments of registration and confirmation; which edition of the charter you accepted, "
            "and when; the roles you hold in a team, if any."
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
        ("pen_name", "comment", "comment_revision", "comment_source", "search_entry"),
        _l("Your display name and your comments"),
        _l(
            "The name that you chose for a consultation and the interests that you declared; your comments with their "
            "sources, position and college, what they said before you changed them, and the moment of each. The moment "
            "serves to put them in order; only the day is shown."
        ),
        _l("To make the debate public."),
        _l(
            "As long as the consultation can be read here. When you withdraw a comment its text and all earlier ones "
            "are erased; its place stays. A text that was judged by a moderator is also kept with the decision."
        ),
    ),
    Record(
        ("waiting_comment", "returned_comment"),
        _l("Comments that wait for you"),
        _l(
            "A comment written without an account, sealed so that only the cookie of your browser opens it; a comment "
            "that a moderator read before it was public and sent back to you, with the reason. Nobody else sees them."
        ),
        _l("To let you read them again, and publish or drop them: nothing becomes public by itself."),
        _l(
            "7 days in the browser, 30 days where a comment was sent back to you; less if you publish or drop it "
            "before."
        ),
    ),
    Record(
        ("comment_reaction", "cut_reactions", "opinion_map", "opinion_sheet"),
        _l("Your reactions"),
        _l(
            "Which comments you agreed with, disagreed with or passed. Only totals are public: by comment, and, with "
            "the results, by group of opinions where groups are large enough to hide everybody in them."
        ),
        _l(
            "To show which arguments are shared and what brings together, to show you your own place among the groups, "
            "and to count each person once."
        ),
        _l(
            "Until you take a reaction back or erase the account, and at the latest until 30 days after the results: "
            "reactions are then cut from the accounts. The totals stay."
        ),
    ),
    Record(
        (
            "official_reply",
            "official_reply_revision",
            "outcome",
            "outcome_revision",
            "answer_promise",
            "report_line",
            "citation",
        ),
        _l("What the organiser answers"),
        _l(
            "Answers to comments, what becomes of each recommendation, and a report that names the comments it rests "
            "on: all in the name of the institution. Which member of the team typed them is in the log alone."
        ),
        _l("To account for what is done with what you wrote."),
        _l(
            "As long as the consultation can be read here. A comment that is withdrawn or withheld is no longer "
            "quoted, and an answer to it is no longer shown."
        ),
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
        _l(
            "For the time that the counting plan announces, after the results: then only the codes of the receipts "
            "stay. Nobody can tell any more which ranking is yours: it cannot be withdrawn."
        ),
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
        ("subscription", "mailbox"),
        _l("What you follow"),
        _l(
            "Which consultations, recommendations and threads you follow, since when, at what pace; how far you have "
            "read and been written to; the day on which your mail server refused our mails for good, if it did. Nobody "
            "else sees it, organisers included."
        ),
        _l("To tell you what is new, because you asked for it; threads you write in are followed without mails."),
        _l("Until you stop following, or as long as the account exists."),
    ),
    Record(
        ("audit_entry", "audit_person"),
        _l("The log of what is done"),
        _l(
            "What was done and when, by random identifiers alone: no text, no name, no address, and nothing about "
            "ballots. A line apart tells which account an identifier means."
        ),
        _l("To be able to account for what the team and the program did, and to prove that the log was not altered."),
        _l("The log is for ever; the line that leads to you goes with your account."),
    ),
)

# Tables in which nothing is about a person.
WITHOUT_PEOPLE = frozenset(
    {
        *("audit_seal", "audit_head", "news", "consultation", "recommendation", "urn", "ceremony", "chain_line"),
        *("release", "waiting_count", "counting"),
    }
)
