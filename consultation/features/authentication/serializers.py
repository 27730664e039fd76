"""Sign-ins as they are shown."""

from dataclasses import dataclass

from consultation.features.authentication.models import SignIn
from consultation.infrastructure.web.language import said_moment

# The order counts: most browsers also name those that they descend from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignInRow:
    """A browser in which somebody is signed in, in words; `label` is empty where nothing is known of it."""

    id: str
    label: str
    since: str
    is_this_one: bool


def browser_label(user_agent: str) -> str:
    """The family of browser and system that a User-Agent header names, without versions; empty when unknown."""
    names = (_first_named(user_agent, _BROWSERS), _first_named(user_agent, _SYSTEMS))
    return ", ".join(name for name in names if name)


def sign_in_rows_of(sign_ins: list[SignIn], present_id: str) -> list[SignInRow]:
    """Rows of the page of sign-ins; `present_id` is that of the browser which asks."""
    return [
        SignInRow(sign_in.id, sign_in.label, said_moment(sign_in.created_at), sign_in.id == present_id)
        for sign_in in sign_ins
    ]


def _first_named(user_agent: str, table: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in table if mark in user_agent), "")
