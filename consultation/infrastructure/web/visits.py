"""What waits in a browser for somebody without an account: a random identifier, and the names of what it keeps.

The work itself lies sealed in the database; the cookie says that there is some, for seven days after it was last kept.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from flask import session
from flask_login import current_user

from consultation.infrastructure import clock

LASTS = timedelta(days=7)
_KEY = "visit"


def visit_id() -> uuid.UUID | None:
    """The random identifier of this browser's visit, or None where nothing was begun, or too long ago."""
    return uuid.UUID(_visit()["id"]) if _visit() else None


def begun_visit() -> uuid.UUID:
    """The identifier of this browser's visit, drawn now where there is none: it comes from nothing else."""
    return visit_id() or _begin()


def keep(work: str) -> None:
    """Note that some work waits in this browser, and let it wait seven days from now."""
    identifier = begun_visit()
    _write(identifier, {*waiting(), work}, clock.now() + LASTS)


def drop(work: str) -> None:
    """Note that this work waits no longer; the visit goes on."""
    if (identifier := visit_id()) and waits(work):
        _write(identifier, {*waiting()} - {work}, datetime.fromisoformat(_visit()["until"]))


def end() -> None:
    """Forget the identifier, unless some work still waits under it."""
    if not waiting():
        session.pop(_KEY, None)


def waits(work: str) -> bool:
    """Whether this work waits in this browser."""
    return work in waiting()


def waiting() -> list[str]:
    """The names of all that waits in this browser."""
    return list(_visit()["work"]) if _visit() else []


def renew_session() -> None:
    """Empty the cookie where somebody signs in or resets; what waits stays, unless it was beside somebody signed in.

    On a shared computer, what a person left when another signs in over them is not shown to the other.
    """
    kept = None if current_user.is_authenticated else session.get(_KEY)
    session.clear()
    if kept:
        session[_KEY] = kept


def _visit() -> dict[str, Any]:
    found = session.get(_KEY)
    return found if found and clock.now() < datetime.fromisoformat(found["until"]) else {}


def _begin() -> uuid.UUID:
    drawn = uuid.uuid4()
    _write(drawn, set(), clock.now() + LASTS)
    return drawn


def _write(identifier: uuid.UUID, work: set[str], until: datetime) -> None:
    session[_KEY] = {"id": identifier.hex, "until": until.isoformat(), "work": sorted(work)}
    # A visitor's cookie outlives the window, as the way from a registration to the mail's link may; a sign-in does not.
    session.permanent = not current_user.is_authenticated
