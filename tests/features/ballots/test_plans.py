"""The counting plan: public before the opening, decided by organisers, changed with a reason."""

import json

import pytest

from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.ballots.models import PlanVersion
from consultation.features.ballots.queries import plan_in_force, plan_versions
from consultation.features.ballots.queries.chain import chain_of
from consultation.features.ballots.services import change_plan, close, publish_plan
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import open_consultation as open_it
from consultation.infrastructure.database import session
from databases import emptying

PATH = "/consultations/test/verify/plan/"
DESK = "/organise/test/plan/"
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])
FIELDS = {
    "methods": ["kemeny", "borda"],
    "minimum_ballots": "30",
    "bands": "3, 6",
    "combination": "mean",
    "claims_days": "10",
    "openings_kept_days": "40",
    "observers": "Ada Lovelace\n\n  Emmy Noether ",
}


@pytest.fixture
def unplanned(draft_consultation: Consultation) -> Consultation:
    """A draft whose plan nobody has decided yet."""
    with session.begin_nested():
        connection = session.connection()
        with emptying(connection):
            session.query(PlanVersion).delete()
    draft_consultation.plan_version = 0
    session.commit()
    return draft_consultation


@LANGUAGES
def test_the_plan_of_a_draft_is_public_and_nothing_else_of_it_but_its_title(browse, draft_consultation, language):
    client = browse(language=language)
    page = client.get(PATH)
    assert draft_consultation.title in page.text
    assert draft_consultation.summary not in page.text
    assert draft_consultation.organiser_name not in page.text
    assert not page.find_all(".tabs, .rail")
    assert not page.find_all('main a[href="/consultations/test/"], main a[href="/consultations/test/verify/"]')
    assert len(page.find_all("section:first-of-type dl.facts > dt")) == 9
    assert "Set-Cookie" not in page.headers
    client.get("/consultations/test/", 404)


def test_a_draft_without_a_plan_does_not_exist_for_the_public(browse, unplanned):
    for name in ("plan/", "plan.json", "plan-1.json"):
        browse().get(f"/consultations/test/verify/{name}", 404)


def test_the_file_is_the_plan_in_force_byte_for_byte_and_each_version_has_its_own(browse, open_consultation):
    first = plan_in_force(open_consultation)
    second = change_plan(None, open_consultation, "Un collège est petit.", minimum_ballots=30)
    client = browse()
    files = {
        name: client.raw("GET", f"/consultations/test/verify/{name}")
        for name in ("plan.json", "plan-1.json", "plan-2.json")
    }
    assert files["plan.json"].get_data() == second.to_bytes() == files["plan-2.json"].get_data()
    assert CountingPlan.from_bytes(files["plan-1.json"].get_data()) == first
    assert {one.headers["Content-Type"] for one in files.values()} == {"application/json"}
    assert client.raw("GET", "/consultations/test/verify/plan-3.json").status_code == 404
    cited = [line["plan"] for line in chain_of(open_consultation.id)]
    assert cited == [first.hash, second.hash]


@LANGUAGES
def test_every_version_is_shown_with_its_reason_and_what_it_changed(browse, open_consultation, language):
    change_plan(None, open_consultation, "Un collège est petit.", minimum_ballots=30, combination="mean")
    page = browse(language=language).get(PATH)
    latest, first = page.find_all("article.panel")
    assert "Un collège est petit." in latest.get_text()
    assert len(latest.select("dl.facts > dt")) == 2
    assert "20" in latest.select("del")[0].get_text()
    assert "30" in latest.select("ins")[0].get_text()
    assert not first.select("dl.facts")
    assert [one.hash in page.text for one in [plan_in_force(open_consultation)]] == [True]


@LANGUAGES
def test_all_that_a_plan_can_decide_is_said_in_words(browse, draft_consultation, language):
    publish_plan(None, draft_consultation, methods=("schulze",), bands=(3, 6), observers=("Ada Lovelace",))
    said = browse(language=language).get(PATH)
    assert "Ada Lovelace" in said.text
    assert not [one for one in said.find_all("main dd") if not one.get_text(strip=True)]
    assert len(said.find_all("section dl.facts")[1].select("dt")) == 1
    assert len(said.find_all("main table tbody tr")) == 4


def test_an_organiser_publishes_the_plan_of_a_draft_with_the_lawful_choices(browse, unplanned, people):
    client = browse(people.organiser(unplanned))
    desk = client.get("/organise/test/")
    assert desk.find(f'main a[href="{DESK}"]')
    client.post("/organise/test/open/", status=409)
    page = client.get(DESK)
    assert len(page.find_all("input[name=methods][checked]")) == 5
    assert not page.find_all("[name=reason]")
    done = client.submit(page, fields=FIELDS, button=("action", "publish"))
    assert done.location.endswith(PATH)
    plan = plan_in_force(unplanned)
    assert plan.methods == ("schulze", "kemeny", "borda")
    assert (plan.minimum_ballots, plan.bands, plan.combination) == (30, (3, 6), "mean")
    assert (plan.claims_days, plan.openings_kept_days) == (10, 40)
    assert plan.observers == ("Ada Lovelace", "Emmy Noether")
    client.post("/organise/test/open/")
    assert unplanned.phase == "open"


def test_the_preview_shows_the_plan_and_the_differences_and_publishes_nothing(browse, draft_consultation, people):
    client = browse(people.organiser(draft_consultation))
    page = client.submit(client.get(DESK), fields=FIELDS, button=("action", "preview"), status=200)
    assert len(page.find_all("section.panel del")) == 7
    assert "Emmy Noether" in page.find("section.panel").get_text()
    assert len(plan_versions(draft_consultation.id)) == 1
    client.submit(page, "main form", button=("action", "publish"))
    assert plan_in_force(draft_consultation).observers == ("Ada Lovelace", "Emmy Noether")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("minimum_ballots", "19"),
        ("minimum_ballots", ""),
        ("minimum_ballots", "beaucoup"),
        ("bands", "3, 3"),
        ("bands", "10, 3"),
        ("bands", "3, 5"),
        ("bands", "0"),
        ("bands", "trois"),
        ("bands", ""),
        ("combination", "sum"),
        ("claims_days", "0"),
        ("openings_kept_days", "99999999999999999999"),
        ("methods", ["schulzee"]),
    ],
)
def test_what_is_not_lawful_is_refused_beside_its_field(browse, draft_consultation, people, field, typed):
    client = browse(people.organiser(draft_consultation))
    page = client.submit(client.get(DESK), fields={**FIELDS, field: typed}, button=("action", "publish"), status=422)
    assert page.find(f'.error-summary a[href^="#{field}"]')
    assert len(plan_versions(draft_consultation.id)) == 1


def test_a_plan_that_says_the_same_is_no_new_version(browse, draft_consultation, people):
    client = browse(people.organiser(draft_consultation))
    for action in ("preview", "publish"):
        page = client.submit(client.get(DESK), button=("action", action), status=422)
        assert page.find(".error-summary li")
    assert len(plan_versions(draft_consultation.id)) == 1


@LANGUAGES
def test_while_open_a_change_needs_a_reason_and_is_a_line_at_once(browse, open_consultation, people, language):
    client = browse(people.organiser(open_consultation), language=language)
    page = client.get(DESK)
    assert page.find(".notice--warning")
    refused = client.submit(page, fields=FIELDS, button=("action", "publish"), status=422)
    assert refused.find('.error-summary a[href="#reason"]')
    assert len(chain_of(open_consultation.id)) == 1
    client.submit(page, fields={**FIELDS, "reason": "Un collège est petit."}, button=("action", "publish"))
    line = chain_of(open_consultation.id)[-1]
    assert (line["type"], line["reason"]) == ("plan", "Un collège est petit.")


def test_after_the_close_nobody_changes_the_plan(browse, open_consultation, people):
    organiser = people.organiser(open_consultation)
    close(open_consultation)
    client = browse(organiser)
    client.get(DESK, 409)
    client.post(DESK, {**FIELDS, "reason": "Trop tard."}, status=409)
    assert len(plan_versions(open_consultation.id)) == 1


def test_nobody_but_an_organiser_decides_the_plan(browse, draft_consultation, people):
    for account in (people.citizen(), people.physician(), people.moderator(draft_consultation)):
        client = browse(account)
        client.get(DESK, 403)
        client.post(DESK, FIELDS, status=403)
    assert "/account/sign-in" in browse().get(DESK, 303).location
    assert len(plan_versions(draft_consultation.id)) == 1


def test_the_plan_that_opened_is_the_one_that_the_first_line_cites(browse, draft_consultation, people):
    publish_plan(None, draft_consultation, minimum_ballots=40)
    open_it(None, draft_consultation, recommendation_count=4, moderator_count=2)
    session.commit()
    (line,) = chain_of(draft_consultation.id)
    served = json.loads(browse().raw("GET", "/consultations/test/verify/plan.json").get_data())
    assert (served["version"], served["minimum_ballots"]) == (2, 40)
    assert line["plan"] == plan_in_force(draft_consultation).hash
