"""What is kept beside a recommendation: the counts of its comments, and the stamp of its page."""

import uuid
from collections.abc import Mapping

from sqlalchemy import bindparam, update

from consultation.domain.colleges import College
from consultation.features.recommendations.models import ALIGNMENTS, Recommendation
from consultation.infrastructure.database import session, table_of

# Written once, and without a look at what the session holds: nobody reads a stamp in the transaction that raises it.
_TABLE = table_of(Recommendation)
_RAISE = update(_TABLE).values(stamp=_TABLE.c.stamp + 1)
_TOUCH = _RAISE.where(_TABLE.c.id == bindparam("touched"))
_TOUCH_ALL = _RAISE.where(_TABLE.c.consultation_id == bindparam("touched"))


def count_comment(recommendation_id: str, college: College, alignment: str, change: int) -> None:
    """Add `change` (1 or -1) to the public comments of one college and alignment, in SQL: no count is lost."""
    _add(recommendation_id, {_counter(college, alignment): change})


def recount_comment(recommendation_id: str, college: College, former: str, alignment: str) -> None:
    """Count a public comment under another alignment than before."""
    _add(recommendation_id, {_counter(college, former): -1, _counter(college, alignment): 1})


def _counter(college: College, alignment: str) -> str:
    if alignment not in ALIGNMENTS:
        raise ValueError(f"no such alignment: {alignment}")
    return f"{College(college).value}_{alignment}"


def _add(recommendation_id: str, changes: Mapping[str, int]) -> None:
    sums = {name: getattr(Recommendation, name) + change for name, change in changes.items()}
    session.execute(update(Recommendation).where(Recommendation.id == recommendation_id).values(sums))


def touch(recommendation_id: str) -> None:
    """Raise the stamp of a recommendation: something that its page shows has changed, its own row apart."""
    session.execute(_TOUCH, {"touched": recommendation_id})


def touch_all(consultation_id: uuid.UUID) -> None:
    """Raise the stamps of all the recommendations of a consultation."""
    session.execute(_TOUCH_ALL, {"touched": consultation_id})
