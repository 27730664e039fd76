"""Comments, the names that their authors are shown by, the sources they cite, reactions to them and answers."""

from consultation.features.comments.models.answers import OfficialReply, OfficialReplyRevision
from consultation.features.comments.models.comments import (
    Comment,
    CommentRevision,
    CommentSource,
    PenName,
    State,
)
from consultation.features.comments.models.reactions import CommentReaction, CutReactions
from consultation.features.comments.models.waiting import ReturnedComment, WaitingComment, WaitingCount

__all__ = [
    "Comment",
    "CommentReaction",
    "CommentRevision",
    "CommentSource",
    "CutReactions",
    "OfficialReply",
    "OfficialReplyRevision",
    "PenName",
    "ReturnedComment",
    "State",
    "WaitingComment",
    "WaitingCount",
]
