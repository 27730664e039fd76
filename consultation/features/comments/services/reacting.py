"""What a reader says of a comment, one voice a person."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from consultation.domain.deliberation.reactions import Reaction, divided_score, shared_score
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, CommentReaction
from consultation.features.comments.policies import may_react
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.services import touch
from consultation.infrastructure.database import session, table_of

_COUNTERS = {Reaction.AGREE: "agrees", Reaction.DISAGREE: "disagrees", Reaction.PASS: "passes"}
_COUNTED = (*_COUNTERS.values(), "earlier")

# Written once: the act that most people do most often spends its time in the database, not in composing its questions.
_COMMENTS, _REACTIONS = table_of(Comment), table_of(CommentReaction)
_MINE = (
    _REACTIONS.c.comment_id == bindparam("of_comment"),
    _REACTIONS.c.account_id == bindparam("of_account"),
)
_SAID = select(_REACTIONS.c.kind, _REACTIONS.c.revision).where(*_MINE)
_UNSAY = delete(_REACTIONS).where(*_MINE)
_SAY = insert(_REACTIONS).values(comment_id=bindparam("of_comment"), account_id=bindparam("of_account"))
_OF_COMMENT = update(_COMMENTS).where(_COMMENTS.c.id == bindparam("of_comment"))
_ADD = _OF_COMMENT.values({name: _COMMENTS.c[name] + bindparam(f"more_{name}") for name in _COUNTED}).returning(
    _COMMENTS.c.agrees, _COMMENTS.c.disagrees
)
_SCORE = _OF_COMMENT.values(score=bindparam("new_score"), divided=bindparam("new_divided"))


@dataclass(frozen=True)
class _Voice:
    """What one person says, and of which text."""

    kind: Reaction
    revision: int

    def counted(self, current: int) -> Counter[str]:
        """The counters that hold it while the text is at its revision `current`."""
        return Counter({_COUNTERS[self.kind]: 1, "earlier": 1 if self.revision < current else 0})


def react(account: Account, comment: Comment, kind: Reaction | None, seen: int | None = None) -> None:
    """Note what a person says of a comment in place of what they said before; None takes it back.

    `seen` is the revision that they read, the one that stands where it is not given.
    """
    # One after the other on the same comment, so that what was said before is known.
    session.refresh(comment, ("revision", "state"), with_for_update={"key_share": True})
    enforce(may_react(account, comment, session.get_one(Consultation, comment.consultation_id)))
    former = _voice_of(account, comment)
    voice = _Voice(kind, min(max(seen or comment.revision, 1), comment.revision)) if kind else None
    if voice == former:
        return
    whose = {"of_comment": comment.id, "of_account": account.id}
    session.execute(_UNSAY, whose)
    if voice is not None:
        session.execute(_SAY, whose | {"kind": voice.kind.value, "revision": voice.revision})
    changes = voice.counted(comment.revision) if voice else Counter()
    changes.subtract(former.counted(comment.revision) if former else Counter())
    _count(comment, changes)


def _voice_of(account: Account, comment: Comment) -> _Voice | None:
    found = session.execute(_SAID, {"of_comment": comment.id, "of_account": account.id}).one_or_none()
    return _Voice(Reaction(found.kind), found.revision) if found else None


def _count(comment: Comment, changes: Counter[str]) -> None:
    """Add in the database, never in memory, and store the scores of the sums in the same transaction."""
    added = {f"more_{name}": changes[name] for name in _COUNTED}
    agrees, disagrees = session.execute(_ADD, {"of_comment": comment.id, **added}).one()
    scores = {"new_score": shared_score(agrees, disagrees), "new_divided": divided_score(agrees, disagrees)}
    session.execute(_SCORE, {"of_comment": comment.id, **scores})
    session.expire(comment, [*_COUNTED, "score", "divided"])
    touch(comment.recommendation_id)
