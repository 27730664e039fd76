"""The demonstration: as much of it as was promised, word for word, and never twice."""

import json
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from sqlalchemy import func, select

from consultation.app import create_app
from consultation.demonstration import loading
from consultation.demonstration.accounts import ADDRESSES
from consultation.demonstration.loading import CLOSED, OPEN
from consultation.demonstration.participants import FOLDER
from consultation.domain.moderation.grounds import Outcome
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import Ballot, SealedBallot
from consultation.features.ballots.queries import ceremony_state
from consultation.features.colleges.queries import pending_claims
from consultation.features.comments.models import Comment, OfficialReply
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.moderation.models import Case, Decision
from consultation.features.recommendations.models import Outcome as OutcomeOfRecommendation
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.reports.queries import citations_of, lines_of
from consultation.features.results.queries import release_of
from consultation.infrastructure import clock, keys
from consultation.infrastructure.database import Model, db, session
from consultation.infrastructure.passwords import matches
from consultation.settings import Settings
from databases import fresh_database


class Interrupted(Exception):
    """The process ends here, as far as the loading can tell."""


def counted() -> dict[str, int]:
    """How many rows each table holds."""
    return {
        name: session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Model.metadata.tables.items()
    }


def of(row: Any, slug: str) -> int:
    """How many rows of a consultation there are."""
    where = row.consultation_id == consultation_by_slug(slug).id
    return session.scalar(select(func.count()).select_from(row).where(where)) or 0


def released_order() -> dict[str, list[tuple[int, int]]]:
    """Recommendation and rank by college, in the closed consultation; bands hang on the salts of the ballots."""
    colleges = release_of(consultation_by_slug(CLOSED)).content["colleges"]
    return {name: [(row["recommendation"], row["rank"]) for row in one["order"]] for name, one in colleges.items()}


def written(entries: Any) -> list[str]:
    """The texts of comments of a file, replies with them."""
    return [one["text"] for entry in entries for one in (entry, *entry.get("replies", ()))]


def application(settings: Settings, folder: Path, name: str) -> Flask:
    """A whole application with an empty database of its own."""
    app = create_app(replace(settings, database_url=fresh_database(folder, name), key_directory=folder / "keys"))
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture(scope="module")
def demonstration(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory, worker_id: str, app: Flask
) -> Iterator[Flask]:
    """The demonstration, interrupted inside its first consultation and before its ceremony, then loaded."""
    kept, patch = keys.store(), pytest.MonkeyPatch()
    made = application(settings, tmp_path_factory.mktemp("demonstration"), f"demonstration_{worker_id}")
    with made.app_context():
        for step in ("_debate", "_conclude"):
            with patch.context() as interrupted:
                _stop_at(interrupted, step)
                with pytest.raises(Interrupted):
                    loading.load_once()
                session.rollback()
        loading.load_once()
        yield made
        session.remove()
        db.engine.dispose()
    keys.use(kept)


def _stop_at(patch: pytest.MonkeyPatch, step: str) -> None:
    def stopped(*_arguments: object) -> None:
        raise Interrupted

    patch.setattr(loading, step, stopped)


@pytest.fixture(autouse=True)
def _as_loaded(demonstration: Flask) -> Iterator[None]:
    """Begin each test with nothing read yet."""
    session.rollback()
    yield
    session.rollback()


def test_after_two_interruptions_both_consultations_stand_once_each_in_its_phase() -> None:
    found = session.execute(select(Consultation.slug, Consultation.phase, Consultation.is_demonstration)).all()
    assert sorted(found) == [(CLOSED, "published", True), (OPEN, "open", True)]


def test_there_are_as_many_participants_as_promised() -> None:
    colleges = Counter(session.scalars(select(Account.college).where(Account.is_synthetic)))
    assert colleges["citizens"] >= 200 + 500
    assert colleges["physicians"] >= 60 + 100


def test_invented_participants_have_neither_address_nor_passphrase() -> None:
    invented = select(func.count()).select_from(Account).where(Account.is_synthetic)
    assert session.scalar(invented.where(Account.address.is_not(None) | Account.passphrase_hash.is_not(None))) == 0


def test_whoever_has_an_address_is_one_of_the_four_accounts() -> None:
    known = session.scalars(select(Account).where(~Account.is_synthetic)).all()
    assert {account.address for account in known} == set(ADDRESSES.values())
    assert all(account.is_confirmed for account in known)


def test_the_accounts_open_with_the_passphrases_of_the_card_that_only_its_owner_reads(demonstration: Flask) -> None:
    card = Path(demonstration.config["INSTANCE"]) / "demonstration-accounts.json"
    assert stat.S_IMODE(card.stat().st_mode) == 0o600
    drawn = json.loads(card.read_text(encoding="utf-8"))
    assert len(set(drawn.values())) == len(ADDRESSES)
    for role, address in ADDRESSES.items():
        account = session.scalars(select(Account).where(Account.address == address)).one()
        assert matches(account.passphrase_hash, drawn[role])


def test_the_open_consultation_holds_a_ballot_of_each_invented_participant() -> None:
    assert of(Ballot, OPEN) == 200 + 60
    assert of(SealedBallot, OPEN) == 0


def test_the_closed_consultation_is_large_enough_for_the_finest_steps() -> None:
    closed = consultation_by_slug(CLOSED)
    assert of(Ballot, CLOSED) == 0
    counts = Counter(session.scalars(select(SealedBallot.college).where(SealedBallot.consultation_id == closed.id)))
    assert counts["citizens"] >= 500
    assert counts["physicians"] >= 100


def test_the_closed_consultation_went_through_the_whole_ceremony() -> None:
    assert all(state.is_done for state in ceremony_state(consultation_by_slug(CLOSED)))


def test_comments_are_at_least_two_hundred_and_fifty_with_replies() -> None:
    assert of(Comment, OPEN) >= 250
    where = Comment.consultation_id == consultation_by_slug(OPEN).id
    assert session.scalar(select(func.count()).select_from(Comment).where(where, Comment.parent_id.is_not(None))) > 0
    assert session.scalar(select(func.sum(Comment.agrees + Comment.disagrees + Comment.passes)).where(where)) > 0


def test_comments_are_those_of_the_files_word_for_word_and_no_two_are_alike() -> None:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (FOLDER / "comments").glob("*.yaml")]
    closed = yaml.safe_load((FOLDER / "close.yaml").read_text(encoding="utf-8"))["comments"]
    texts = [text for entries in (*files, *closed.values()) for text in written(entries)]
    stored = session.scalars(select(Comment.body)).all()
    assert sorted(stored) == sorted(texts)
    assert len(set(stored)) == len(stored)


@pytest.mark.parametrize("slug", [OPEN, CLOSED])
def test_recommendations_are_those_of_the_file_word_for_word(slug: str) -> None:
    entries = yaml.safe_load((FOLDER / "cnom-2018.yaml").read_text(encoding="utf-8"))["recommendations"]
    stored = recommendations_of(consultation_by_slug(slug).id)
    fields = ("number", "title", "theme", "introduction", "text")
    assert len(stored) == 12
    assert [{field: getattr(one, field) for field in fields} for one in stored] == [
        {field: entry[field] for field in fields} for entry in entries
    ]


def test_physicians_wait_for_their_proof_to_be_seen_a_second_time() -> None:
    claims = pending_claims()
    assert len(claims) == loading.PENDING_PHYSICIANS


def test_there_are_cases_that_wait_and_cases_decided_both_ways() -> None:
    outcomes = set(session.scalars(select(Decision.outcome)))
    assert {Outcome.KEEP, Outcome.WITHHOLD} <= outcomes
    decided = select(Decision.case_id)
    assert session.scalar(select(func.count()).select_from(Case).where(Case.id.not_in(decided)))
    assert session.scalar(select(func.count()).select_from(Comment).where(Comment.state == "withheld"))


def test_the_organiser_of_the_open_consultation_has_answered_changed_withdrawn_and_promised() -> None:
    replies = session.scalars(select(OfficialReply)).all()
    assert len(replies) >= 5
    assert any(reply.changed_on for reply in replies)
    assert sum(reply.withdrawn_on is not None for reply in replies) == 1
    assert all("Réponse fictive" in reply.body for reply in replies if reply.is_shown)
    assert consultation_by_slug(OPEN).answers_on


def test_every_recommendation_of_the_closed_consultation_has_its_outcome_one_of_them_changed() -> None:
    outcomes = session.scalars(select(OutcomeOfRecommendation)).all()
    assert len(outcomes) == 12 == consultation_by_slug(CLOSED).outcome_count
    assert {outcome.kind for outcome in outcomes} == {"adopted", "adapted", "not_followed", "under_study"}
    assert [outcome.version for outcome in outcomes if outcome.version > 1] == [2]


def test_the_report_of_the_closed_consultation_cites_its_debate_and_comments_say_so() -> None:
    closed = consultation_by_slug(CLOSED)
    assert closed.report_published_on is not None
    assert len(lines_of(closed)) >= 10
    citations = sum(len(cited) for cited in citations_of(closed).values())
    assert citations >= 15
    assert session.scalar(select(func.sum(Comment.cited))) == citations


def test_no_comment_is_dated_after_its_loading() -> None:
    newest = session.scalar(select(func.max(Comment.posted_at)))
    assert newest is not None
    assert newest <= clock.now()


def test_loading_again_changes_nothing(demonstration: Flask) -> None:
    before, card = counted(), (Path(demonstration.config["INSTANCE"]) / "demonstration-accounts.json").read_bytes()
    loading.load_once()
    assert counted() == before
    assert (Path(demonstration.config["INSTANCE"]) / "demonstration-accounts.json").read_bytes() == card


def test_every_first_start_shows_the_same_order(
    demonstration: Flask, settings: Settings, tmp_path: Path, worker_id: str
) -> None:
    kept, order = keys.store(), released_order()
    another = application(settings, tmp_path, f"another_{worker_id}")
    with another.app_context():
        loading.create_accounts()
        loading._load_closed()
        session.commit()
        loading._conclude(consultation_by_slug(CLOSED))
        assert released_order() == order
        session.remove()
        db.engine.dispose()
    keys.use(kept)
