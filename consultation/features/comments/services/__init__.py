"""What is done to comments: named, posted, changed, reacted to, answered, withheld, restored, withdrawn, counted."""

from consultation.features.comments.services.answering import answer_comment, erase_answer, withdraw_answer
from consultation.features.comments.services.citing import count_citations
from consultation.features.comments.services.cutting import cut_reactions_in
from consultation.features.comments.services.editing import cited_by, edit_comment
from consultation.features.comments.services.holding import (
    clear_comment,
    forget_held,
    hold_comment,
    release_comment,
    return_comment,
    rewrite_held,
)
from consultation.features.comments.services.locking import lock
from consultation.features.comments.services.naming import choose_name, declare_interests, forget_names
from consultation.features.comments.services.posting import post_comment
from consultation.features.comments.services.reacting import react
from consultation.features.comments.services.states import (
    restore_comment,
    withdraw_all_comments,
    withdraw_comment,
    withhold_comment,
)
from consultation.features.comments.services.waiting import (
    drop_draft,
    finish_draft,
    keep_comment,
    let_overdue_go,
)

__all__ = [
    "answer_comment",
    "choose_name",
    "cited_by",
    "clear_comment",
    "count_citations",
    "cut_reactions_in",
    "declare_interests",
    "drop_draft",
    "edit_comment",
    "erase_answer",
    "finish_draft",
    "forget_held",
    "forget_names",
    "hold_comment",
    "keep_comment",
    "let_overdue_go",
    "lock",
    "post_comment",
    "react",
    "release_comment",
    "restore_comment",
    "return_comment",
    "rewrite_held",
    "withdraw_all_comments",
    "withdraw_answer",
    "withdraw_comment",
    "withhold_comment",
]
