"""Leaving: what is asked first, what goes at once, what stays without a name."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.errors import LastOrganiser
from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import StatementOfReasons
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import ORGANISER, Account, Grant
from consultation.features.accounts.queries import account_by_address, account_by_id
from consultation.features.accounts.services import erase_account, forget_account
from consultation.features.audit.models import AuditEntry
from consultation.features.authentication.models import SignIn
from consultation.features.ballots.jobs import LONGEST_REQUEST
from consultation.features.colleges import services as colleges
from consultation.features.colleges.models import Attestation, PhysicianClaim
from consultation.features.comments import services as comments
from consultation.features.comments.models import Comment, CommentReaction, PenName
from consultation.features.consultations.models import Consultation
from consultation.features.moderation import services as moderation
from consultation.features.moderation.models import Decision, Notice
from consultation.features.moderation.queries import open_case_of
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure import clock, jobs, mail, passwords
from consultation.infrastructure.database import Model, session
from consultation.infrastructure.mail import OutgoingMail
from pages import PageClient

Browse = Callable[..., PageClient]
ERASE = "/account/erase/"
PASSPHRASE = "la girafe mange huit nuages"
RIGHT = {"passphrase": PASSPHRASE}


def loaded(account: Account) -> Account:
    """The account with its roles, as a request has it."""
    found = account_by_id(account.id)
    assert found is not None
    return found


@pytest.fixture
def person(people: Any) -> Account:
    """Somebody with a passphrase."""
    account = people.citizen()
    accounts.set_passphrase_hash(account, passwords.hash_of(PASSPHRASE))
    session.commit()
    return account


@pytest.fixture
def comment(person: Account, open_consultation: Consultation) -> Comment:
    """A comment of theirs."""
    comments.choose_name(person, open_consultation, "Sauge")
    recommendation = recommendation_by_number(open_consultation, 1)
    posted = comments.post_comment(person, recommendation, Alignment.FOR, "Un argument.", [], "a submission")
    session.commit()
    return posted


def everything(*, but: tuple[str, ...] = ()) -> str:
    """Every row of every table but those, as text."""
    session.commit()
    tables = [table for table in Model.metadata.sorted_tables if table.name not in but]
    return "\n".join(repr(tuple(row)) for table in tables for row in session.execute(table.select()))


def later() -> None:
    """Let the worker do all that follows."""
    session.commit()
    jobs.run_all()
    with clock.standing_at(clock.now() + LONGEST_REQUEST):
        jobs.run_all()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_person_erases_their_account_by_passphrase_and_button(browse: Browse, person: Account, language: str) -> None:
    identifier, address = person.id, str(person.address)
    client = browse(person, language)
    page = client.get(client.get("/account/").find("a[href$='/account/erase/']")["href"])
    done = client.submit(page, fields=RIGHT)
    assert done.headers["Clear-Site-Data"] == '"cache"'
    assert client.follow(done).find(".notice--success")
    assert "sign-in" in client.get("/account/", 303).location
    session.expire_all()
    assert account_by_address(address) is None
    assert address not in everything()
    later()
    assert account_by_id(identifier) is None


def test_every_other_browser_is_signed_out(browse: Browse, person: Account) -> None:
    other, client = browse(person), browse(person)
    client.submit(client.get(ERASE), fields=RIGHT)
    assert "sign-in" in other.get("/account/", 303).location
    assert session.scalars(select(SignIn)).all() == []


@pytest.mark.parametrize("typed", ["", "une autre phrase de passe"])
def test_without_the_passphrase_nothing_is_erased(browse: Browse, person: Account, typed: str) -> None:
    client = browse(person)
    page = client.submit(client.get(ERASE), fields={"passphrase": typed}, status=422)
    assert page.find("#passphrase-error")
    assert page.find(".error-summary a")["href"] == "#passphrase"
    session.refresh(person)
    assert person.address is not None


def test_whoever_never_chose_a_passphrase_is_led_to_choose_one(browse: Browse, people: Any) -> None:
    page = browse(people.citizen()).get(ERASE)
    assert page.find("main a[href$='/account/forgot']")
    assert not page.find_all("main form")


def test_the_page_says_what_stays_and_that_nothing_links_a_closed_ballot(browse: Browse, person: Account) -> None:
    said = browse(person, "en").get(ERASE).text
    assert "Nothing links them to anybody any more" in said
    assert "Former participant" in said


def test_the_last_organiser_hands_over_first(
    browse: Browse, person: Account, people: Any, open_consultation: Consultation
) -> None:
    accounts.grant_role(person, open_consultation.id, ORGANISER)
    session.commit()
    client = browse(person)
    assert client.get(ERASE).find(".notice--warning")
    client.post(ERASE, RIGHT, 409)
    with pytest.raises(LastOrganiser):
        erase_account(loaded(person))
    closed = people.organiser(open_consultation)
    accounts.disable_account(closed)
    with pytest.raises(LastOrganiser):
        erase_account(loaded(person))
    people.organiser(open_consultation)
    erase_account(loaded(person))
    assert session.scalars(select(Grant).where(Grant.account_id == person.id)).all() == []


@pytest.mark.parametrize(("language", "name"), [("fr", "Ancien participant"), ("en", "Former participant")])
def test_comments_stay_without_the_person(
    browse: Browse, people: Any, person: Account, comment: Comment, language: str, name: str
) -> None:
    reader = people.citizen()
    comments.choose_name(reader, session.get_one(Consultation, comment.consultation_id), "Romarin")
    recommendation = recommendation_by_number(session.get_one(Consultation, comment.consultation_id), 1)
    comments.post_comment(reader, recommendation, Alignment.AGAINST, "Une réponse.", [], "another", comment)
    erase_account(loaded(person))
    later()
    page = browse(language=language).get("/consultations/test/recommendations/1/")
    assert "Un argument." in page.text
    assert "Une réponse." in page.text
    assert "Sauge" not in everything()
    assert page.find(f"#c-{comment.id} header b").get_text() == name
    left = account_by_id(person.id)
    assert left is not None
    assert (left.address, left.passphrase_hash, left.confirmed_at) == (None, None, None)
    replies = browse(people.citizen(), language).get(f"/consultations/test/comments/{comment.id}/replies/")
    assert name in replies.text


def test_comments_are_all_taken_back_where_that_is_asked(browse: Browse, person: Account, comment: Comment) -> None:
    client = browse(person)
    client.submit(client.get(ERASE), fields={**RIGHT, "gives_up_comments": "y"})
    session.refresh(comment)
    assert (comment.state, comment.body, comment.html) == ("withdrawn", "", "")
    assert "Un argument." not in everything()


def test_a_name_without_comment_is_free_again(people: Any, person: Account, open_consultation: Consultation) -> None:
    comments.choose_name(person, open_consultation, "Sauge")
    erase_account(loaded(person))
    assert session.scalars(select(PenName)).all() == []
    assert comments.choose_name(people.citizen(), open_consultation, "Sauge").name == "Sauge"


def test_reactions_stay_in_the_totals_alone(people: Any, person: Account, comment: Comment) -> None:
    reader = people.citizen()
    comments.react(reader, comment, Reaction.AGREE)
    session.commit()
    erase_account(loaded(reader))
    session.commit()
    session.refresh(comment)
    assert comment.agrees == 1
    assert session.scalars(select(CommentReaction)).all() == []


def test_claims_go_and_what_the_person_attested_of_others_stays_under_a_number(
    people: Any, person: Account, open_consultation: Consultation
) -> None:
    colleges.claim_physician(person)
    accounts.grant_role(person, open_consultation.id, "moderator")
    claim = colleges.claim_physician(people.citizen())
    colleges.attest(loaded(person), claim, "professional_card")
    erase_account(loaded(person))
    later()
    assert session.scalars(select(PhysicianClaim.id)).all() == [claim.id]
    assert session.scalars(select(Attestation.attester_id)).all() == [person.id]
    assert account_by_id(person.id) is not None


def test_notices_and_decisions_stay_without_the_person(
    people: Any, person: Account, comment: Comment, open_consultation: Consultation
) -> None:
    giver, moderator = people.citizen(), people.moderator(open_consultation)
    moderation.give_notice(giver, comment, Ground.OFF_TOPIC, "Cela ne répond pas à la question.", "a notice")
    case = open_case_of(comment.id)
    assert case is not None
    moderation.decide_case(loaded(moderator), case, case.version, StatementOfReasons(Outcome.KEEP, None, "", ""))
    session.commit()
    for one in (giver, moderator):
        erase_account(loaded(one))
    session.commit()
    assert session.execute(select(Notice.account_id, Notice.contact)).one() == (None, None)
    assert session.scalars(select(Decision.moderator_id)).all() == [None]


def test_the_journal_keeps_random_identifiers_alone(person: Account) -> None:
    address = str(person.address)
    erase_account(loaded(person))
    later()
    entries = session.scalars(select(AuditEntry)).all()
    assert any(entry.event == "AccountErased" for entry in entries)
    assert all(address not in entry.identifiers for entry in entries)


def test_a_mail_that_waits_for_the_person_is_not_sent_any_more(person: Account) -> None:
    mail.write(str(person.address), "passphrase_changed", "fr")
    erase_account(loaded(person))
    later()
    assert session.scalars(select(OutgoingMail)).all() == []


def test_the_address_may_register_again_as_somebody_new(person: Account) -> None:
    address = str(person.address)
    erase_account(loaded(person))
    session.commit()
    assert accounts.create_account(address, None, "fr").id != person.id


def test_forgetting_twice_changes_nothing(person: Account, comment: Comment) -> None:
    erase_account(loaded(person))
    later()
    before = everything(but=("queued_job",))
    forget_account(loaded(person))
    assert everything(but=("queued_job",)) == before
