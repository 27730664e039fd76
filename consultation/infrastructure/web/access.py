"""What every endpoint declares: open to all, or guarded by a policy (a test reads the declarations)."""

from collections.abc import Callable
from typing import Any, TypeVar

from consultation.domain.verdicts import Verdict

View = TypeVar("View", bound=Callable[..., Any])
Policy = Callable[..., Verdict]


def open_to_all(view: View) -> View:
    """Declare that anyone may call this endpoint."""
    view.access = ()  # type: ignore[attr-defined]
    return view


def guarded(*policies: Policy) -> Callable[[View], View]:
    """Declare the policies that this endpoint's services, or the view itself, enforce."""

    def declare(view: View) -> View:
        view.access = policies  # type: ignore[attr-defined]
        return view

    return declare
