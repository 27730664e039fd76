"""What a refused form held: given back to the person who wrote it, and stored nowhere."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

_WRITTEN = {
    "body": _l("Your argument"),
    "display_name": _l("Your name in this consultation"),
    "explanation": _l("What is wrong, in your words"),
    "facts": _l("Facts"),
    "statement": _l("Statement to the author"),
}
_RANK = re.compile(r"rank-(\d+)", re.ASCII)
_NEVER_AGAIN = re.compile(r"csrf_token|.*passphrase.*", re.ASCII)


@dataclass(frozen=True)
class Unsent:
    """What the person wrote, by label, and the fields that the same form would send again."""

    written: list[tuple[str, str]]
    fields: list[tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.written)


def unsent() -> Unsent:
    """What the present request was to send; empty for a request that is no form, or holds nothing written."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if not _NEVER_AGAIN.fullmatch(name)]
    written = [(_label(name), value) for name, value in fields if value.strip() and _label(name)]
    return Unsent(written, fields)


def is_from_our_page() -> bool:
    """Whether the browser says that a page of ours sent this: only then is it shown, and offered to be sent again."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _label(name: str) -> str:
    if found := _RANK.fullmatch(name):
        return _("Rank of recommendation %(number)s", number=found.group(1))
    return str(_WRITTEN.get(name, ""))
