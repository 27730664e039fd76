"""Verification: what anybody can look up, and what is left of the question."""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import delete

from consultation.app import create_app
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability import merkle
from consultation.domain.verifiability.roots import line_hash
from consultation.features.accounts.models import Account
from consultation.features.audit.models import AuditEntry
from consultation.features.authentication.services import start_session
from consultation.features.ballots.models import CONSENT_VERSION, CeremonyRecord, ChainLine, PlanVersion, key_name
from consultation.features.ballots.queries.chain import chain_of
from consultation.features.ballots.queries.sealed import sealed_commitments
from consultation.features.ballots.services import (
    add_day_line,
    cast_ballot,
    change_plan,
    change_signing_key,
    close,
    issue_receipt,
    withdraw_ballot,
)
from consultation.features.consultations.models import Consultation
from consultation.features.results.services import publish
from consultation.infrastructure import clock, keys
from consultation.infrastructure.audits import PROGRAM
from consultation.infrastructure.database import db, session
from consultation.infrastructure.web.limits import limiter
from consultation.settings import Settings
from databases import emptying
from pages import PageClient

PATH = "/consultations/test/verify/"
ORDER = WeakOrder.from_tiers([[3], [1, 7]])
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


class Held:
    """Five ballots in the line of a day, one recorded since, and their voters."""

    def __init__(self, consultation: Consultation, people) -> None:
        self.voters: list[Account] = [people.citizen() for _ in range(6)]
        self.contents = [cast_ballot(one, consultation, ORDER, CONSENT_VERSION) for one in self.voters[:5]]
        add_day_line(consultation)
        self.contents.append(cast_ballot(self.voters[5], consultation, ORDER, CONSENT_VERSION, "ma phrase"))
        session.commit()


@pytest.fixture
def held(open_consultation: Consultation, people) -> Held:
    return Held(open_consultation, people)


@pytest.fixture
def sealed(open_consultation: Consultation, held: Held) -> Held:
    held.receipt = issue_receipt(open_consultation, held.contents[0]).decode()
    held.withdrawn = held.contents.pop(1)
    held.late = issue_receipt(open_consultation, held.withdrawn).decode()
    withdraw_ballot(held.voters[1], open_consultation)
    close(open_consultation)
    return held


def look_up(client, commitment: str, status: int = 200):
    return client.post(PATH, {"commitment": commitment}, status=status, csrf=False)


@LANGUAGES
def test_the_page_of_an_open_consultation_shows_the_record_to_a_visitor_and_leaves_no_cookie(
    browse, open_consultation, held, language
):
    client = browse(language=language)
    page = client.get(PATH)
    assert [row.get_text(strip=True) for row in page.find_all("#record tbody tr td.r")] == ["2", "1"]
    root = merkle.root(sorted(one.commitment for one in held.contents[:5])).hex()
    assert root in page.find("#record").get_text()
    assert line_hash(chain_of(open_consultation.id)[-1]).hex() in page.find("#record").get_text()
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers
    assert not client.cookies()


def test_asking_needs_no_token_leaves_no_cookie_and_is_noted_nowhere(browse, held, capfd):
    client = browse()
    noted = session.query(AuditEntry).count()
    page = look_up(client, held.contents[0].commitment.hex())
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"
    assert "csrf_token" not in page.html
    assert session.query(AuditEntry).count() == noted
    shown = capfd.readouterr()
    assert held.contents[0].commitment.hex() not in shown.out + shown.err
    assert "verify" not in shown.out + shown.err


def test_a_commitment_in_the_line_of_a_day_comes_with_a_proof_that_gives_the_root(browse, open_consultation, held):
    sought = held.contents[2].commitment
    page = look_up(browse(), sought.hex())
    facts = [one.get_text(strip=True) for one in page.find_all(".notice--success dd")]
    proof = [bytes.fromhex(one.get_text(strip=True)) for one in page.find_all(".notice--success li code")]
    index, count, root = int(facts[0]), int(facts[1]), bytes.fromhex(facts[-1])
    assert merkle.proves_inclusion(proof, sought, index, count, root)
    assert root.hex() == chain_of(open_consultation.id)[-1]["root"]


def test_the_digits_may_be_spaced_and_in_capitals(browse, held):
    digits = held.contents[2].commitment.hex().upper()
    spaced = " ".join(re.findall("....", digits)) + "\n"
    assert look_up(browse(), spaced).find(".notice--success")


@LANGUAGES
def test_what_was_recorded_since_and_what_is_not_held_are_told_apart(browse, held, language):
    client = browse(language=language)
    since = look_up(client, held.contents[5].commitment.hex())
    assert since.find(".notice--success")
    assert not since.find_all(".notice--success details")
    nothing = look_up(client, "00" * 32)
    assert nothing.find('.notice--warning a[href$="/contact"]')
    assert not nothing.find_all(".notice--success")


def test_a_ballot_that_was_withdrawn_since_the_line_of_a_day_is_said_to_be_gone(browse, open_consultation, held):
    withdraw_ballot(held.voters[0], open_consultation)
    page = look_up(browse(), held.contents[0].commitment.hex())
    assert page.find(".notice--warning")
    assert not page.find_all(".notice--success")


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, "a" * 65, "é" * 64, "\0" * 64], ids=ascii)
def test_what_is_no_commitment_is_refused_beside_the_field_and_kept(browse, held, typed):
    page = look_up(browse(), typed, 422)
    assert page.find('.error-summary a[href="#commitment"]')
    assert page.find("#commitment")["aria-invalid"] == "true"


def test_without_the_key_nothing_is_said_of_a_commitment(browse, open_consultation, held):
    keys.store().destroy(key_name(open_consultation.id))
    look_up(browse(), held.contents[0].commitment.hex(), 503)


@pytest.fixture
def limited(settings: Settings, context: None) -> Iterator[Callable[[], PageClient]]:
    """Clients of an application with rate limits, counting from nothing."""
    application = create_app(replace(settings, testing=False))
    limiter.reset()
    yield lambda: PageClient(application)
    limiter.enabled = False
    with application.app_context():
        db.engine.dispose()


def test_looking_up_is_limited_by_network_whoever_is_signed_in(limited, held, people):
    somebody, visitor = limited(), limited()
    somebody.sign_in(start_session(people.citizen()))
    session.commit()
    answers = [(somebody, visitor)[turn % 2].raw("POST", PATH, csrf=False).status_code for turn in range(31)]
    assert set(answers[:30]) == {422}
    assert answers[30] == 429


def test_there_is_nothing_to_verify_in_a_draft_for_its_team_either(browse, draft_consultation, people):
    for client in (browse(), browse(people.organiser(draft_consultation))):
        client.get(PATH, 404)
        client.get(f"{PATH}roots.jsonl", 404)
        client.get(f"{PATH}receipt/", 404)
        look_up(client, "00" * 32, 404)


def test_after_the_fence_and_before_the_seal_the_page_says_to_wait(browse, open_consultation, held):
    keys.store().destroy(key_name(open_consultation.id))
    with pytest.raises(Exception, match="key_unavailable"):
        close(open_consultation)
    page = browse().get(PATH)
    assert not page.find_all("#ballot form")
    assert len(page.find_all("#ceremony ol > li")) == 6
    look_up(browse(), "00" * 32, 303)
    browse().get(f"{PATH}commitments.txt", 404)
    browse().get(f"{PATH}list/ab/", 404)
    browse().get(f"{PATH}public.zip", 409)


@LANGUAGES
def test_after_the_close_the_page_shows_the_six_steps_with_their_moments_the_root_and_the_counts(
    browse, open_consultation, sealed, language
):
    page = browse(language=language).get(PATH)
    steps = page.find_all("#ceremony ol > li")
    year = str(clock.today().year)
    assert [year in step.select_one("p").get_text() for step in steps] == [True] * 6
    assert chain_of(open_consultation.id)[-1]["root"] in steps[2].get_text()
    assert not page.find_all("form[method=post]")
    look_up(browse(), sealed.contents[0].commitment.hex(), 303)


def test_ballots_that_were_set_aside_are_told_with_the_cause_and_the_reason(browse, open_consultation, held):
    held.voters[0].confirmed_at = None
    session.commit()
    close(open_consultation, set_aside="Une adresse n’a jamais été confirmée.")
    step = browse().get(PATH).find_all("#ceremony ol > li")[2]
    values = [one.get_text(strip=True) for one in step.select("dd")]
    assert "1" in values
    assert "Une adresse n’a jamais été confirmée." in values


def test_the_list_is_cut_by_two_digits_into_pages_that_are_the_same_for_everybody(
    browse, open_consultation, sealed, people
):
    listed = [one.hex() for one in sealed_commitments(open_consultation.id)]
    digits = listed[0][:2]
    stranger, member = browse(), browse(people.organiser(open_consultation))
    page = stranger.get(f"{PATH}list/{digits}/")
    codes = [one.get_text() for one in page.find_all("main ol code")]
    assert codes == [one for one in listed if one.startswith(digits)]
    assert page.html == member.get(f"{PATH}list/{digits}/").html
    assert page.headers["Cache-Control"] == "public, no-cache"
    again = stranger.get(f"{PATH}list/{digits}/", 304, headers={"If-None-Match": page.headers["ETag"]})
    assert again.html == ""
    parts = {digits: stranger.get(f"{PATH}list/{digits}/").html for digits in ("00", "7f", "ff")}
    assert [one for one in listed if f"<code>{one}</code>" in "".join(parts.values())] == [
        one for one in listed if one[:2] in parts
    ]


@pytest.mark.parametrize("digits", ["a", "abc", "AB", "gg", "é1", "%00%00"])
def test_a_part_of_the_list_has_two_hexadecimal_digits(browse, sealed, digits):
    browse().get(f"{PATH}list/{digits}/", 404)


def test_the_form_leads_to_the_part_of_the_list_and_takes_no_whole_commitment(browse, sealed):
    client = browse()
    assert client.get(PATH).find("#digits")["maxlength"] == "2"
    assert client.get(f"{PATH}list/?digits=A7", 303).location.endswith("/verify/list/a7/")
    refused = client.get(f"{PATH}list/?digits={'a' * 64}", 422)
    assert refused.find('.error-summary a[href="#digits"]')


@LANGUAGES
def test_a_receipt_is_checked_point_by_point_while_open(browse, open_consultation, held, language):
    receipt = issue_receipt(open_consultation, held.contents[5]).decode()
    client = browse(language=language)
    page = client.get(f"{PATH}receipt/")
    assert page.find("main .notice--warning code").get_text().startswith("python3 audit.py receipt")
    found = client.post(f"{PATH}receipt/", {"receipt": f"Des mots.\n{receipt}\n"}, status=200, csrf=False)
    assert len(found.find_all("[role=status] .notice--success")) == 4
    assert not found.find_all("[role=status] .notice--warning")
    assert "Set-Cookie" not in found.headers


def test_a_receipt_that_was_tampered_with_fails_where_it_was(browse, open_consultation, held):
    receipt = json.loads(issue_receipt(open_consultation, held.contents[5]))

    def faults(**changes: str) -> int:
        pasted = json.dumps({**receipt, **changes})
        page = browse().post(f"{PATH}receipt/", {"receipt": pasted}, status=200, csrf=False)
        return len(page.find_all("[role=status] .notice--warning"))

    assert faults() == 0
    assert faults(note="une autre phrase") == 2  # signature and commitment
    assert faults(line="0" * 64) == 2  # signature and line
    assert faults(commitment="0" * 64) == 3  # signature, commitment, and not held
    assert faults(consultation="autre") == 1  # of another consultation: nothing more is looked at


@pytest.mark.parametrize(
    "pasted", ["", "bonjour", "{", '{"ballot": 3}', "[" * 5000, "{" + "\0" * 9, "x" * 20_001], ids=len
)
def test_what_is_no_receipt_is_said_to_be_none(browse, held, pasted):
    status = 200 if pasted and len(pasted) <= 20_000 else 422
    page = browse().post(f"{PATH}receipt/", {"receipt": pasted}, status=status, csrf=False)
    assert not page.find_all(".notice--success")


def test_after_the_close_a_receipt_is_looked_for_in_the_final_list(browse, open_consultation, sealed):
    client = browse()
    counted = client.post(f"{PATH}receipt/", {"receipt": sealed.receipt}, status=200, csrf=False)
    assert len(counted.find_all("[role=status] .notice--success")) == 4
    place = 1 + sealed_commitments(open_consultation.id).index(sealed.contents[0].commitment)
    assert str(place) in counted.find_all("[role=status] .notice--success")[-1].get_text()
    gone = client.post(f"{PATH}receipt/", {"receipt": sealed.late}, status=200, csrf=False)
    assert len(gone.find_all("[role=status] .notice--success")) == 3
    assert gone.find('[role=status] .notice--warning a[href$="/contact"]')


FILES = {
    "audit.py": "text/x-python; charset=utf-8",
    "roots.jsonl": "application/jsonl; charset=utf-8",
    "plan.json": "application/json",
    "texts.json": "application/json",
    "commitments.txt": "text/plain; charset=utf-8",
    "release.json": "application/json",
    "public.zip": "application/zip",
}


def test_every_file_has_its_type_its_name_and_a_tag_and_is_linked_with_its_command(browse, open_consultation, sealed):
    publish(None, open_consultation)
    client = browse()
    page = client.get(PATH)
    linked = {str(link["href"]).rpartition("/")[2] for link in page.find_all("#files a")}
    assert set(FILES) <= linked
    for name, kind in FILES.items():
        response = client.raw("GET", f"{PATH}{name}")
        assert (response.status_code, response.headers["Content-Type"]) == (200, kind), name
        expected = name if name == "audit.py" else f"test-{name}"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{expected}"'
        assert response.headers["Cache-Control"] == "public, no-cache"
        assert "Set-Cookie" not in response.headers
        again = client.get(f"{PATH}{name}", 304, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status == 304
    assert "python3 audit.py test-public.zip" in page.text


def test_files_come_when_there_is_something_in_them(browse, open_consultation, held):
    client = browse()
    present = [name for name in FILES if client.raw("GET", f"{PATH}{name}").status_code == 200]
    assert present == ["audit.py", "roots.jsonl", "plan.json", "texts.json"]
    client.get(f"{PATH}nothing.txt", 404)
    client.get(f"{PATH}release.json", 409)


def test_the_commands_of_the_page_work_on_the_files_of_the_page(browse, open_consultation, sealed, tmp_path: Path):
    publish(None, open_consultation)
    client = browse()
    for name in FILES:
        target = name if name == "audit.py" else f"test-{name}"
        (tmp_path / target).write_bytes(client.raw("GET", f"{PATH}{name}").get_data())
    (tmp_path / "test-receipt.txt").write_text(sealed.receipt, encoding="utf-8")
    assert (tmp_path / "audit.py").read_bytes() == PROGRAM.read_bytes()
    commands = [one.get_text() for one in client.get(PATH).find_all("#files dd code")]
    assert len(commands) == 3
    for command in commands[:2]:
        words = [sys.executable, "-I", *command.split()[1:]]
        outcome = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_public_bundle_holds_no_ballot_and_before_publication_no_result(browse, open_consultation, sealed):
    def entries() -> list[str]:
        archive = zipfile.ZipFile(BytesIO(browse().raw("GET", f"{PATH}public.zip").get_data()))
        return archive.namelist()

    before = ["plan.json", "texts.json", "roots.jsonl", "commitments.txt", "closing.json", "SHA256SUMS"]
    assert entries() == before
    publish(None, open_consultation)
    assert entries() == [*before[:-1], "release.json", "SHA256SUMS"]


@LANGUAGES
def test_changes_of_plan_and_of_key_stand_in_the_record_with_their_reasons(browse, open_consultation, language):
    change_plan(None, open_consultation, "Un collège est petit.", minimum_ballots=30)
    change_signing_key(open_consultation, "La clé a été vue.", last_good=1)
    page = browse(language=language).get(PATH)
    lines = [row.get_text() for row in page.find_all("#record tbody tr")]
    assert "La clé a été vue." in lines[0]
    assert "Un collège est petit." in lines[1]
    signers = [line["signer"] for line in chain_of(open_consultation.id) if "signer" in line]
    assert [one in page.find("#record dl").get_text() for one in signers] == [True, True]


def test_a_consultation_sealed_before_there_was_a_record_says_so_and_shows_its_list(browse, open_consultation, sealed):
    with session.begin_nested():
        connection = session.connection()
        with emptying(connection):
            session.execute(delete(ChainLine))
            session.execute(delete(PlanVersion))
    open_consultation.plan_version = 0
    for step in session.query(CeremonyRecord):
        step.noted_at = None
    session.commit()
    page = browse().get(PATH)
    assert page.find("#record .notice--info")
    assert page.find("#ballot form[method=get]")
    files = {str(link["href"]).rpartition("/")[2] for link in page.find_all("#files a")}
    assert files == {"audit.py", "texts.json", "commitments.txt"}
    browse().get(f"{PATH}roots.jsonl", 404)
    browse().get(f"{PATH}plan.json", 404)
    browse().get(f"{PATH}plan/", 404)
    digits = sealed.contents[0].commitment.hex()[:2]
    assert browse().get(f"{PATH}list/{digits}/").find("main ol code")


def test_the_receipt_and_the_tabs_lead_to_the_page(browse, open_consultation, held):
    client = browse(held.voters[0])
    assert client.get("/consultations/test/ballot/receipt/").find(f'main a[href="{PATH}"]')
    assert browse().get("/consultations/test/").find(f'.tabs a[href="{PATH}"]')
    assert browse().get("/sitemap").find(f'main a[href="{PATH}"]')


def test_the_results_lead_to_the_page(browse, open_consultation, sealed):
    publish(None, open_consultation)
    page = browse().get("/consultations/test/results/")
    assert page.find(f'#computed a[href="{PATH}"]')
    assert page.find(f'#computed a[href="{PATH}plan/"]')


def test_the_record_goes_on_with_the_days(browse, open_consultation, held, people):
    for _ in range(5):
        cast_ballot(people.citizen(), open_consultation, ORDER, CONSENT_VERSION)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        add_day_line(open_consultation)
    session.commit()
    lines = [row.get_text() for row in browse().get(PATH).find_all("#record tbody tr")]
    assert [bool(re.search(rf"\b{count}\b", line)) for count, line in zip((11, 5), lines, strict=False)] == [True, True]
