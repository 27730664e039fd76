import pytest
from sqlalchemy import select

from consultation.domain.moderation.grounds import Ground
from consultation.features.comments.services import withdraw_comment
from consultation.features.moderation.models import Case, Decision, Notice
from consultation.infrastructure.database import session

from .conftest import KEPT, WITHHELD

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def notify_path(scene):
    return f"/moderation/notices/new?comment={scene.comment.id}"


def count(model):
    session.rollback()
    return len(session.scalars(select(model)).all())


def test_a_visitor_gives_notice_and_gets_a_reference_to_follow(browse, scene, explained):
    client = browse()
    page = client.get(notify_path(scene))
    assert "Cette bande d’incapables" in page.text
    answer = client.submit(page, fields=explained(contact="visitor@example.org"), path=notify_path(scene))
    follow_up = client.follow(answer)
    notice = session.scalars(select(Notice)).one()
    assert notice.contact == "visitor@example.org"
    assert notice.id in follow_up.text
    assert answer.location.endswith(f"/moderation/notices/{notice.id}/")


def test_the_same_notice_sent_twice_is_one_notice(browse, scene, explained):
    client = browse()
    page = client.get(notify_path(scene))
    first = client.submit(page, fields=explained(), path=notify_path(scene))
    second = client.submit(page, fields=explained(), path=notify_path(scene))
    assert first.location == second.location
    assert (count(Notice), count(Case)) == (1, 1)


def test_a_double_submission_is_answered_even_when_the_comment_was_withheld_meanwhile(browse, scene, explained):
    client = browse()
    page = client.get(notify_path(scene))
    first = client.submit(page, fields=explained(), path=notify_path(scene))
    scene.decide()
    assert client.submit(page, fields=explained(), path=notify_path(scene)).location == first.location


@pytest.mark.parametrize(
    "contact",
    [
        "a@example.org, b@example.org",
        "a@example.org,b@example.org",
        "root,a@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "<a@example.org>",
        "group:a@example.org;",
        "é@example.org",
        "a@[127.0.0.1]",
    ],
)
def test_a_notice_takes_one_plain_address_and_no_more(browse, scene, explained, contact):
    answer = browse().post(notify_path(scene), explained(contact=contact), 422)
    assert answer.find("#contact-error")
    assert count(Notice) == 0


@pytest.mark.parametrize("reference", ["%00", "%FF", "x", "L" * 12, "0" * 13, "0" * 4000])
def test_what_is_no_identifier_names_nothing(browse, scene, reference):
    moderator = browse(scene.moderators[0])
    for path in (
        f"/moderation/notices/{reference}/",
        f"/moderation/decisions/{reference}/",
        f"/moderation/notices/new?comment={reference}",
        f"/moderation/test/cases/{reference}/",
        f"/organise/physicians/{reference}/",
    ):
        moderator.get(path, 404)
    moderator.post(f"/account/sessions/{reference}/end", status=404)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"ground": ""}, "ground"), ({"explanation": "Non."}, "explanation"), ({"contact": "nowhere"}, "contact")],
)
def test_a_notice_that_lacks_something_keeps_what_was_typed(browse, scene, explained, wrong, field):
    client = browse()
    page = client.get(notify_path(scene))
    answer = client.submit(page, fields=explained(**wrong), status=422, path=notify_path(scene))
    assert answer.find(f"#{field}-error")
    if field != "explanation":
        assert "Ces mots visent des personnes" in answer.find("textarea").get_text()
    assert count(Notice) == 0


def test_a_ground_that_does_not_exist_is_refused(browse, scene, explained):
    client = browse()
    client.post(notify_path(scene), explained(ground="boredom", submission="0123456789abcdef"), status=422)
    assert count(Notice) == 0


def test_somebody_signed_in_is_asked_for_no_address(browse, scene):
    assert not browse(scene.people.citizen()).get(notify_path(scene)).find_all("[name=contact]")


def test_no_notice_is_taken_of_a_comment_that_is_not_public_or_does_not_exist(browse, scene, explained):
    scene.report()
    scene.decide()
    browse().get(notify_path(scene), status=409)
    browse().get("/moderation/notices/new?comment=000000000000", status=404)
    browse().get("/moderation/notices/new", status=404)
    browse().post(notify_path(scene), explained(submission="0123456789abcdef"), status=409)


def test_the_follow_up_says_the_state_and_never_the_text(browse, scene):
    kept, withheld = scene.report(), None
    path = f"/moderation/notices/{kept.id}/"
    assert "incapables" not in browse().get(path).text
    scene.decide(KEPT)
    before = browse(language="en").get(path).text
    withheld = scene.report()
    scene.decide()
    after = browse(language="en").get(f"/moderation/notices/{withheld.id}/").text
    assert ("kept it public" in before, "withheld the comment" in after) == (True, True)
    assert "incapables" not in before + after
    browse().get("/moderation/notices/000000000000/", status=404)


def test_the_follow_up_of_a_withdrawn_comment_says_so(browse, scene):
    notice = scene.report()
    withdraw_comment(scene.author, session.merge(scene.comment))
    session.commit()
    assert "withdrew the comment" in browse(language="en").get(f"/moderation/notices/{notice.id}/").text


def test_the_author_reads_why_and_others_read_nothing(browse, scene):
    scene.report()
    decision = scene.decide()
    path = f"/moderation/decisions/{decision.id}/"
    page = browse(scene.author).get(path)
    for words in (WITHHELD.facts, WITHHELD.statement, "Cette bande d’incapables", decision.id):
        assert words in page.text
    assert page.find('a[href="/charter#insult"]')
    browse(scene.moderators[1]).get(path)
    for stranger in (None, scene.people.citizen(), scene.people.organiser(scene.consultation)):
        browse(stranger).get(path, status=404)
    browse(scene.author).get("/moderation/decisions/000000000000/", status=404)


def test_a_comment_that_was_kept_leaves_nothing_to_tell_its_author(browse, scene):
    scene.report()
    decision = scene.decide(KEPT)
    browse(scene.author).get(f"/moderation/decisions/{decision.id}/", status=404)
    browse(scene.moderators[0]).get(f"/moderation/decisions/{decision.id}/")


def test_who_gave_notice_is_on_no_page(browse, scene):
    reader = scene.people.citizen()
    scene.post(reader, "Je lis tout.", number=3)
    scene.report(actor=reader)
    scene.report(contact="visitor@example.org")
    case = scene.case()
    pages = [
        browse(scene.moderators[0]).get("/moderation/test/"),
        browse(scene.moderators[0]).get(f"/moderation/test/cases/{case.id}/"),
    ]
    decision = scene.decide()
    pages += [
        browse(scene.author).get(f"/moderation/decisions/{decision.id}/"),
        browse(scene.moderators[0]).get(f"/moderation/decisions/{decision.id}/"),
        browse(scene.moderators[1]).get(f"/moderation/test/cases/{case.id}/"),
    ]
    for page in pages:
        for trace in (str(reader.address), str(reader.id), "visitor@example.org", "Plume"):
            assert trace not in page.html


def test_who_decided_is_not_told_to_the_author(browse, scene):
    scene.report()
    decision = scene.decide()
    page = browse(scene.author).get(f"/moderation/decisions/{decision.id}/")
    assert str(scene.moderators[0].address) not in page.html
    assert str(scene.moderators[0].id) not in page.html


def test_what_the_author_sees_of_a_withheld_comment_is_what_everyone_sees(browse, scene):
    scene.report()
    scene.decide()
    path = "/consultations/test/recommendations/1/"
    for reader in (None, scene.author, scene.people.citizen()):
        page = browse(reader).get(path)
        assert "incapables" not in page.html
        assert page.find_all(".comment--withheld")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_markup_in_a_notice_or_a_decision_is_shown_as_text(browse, scene, language):
    scene.report(explanation=f"Regardez ceci : {ATTACK}")
    client = browse(scene.moderators[0], language=language)
    assert ATTACK in client.get("/moderation/test/").text
    page = client.get("/moderation/test/")
    fields = {"outcome": "withhold", "ground": "insult", "facts": ATTACK, "statement": ATTACK}
    client.submit(page, "section form", fields)
    decision = session.scalars(select(Decision)).one()
    shown = browse(scene.author, language=language).get(f"/moderation/decisions/{decision.id}/")
    assert shown.text.count(ATTACK) == 2


def test_urgent_notices_come_before_older_ones(browse, scene):
    scene.report()
    other = scene.post(scene.people.citizen(), "Un autre commentaire.", number=3)
    scene.report(other, Ground.DANGER_TO_LIFE)
    page = browse(scene.moderators[0]).get("/moderation/test/")
    assert "Un autre commentaire." in page.find("section article").get_text()
