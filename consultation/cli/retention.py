"""Commands that let go of what is kept no longer: for a timer of the machine, once a day."""

from datetime import timedelta

import click
from flask_babel import gettext as _

from consultation.cli.refusing import Report, reporting
from consultation.features.accounts.services import remove_unconfirmed
from consultation.features.authentication.services import clear_ended_sign_ins
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.mail import blank_undeliverable

UNCONFIRMED_KEPT = timedelta(days=30)


@click.group()
def retention() -> None:
    """What is kept no longer."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="count, and let nothing go")
@reporting
def run(dry_run: bool) -> Report:
    """Remove accounts unconfirmed for 30 days and sign-ins that are over; blank mails that could not be delivered."""
    counts = {
        "accounts": remove_unconfirmed(clock.now() - UNCONFIRMED_KEPT),
        "sign_ins": clear_ended_sign_ins(),
        "mails": blank_undeliverable(),
    }
    if dry_run:
        session.rollback()
        line = _(
            "To remove: %(accounts)s unconfirmed accounts, %(sign_ins)s ended sign-ins. To blank: %(mails)s mails.",
            **counts,
        )
    else:
        line = _(
            "Removed: %(accounts)s unconfirmed accounts, %(sign_ins)s ended sign-ins. Blanked: %(mails)s mails.",
            **counts,
        )
    return Report(line, {**counts, "dry_run": dry_run})
