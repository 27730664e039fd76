"""Registering, confirming, signing in and out, choosing a passphrase anew, as people do it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_address
from consultation.features.authentication import services
from consultation.features.authentication.models import SignIn
from consultation.features.authentication.policies import LIFETIME, TEAM_LIFETIME
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from pages import Page, PageClient

Browse = Callable[..., PageClient]
Link = Callable[[str], str]
NEW = "neuf boutons de nacre verte"


def count_of(model: type) -> int:
    session.commit()
    return session.scalar(select(func.count()).select_from(model)) or 0


def sign_in(client: PageClient, credentials: dict[str, str], status: int = 303) -> Page:
    return client.post("/account/sign-in", credentials, status)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_person_registers_confirms_by_the_button_and_signs_in(
    browse: Browse, registration: dict[str, str], credentials: dict[str, str], link: Link, language: str
) -> None:
    client = browse(language=language)
    prefix = "/en" if language == "en" else ""
    page = client.get("/account/register?next=/account/sessions")
    sent = client.submit(page, fields=registration)
    assert client.follow(sent).find("h1")
    confirm = link("confirm")
    assert confirm.startswith(f"{prefix}/account/confirm/")
    page = client.get(confirm)
    assert registration["address"] in page.text
    page = client.submit(page)
    assert page.location == f"{prefix}/account/sign-in?next=/account/sessions"
    page = client.submit(client.follow(page), fields=credentials)
    assert page.location == "/account/sessions"
    home = client.get("/account/")
    assert registration["address"] in home.text
    account = account_by_address(registration["address"])
    assert account is not None
    assert account.language == language


def test_a_physician_who_registers_has_a_claim_and_takes_part_as_a_citizen(
    browse: Browse, registration: dict[str, str], credentials: dict[str, str], link: Link
) -> None:
    client = browse()
    client.post("/account/register", registration | {"standing": "physician"})
    client.submit(client.get(link("confirm")))
    sign_in(client, credentials)
    assert client.get("/account/").find_all(".badge.citizens")
    assert client.get("/account/physician").find("dd b")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("address", ""),
        ("address", "camille"),
        ("address", "camille@example"),
        ("address", "camille@exa mple.org"),
        ("address", "camille@example.org\r\nBcc: all@example.org"),
        ("address", "camille,dominique@example.org"),
        ("address", f"{'c' * 250}@example.org"),
        ("address", "camïlle@example.org"),
        ("passphrase", ""),
        ("passphrase", "quatorze signe"),
        ("passphrase", "giraffe cloud " * 400),
        ("passphrase", "correct horse battery staple"),
        ("passphrase", "camille@example.org"),
        ("standing", "moderator"),
        ("is_of_age", ""),
        ("accepts_charter", ""),
    ],
)
def test_a_registration_that_lacks_something_says_so_beside_the_field_and_stores_nothing(
    browse: Browse, registration: dict[str, str], field: str, typed: str
) -> None:
    given = registration | {field: typed}
    page = browse().post("/account/register", {name: value for name, value in given.items() if value}, 422)
    assert page.find(f"#{field}-error")
    assert page.find(".error-summary a")["href"].startswith(f"#{field}")
    assert count_of(Account) == 0
    if field != "address":
        assert page.find("#address")["value"] == registration["address"]


def test_a_form_gives_password_managers_what_they_need_and_cuts_nothing(browse: Browse) -> None:
    client = browse()
    for path, kind in (("/account/register", "new-password"), ("/account/sign-in", "current-password")):
        page = client.get(path)
        assert page.find("#passphrase")["autocomplete"] == kind
        assert not page.find("#passphrase").has_attr("maxlength")
        assert page.find("#address")["autocomplete"] == "username"
        assert page.find("#address")["type"] == "email"


def test_fields_that_nobody_asked_for_change_nothing(browse: Browse, registration: dict[str, str]) -> None:
    browse().post(
        "/account/register",
        registration
        | {
            "college": "physicians",
            "role": "organiser",
            "is_physician": "1",
            "confirmed_at": "2018-01-01",
            "account_id": "1",
            "passphrase_hash": "x",
            "is_synthetic": "1",
            "grants": "moderator",
        },
    )
    account = account_by_address(registration["address"])
    assert account is not None
    assert (account.college, account.is_confirmed, account.is_synthetic, account.grants) == (
        "citizens",
        False,
        False,
        [],
    )


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_opening_the_link_confirms_nothing(
    app: Flask, browse: Browse, unconfirmed: Account, link: Link, method: str
) -> None:
    services.send_confirmation(unconfirmed)
    app.test_client().open(link("confirm"), method=method)
    session.expire_all()
    assert not unconfirmed.is_confirmed


def test_the_button_confirms_once(browse: Browse, unconfirmed: Account, link: Link) -> None:
    services.send_confirmation(unconfirmed)
    client, address = browse(), link("confirm")
    client.post(address)
    session.expire_all()
    assert unconfirmed.is_confirmed
    first = unconfirmed.confirmed_at
    client.get("/account/sign-in")
    for method in ("POST", "GET"):
        again = client.raw(method, address)
        assert (again.status_code, again.location) == (303, "/account/sign-in")
        assert "déjà confirmée" in client.get(again.location).find(".notice").get_text()
    session.refresh(unconfirmed)
    assert unconfirmed.confirmed_at == first


def test_a_link_that_confirmed_says_so_until_it_ends_or_the_passphrase_changes(
    browse: Browse, unconfirmed: Account, link: Link
) -> None:
    services.send_confirmation(unconfirmed)
    client, address = browse(), link("confirm")
    client.post(address)
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        assert client.get(address, 422).find_all('a[href$="/account/forgot"]')
    session.refresh(unconfirmed)
    services.send_reset_link(unconfirmed)
    client.post(link("reset"), {"passphrase": NEW})
    assert client.get(address, 422).find_all('a[href$="/account/sign-in"]')


@pytest.mark.parametrize(("kind", "hours"), [("confirm", 24), ("reset", 1)])
def test_a_link_ends(browse: Browse, account: Account, link: Link, kind: str, hours: int) -> None:
    account.confirmed_at = None
    services.send_confirmation(account) if kind == "confirm" else services.send_reset_link(account)
    client, address = browse(), link(kind)
    with clock.standing_at(clock.now() + timedelta(hours=hours, minutes=-1)):
        client.get(address)
    with clock.standing_at(clock.now() + timedelta(hours=hours, minutes=1)):
        client.get(address, 422)
        client.post(address, {"passphrase": NEW}, 422)


def test_a_link_serves_one_purpose(browse: Browse, unconfirmed: Account, link: Link) -> None:
    services.send_confirmation(unconfirmed)
    token = link("confirm").rpartition("/")[2]
    browse().get(f"/account/reset/{token}", 422)
    browse().get(f"/account/confirm/{token[:-4]}AAAA", 422)


def test_an_unconfirmed_address_opens_nothing_and_is_told_where_to_look(
    browse: Browse, unconfirmed: Account, credentials: dict[str, str], mails: Callable[[], list[object]]
) -> None:
    client = browse()
    page = sign_in(client, credentials, 422)
    assert "appuyez d’abord sur le bouton auquel mène notre courriel" in page.text
    assert mails() == []
    client.get("/account/", 303)


def test_a_disabled_account_is_refused_and_its_sign_ins_with_it(
    browse: Browse, account: Account, credentials: dict[str, str]
) -> None:
    client = browse(account)
    client.get("/account/")
    accounts.disable_account(account)
    client.get("/account/", 303)
    sign_in(browse(), credentials, 403)


def test_signing_in_changes_the_session_and_the_one_before_opens_nothing(
    browse: Browse, account: Account, credentials: dict[str, str]
) -> None:
    client, before = browse(account), browse()
    before._client.set_cookie("consultation", client.cookies())
    before.get("/account/")
    sign_in(client, credentials)
    client.get("/account/")
    before.get("/account/", 303)


def test_a_cookie_copied_before_signing_out_is_dead_after_it(
    browse: Browse, account: Account, credentials: dict[str, str]
) -> None:
    client, thief = browse(), browse()
    sign_in(client, credentials)
    thief._client.set_cookie("consultation", client.cookies())
    thief.get("/account/")
    page = client.submit(client.get("/account/"), "main form[action$=sign-out]")
    assert page.headers["Clear-Site-Data"] == '"cache"'
    client.get("/account/", 303)
    thief.get("/account/", 303)
    assert count_of(SignIn) == 0


def test_signing_out_is_a_post(browse: Browse, account: Account) -> None:
    client = browse(account)
    client.get("/account/sign-out", 405)
    client.get("/account/")


def test_one_sign_in_ends_without_the_others(browse: Browse, account: Account) -> None:
    here, there, elsewhere = browse(account), browse(account), browse(account)
    page = here.get("/account/sessions")
    endings = [str(form["action"]) for form in page.find_all("main form[action$='/end']")]
    assert len(endings) == 2
    here.post(endings[0])
    here.get("/account/")
    assert sorted(client._open("/account/", method="GET").status_code for client in (there, elsewhere)) == [200, 303]
    here.post("/account/sessions/end-others")
    here.get("/account/")
    there.get("/account/", 303)
    elsewhere.get("/account/", 303)


def test_nobody_ends_the_sign_in_of_somebody_else(browse: Browse, account: Account, people: object) -> None:
    services.start_session(account)
    session.commit()
    identifier = session.scalar(select(SignIn.id))
    stranger = browse(people.citizen())  # type: ignore[attr-defined]
    stranger.post(f"/account/sessions/{identifier}/end", status=404)
    stranger.post("/account/sessions/000000000000/end", status=404)
    browse().post(f"/account/sessions/{identifier}/end")
    assert session.scalar(select(SignIn.id).where(SignIn.id == identifier)) == identifier


def test_a_sign_in_is_named_by_its_kind_of_browser_alone(
    app: Flask, browse: Browse, account: Account, credentials: dict[str, str]
) -> None:
    client = browse()
    client._client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0; Win64; rv:140.0) Firefox/140.0"
    sign_in(client, credentials)
    assert "Firefox, Windows" in client.get("/account/sessions").text
    assert session.scalar(select(SignIn.label)) == "Firefox, Windows"


def test_a_participant_is_signed_out_after_thirty_days_and_a_team_after_twelve_hours(
    browse: Browse, people: object, open_consultation: Consultation
) -> None:
    citizen, moderator = browse(people.citizen()), browse(people.moderator(open_consultation))  # type: ignore[attr-defined]
    with clock.standing_at(clock.now() + TEAM_LIFETIME - timedelta(minutes=1)):
        moderator.get("/account/")
    with clock.standing_at(clock.now() + TEAM_LIFETIME):
        moderator.get("/account/", 303)
        citizen.get("/account/")
    with clock.standing_at(clock.now() + LIFETIME):
        citizen.get("/account/", 303)


def test_a_passphrase_is_chosen_anew_once_and_ends_every_sign_in(
    browse: Browse, account: Account, credentials: dict[str, str], mails: Callable[[], list[object]], link: Link
) -> None:
    old, client = browse(account), browse()
    client.submit(client.get("/account/forgot"), fields={"address": account.address})
    address = link("reset")
    page = client.submit(client.get(address), fields={"passphrase": "court"}, status=422)
    assert page.find("#passphrase-error")
    client.submit(client.get(address), fields={"passphrase": NEW})
    old.get("/account/", 303)
    client.get(address, 422)
    client.post(address, {"passphrase": credentials["passphrase"]}, 422)
    sign_in(client, credentials, 422)
    sign_in(client, credentials | {"passphrase": NEW})
    assert len(mails()) == 2


def test_a_link_to_a_passphrase_confirms_the_address_that_it_arrived_at(
    browse: Browse, unconfirmed: Account, link: Link
) -> None:
    client = browse()
    client.post("/account/forgot", {"address": unconfirmed.address})
    client.post(link("reset"), {"passphrase": NEW})
    session.expire_all()
    assert unconfirmed.is_confirmed


def test_a_second_link_dies_with_the_first_that_is_used(browse: Browse, account: Account, link: Link) -> None:
    services.send_reset_link(account)
    first = link("reset")
    with clock.standing_at(clock.now() + timedelta(minutes=5)):
        services.send_reset_link(account)
        second = link("reset")
        assert first != second
        browse().post(first, {"passphrase": NEW})
        browse().get(second, 422)


def test_links_in_mails_lead_to_the_public_address_whatever_host_was_asked(
    app: Flask, browse: Browse, account: Account, link: Link
) -> None:
    client = browse()
    client._client.environ_base["HTTP_X_FORWARDED_HOST"] = "evil.example"
    client._client.environ_base["HTTP_HOST"] = "evil.example"
    client.post("/account/forgot", {"address": account.address})
    assert link("reset").startswith("/account/reset/")


@pytest.mark.parametrize(
    "path", ["register", "sign-in", "forgot", "confirm/x", "reset/x", "sign-out", "sessions/x/end"]
)
def test_without_its_token_no_form_is_taken(browse: Browse, registration: dict[str, str], path: str) -> None:
    browse().post(f"/account/{path}", registration, 400, csrf=False)
    assert count_of(Account) == 0


def test_a_visitor_gets_no_cookie_and_a_signed_in_page_is_not_kept(browse: Browse, account: Account) -> None:
    page = browse().get("/account/mail-sent")
    assert "Set-Cookie" not in page.headers
    assert browse(account).get("/account/").headers["Cache-Control"] == "no-store"


def test_reading_a_page_while_signed_in_sends_no_new_cookie(browse: Browse, account: Account) -> None:
    client = browse(account)
    client.get("/account/")
    assert "Set-Cookie" not in client.get("/account/").headers


def test_somebody_signed_in_costs_two_statements(
    browse: Browse, account: Account, statements: Callable[[], object]
) -> None:
    client = browse(account)
    with statements() as count:  # type: ignore[attr-defined]
        client.get("/account/")
    assert count.total <= 2, count.all
