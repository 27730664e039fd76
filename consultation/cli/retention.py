"""Commands that let go of what is kept no longer: for a timer of the machine, once a day."""

from datetime import timedelta

import click
from flask_babel import gettext as _

from consultation.cli.refusing import Report, reporting
from consultation.domain.phases import Phase
from consultation.features.accounts.services import remove_unconfirmed
from consultation.features.authentication.services import clear_ended_sign_ins
from consultation.features.ballots.jobs import let_openings_go
from consultation.features.ballots.services import has_outlived_openings
from consultation.features.comments.services import let_overdue_go
from consultation.features.consultations.queries import consultations_in
from consultation.features.notifications.services import forget_old_notices
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import enqueue
from consultation.infrastructure.mail import blank_undeliverable, forget_blank

UNCONFIRMED_KEPT = timedelta(days=30)


@click.group()
def retention() -> None:
    """What is kept no longer."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="count, and let nothing go")
@reporting
def run(dry_run: bool) -> Report:
    """Remove accounts unconfirmed for 30 days and sign-ins that are over; blank mails that could not be delivered.

    What nobody has read in 90 days counts as read. Rankings that have outlived their counting plan's delay, and are
    there still, are given to the worker to remove.
    """
    overdue = [one for one in consultations_in(Phase.PUBLISHED) if has_outlived_openings(one)]
    for consultation in overdue:
        enqueue(let_openings_go, consultation_id=str(consultation.id))
    counts = {
        "accounts": remove_unconfirmed(clock.now() - UNCONFIRMED_KEPT),
        "sign_ins": clear_ended_sign_ins(),
        "mails": blank_undeliverable(),
        "rankings": len(overdue),
        "notices": forget_old_notices(),
        "comments": let_overdue_go(),
    }
    forget_blank()
    if dry_run:
        session.rollback()
        line = _(
            "To remove: %(accounts)s unconfirmed accounts, %(sign_ins)s ended sign-ins, the rankings of %(rankings)s "
            "consultations. To blank: %(mails)s mails. To count as read: notices of %(notices)s things followed.",
            **counts,
        )
    else:
        line = _(
            "Removed: %(accounts)s unconfirmed accounts, %(sign_ins)s ended sign-ins. Blanked: %(mails)s mails. "
            "The worker removes the rankings of %(rankings)s consultations. "
            "Counted as read: notices of %(notices)s things followed.",
            **counts,
        )
    waited = _("Comments that waited for their authors for too long: %(comments)s.", comments=counts["comments"])
    return Report(f"{line} {waited}", {**counts, "dry_run": dry_run})
