"""What a thief of database, files, journal and logs learns without the key: neither a ranking nor whose it is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from features.ballots import attacks
from sqlalchemy import select, text

from consultation.features.ballots.models import Ballot, BallotContent, Draft, SealedBallot
from consultation.features.ballots.queries import keyring_of
from consultation.features.ballots.services import add_day_line, close
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import jobs, triggers
from consultation.infrastructure.database import is_postgresql, session
from consultation.infrastructure.mail import shelf
from pages import PageClient

PAPER = "/consultations/test/ballot/"
PASSPHRASE = "une phrase assez longue pour tenir"
NOTE = "Le merle moqueur du 7 rue Basse"
RANKS = {"rank-6": "1", "rank-7": "1", "rank-1": "2"}
# One ranking in every form that it takes on its way: box, form, address, receipt.
FORMS = (r"[[6,7],[1]]", r"[[6, 7], [1]]", "6=7>1", "rank-6", NOTE, NOTE.encode().hex())
PEOPLE = 5
REGISTERED = 2  # through every page, which takes long; the others are given their session


@dataclass(frozen=True)
class Robbed:
    """What was cast, as only its owners know it, and what lies in the database of it."""

    contents: list[BallotContent]
    slots: list[bytes]
    boxes: list[bytes]

    def secrets(self) -> list[str]:
        """Whatever would tell a ballot: in forms of text."""
        of_ballots = [
            text
            for one in self.contents
            for text in (one.ballot.decode(), one.ballot.hex(), one.random.hex(), one.commitment.hex(), one.salt.hex())
        ]
        return [*FORMS, *of_ballots]

    def raw(self) -> list[bytes]:
        """The same as they would lie in a file."""
        return [*(form.encode() for form in FORMS), *(one.ballot for one in self.contents), *self.drawn()]

    def drawn(self) -> list[bytes]:
        """What was drawn here and is found nowhere else, whatever other databases of the server hold."""
        return [part for one in self.contents for part in (one.random, one.commitment, one.salt)]


def signed_in(browse: Callable[..., PageClient], address: str) -> PageClient:
    """Somebody who registered, confirmed the address and signed in, by pages alone."""
    client = browse()
    fields = {"address": address, "passphrase": PASSPHRASE, "standing": "citizen", "is_of_age": "y"}
    client.submit(client.get("/account/register"), fields={**fields, "accepts_charter": "y"}, path="/account/register")
    jobs.run_all()
    mail = next(mail for mail in shelf() if mail.recipient == address)
    link = re.search(r"/account/confirm/\S+", mail.body)
    assert link is not None
    client.submit(client.get(link.group()), path=link.group())
    sign_in = client.get("/account/sign-in")
    client.submit(sign_in, fields={"address": address, "passphrase": PASSPHRASE}, path="/account/sign-in")
    return client


def cast(client: PageClient) -> None:
    """Draft, review, cast with a note, read the receipt twice, look at the paper again, draft once more."""
    paper = client.get(PAPER)
    review = client.follow(client.submit(paper, form="#ballot", fields=RANKS, button=("action", "review")))
    receipt = client.follow(client.submit(review, fields={"consent": "y", "note": NOTE}))
    assert NOTE in receipt.text
    client.get(f"{PAPER}receipt/")
    client.get(f"{PAPER}receipt.txt")
    client.submit(client.get(PAPER), form="#ballot", fields={"rank-3": "3"}, button=("action", "save"))


@pytest.fixture
def robbed(open_consultation: Consultation, browse: Callable[..., PageClient], people) -> Robbed:
    """People register, sign in and cast, one after the other; the line of the day is drawn."""
    for number in range(REGISTERED):
        cast(signed_in(browse, f"voter{number}@example.org"))
    for _ in range(PEOPLE - REGISTERED):
        cast(browse(people.citizen()))
    session.rollback()
    add_day_line(open_consultation)
    session.commit()
    keyring = keyring_of(open_consultation.id)
    rows = [(kind, row.slot, row.box) for kind in (Ballot, Draft) for row in session.scalars(select(kind))]
    contents = [
        BallotContent.from_text(keyring.unsealed(Ballot, slot, box)) for kind, slot, box in rows if kind is Ballot
    ]
    assert len(contents) == PEOPLE
    assert len(rows) == 2 * PEOPLE
    return Robbed(contents, [slot for _kind, slot, _box in rows], [box for _kind, _slot, box in rows])


def test_no_table_and_no_log_line_of_the_open_phase_tells_a_ranking(
    capsys: pytest.CaptureFixture[str], robbed: Robbed
) -> None:
    tables = attacks.columns()
    assert tables["ballot"]
    for table, rows in tables.items():
        for secret in robbed.secrets():
            assert not any(secret in row for row in rows), table
    logged = "".join(capsys.readouterr())
    assert '"endpoint": "authentication.sign_in"' in logged
    for secret in [*robbed.secrets(), *(slot.hex() for slot in robbed.slots), "ballots.", PAPER, "example.org"]:
        assert secret not in logged


def test_no_file_of_the_open_phase_tells_a_ranking(robbed: Robbed) -> None:
    places = attacks.files()
    if not places:
        pytest.skip("the files of the server are out of reach")
    assert attacks.holding(robbed.raw(), places) == []
    # The journal is that of the whole server, where other databases may hold the same ranking.
    assert attacks.holding(robbed.drawn(), attacks.journal()) == []


def test_no_transaction_wrote_a_ballot_beside_anything_else(robbed: Robbed) -> None:
    if not is_postgresql():
        pytest.skip("SQLite leaves no mark of a transaction on its rows")
    assert attacks.joined_by_transaction() == []
    written = set().union(*attacks.transactions().values())
    assert {"account", "sign_in", "outgoing_mail", "chain_line", "day_list", "ballot", "draft"} <= written


def test_nothing_beside_a_person_changes_while_they_cast(
    open_consultation: Consultation, browse: Callable[..., PageClient]
) -> None:
    client = signed_in(browse, "voter@example.org")
    cast(client)
    before = {name: rows for name, rows in attacks.columns().items() if name not in attacks.PAPERS}
    cast(client)
    assert {name: rows for name, rows in attacks.columns().items() if name not in attacks.PAPERS} == before


def test_sealed_ballots_lie_in_the_order_of_commitments_and_in_no_order_of_people(
    robbed: Robbed, open_consultation: Consultation
) -> None:
    close(open_consultation)
    lying = attacks.lying_order("sealed_ballot", "commitment")
    assert lying == sorted(one.commitment for one in robbed.contents)
    if is_postgresql():
        marks = {mark for mark, tables in attacks.transactions().items() if "sealed_ballot" in tables}
        assert len(marks) == 1
        tables = attacks.transactions()[marks.pop()]
        assert not tables & {"account", "sign_in", "outgoing_mail", "queued_job"}


def test_after_the_scrub_no_file_holds_a_slot_a_box_or_a_draft(robbed: Robbed, open_consultation: Consultation) -> None:
    close(open_consultation)
    places = attacks.files()
    if not places:
        pytest.skip("the files of the server are out of reach")
    tails = [box[-32:] for box in robbed.boxes]
    assert attacks.holding([*robbed.slots, *tails], places) == []
    assert attacks.holding([one.random for one in robbed.contents], places) == []


def test_after_the_close_a_ballot_stands_beside_no_account(robbed: Robbed, open_consultation: Consultation) -> None:
    close(open_consultation)
    tables = attacks.columns()
    assert tables["ballot"] == tables["draft"] == tables["day_list"] == []
    kept_apart = tables.pop("sealed_ballot")
    assert len(kept_apart) == PEOPLE
    for table, rows in tables.items():
        for secret in robbed.secrets():
            assert not any(secret in row for row in rows), table
    for one in robbed.contents:
        assert not any(one.random.hex() in row or NOTE in row for row in kept_apart)
    assert {column.name for column in SealedBallot.__table__.columns} == {
        "consultation_id",
        "commitment",
        "college",
        "salt",
        "bytes",
        "ranks",
    }


@pytest.fixture
def no_ballot_can_be_stored(context: None) -> Iterator[None]:
    """The database itself refuses every new ballot."""
    triggers.create(session.connection(), "ballot", ("INSERT",))
    session.commit()
    yield
    session.rollback()
    place = " ON ballot" if is_postgresql() else ""
    session.execute(text(f"DROP TRIGGER ballot_refuses_insert{place}"))
    session.commit()


def test_an_error_in_the_middle_of_a_cast_logs_neither_parameters_nor_fields(
    open_consultation: Consultation,
    browse: Callable[..., PageClient],
    people,
    no_ballot_can_be_stored: None,
    app,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    voter = people.citizen()
    client = browse(voter)
    paper = client.get(PAPER)
    review = client.follow(client.submit(paper, form="#ballot", fields=RANKS, button=("action", "review")))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)  # as it is served, not as it is tested
    client.submit(review, fields={"consent": "y", "note": NOTE}, status=500)
    logged = "".join(capsys.readouterr())
    assert '"event": "unhandled_error"' in logged
    slot = keyring_of(open_consultation.id).ballot_slot(voter.id)
    for secret in (*FORMS, str(voter.id), voter.id.hex, voter.address, slot.hex(), repr(slot)[2:-1]):
        assert secret not in logged
    assert session.scalars(select(Ballot)).all() == []
