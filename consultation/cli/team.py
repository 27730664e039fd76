"""Commands for staff accounts and their roles."""

import re

import click
from flask_babel import gettext as _

from consultation.cli.refusing import Report, reporting
from consultation.features.accounts import queries as accounts
from consultation.features.accounts import services as account_services
from consultation.features.accounts.models import ROLES, Account
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.mail import ADDRESS

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets


@click.group()
def users() -> None:
    """Staff accounts and their roles."""


@users.command("grant")
@click.argument("address")
@click.argument("role", type=click.Choice(ROLES))
@click.argument("slug")
@reporting
def grant_role(address: str, role: str, slug: str) -> Report:
    """Give ROLE in the consultation SLUG to the account of ADDRESS."""
    account = _account(address)
    account_services.grant_role(account, consultation_by_slug(slug).id, role)
    named = {"address": account.address, "role": role, "slug": slug}
    return Report(_("%(address)s now has the role “%(role)s” in “%(slug)s”.", **named), {**named, "granted": True})


@users.command("revoke")
@click.argument("address")
@click.argument("role", type=click.Choice(ROLES))
@click.argument("slug")
@reporting
def revoke_role(address: str, role: str, slug: str) -> Report:
    """Take ROLE in the consultation SLUG from the account of ADDRESS."""
    account = _account(address)
    account_services.revoke_role(account, consultation_by_slug(slug).id, role)
    named = {"address": account.address, "role": role, "slug": slug}
    return Report(
        _("%(address)s no longer has the role “%(role)s” in “%(slug)s”.", **named), {**named, "granted": False}
    )


@users.command("create")
@click.argument("address")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@reporting
def create_account(address: str, language: str) -> Report:
    """Make a staff account; its owner sets the passphrase by « forgotten passphrase »."""
    account = account_services.create_account(_free_address(address), None, language)
    account_services.confirm_address(account)
    return Report(
        _("Account made for %(address)s; its owner chooses a passphrase on the sign-in page.", address=account.address),
        {"address": account.address, "language": language, "disabled": False},
    )


@users.command("disable")
@click.argument("address")
@reporting
def disable_account(address: str) -> Report:
    """Let the account of ADDRESS act no longer."""
    account = _account(address)
    account_services.disable_account(account)
    return Report(
        _("The account of %(address)s can no longer act; what it contributed stays.", address=account.address),
        {"address": account.address, "disabled": True},
    )


@users.command("erase")
@click.argument("address")
@click.option("--comments", is_flag=True, help="also take back all that the person commented")
@reporting
def erase_account(address: str, comments: bool) -> Report:
    """Erase the account of ADDRESS, as its owner can; the worker then removes ballot and draft from what is open."""
    account = _account(address)
    account_services.erase_account(account, gives_up_comments=comments)
    return Report(
        _("The account is erased; the worker removes its ballot and its draft, if any, from what is still open."),
        {"erased": True, "comments_withdrawn": comments},
    )


def _account(address: str) -> Account:
    account = accounts.account_by_address(address)
    if account is None:
        raise click.ClickException(_("No account has the address “%(address)s”.", address=address))
    return account


def _free_address(typed: str) -> str:
    """The address as accounts keep it; refused where it is none, or where an account has it."""
    address = typed.strip().lower()
    if len(address) > LONGEST_ADDRESS or not re.match(ADDRESS, address):
        raise click.ClickException(_("This is not an e-mail address, as in name@example.org."))
    if accounts.account_by_address(address) is not None:
        raise click.ClickException(_("An account has the address “%(address)s” already.", address=address))
    return address
