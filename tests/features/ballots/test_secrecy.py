"""What a thief of the open database finds: no ranking, no name beside a row, and nothing on the account's side."""

from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, Draft, Sheet
from consultation.features.ballots.queries import keyring_of
from consultation.features.ballots.services import cast_ballot, save_draft
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import Model, db, is_postgresql, session

ORDER = WeakOrder.from_tiers([[6, 7], [1], [3]])  # ranked so in no other test: the file keeps what others deleted
PAPER = "/consultations/test/ballot/"


def contents(*, but: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    session.rollback()
    return {
        table.name: sorted(repr(tuple(row)) for row in session.execute(table.select()))
        for table in Model.metadata.sorted_tables
        if table.name not in but
    }


@pytest.fixture
def voters(open_consultation: Consultation, people) -> list[Account]:
    made = [people.citizen(), people.physician()]
    for voter in made:
        save_draft(voter, open_consultation, Sheet.of(ORDER))
        cast_ballot(voter, open_consultation, ORDER, CONSENT_VERSION)
        save_draft(voter, open_consultation, Sheet.of(ORDER))
    session.commit()
    return made


@pytest.mark.parametrize("table", [Ballot, Draft])
def test_a_row_has_three_columns_and_no_number_of_its_own(context: None, table: type[Model]) -> None:
    assert [column["name"] for column in inspect(db.engine).get_columns(table.__tablename__)] == [
        "consultation_id",
        "slot",
        "box",
    ]
    if not is_postgresql():
        written = session.connection().exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table.__tablename__,)
        )
        assert "WITHOUT ROWID" in written.scalar_one()


def test_no_ranking_and_no_consent_can_be_read_in_the_open_database(voters: list[Account]) -> None:
    for table, found in contents().items():
        for row in found:
            assert "ranking" not in row.lower() or table in ("consultation", "recommendation"), (table, row)
            assert CONSENT_VERSION not in row


def test_no_row_names_an_account_and_no_other_table_names_a_slot(
    voters: list[Account], open_consultation: Consultation
) -> None:
    keyring = keyring_of(open_consultation.id)
    rows = [(row.slot, row.box) for table in (Ballot, Draft) for row in session.scalars(select(table))]
    assert {slot for slot, _box in rows} == {
        slot(voter.id) for voter in voters for slot in (keyring.ballot_slot, keyring.draft_slot)
    }
    for voter in voters:
        for slot, box in rows:
            assert voter.id.bytes not in slot + box
            assert str(voter.id).encode() not in slot + box
    elsewhere = str(contents(but=("ballot", "draft")))
    for slot, _box in rows:
        assert slot.hex() not in elsewhere
        assert repr(slot)[2:-1] not in elsewhere


def test_the_file_of_the_database_shows_no_ranking(voters: list[Account], settings) -> None:
    if is_postgresql():
        pytest.skip("SQLite keeps its database in a file that a test can read")
    session.rollback()
    for file in Path(settings.database_url.removeprefix("sqlite:///")).parent.glob("*.sqlite*"):
        assert b"[[6,7],[1],[3]]" not in file.read_bytes()


def test_a_cast_writes_to_ballots_and_drafts_alone(open_consultation: Consultation, people, browse) -> None:
    client = browse(people.citizen())
    client.post(PAPER, {"rank-3": "1", "rank-7": "2", "action": "review"})
    page = client.get(f"{PAPER}review/")
    before, papers = contents(but=("ballot", "draft")), contents()
    receipt = client.follow(client.submit(page, fields={"consent": "y"}))
    assert "Votre bulletin est déposé" in receipt.text or "Your ballot is cast" in receipt.text
    assert contents(but=("ballot", "draft")) == before
    assert len(contents()["ballot"]) == len(papers["ballot"]) + 1


def test_drafting_and_withdrawing_write_to_ballots_and_drafts_alone(
    open_consultation: Consultation, people, browse
) -> None:
    client = browse(people.citizen())
    client.get(PAPER)
    before = contents(but=("ballot", "draft"))
    client.post(PAPER, {"rank-3": "1", "action": "save"})
    client.post(f"{PAPER}withdraw/")
    assert contents(but=("ballot", "draft")) == before


def test_the_cookie_does_not_change_by_ranking(open_consultation: Consultation, people, browse) -> None:
    client = browse(people.citizen())
    page = client.get(PAPER)
    before = client.cookies()
    client.submit(page, form="#ballot", fields={"rank-3": "1", "rank-7": "2"}, button=("action", "up:7"))
    assert client.cookies() == before
    page = client.get(f"{PAPER}review/")
    client.submit(page, fields={"consent": "y"})
    assert client.cookies() == before


def test_an_equal_ranking_of_another_account_never_shows_in_ones_own_pages(
    voters: list[Account], open_consultation: Consultation, people, browse
) -> None:
    stranger = browse(people.citizen())
    assert stranger.get(f"{PAPER}receipt/", status=303).location.endswith(PAPER)
    stranger.get(f"{PAPER}receipt.txt", status=404)
    assert stranger.get(PAPER).find_all("option[selected]") == []
