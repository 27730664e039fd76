"""People who register and do not confirm: one reminder in time, and the truth when it is too late."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_address
from consultation.features.authentication import services as authentication
from consultation.features.authentication.jobs import remind_to_confirm
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import QueuedJob
from consultation.infrastructure.mail import OutgoingMail
from pages import PageClient

Browse = Callable[..., PageClient]
ADDRESS = "camille@example.org"
PASSPHRASE = "la girafe mange huit nuages"


def registered(language: str = "fr") -> Account:
    """Somebody who has just registered."""
    authentication.register(ADDRESS, PASSPHRASE, language)
    session.commit()
    account = account_by_address(ADDRESS)
    assert account is not None
    return account


def reminder_due() -> datetime:
    """When the reminder is due."""
    name = f"{remind_to_confirm.__module__}.{remind_to_confirm.__name__}"
    return session.scalars(select(QueuedJob.due_at).where(QueuedJob.name == name)).one()


def mails_after(wait: timedelta) -> list[OutgoingMail]:
    """Every mail once the worker has done all that is due by then, the oldest first."""
    with clock.standing_at(clock.now() + wait):
        jobs.run_all()
    return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.written_at)))


def confirm_path(mail: OutgoingMail) -> str:
    """The path of the link that a mail holds."""
    found = re.search(r"http://127\.0\.0\.1:8000((?:/en)?/account/confirm/\S+)", mail.body)
    assert found, mail.body
    return found[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_reminder_comes_after_a_day_and_its_button_confirms(
    browse: Browse, open_consultation: Consultation, language: str
) -> None:
    account = registered(language)
    assert len(mails_after(timedelta(hours=23))) == 1
    both = mails_after(timedelta(hours=25))
    assert len(both) == 2
    assert len(mails_after(timedelta(days=9))) == 2
    with clock.standing_at(clock.now() + timedelta(hours=26)):
        client = browse(language=language)
        client.submit(client.get(confirm_path(both[1])))
    session.refresh(account)
    assert account.is_confirmed


def test_the_reminder_comes_before_a_close_that_is_near(open_consultation: Consultation) -> None:
    open_consultation.closes_at = clock.now() + timedelta(hours=8)
    session.commit()
    registered()
    half_way = clock.now() + timedelta(hours=4)
    assert abs(reminder_due() - half_way) < timedelta(minutes=1)
    assert len(mails_after(timedelta(hours=4, minutes=1))) == 2


def test_a_consultation_that_is_late_or_in_preparation_hurries_nobody(draft_consultation: Consultation) -> None:
    draft_consultation.closes_at = clock.now() + timedelta(hours=8)
    session.commit()
    registered()
    assert reminder_due() > clock.now() + timedelta(hours=23)


def test_whoever_has_confirmed_is_not_reminded(open_consultation: Consultation) -> None:
    account = registered()
    account.confirmed_at = clock.now()
    session.commit()
    assert len(mails_after(timedelta(days=2))) == 1


def test_whoever_is_gone_is_not_reminded(open_consultation: Consultation) -> None:
    account = registered()
    session.delete(account)
    session.commit()
    assert len(mails_after(timedelta(days=2))) == 1


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Confirmé trop tard, non compté"), ("en", "Confirmed too late")]
)
def test_whoever_confirms_after_a_close_is_told_so(
    browse: Browse, open_consultation: Consultation, language: str, words: str
) -> None:
    account = registered(language)
    with clock.standing_at(clock.now() + timedelta(days=11)):
        authentication.send_reminder(account)
        session.commit()
        path = confirm_path(mails_after(timedelta())[-1])
        client = browse(language=language)
        page = client.follow(client.submit(client.get(path)))
        assert words in page.find(".notice--warning").get_text()
        assert open_consultation.title in page.text


def test_a_consultation_that_closed_before_somebody_registered_is_not_spoken_of(
    browse: Browse, open_consultation: Consultation
) -> None:
    with clock.standing_at(clock.now() + timedelta(days=11)):
        registered()
        client = browse()
        page = client.follow(client.submit(client.get(confirm_path(mails_after(timedelta())[-1]))))
        assert page.find_all(".notice--warning") == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_desk_says_how_many_have_not_confirmed(
    browse: Browse, people, open_consultation: Consultation, language: str
) -> None:
    registered()
    page = browse(people.organiser(open_consultation), language).get("/organise/test/")
    heading = "Comptes non confirmés" if language == "fr" else "Unconfirmed accounts"
    panel = next(one for one in page.find_all("aside *") if one.get_text(strip=True) == heading)
    assert "1 person" in panel.parent.get_text()
