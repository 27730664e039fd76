"""Commands of the demonstration: synthetic participants, marked as such."""

import click

from consultation.cli.refusing import demonstration_application, refusals_in_words, speaking
from consultation.demonstration import accounts, loading


@click.group()
def demonstration() -> None:
    """The demonstration: synthetic participants, marked as such."""


@demonstration.command()
@click.option("--empty", is_flag=True, help="no data at all")
def load(empty: bool) -> None:
    """Load what is not loaded yet, then print the accounts."""
    with refusals_in_words(), speaking(demonstration_application()):
        if not empty:
            loading.load_once()
            click.echo(accounts.card())


@demonstration.command()
def passwords() -> None:
    """Print the accounts and their passphrases."""
    with refusals_in_words(), speaking(demonstration_application()):
        click.echo(accounts.card())
