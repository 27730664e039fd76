"""Letters: what a mail says, rendered from templates/mail/<name>/ as text and as HTML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale


@dataclass(frozen=True)
class Words:
    """A rendered mail."""

    subject: str
    body: str
    html: str


@dataclass(frozen=True)
class Letter:
    """What a writer has to say: a template with its values, the list it belongs to and the address that ends it."""

    name: str
    values: Mapping[str, object]
    list_name: str = ""
    unsubscribe_url: str = ""


# Composes a letter from the arguments of its mail at the moment of delivery; None where there is nothing left to say.
Writer = Callable[..., Letter | None]
_writers: dict[str, Writer] = {}


def register_writers(writers: Mapping[str, Writer]) -> None:
    """Make these writers known by name to whoever delivers mails; they replace the former ones."""
    _writers.clear()
    _writers.update(writers)


def composed(writer: str, language: str, arguments: Mapping[str, Any]) -> Letter | None:
    """What this writer has to say now, in the reader's language; KeyError for a writer that nobody knows."""
    with force_locale(language):
        return _writers[writer](**arguments)


def rendered(name: str, language: str, values: Mapping[str, object]) -> Words:
    """The words of templates/mail/<name>/ in a language."""
    with force_locale(language):
        subject = " ".join(_part(f"mail/{name}/subject.txt", language, values).split())
        body = _part(f"mail/{name}/body.txt", language, values)
        html = _part(f"mail/{name}/body.html", language, {**values, "subject": subject})
    return Words(subject, body + "\n", html + "\n")


def _part(template: str, language: str, values: Mapping[str, object]) -> str:
    # Without what pages know of their request: a mail is also written by a job, and never holds anything of a session.
    return current_app.jinja_env.get_template(template).render(language=language, **values).strip()
