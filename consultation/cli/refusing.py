"""How a command runs: inside the application, committed when it succeeds, refusals told in one line."""

import functools
import os
from collections.abc import Callable
from typing import Any

import click
from flask import Flask

from consultation.app import from_environment
from consultation.domain.errors import RuleBroken
from consultation.infrastructure.database import session
from consultation.infrastructure.web.refusals import sentence_of
from consultation.settings import PREFIX, Settings, SettingsError


class OneLine(click.Group):
    """A group whose refusals are one line on standard error: exit 1 refused, 2 wrong use."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; turn a refusal of the rules or of the settings into a line."""
        try:
            return super().invoke(context)
        except RuleBroken as refusal:
            click.echo(f"consultation: {_sentence(refusal)}", err=True)
        except SettingsError as error:
            click.echo(f"consultation: {error}", err=True)
        raise SystemExit(1)


def with_application(action: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the application's context, and commit what it did when it succeeds."""

    @click.pass_context
    def run(context: click.Context, /, *arguments: Any, **options: Any) -> Any:
        with from_environment().app_context():
            result = context.invoke(action, *arguments, **options)
            session.commit()
            return result

    return functools.update_wrapper(run, action)


def demonstration_application() -> Flask:
    """The application, where it is the demonstration; SettingsError in production."""
    if not Settings.from_environment(os.environ).is_demo:
        raise SettingsError(f"the demonstration refuses to start unless {PREFIX}ENVIRONMENT is demo")
    return from_environment()


def _sentence(refusal: RuleBroken) -> str:
    with from_environment().app_context():
        return sentence_of(refusal)
