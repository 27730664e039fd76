"""How a command runs inside the application: committed when it succeeds, refused in a sentence."""

import functools
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click
from alembic.util import CommandError
from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from consultation.app import from_environment
from consultation.domain.errors import Missing, RuleBroken
from consultation.infrastructure.database import session
from consultation.infrastructure.web import language
from consultation.infrastructure.web.refusals import sentence_of
from consultation.settings import PREFIX, Settings, SettingsError


@dataclass(frozen=True)
class Report:
    """What a command did: a line for people, the same as facts for programs."""

    line: str
    facts: Mapping[str, object]


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Say what stops a command in a sentence, which the group of commands prints as its one line."""
    try:
        yield
    except (RuleBroken, SQLAlchemyError, CommandError, ImportError, OSError) as error:
        with speaking(_interpreter()):
            raise click.ClickException(_told(error)) from error


def with_application(action: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the application's context, and commit what it did when it succeeds."""

    @click.pass_context
    def run(context: click.Context, /, *arguments: Any, **options: Any) -> Any:
        with refusals_in_words(), speaking(from_environment()):
            result = context.invoke(action, *arguments, **options)
            session.commit()
            return result

    return functools.update_wrapper(run, action)


def reporting(action: Callable[..., Report]) -> Callable[..., Any]:
    """Like `with_application`, then, once it is committed, print the report: its line, or with --json its facts."""
    committed = with_application(action)

    @click.option("--json", "as_json", is_flag=True, help="print JSON")
    @click.pass_context
    def run(context: click.Context, /, as_json: bool, **options: Any) -> None:
        report = context.invoke(committed, **options)
        click.echo(json.dumps(report.facts, ensure_ascii=False) if as_json else report.line)

    return functools.update_wrapper(run, action)


def demonstration_application() -> Flask:
    """The application, where it is the demonstration; SettingsError in production."""
    if not Settings.from_environment(os.environ).is_demo:
        raise SettingsError(f"the demonstration refuses to start unless {PREFIX}ENVIRONMENT is demo")
    return from_environment()


@contextmanager
def speaking(app: Flask) -> Iterator[None]:
    """The application's context, in the language of the terminal: French where LANG says so, else English."""
    with app.app_context(), force_locale("fr" if os.environ.get("LANG", "").startswith("fr") else "en"):
        yield


def _interpreter() -> Flask:
    """Just enough of an application to tell a sentence: the whole one may be what fails."""
    app = Flask("consultation")
    language.connect(app)
    return app


def _told(error: Exception) -> str:
    if isinstance(error, Missing) and "slug" in error.values:
        return str(_("No consultation has the slug “%(slug)s”.", slug=error.values["slug"]))
    if isinstance(error, RuleBroken):
        return sentence_of(error)
    if isinstance(error, DBAPIError):
        return _said_by_database(error)
    if isinstance(error, ArgumentError):
        return str(_("%(name)s is not the address of a database that is known here.", name=f"{PREFIX}DATABASE_URL"))
    if isinstance(error, ImportError):
        return str(_("A package is missing: %(name)s.", name=error.name))
    if isinstance(error, OSError):
        return f"{error.filename or ''}: {error.strerror}".removeprefix(": ")
    return str(error)


def _said_by_database(error: DBAPIError) -> str:
    """The cause alone: what stands before it, or on later lines, may hold the address with its password, or a row."""
    said = str(error.orig).partition("\n")[0]
    if error.statement is None:
        return str(_("The database cannot be reached: %(cause)s.", cause=said.rpartition(": ")[2]))
    if said.startswith("no such ") or type(error.orig).__name__.startswith("Undefined"):
        return str(_("The database lacks tables: %(cause)s. Please run “consultation db upgrade”.", cause=said))
    return str(_("The database refuses: %(cause)s.", cause=said))
