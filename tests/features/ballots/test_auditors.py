"""Auditors: two organisers name them, one command serves them, everybody can see it."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from consultation.cli import auditors as cli
from consultation.domain.errors import AuditorRefused, CeremonyRefused
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability import audit
from consultation.domain.verifiability.bundle import files_of
from consultation.features.accounts.models import Account
from consultation.features.audit.models import AuditEntry
from consultation.features.ballots.models import CONSENT_VERSION, Auditor, BundleCopy
from consultation.features.ballots.queries.bundles import bundle_of
from consultation.features.ballots.services import (
    bundle_for,
    cast_ballot,
    close,
    confirm_auditor,
    dismiss_auditor,
    propose_auditor,
    record_statement,
)
from consultation.features.consultations.models import Consultation
from consultation.features.results.queries import release_of
from consultation.features.results.services import publish
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.envelopes import is_recipient

DESK = "/organise/test/auditors/"
PATH = "/consultations/test/verify/"
NAME = "Ada Lovelace"
FOUND = "J’ai recompté : le résultat publié est celui des bulletins."
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture
def identity() -> pyrage.x25519.Identity:
    """The secret key of an auditor, which never leaves the auditor's machine."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def key(identity: pyrage.x25519.Identity) -> str:
    return str(identity.to_public())


@pytest.fixture
def two(open_consultation: Consultation, people) -> tuple[Account, Account]:
    """Two organisers."""
    return people.organiser(open_consultation), people.organiser(open_consultation)


@pytest.fixture
def proposed(open_consultation: Consultation, two, key: str) -> Auditor:
    auditor = propose_auditor(two[0], open_consultation, NAME, key)
    session.commit()
    return auditor


@pytest.fixture
def confirmed(open_consultation: Consultation, two, proposed: Auditor) -> Auditor:
    confirm_auditor(two[1], open_consultation, proposed.id)
    session.commit()
    return proposed


@pytest.fixture
def sealed(open_consultation: Consultation, people, confirmed: Auditor) -> Consultation:
    """A consultation that is sealed, with three ballots."""
    for _ in range(3):
        cast_ballot(people.citizen(), open_consultation, WeakOrder.from_tiers([[3], [1]]), CONSENT_VERSION)
    session.commit()
    close(open_consultation)
    return open_consultation


def entries(event: str) -> list[dict[str, str]]:
    """What the audit log holds of an event."""
    found = session.scalars(select(AuditEntry).where(AuditEntry.event == event)).all()
    return [json.loads(one.identifiers) for one in found]


@LANGUAGES
def test_one_organiser_proposes_and_another_confirms(browse, open_consultation, two, key, language):
    first, second = (browse(one, language=language) for one in two)
    page = first.get(DESK)
    assert not page.find_all("section.panel")
    first.submit(page, "form[action$='/auditors/']", fields={"name": f" {NAME} ", "recipient": f" {key}\n"})
    mine, theirs = first.get(DESK), second.get(DESK)
    assert key in theirs.find("section.panel").get_text()
    assert not mine.find_all("form[action$='/confirm/']")
    assert NAME not in browse().get(PATH).text
    second.submit(theirs, "form[action$='/confirm/']")
    public = browse(language=language).get(PATH)
    assert NAME in public.find("#auditors").get_text()
    assert key not in public.html
    assert not any(account.address in public.html for account in two)


def test_who_proposed_cannot_confirm(browse, open_consultation, two, proposed):
    browse(two[0]).post(f"{DESK}{proposed.id}/confirm/", status=409)
    with pytest.raises(AuditorRefused) as refusal:
        confirm_auditor(two[0], open_consultation, proposed.id)
    assert refusal.value.values["reason"] == "same_person"
    session.refresh(proposed)
    assert proposed.confirmed_at is None


def test_the_database_itself_wants_two_people(two, proposed):
    proposed.confirmed_by, proposed.confirmed_at = two[0].id, clock.now()
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_an_auditor_is_confirmed_once(open_consultation, two, confirmed):
    with pytest.raises(AuditorRefused) as refusal:
        confirm_auditor(two[1], open_consultation, confirmed.id)
    assert refusal.value.values["reason"] == "settled"
    assert len(entries("AuditorConfirmed")) == 1


@pytest.mark.parametrize(
    ("name", "recipient", "field"),
    [
        ("", None, "name"),
        ("\u200b \u0007", None, "name"),
        ("x" * 101, None, "name"),
        (NAME, "", "recipient"),
        (NAME, "age1", "recipient"),
        (NAME, "AGE-SECRET-KEY-1QQQ", "recipient"),
        (NAME, "ssh-ed25519 AAAA", "recipient"),
        (NAME, "age1" + "q" * 58, "recipient"),
        (NAME, "é\u0000", "recipient"),
    ],
    ids=ascii,
)
def test_a_name_or_a_key_that_cannot_be_is_refused_beside_its_field(
    browse, open_consultation, two, key, name, recipient, field
):
    client = browse(two[0])
    fields = {"name": name, "recipient": key if recipient is None else recipient}
    page = client.submit(client.get(DESK), "form[action$='/auditors/']", fields=fields, status=422)
    assert page.find(f'.error-summary a[href="#{field}"]')
    assert session.scalar(select(Auditor)) is None


def test_a_key_is_named_once(browse, open_consultation, two, proposed, key):
    client = browse(two[1])
    fields = {"name": "Emmy Noether", "recipient": key}
    page = client.submit(client.get(DESK), "form[action$='/auditors/']", fields=fields, status=422)
    assert page.find('.error-summary a[href="#recipient"]')


def test_nobody_but_organisers_names_auditors(browse, open_consultation, two, proposed, people):
    for account in (people.citizen(), people.physician(), people.moderator(open_consultation)):
        client = browse(account)
        client.get(DESK, 403)
        for act in ("", f"{proposed.id}/confirm/", f"{proposed.id}/dismiss/", f"{proposed.id}/statement/"):
            client.post(f"{DESK}{act}", status=403)
    assert "/account/sign-in" in browse().get(DESK, 303).location


@pytest.mark.parametrize("identifier", ["zzzzzzzzzzzz", "nothing", "%00"])
def test_an_auditor_of_nowhere_is_missing(browse, open_consultation, two, identifier):
    client = browse(two[0])
    client.post(f"{DESK}{identifier}/confirm/", status=404)
    client.get(f"{DESK}{identifier}/statement/", 404)


def test_a_proposal_that_is_taken_back_leaves_no_trace_in_public(browse, open_consultation, two, proposed):
    client = browse(two[1])
    client.submit(client.get(DESK), "form[action$='/dismiss/']")
    assert session.scalar(select(Auditor)) is None
    assert NAME not in browse().get(PATH).text


def test_the_command_writes_a_bundle_that_the_auditor_alone_can_open(sealed, confirmed, identity, key, tmp_path: Path):
    content = bundle_for(sealed, key)
    bundle = pyrage.decrypt(content, [identity])
    assert bundle == bundle_of(sealed)
    assert len(files_of(bundle)["openings.jsonl"].splitlines()) == 3
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [pyrage.x25519.Identity.generate()])
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle)
    assert audit.bundle_file(path).faults == []
    copy = session.scalars(select(BundleCopy)).one()
    assert copy.hash == hashlib.sha256(bundle).hexdigest()
    assert entries("BundleHandedOver") == [{"consultation_id": str(sealed.id), "auditor_id": confirmed.id}]


def test_after_the_publication_the_bundle_holds_the_release(sealed, identity, key):
    publish(None, sealed)
    release = release_of(sealed).text.encode()
    assert files_of(pyrage.decrypt(bundle_for(sealed, key, release), [identity]))["release.json"] == release


def test_nothing_is_handed_over_before_the_seal(open_consultation, confirmed, key):
    with pytest.raises(CeremonyRefused):
        bundle_for(open_consultation, key)


def test_nothing_is_handed_to_who_is_not_confirmed_or_not_any_more(open_consultation, two, proposed, key):
    close(open_consultation)
    with pytest.raises(AuditorRefused):
        bundle_for(open_consultation, key)
    confirm_auditor(two[1], open_consultation, proposed.id)
    assert bundle_for(open_consultation, key)
    dismiss_auditor(two[0], open_consultation, proposed.id)
    with pytest.raises(AuditorRefused) as refusal:
        bundle_for(open_consultation, key)
    assert refusal.value.values["reason"] == "unconfirmed"
    with pytest.raises(AuditorRefused):
        bundle_for(open_consultation, str(pyrage.x25519.Identity.generate().to_public()))


@LANGUAGES
def test_copies_statements_and_the_delay_are_public(browse, sealed, confirmed, two, key, language):
    bundle_for(sealed, key)
    client = browse(two[0], language=language)
    page = client.get(f"{DESK}{confirmed.id}/statement/")
    client.submit(page, fields={"day": clock.today().isoformat(), "text": FOUND})
    publish(None, sealed)
    session.commit()
    public = browse(language=language).get(PATH).find("#auditors")
    copy = session.scalars(select(BundleCopy)).one()
    assert copy.hash in public.get_text()
    assert public.select_one("blockquote").get_text() == FOUND
    last = clock.today() + timedelta(days=61)
    assert str(last.year) in public.find_all("p")[-1].get_text()
    results = browse(language=language).get("/consultations/test/results/").find("#computed")
    assert NAME in results.get_text()
    assert results.select_one("blockquote").get_text() == FOUND


def test_an_auditor_whose_part_has_ended_stays_named(browse, sealed, confirmed, two, key):
    bundle_for(sealed, key)
    client = browse(two[1])
    client.submit(client.get(DESK), "form[action$='/dismiss/']")
    assert NAME in browse().get(PATH).find("#auditors").get_text()
    assert not client.get(DESK).find_all("form[action$='/dismiss/']")
    client.post(f"{DESK}{confirmed.id}/dismiss/", status=409)


@pytest.mark.parametrize(
    ("day", "statement", "field"),
    [
        ("", FOUND, "day"),
        ("hier", FOUND, "day"),
        ("tomorrow", FOUND, "day"),
        (None, "Bon.", "text"),
        (None, "", "text"),
    ],
)
def test_a_statement_has_words_and_a_day_that_has_come(browse, confirmed, two, day, statement, field):
    days = {None: clock.today().isoformat(), "tomorrow": (clock.today() + timedelta(days=1)).isoformat()}
    client = browse(two[0])
    form = client.get(f"{DESK}{confirmed.id}/statement/")
    page = client.submit(form, fields={"day": days.get(day, day), "text": statement}, status=422)
    assert page.find(f'.error-summary a[href="#{field}"]')


def test_nobody_speaks_for_an_auditor_who_is_not_confirmed(open_consultation, two, proposed):
    with pytest.raises(AuditorRefused):
        record_statement(two[0], open_consultation, proposed.id, clock.today(), FOUND)


def test_what_was_handed_over_and_declared_is_never_changed(sealed, confirmed, two, key):
    bundle_for(sealed, key)
    record_statement(two[0], sealed, confirmed.id, clock.today(), FOUND)
    session.commit()
    for statement in ("UPDATE bundle_copy SET hash = hash", "DELETE FROM audit_statement"):
        with pytest.raises(DBAPIError, match="never changed"):
            session.execute(text(statement))
        session.rollback()


def test_the_log_holds_identifiers_alone(sealed, confirmed, two, key):
    bundle_for(sealed, key)
    record_statement(two[0], sealed, confirmed.id, clock.today(), FOUND)
    logged = "".join(entry.identifiers for entry in session.scalars(select(AuditEntry)))
    assert key not in logged
    assert NAME not in logged
    assert FOUND not in logged
    assert [len(entries(f"Auditor{act}")) for act in ("Proposed", "Confirmed")] == [1, 1]
    assert entries("AuditStatementRecorded")[0]["auditor_id"] == confirmed.id


def test_a_file_that_is_there_already_is_never_overwritten(tmp_path: Path):
    path = tmp_path / "bundle.zip.age"
    cli._write_new(path, b"first")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        cli._write_new(path, b"second")
    assert path.read_bytes() == b"first"


def test_a_public_key_is_told_from_all_else(key):
    assert is_recipient(key)
    assert not any(is_recipient(one) for one in ("", key[:-1], key.replace("age1", "age2"), f"{key} ", "age1é"))
