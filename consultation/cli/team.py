"""Commands for staff accounts and their roles."""

import click

from consultation.cli.refusing import with_application
from consultation.features.accounts import queries as accounts
from consultation.features.accounts import services as account_services
from consultation.features.accounts.models import MODERATOR, ORGANISER, Account
from consultation.features.consultations.queries import consultation_by_slug


@click.group()
def users() -> None:
    """Staff accounts and their roles."""


def _account(address: str) -> Account:
    account = accounts.account_by_address(address)
    if account is None:
        raise click.UsageError("no account has this address")
    return account


@users.command("grant")
@click.argument("address")
@click.argument("role", type=click.Choice([MODERATOR, ORGANISER]))
@click.argument("slug")
@with_application
def grant_role(address: str, role: str, slug: str) -> None:
    """Give ROLE in the consultation SLUG to the account of ADDRESS."""
    account_services.grant_role(_account(address), consultation_by_slug(slug).id, role)


@users.command("revoke")
@click.argument("address")
@click.argument("role", type=click.Choice([MODERATOR, ORGANISER]))
@click.argument("slug")
@with_application
def revoke_role(address: str, role: str, slug: str) -> None:
    """Take ROLE in the consultation SLUG from the account of ADDRESS."""
    account_services.revoke_role(_account(address), consultation_by_slug(slug).id, role)


@users.command("create")
@click.argument("address")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr")
@with_application
def create_account(address: str, language: str) -> None:
    """Make a staff account; its owner sets the passphrase by « forgotten passphrase »."""
    if accounts.account_by_address(address) is not None:
        raise click.UsageError("an account has this address already")
    account_services.confirm_address(account_services.create_account(address.strip().lower(), None, language))


@users.command("disable")
@click.argument("address")
@with_application
def disable_account(address: str) -> None:
    """Let the account of ADDRESS act no longer."""
    account_services.disable_account(_account(address))
