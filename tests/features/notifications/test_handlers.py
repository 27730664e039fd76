from email.message import EmailMessage

import pytest
from sqlalchemy import select

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import StatementOfReasons
from consultation.features.accounts.models import MODERATOR
from consultation.features.accounts.queries import account_by_id, holders_of
from consultation.features.accounts.services import create_synthetic_participant
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.services import choose_name, post_comment, withdraw_comment
from consultation.features.moderation.models import Notice
from consultation.features.moderation.queries import open_case_of
from consultation.features.moderation.services import decide_case, give_notice
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure import jobs
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.mail import OutgoingMail

WITHHELD = StatementOfReasons(
    Outcome.WITHHOLD,
    Ground.INSULT,
    facts="« cette bande d’incapables », première phrase",
    statement="Vous attaquez des personnes & non ce qu’elles <disent>.",
)
KEPT = StatementOfReasons(Outcome.KEEP, None, "", "")


@pytest.fixture
def posted(open_consultation, people):
    """Make a comment by an account, given notice of by a citizen and by a visitor."""

    def post(author, reader=None, contact="visitor@example.org", language="fr"):
        choose_name(author, open_consultation, f"Plume {new_public_id()}")
        recommendation = recommendation_by_number(open_consultation, 1)
        body = "Cette bande d’incapables ne lira rien."
        comment = post_comment(author, recommendation, Alignment.AGAINST, body, [], new_public_id())
        explanation = "Ces mots visent des personnes, pas des idées."
        for actor, address in ((reader or people.citizen(), None), (None, contact)):
            give_notice(actor, comment, Ground.INSULT, explanation, new_public_id(), contact=address, language=language)
        session.commit()
        return comment

    return post


@pytest.fixture
def decide(open_consultation):
    def decided(comment, reasons):
        moderator = account_by_id(holders_of(MODERATOR, open_consultation.id)[0].id)
        case = open_case_of(comment.id)
        decision = decide_case(moderator, case, case.version, reasons)
        session.commit()
        return decision

    return decided


def mails_to(address):
    found = session.scalars(select(OutgoingMail).where(OutgoingMail.recipient == address))
    return [(mail.subject, mail.body) for mail in found]


def test_the_author_of_a_withheld_comment_is_told_the_true_reason_and_where_to_read_it_all(people, posted, decide):
    author = people.citizen()
    decision = decide(posted(author), WITHHELD)
    [(_, body)] = mails_to(author.address)
    for words in (WITHHELD.facts, WITHHELD.statement, f"http://127.0.0.1:8000/moderation/decisions/{decision.id}/"):
        assert words in body


def test_the_author_of_a_comment_that_is_kept_is_told_nothing(people, posted, decide):
    author = people.citizen()
    decide(posted(author), KEPT)
    assert mails_to(author.address) == []


def test_the_mail_to_the_author_names_neither_notifier_nor_moderator(people, posted, decide, open_consultation):
    author, reader = people.citizen(), people.citizen()
    decide(posted(author, reader), WITHHELD)
    [(subject, body)] = mails_to(author.address)
    team = [str(one.address) for one in holders_of(MODERATOR, open_consultation.id)]
    for trace in (reader.address, "visitor@example.org", *team):
        assert trace not in subject + body


@pytest.mark.parametrize("reasons", [WITHHELD, KEPT])
def test_whoever_gave_notice_is_told_that_it_came_and_how_it_ended(people, posted, decide, reasons):
    reader = people.citizen()
    decide(posted(people.citizen(), reader), reasons)
    assert len(mails_to(reader.address)) == 2
    assert len(mails_to("visitor@example.org")) == 2
    assert all("/moderation/notices/" in body for _, body in mails_to(reader.address))
    assert all("incapables" not in body for _, body in mails_to(reader.address))


def test_the_address_of_a_visitor_is_forgotten_once_the_outcome_is_told(people, posted, decide):
    decide(posted(people.citizen()), WITHHELD)
    assert session.scalars(select(Notice.contact)).all() == [None, None]


def test_a_visitor_who_left_no_address_is_written_nothing(people, posted, decide):
    author, reader = people.citizen(), people.citizen()
    decide(posted(author, reader, contact=None), WITHHELD)
    recipients = set(session.scalars(select(OutgoingMail.recipient)))
    assert recipients == {author.address, reader.address}


def test_a_synthetic_author_has_no_address_to_write_to(posted, decide):
    author = create_synthetic_participant()
    decision = decide(posted(author), WITHHELD)
    assert comment_by_id(decision.comment_id).state == "withheld"


def test_a_withdrawn_comment_ends_the_wait_of_whoever_gave_notice(people, posted):
    author = people.citizen()
    comment = posted(author, language="en")
    withdraw_comment(author, comment_by_id(comment.id))
    session.commit()
    bodies = [body for _, body in mails_to("visitor@example.org")]
    assert any("withdrew it before a decision" in body for body in bodies)
    assert session.scalars(select(Notice.contact)).all() == [None, None]


def test_mails_are_written_in_the_language_of_each_person(people, posted, decide):
    author = people.citizen()
    author.language = "en"
    decide(posted(author, language="en"), WITHHELD)
    [(subject, body)] = mails_to(author.address)
    assert subject == "Your comment was withheld"
    assert "Ground: Insult or personal attack (article 2 of the charter)" in body
    assert "/en/moderation/decisions/" in body
    assert "A moderator read the comment that you reported, and withheld it." in str(mails_to("visitor@example.org"))


def test_the_mails_go_out_through_the_worker(app, people, posted, decide, monkeypatch):
    carried: list[EmailMessage] = []

    class Carrier:
        def deliver(self, mail: EmailMessage) -> None:
            carried.append(mail)

    monkeypatch.setitem(app.extensions, "postman", Carrier())
    author = people.citizen()
    decide(posted(author), WITHHELD)
    assert carried == []
    jobs.run_all()
    assert [str(mail["To"]) for mail in carried].count(author.address) == 1
    assert len(carried) == 5
    assert set(session.scalars(select(OutgoingMail.recipient))) == {""}


def test_a_decision_that_is_rolled_back_writes_to_nobody(people, posted, open_consultation):
    author = people.citizen()
    case = open_case_of(posted(author).id)
    moderator = account_by_id(holders_of(MODERATOR, open_consultation.id)[0].id)
    decide_case(moderator, case, case.version, WITHHELD)
    session.rollback()
    jobs.run_all()
    assert mails_to(author.address) == []
    assert "visitor@example.org" in set(session.scalars(select(Notice.contact)))
