"""What a view declares of its page: by what it changes, and which arguments of the query it reads."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import current_app, request

View = TypeVar("View", bound=Callable[..., Any])
Stamp = Callable[..., Hashable | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a view declares: the stamp of its page, from the parts of the address, and the arguments it reads."""

    stamp: Stamp
    arguments: tuple[str, ...]

    def query(self, given: Mapping[str, str]) -> str:
        """The query of the page, without what it does not read."""
        read = [(name, given[name]) for name in self.arguments if name in given]
        return urlencode(read) if read else ""


def kept(stamp: Stamp, *arguments: str) -> Callable[[View], View]:
    """Declare that a view shows all visitors the same page for as long as `stamp` gives the same.

    `stamp` receives the parts of the address as the view does and gives None where visitors are shown nothing;
    `arguments` are those of the query that the view reads: others change nothing, and tell no two pages apart.
    """

    def declare(view: View) -> View:
        view.kept = Kept(stamp, arguments)  # type: ignore[attr-defined]
        return view

    return declare


def unchanging(**_parts: object) -> Hashable:
    """The stamp of a page that depends on nothing but its address, the program and its settings."""
    return ()


def declared_by(view: Callable[..., Any] | None) -> Kept | None:
    """What a view declares; None where its page is made each time."""
    return getattr(view, "kept", None)


def canonical_query() -> str | None:
    """The query of a page that declares its arguments, without those that it does not read; None for other pages."""
    declared = declared_by(current_app.view_functions.get(request.endpoint or ""))
    return declared.query(request.args) if declared else None
