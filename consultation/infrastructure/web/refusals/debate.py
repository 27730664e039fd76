"""Refusals that concern comments, answers, moderation and what comes of the debate, as sentences."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "unknown_reading": _l("This address asks for a part of the discussion, or a way to sort it, that does not exist."),
    "not_a_moderator": _l("Only the moderators of this consultation may do this."),
    "conflict_of_interest": _l(
        "You wrote in this thread or are concerned by this case: a colleague without a part in it must decide."
    ),
    "opinions_awaited": _l(
        "The opinion groups of this consultation are not published yet: they come with the results, and nobody can see "
        "them before."
    ),
    "search_too_broad": _l(
        "This search would take too long, because so many texts hold these words. Add a rarer word, or look for fewer "
        "words in quotes."
    ),
    "comment_not_public": _l("This comment is no longer public: it takes no reply, reaction or notice."),
    "written_meanwhile": _l("Another organiser has changed this text meanwhile. Nothing of yours was recorded."),
    "answer_missing": _l("There is no answer here to change: it was withdrawn, or never given."),
    "promise_refused": _l("This day cannot be promised."),
    "promise_refused.past": _l("A promised day is still to come."),
    "promise_refused.results": _l("Answers come after the results: promise a day that is not before theirs."),
    "promise_refused.unchanged": _l("This day is promised already."),
    "promise_refused.no_reason": _l("Say why the day changes: the reason is published with its date."),
    "promise_refused.long_reason": _l("A reason holds at most 500 characters."),
    "report_refused": _l("The report cannot be made public."),
    "report_refused.empty": _l("The report has no line yet: write one first."),
    "report_refused.published": _l("The report is public already."),
    "citation_refused": _l("This comment cannot be cited."),
    "citation_refused.unknown": _l("No comment has this address. Paste the link of its date, as the debate shows it."),
    "citation_refused.elsewhere": _l("This comment is about another recommendation, or of another consultation."),
    "citation_refused.hidden": _l("Only a comment that is public can be cited."),
    "citation_refused.changed": _l("Its author has changed this comment since you read it: read it again first."),
    "citation_refused.many": _l("A line cites at most 10 comments: write another line."),
    "comment_changed": _l(
        "Your comment was changed meanwhile, perhaps in another window. Both texts are on this page: nothing that you "
        "had written is lost, and nothing was recorded yet."
    ),
    "counts_differ": _l(
        "%(number)s kept counts are not what they count: %(examples)s. “consultation comments recount --repair” puts "
        "them right."
    ),
    "judged_text_changed": _l(
        "The author changed this comment since you read it. Read it again, then decide: nothing was recorded."
    ),
    "already_decided": _l("A colleague has decided this case meanwhile. Nothing of yours was recorded."),
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
    "too_many_waiting": _l(
        "Twenty comments wait in this browser already. Sign in and publish them, or drop one, then write the next."
    ),
    "advice_missing": _l("Tell the author in 20 to 1,000 characters what to change before this can be public."),
    "already_read": _l("This reading is over: the comment was made public, returned or taken back meanwhile."),
}
