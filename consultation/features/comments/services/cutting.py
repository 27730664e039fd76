"""Reactions that stop being anybody's: they stay counted, and nothing tells who gave them."""

import uuid
from collections import Counter

from sqlalchemy import Select, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from consultation.features.comments.models import Comment, CommentReaction, CutReactions
from consultation.infrastructure.database import is_postgresql, session

# A transaction that cuts more would keep others waiting; their two keys are parameters of one statement.
AT_ONCE = 2_000

Which = Select[str, uuid.UUID, str, int]
_REACTIONS: Which = select(
    CommentReaction.comment_id, CommentReaction.account_id, CommentReaction.kind, CommentReaction.revision
)


def cut_reactions_of(account_id: uuid.UUID) -> None:
    """Keep the number of the reactions of somebody who leaves, and no mark of who gave them."""
    theirs = _REACTIONS.where(CommentReaction.account_id == account_id).with_for_update(of=CommentReaction)
    while _cut(theirs.limit(AT_ONCE)):
        pass


def cut_reactions_in(consultation_id: uuid.UUID, most: int = AT_ONCE) -> bool:
    """Keep the number of the next reactions to the comments of a consultation, and no mark of who gave them.

    False once there are none. Those of somebody who leaves at the same time are passed over: they are cut there.
    """
    its = select(Comment.id).where(Comment.consultation_id == consultation_id)
    here = CommentReaction.comment_id.in_(its)
    free = _REACTIONS.where(here).limit(most).with_for_update(of=CommentReaction, skip_locked=True)
    return _cut(free) or session.scalar(select(CommentReaction.comment_id).where(here).limit(1)) is not None


def _cut(which: Which) -> bool:
    """Cut these reactions, which are locked first: two that leave at once would otherwise both be counted."""
    rows = session.execute(which).all()
    if not rows:
        return False
    _add(Counter((row.comment_id, row.kind, row.revision) for row in rows))
    keys = tuple_(CommentReaction.comment_id, CommentReaction.account_id)
    cut = delete(CommentReaction).where(keys.in_([(row.comment_id, row.account_id) for row in rows]))
    session.execute(cut.execution_options(synchronize_session=False))
    return True


def _add(given: Counter[tuple[str, str, int]]) -> None:
    """Add numbers to those that were cut before, always in the same order: two that add then wait for each other."""
    names = ("comment_id", "kind", "revision")
    numbers = [dict(zip(names, key, strict=True), number=number) for key, number in sorted(given.items())]
    if is_postgresql():
        added = postgresql_insert(CutReactions)
        sums = {"number": CutReactions.number + added.excluded.number}
        session.execute(added.on_conflict_do_update(index_elements=names, set_=sums), numbers)
    else:
        cut = sqlite_insert(CutReactions)
        sums = {"number": CutReactions.number + cut.excluded.number}
        session.execute(cut.on_conflict_do_update(index_elements=names, set_=sums), numbers)
