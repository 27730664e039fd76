"""Who may do what: every endpoint has a line in this table, and the table is what happens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import StatementOfReasons
from consultation.features.accounts.models import Account
from consultation.features.ballots import services as ballots
from consultation.features.colleges import services as colleges
from consultation.features.comments import services as comments
from consultation.features.consultations import services as consultations
from consultation.features.consultations.models import Consultation
from consultation.features.moderation import services as moderation
from consultation.features.moderation.models import Decision
from consultation.features.moderation.queries import open_case_of
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.reports import services as reports
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from pages import PageClient

KEY = "age13w4yrjv3c7hyf4g8qa66v3nwq6sljrgyxdydqg745gwruknxlads83na7a"
ROLES = ("visitor", "citizen", "physician", "moderator", "organiser", "outsider")
# y: answered; s: asked to sign in; f: forbidden (403); m: nothing there for this person (404); c: not now (409).
# In the order of ROLES; the outsider moderates and organises another consultation. The consultation is open.
TABLE = {
    "accounts.accept POST": "s c c c c c",
    "accounts.ask_erase GET": "s y y y y y",
    "accounts.charter GET": "s y y y y y",
    "accounts.erase POST": "s y y y y y",
    "accounts.home GET": "s y y y y y",
    "authentication.confirm GET": "y y y y y y",
    "authentication.confirm POST": "y y y y y y",
    "authentication.end_other_sessions POST": "s y y y y y",
    "authentication.end_session POST": "s m m m m m",
    "authentication.forgot GET": "y y y y y y",
    "authentication.forgot POST": "y y y y y y",
    "authentication.register GET": "y y y y y y",
    "authentication.register POST": "y y y y y y",
    "authentication.reset GET": "y y y y y y",
    "authentication.reset POST": "y y y y y y",
    "authentication.sent GET": "y y y y y y",
    "authentication.sessions GET": "s y y y y y",
    "authentication.sign_in GET": "y y y y y y",
    "authentication.sign_in POST": "y y y y y y",
    "authentication.sign_out POST": "s y y y y y",
    "ballots.answer POST": "y y y y y y",
    "ballots.ask_close GET": "s f f f y f",
    "ballots.ask_receipt GET": "y y y y y y",
    "ballots.ask_statement GET": "s f f f y f",
    "ballots.ask_withdraw GET": "s y y y y y",
    "ballots.auditors GET": "s f f f y f",
    "ballots.cast POST": "s y y y y y",
    "ballots.ceremony GET": "s f f f y f",
    "ballots.choose POST": "s y y y y y",
    "ballots.close POST": "s f f f y f",
    "ballots.compose GET": "y y y y y y",
    "ballots.confirm POST": "s f f f y f",
    "ballots.dismiss POST": "s f f f y f",
    "ballots.duels GET": "y y y y y y",
    "ballots.edit_plan GET": "s f f f y f",
    "ballots.plan GET": "y y y y y y",
    "ballots.plan_json GET": "y y y y y y",
    "ballots.plan_version_json GET": "y y y y y y",
    "ballots.propose POST": "s f f f y f",
    "ballots.receipt GET": "s y y y y y",
    "ballots.receipt_text GET": "s m m m m m",
    "ballots.review GET": "s y y y y y",
    "ballots.save POST": "y y y y y y",
    "ballots.save_plan POST": "s f f f y f",
    "ballots.state POST": "s f f f y f",
    "ballots.verify GET": "y y y y y y",
    "ballots.verify_commitment POST": "y y y y y y",
    "ballots.verify_file GET": "y y y y y y",
    "ballots.verify_list GET": "m m m m m m",
    "ballots.verify_lists GET": "m m m m m m",
    "ballots.verify_receipt POST": "y y y y y y",
    "ballots.withdraw POST": "s y y y y y",
    "colleges.attest POST": "s f f y y y",
    "colleges.claim GET": "s y y y y y",
    "colleges.claim POST": "s y y y y y",
    "colleges.confirm POST": "s f f m m m",
    "colleges.physician GET": "s f f y y y",
    "colleges.physicians GET": "s f f y y y",
    "colleges.refuse POST": "s f f y y y",
    "colleges.report_double POST": "s f f f y f",
    "colleges.revoke POST": "s f f c c c",
    "colleges.set_aside POST": "s f f m m m",
    "comments.answer GET": "s f f f y f",
    "comments.answer POST": "s f f f y f",
    "comments.answer_history GET": "m m m m m m",
    "comments.comment GET": "y y y y y y",
    "comments.edit GET": "s f f f f f",
    "comments.edit POST": "s f f f f f",
    "comments.history GET": "y y y y y y",
    "comments.interests GET": "s m m m m m",
    "comments.interests POST": "s m m m m m",
    "comments.drop POST": "y y y y y y",
    "comments.finish GET": "s y y y y y",
    "comments.finish POST": "s y y y y y",
    "comments.held GET": "y y y y y y",
    "comments.held POST": "y y y y y y",
    "comments.publish_reading POST": "s f f y f f",
    "comments.react POST": "s y y y y y",
    "comments.reading GET": "s f f y f f",
    "comments.readings GET": "s f f y f f",
    "comments.replies GET": "y y y y y y",
    "comments.reply GET": "y y y y y y",
    "comments.reply POST": "y y y y y y",
    "comments.return_reading POST": "s f f y f f",
    "comments.thread GET": "y y y y y y",
    "comments.thread POST": "s y y y y y",
    "comments.unanswered GET": "s f f f y f",
    "comments.waiting GET": "y y y y y y",
    "comments.withdraw GET": "s f f f f f",
    "comments.withdraw POST": "s f f f f f",
    "comments.withdraw_answer GET": "s f f f m f",
    "comments.withdraw_answer POST": "s f f f c f",
    "comments.write GET": "y y y y y y",
    "comments.write POST": "y y y y y y",
    "consultations.desk GET": "s f f f y f",
    "consultations.index GET": "y y y y y y",
    "consultations.open POST": "s f f f c f",
    "consultations.organise GET": "s f f y y y",
    "exports.index GET": "c c c c c c",
    "exports.own_data GET": "s y y y y y",
    "exports.release_json GET": "c c c c c c",
    "exports.table_csv GET": "c c c c c c",
    "exports.table_json GET": "c c c c c c",
    "exports.results_json GET": "c c c c c c",
    "moderation.case GET": "s f f y f f",
    "moderation.decide POST": "s f f y f f",
    "moderation.desk GET": "s f f y f y",
    "moderation.notice GET": "y y y y y y",
    "moderation.notify GET": "y y y y y y",
    "moderation.notify POST": "y y y y y y",
    "moderation.queue GET": "s f f y f f",
    "moderation.statement GET": "m m m y m m",
    "notifications.ask_unsubscribe GET": "m m m m m m",
    "notifications.consultation_feed GET": "y y y y y y",
    "notifications.follow_consultation GET": "s y y y y y",
    "notifications.follow_consultation POST": "s y y y y y",
    "notifications.follow_recommendation GET": "s y y y y y",
    "notifications.follow_recommendation POST": "s y y y y y",
    "notifications.follow_thread GET": "s y y y y y",
    "notifications.follow_thread POST": "s y y y y y",
    "notifications.following GET": "s y y y y y",
    "notifications.notices GET": "s y y y y y",
    "notifications.read POST": "s m m m m m",
    "notifications.read_all POST": "s y y y y y",
    "notifications.recommendation_feed GET": "y y y y y y",
    "notifications.stop POST": "s m m m m m",
    "notifications.unsubscribe POST": "m m m m m m",
    "opinions.show GET": "y y y y y y",
    "opinions.totals_csv GET": "c c c c c c",
    "opinions.totals_json GET": "c c c c c c",
    "pages.accessibility GET": "y y y y y y",
    "pages.charter GET": "y y y y y y",
    "pages.charter_edition GET": "y y y y y y",
    "pages.charter_json GET": "y y y y y y",
    "pages.contact GET": "y y y y y y",
    "pages.demo_mails GET": "y y y y y y",
    "pages.healthz GET": "y y y y y y",
    "pages.help GET": "y y y y y y",
    "pages.home GET": "y y y y y y",
    "pages.legal GET": "y y y y y y",
    "pages.log GET": "y y y y y y",
    "pages.log_json GET": "y y y y y y",
    "pages.method GET": "y y y y y y",
    "pages.privacy GET": "y y y y y y",
    "pages.readyz GET": "y y y y y y",
    "pages.sitemap GET": "y y y y y y",
    "recommendations.decide GET": "s f f f c f",
    "recommendations.decide POST": "s f f f c f",
    "recommendations.index GET": "y y y y y y",
    "recommendations.outcomes GET": "y y y y y y",
    "recommendations.outcomes_desk GET": "s f f f y f",
    "recommendations.promise GET": "s f f f y f",
    "recommendations.promise POST": "s f f f y f",
    "reports.change GET": "s f f f y f",
    "reports.change POST": "s f f f y f",
    "reports.cite GET": "s f f f y f",
    "reports.cite POST": "s f f f y f",
    "reports.citing GET": "m m m m m m",
    "reports.move POST": "s f f f y f",
    "reports.publish POST": "s f f f c f",
    "reports.show GET": "y y y y y y",
    "reports.take_out GET": "s f f f y f",
    "reports.take_out POST": "s f f f y f",
    "reports.uncite POST": "s f f f y f",
    "reports.write GET": "s f f f y f",
    "reports.write POST": "s f f f y f",
    "results.counting GET": "s f f f y f",
    "results.publish POST": "s f f f c f",
    "results.show GET": "c c c c c c",
    "results.verify_bundle GET": "c c c c c c",
    "results.verify_release GET": "c c c c c c",
    "search.results GET": "y y y y y y",
    "static GET": "y y y y y y",
}


@dataclass
class World:
    """An open consultation with a comment, a case and a pending claim; and the people of the table."""

    consultation: Consultation
    people: dict[str, Account | None]
    values: dict[str, str | int]


@pytest.fixture
def world(open_consultation: Consultation, people: Any) -> World:
    author, claimant = people.citizen(), people.citizen()
    comments.choose_name(author, open_consultation, "Sauge")
    comment = comments.post_comment(
        author, recommendation_by_number(open_consultation, 1), Alignment.FOR, "Un argument.", [], "a submission"
    )
    notice = moderation.give_notice(None, comment, Ground.OFF_TOPIC, "Cela ne répond pas à la question.", "a notice")
    claim = colleges.claim_physician(claimant)
    auditor = ballots.propose_auditor(people.organiser(open_consultation), open_consultation, "Ada Lovelace", KEY)
    moderator = people.moderator(open_consultation)
    decision = withheld_comment(author, moderator, open_consultation)
    session.commit()
    other = consultations.create_consultation(
        None,
        slug="other",
        title="Une autre",
        organiser_name="Équipe",
        summary="Une autre consultation.",
        source_title="",
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=1),
        results_on=clock.today() + timedelta(days=9),
    )
    outsider = people.moderator(other)
    return World(
        open_consultation,
        {
            "visitor": None,
            "citizen": people.citizen(),
            "physician": people.physician(),
            "moderator": moderator,
            "organiser": people.organiser(open_consultation),
            "outsider": outsider,
        },
        {
            "slug": "test",
            "number": 1,
            "comment_id": comment.id,
            "case_id": notice.case_id,
            "decision_id": decision.id,
            "draft_id": "000000000000",
            "line_id": reports.add_line(people.organiser(open_consultation), open_consultation, None, "Une ligne.").id,
            "reference": notice.id,
            "claim": claim.id,
            "token": "a-token",
            "sign_in_id": "000000000000",
            "subscription_id": "000000000000",
            "auditor_id": auditor.id,
            "digits": "ab",
            "name": "roots.jsonl",
            "version": 1,
            "filename": "css/site.css",
        },
    )


def withheld_comment(author: Account, moderator: Account, consultation: Consultation) -> Decision:
    """A comment that was withheld, by its decision."""
    recommendation = recommendation_by_number(consultation, 3)
    comment = comments.post_comment(author, recommendation, Alignment.FOR, "Achetez ici.", [], "another submission")
    moderation.give_notice(None, comment, Ground.ADVERTISING, "C’est une publicité pour un produit.", "another notice")
    case = open_case_of(comment.id)
    assert case is not None
    reasons = StatementOfReasons(
        Outcome.WITHHOLD,
        Ground.ADVERTISING,
        "« Achetez ici » vend un produit.",
        "Dites ce que vous pensez, sans vendre.",
    )
    return moderation.decide_case(moderator, case, case.version, reasons)


def endpoints(app: Flask) -> dict[str, str]:
    """Every endpoint with each of its methods, as `endpoint METHOD` -> rule."""
    return {
        f"{rule.endpoint} {method}": rule.rule
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
    }


def outcome(client: PageClient, method: str, path: str) -> str:
    """What an endpoint answers to somebody, as a letter of the table."""
    response = client.raw(method, path)
    if response.status_code in (302, 303) and "/account/sign-in" in response.location:
        return "s"
    return {401: "s", 403: "f", 404: "m", 409: "c"}.get(response.status_code, "y")


def test_every_endpoint_declares_who_may_call_it(app: Flask) -> None:
    silent = [name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "access")]
    assert silent == []


def test_every_endpoint_that_writes_is_guarded_by_a_policy_unless_strangers_must_use_it(app: Flask) -> None:
    open_to_strangers = {
        "authentication.sign_in",
        "authentication.register",
        "authentication.forgot",
        "authentication.reset",
        "authentication.confirm",
        "notifications.unsubscribe",
    }
    unguarded = {
        key.split()[0]
        for key in endpoints(app)
        if key.endswith("POST") and not getattr(app.view_functions[key.split()[0]], "access", ())
    }
    assert unguarded == open_to_strangers


def test_the_table_names_every_endpoint(app: Flask) -> None:
    assert set(TABLE) == set(endpoints(app))


@pytest.mark.parametrize("key", TABLE)
def test_an_endpoint_answers_each_role_as_the_table_says(
    key: str, app: Flask, world: World, browse: Callable[..., PageClient]
) -> None:
    endpoint, method = key.split()
    values = dict(world.values)
    if endpoint.startswith("colleges."):
        values["reference"] = values["claim"]
    path = endpoints(app)[key]
    for name, value in values.items():
        for converter in ("", "int:", "path:"):
            path = path.replace(f"<{converter}{name}>", str(value))
    if endpoint == "moderation.notify":
        path += f"?comment={values['comment_id']}"
    seen = "".join(outcome(browse(world.people[role]), method, path) for role in ROLES)
    assert seen == TABLE[key].replace(" ", "")


def test_a_form_without_its_token_is_refused(app: Flask, browse: Callable[..., PageClient]) -> None:
    client = browse()
    changing_nothing = {"ballots.verify_commitment POST", "ballots.verify_receipt POST"}
    for key, rule in endpoints(app).items():
        if key.endswith("POST") and key not in changing_nothing:
            path = rule.replace("<slug>", "test").replace("<int:number>", "1")
            assert client.raw("POST", path, csrf=False).status_code in (400, 404), key
