"""Refusals that concern comments, notices about them and the measures that follow."""

from consultation.domain.errors.kinds import Conflict, Forbidden, Invalid


class NotAModerator(Forbidden):
    """Only a moderator of this consultation may."""

    code = "not_a_moderator"


class ConflictOfInterest(Forbidden):
    """Nobody decides in a thread in which they wrote, nor about themselves."""

    code = "conflict_of_interest"


class CommentNotPublic(Conflict):
    """The comment is withheld or withdrawn: it takes no reply, reaction or notice."""

    code = "comment_not_public"


class CommentChanged(Conflict):
    """The comment no longer says what the person read when they began to change it."""

    code = "comment_changed"


class CountsDiffer(Conflict):
    """Kept counts are not what they count: `number` of them, of which `examples` names the first."""

    code = "counts_differ"


class JudgedTextChanged(Conflict):
    """The comment no longer says what the moderator read: a decision judges the revision that was seen."""

    code = "judged_text_changed"


class AlreadyDecided(Conflict):
    """Another moderator has decided this case meanwhile."""

    code = "already_decided"


class SecondPersonNeeded(Conflict):
    """Whoever asked for a measure does not confirm it: two different people must agree."""

    code = "second_person_needed"


class StatementIncomplete(Invalid):
    """A measure needs ground, facts and a statement (Regulation (EU) 2022/2065, article 17(3)); `reason` says which."""

    code = "statement_incomplete"


class NoticeIncomplete(Invalid):
    """A notice needs an explanation of 20 to 1,000 characters."""

    code = "notice_incomplete"
