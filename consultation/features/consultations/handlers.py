"""What consultations mean for people who have registered and not confirmed their address yet."""

from datetime import datetime, timedelta

from flask import flash
from flask_babel import gettext as _

from consultation.domain.phases import Phase
from consultation.features.accounts.queries import account_by_id
from consultation.features.authentication.events import AddressConfirmed, Registered
from consultation.features.authentication.jobs import remind_to_confirm
from consultation.features.consultations.queries import closed_meanwhile, consultations_in
from consultation.infrastructure import clock
from consultation.infrastructure.jobs import enqueue

PATIENCE = timedelta(days=1)


def remind_in_time(event: Registered) -> None:
    """Remind of the address to confirm: after a day, or half-way to the next close where that is sooner."""
    enqueue(remind_to_confirm, due_at=_reminder_time(clock.now()), account_id=str(event.account_id))


def tell_of_close_meanwhile(event: AddressConfirmed) -> None:
    """Tell whoever confirms what has closed since they registered: nothing of theirs was counted there."""
    account = account_by_id(event.account_id)
    for consultation in closed_meanwhile(account.created_at) if account else []:
        flash(
            _(
                "Confirmed too late, not counted: “%(title)s” has closed since you registered.",
                title=consultation.title,
            ),
            "warning",
        )


def _reminder_time(now: datetime) -> datetime:
    closes = [one.closes_at for one in consultations_in(Phase.OPEN) if one.takes_part_at(now)]
    return min([now + PATIENCE, *(now + (moment - now) / 2 for moment in closes)])
