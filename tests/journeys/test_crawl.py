"""Every address of the map, fetched by every role in every phase: no ranking but one's own, no result too early."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from consultation.domain.colleges import College
from consultation.domain.phases import Phase
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import OBSERVER, Account
from consultation.features.ballots.models import CONSENT_VERSION, BallotContent, Sheet
from consultation.features.ballots.services import (
    add_day_line,
    begin_closing,
    cast_ballot,
    issue_receipt,
    run,
    save_draft,
)
from consultation.features.consultations.models import Consultation
from consultation.features.results import services as results
from consultation.infrastructure import jobs
from consultation.infrastructure.database import session
from pages import PageClient

ROLES = ("visitor", "citizen", "physician", "moderator", "organiser", "observer")
VOTERS = ("citizen", "physician", "moderator", "organiser", "observer")
PHASES = (Phase.OPEN, Phase.CLOSING, Phase.CLOSED, Phase.PUBLISHED)
OTHERS = 60
# Each voter ranks as nobody else does; the crowd is of one mind, so that its shares are seen wherever they leak.
RANKINGS = {
    "citizen": [[7], [1, 3], [6]],
    "physician": [[6], [7], [3], [1]],
    "moderator": [[1, 6], [7]],
    "organiser": [[3], [7, 6]],
    "observer": [[7, 3], [6], [1]],
}
CROWD = [[6], [1], [7, 3]]
NOTES = {role: f"phrase témoin {number} de personne d’autre" for number, role in enumerate(VOTERS)}


class Scene:
    """A consultation, its people, and what each of them cast."""

    def __init__(self, consultation: Consultation, people: Any) -> None:
        self.consultation = consultation
        self.people: dict[str, Account | None] = {
            "visitor": None,
            "citizen": people.citizen(),
            "physician": people.physician(),
            "moderator": people.moderator(consultation),
            "organiser": people.organiser(consultation),
            "observer": people.citizen(),
        }
        accounts.grant_role(self.people["observer"], consultation.id, OBSERVER)
        self.cast: dict[str, BallotContent] = {}
        self.receipts: dict[str, str] = {}

    def vote(self) -> None:
        """All of them cast; so does a crowd, large enough for shares of both colleges to be published."""
        for role in VOTERS:
            voter, order = self.people[role], WeakOrder.from_tiers(RANKINGS[role])
            self.cast[role] = cast_ballot(voter, self.consultation, order, CONSENT_VERSION, NOTES[role])
            save_draft(voter, self.consultation, Sheet.of(order))
        for number in range(2 * OTHERS):
            voter = accounts.create_synthetic_participant()
            accounts.set_college(voter, (College.CITIZENS, College.PHYSICIANS)[number % 2])
            cast_ballot(voter, self.consultation, WeakOrder.from_tiers(CROWD), CONSENT_VERSION)
        add_day_line(self.consultation)
        for role, content in self.cast.items():
            self.receipts[role] = issue_receipt(self.consultation, content).decode()
        session.commit()

    def secrets(self, role: str) -> list[str]:
        """What would show the ballot of this person, in the forms that pages, files and receipts give it."""
        content, tiers = self.cast[role], RANKINGS[role]
        as_form = ">".join("=".join(map(str, tier)) for tier in tiers)
        as_json = json.dumps(tiers, separators=(",", ":"))
        in_pages = json.dumps(tiers).replace('"', "&#34;")
        said = content.ballot.decode()
        return [
            *(as_form, as_form.replace(">", "&gt;"), f'"ranking":{as_json}', f"{as_json},", in_pages),
            *(said, json.dumps(said)[1:-1], content.random.hex(), content.salt.hex(), NOTES[role]),
        ]


def move(consultation: Consultation, phase: Phase) -> None:
    """Bring the consultation to its next phase, as its organisers would."""
    if phase is Phase.CLOSING:
        begin_closing(None, consultation)
    elif phase is Phase.CLOSED:
        run(consultation.id)
    elif phase is Phase.PUBLISHED:
        results.publish(None, consultation)
    session.commit()
    jobs.run_all()


def addresses(app: Flask, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every address that answers a GET, by endpoint, its places filled with what exists."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            path = rule.rule
            for name in rule.arguments:
                for converter in ("", "int:", "path:"):
                    path = path.replace(f"<{converter}{name}>", values.get(name, "1"))
            yield rule.endpoint, path


def fetched(app: Flask, client: PageClient, values: dict[str, str]) -> dict[str, str]:
    """What this client is answered everywhere, headers included, in both languages where they differ."""
    pages = {}
    for endpoint, path in addresses(app, values):
        answer = client.raw("GET", path)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
        pages[f"{endpoint} {path}"] = f"{headers}\n\n{answer.get_data().decode('utf-8', 'replace')}"
        answer.close()
    return pages


# Words and figures that only a count can have given: the duels of the crowd, the names of the tables of a release.
COUNTED = ("pairwise_percent", "first_choices", "mean_tau", "condorcet_winner", "≥ 95", "≥\u00a095", "≤ 5\u00a0%")


def assert_keeps_secrets(scene: Scene, role: str, pages: dict[str, str]) -> None:
    """No page shows this person what somebody else ranked."""
    for other in VOTERS:
        for secret in scene.secrets(other) if other != role else ():
            for address, page in pages.items():
                assert secret not in page, f"{role} reads the ballot of the {other} at {address}"


def assert_no_result(pages: dict[str, str], role: str) -> None:
    """No page gives a figure of the count."""
    for address, page in pages.items():
        for word in COUNTED:
            assert word not in page, f"{role} reads {word} at {address}"


@pytest.fixture
def values(open_consultation: Consultation) -> dict[str, str]:
    """What stands in the places of addresses."""
    return {"slug": "test", "number": "3", "digits": "00", "name": "roots.jsonl", "token": "a-token", "n": "1"}


def test_no_page_of_a_draft_is_shown_to_people_who_do_not_prepare_it(
    app: Flask, draft_consultation: Consultation, people: Any, browse: Callable[..., PageClient]
) -> None:
    values = {"slug": "test", "number": "3"}
    for account in (None, people.citizen(), people.physician()):
        for address, page in fetched(app, browse(account), values).items():
            assert "Titre de la recommandation" not in page, address
            # A plan is public before the opening, under the title of what it is the plan of.
            assert address.startswith("ballots.plan") or draft_consultation.title not in page, address


def test_no_page_shows_a_ranking_of_somebody_else_or_a_result_before_it_is_published(
    app: Flask, open_consultation: Consultation, people: Any, browse: Callable[..., PageClient], values: dict[str, str]
) -> None:
    scene = Scene(open_consultation, people)
    scene.vote()
    values["digits"] = scene.cast["citizen"].commitment.hex()[:2]
    clients = {role: browse(scene.people[role]) for role in ROLES}
    for phase in PHASES:
        if phase is not Phase.OPEN:
            move(open_consultation, phase)
        assert open_consultation.phase == phase
        for role, client in clients.items():
            pages = fetched(app, client, values)
            assert_keeps_secrets(scene, role, pages)
            if phase is not Phase.PUBLISHED:
                assert_no_result(pages, role)
            if phase is Phase.OPEN and role != "visitor":
                assert any(NOTES[role] in page for page in pages.values()), "the crawl must find one's own"
            if phase is not Phase.OPEN and role != "visitor":
                assert not any(secret in page for secret in scene.secrets(role) for page in pages.values())
            if phase is Phase.PUBLISHED:
                assert any("pairwise_percent" in page for page in pages.values()), "the crawl must find the results"
        session.rollback()
