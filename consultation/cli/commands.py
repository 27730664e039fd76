"""How a command is found and how it ends: loaded when it is called, its refusals told in one line."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pkgutil import resolve_name
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from consultation.domain.social_choice.formats.quoting import printable
from consultation.settings import SettingsError


class Commands(click.Group):
    """A group whose commands are loaded by name; a refusal is one line on standard error: exit 1, 2 for wrong use."""

    def __init__(self, places: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(**attributes)
        self._places = places

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(self._places)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Load a command from its place, written `package.module:attribute`."""
        if name not in self._places:
            return None
        command: click.Command = resolve_name(self._places[name])
        return command

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Read the program's own options; turn a wrong use into a line."""
        with _one_line():
            return super().make_context(*arguments, **options)

    def invoke(self, context: click.Context) -> Any:
        """Run the command; turn a refusal of its arguments, of the rules or of the settings into a line."""
        with _one_line():
            return super().invoke(context)


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except click.ClickException as refusal:
        _stop(refusal.format_message(), refusal.exit_code)
    except SettingsError as error:
        _stop(str(error), 1)
    except BrokenPipeError:
        raise  # whoever read has read enough
    except OSError as error:
        _stop(f"{error.filename or 'output'}: {error.strerror}", 1)


def _stop(reason: str, status: int) -> None:
    line = re.sub(r"\s+", " ", reason, flags=re.ASCII).strip()  # no-break spaces stay
    click.echo(f"consultation: {printable(line)}", err=True)
    raise SystemExit(status)
