import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from consultation.domain.errors import (
    AlreadyDecided,
    CommentNotPublic,
    ConflictOfInterest,
    JudgedTextChanged,
    NotAModerator,
    NoticeIncomplete,
    StatementIncomplete,
)
from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import StatementOfReasons
from consultation.features.accounts.queries import account_by_id
from consultation.features.audit.models import AuditEntry
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.services import withdraw_comment
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.moderation.models import DECIDED, LAPSED, Case, Decision, Notice
from consultation.features.moderation.queries import case_of
from consultation.features.moderation.services import decide_case, lapse_case
from consultation.infrastructure import mail
from consultation.infrastructure.database import new_public_id, session

from .conftest import KEPT, WITHHELD


def count(model):
    return len(session.scalars(select(model)).all())


def test_several_notices_of_one_comment_make_one_case(scene):
    scene.report()
    scene.report(actor=scene.people.citizen())
    scene.report(actor=scene.people.citizen(), ground=Ground.HATE)
    assert (count(Notice), count(Case)) == (3, 1)


def test_the_same_form_sent_twice_makes_one_notice(scene):
    first = scene.report(submission="0123456789abcdef")
    assert scene.report(submission="0123456789abcdef").id == first.id
    assert (count(Notice), count(Case)) == (1, 1)


def test_an_account_gives_notice_of_a_comment_once(scene):
    reader = scene.people.citizen()
    assert scene.report(actor=reader).id == scene.report(actor=reader).id
    assert count(Notice) == 1


def test_the_address_of_somebody_who_has_an_account_is_not_kept_a_second_time(scene):
    notice = scene.report(actor=scene.people.citizen(), contact="elsewhere@example.org")
    assert notice.contact is None


def test_a_notice_without_an_explanation_is_refused(scene):
    with pytest.raises(NoticeIncomplete):
        scene.report(explanation="Non.   " + " " * 40)
    session.rollback()
    assert count(Notice) == 0


def test_a_withheld_comment_takes_no_further_notice(scene):
    scene.report()
    scene.decide()
    with pytest.raises(CommentNotPublic):
        scene.report()


def test_a_kept_comment_can_be_given_notice_of_again(scene):
    scene.report()
    scene.decide(KEPT)
    scene.report()
    assert count(Case) == 2


def test_a_danger_to_life_makes_the_whole_case_urgent(scene):
    scene.report()
    scene.report(ground=Ground.DANGER_TO_LIFE)
    session.expire_all()
    assert scene.case().is_urgent


def test_the_database_refuses_a_second_open_case_of_one_comment(scene):
    scene.report()
    case = scene.case()
    session.add(Case(consultation_id=case.consultation_id, comment_id=case.comment_id, opened_at=case.opened_at))
    with pytest.raises(IntegrityError):
        session.flush()


def test_withholding_puts_a_placeholder_and_freezes_the_text_judged(scene):
    scene.report()
    decision = scene.decide()
    comment = comment_by_id(scene.comment.id)
    assert (comment.state, comment.withheld_ground, comment.decision_id) == ("withheld", "insult", decision.id)
    assert decision.body_judged == "Cette bande d’incapables ne lira rien."
    assert session.get_one(Case, decision.case_id).state == DECIDED


def test_keeping_leaves_the_comment_as_it_was(scene):
    scene.report()
    scene.decide(KEPT)
    assert comment_by_id(scene.comment.id).is_public


@pytest.mark.parametrize(
    "change",
    ["ground = ''", "ground = 'other'", "facts = ''", f"facts = '{' ' * 30}'", "statement = 'trop court'"],
)
def test_the_database_refuses_a_measure_without_its_reasons(scene, change):
    scene.report()
    decision = scene.decide()
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE decision SET {change} WHERE id = :id"), {"id": decision.id})


def test_a_measure_without_its_reasons_changes_nothing(scene):
    scene.report()
    for incomplete in (
        StatementOfReasons(Outcome.WITHHOLD, Ground.OTHER, WITHHELD.facts, WITHHELD.statement),
        StatementOfReasons(Outcome.WITHHOLD, Ground.INSULT, "", WITHHELD.statement),
    ):
        with pytest.raises(StatementIncomplete):
            scene.decide(incomplete)
    assert count(Decision) == 0
    assert comment_by_id(scene.comment.id).is_public


def test_of_two_moderators_who_saw_the_same_case_one_decides_and_the_other_is_told(scene):
    scene.report()
    case = scene.case()
    seen = case.version
    decide_case(scene.moderators[0], case, seen, KEPT)
    with pytest.raises(AlreadyDecided):
        decide_case(scene.moderators[1], case, seen, WITHHELD)
    assert count(Decision) == 1
    assert comment_by_id(scene.comment.id).is_public


def test_of_two_decisions_at_the_same_moment_one_is_recorded(app, scene):
    scene.report()
    case_id, moderator_ids = scene.case().id, [one.id for one in scene.moderators]
    session.commit()
    start = Barrier(2)

    def attempt(moderator_id, reasons):
        with app.app_context():
            start.wait()
            case = case_of(consultation_by_slug("test"), case_id)
            try:
                decide_case(account_by_id(moderator_id), case, 1, reasons)
                session.commit()
            except AlreadyDecided:
                session.rollback()
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(attempt, moderator_ids, (KEPT, WITHHELD)))
    assert sorted(done) == [False, True]
    assert count(Decision) == 1


def test_a_version_that_is_no_longer_the_one_seen_decides_nothing(scene):
    scene.report()
    case = scene.case()
    with pytest.raises(JudgedTextChanged):
        decide_case(scene.moderators[0], case, case.version + 1, KEPT)
    assert count(Decision) == 0


def test_the_same_decision_sent_twice_is_one_decision(scene):
    scene.report()
    case = scene.case()
    seen = case.version
    first = decide_case(scene.moderators[0], case, seen, WITHHELD)
    assert decide_case(scene.moderators[0], case, seen, WITHHELD).id == first.id
    assert count(Decision) == 1


def test_a_moderator_who_wrote_in_the_thread_does_not_decide(scene):
    involved = scene.moderators[0]
    scene.post(involved, parent=scene.comment)
    scene.report()
    with pytest.raises(ConflictOfInterest):
        scene.decide(moderator=involved)
    scene.decide(moderator=scene.moderators[1])


def test_a_moderator_does_not_decide_about_their_own_comment(scene):
    own = scene.post(scene.moderators[0])
    scene.report(own)
    case = scene.case(own)
    with pytest.raises(ConflictOfInterest):
        decide_case(scene.moderators[0], case, case.version, KEPT)


def test_only_moderators_of_this_consultation_decide(scene):
    scene.report()
    for account in (scene.people.citizen(), scene.people.organiser(scene.consultation)):
        with pytest.raises(NotAModerator):
            scene.decide(moderator=account)


def test_a_comment_that_its_author_withdraws_leaves_the_queue(scene):
    scene.report(contact="visitor@example.org")
    case = scene.case()
    withdraw_comment(scene.author, comment_by_id(scene.comment.id))
    session.commit()
    assert session.get_one(Case, case.id).state == LAPSED
    with pytest.raises(CommentNotPublic):
        decide_case(scene.moderators[0], case, 1, KEPT)


def test_a_comment_without_a_case_lapses_in_silence(scene):
    lapse_case(scene.comment.id)
    assert count(Case) == 0


def test_the_log_of_moderation_holds_identifiers_only_and_not_who_gave_notice(scene):
    reader = scene.people.citizen()
    scene.report(actor=reader)
    scene.decide()
    entries = {
        entry.event: json.loads(entry.identifiers)
        for entry in session.scalars(select(AuditEntry))
        if entry.event.startswith(("Case", "Notice"))
    }
    assert {event: set(identifiers) for event, identifiers in entries.items()} == {
        "CaseOpened": {"case_id", "comment_id"},
        "NoticeGiven": {"notice_id", "case_id"},
        "CaseDecided": {"decision_id", "case_id", "comment_id", "outcome", "actor_id"},
    }
    assert str(reader.id) not in json.dumps(entries)


def test_a_decision_that_is_rolled_back_sends_nothing_and_stays_open(scene):
    scene.report()
    before = count(mail.OutgoingMail)
    case = scene.case()
    decide_case(scene.moderators[0], case, case.version, WITHHELD)
    session.rollback()
    assert count(mail.OutgoingMail) == before
    assert count(Decision) == 0
    assert scene.case().id == case.id
    assert comment_by_id(scene.comment.id).is_public


def test_the_sources_of_a_comment_are_frozen_with_its_text(scene):
    scene.comment = scene.post(scene.people.citizen(), "Voyez cette offre.")
    session.execute(
        text(
            "INSERT INTO comment_source (comment_id, position, title, url) VALUES (:id, 1, 'Offre', 'https://shop.example')"
        ),
        {"id": scene.comment.id},
    )
    session.expire_all()
    scene.report()
    assert scene.decide().body_judged == "Voyez cette offre.\n\nOffre <https://shop.example>"


def test_a_fresh_identifier_is_drawn_for_each_form(scene):
    assert scene.report(submission=new_public_id()).id != scene.report(submission=new_public_id()).id
