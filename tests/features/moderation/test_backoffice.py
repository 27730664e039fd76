import pytest
from sqlalchemy import select

from consultation.features.accounts.models import MODERATOR
from consultation.features.accounts.services import revoke_role
from consultation.features.comments.queries import comment_by_id
from consultation.features.moderation.models import Case, Decision
from consultation.infrastructure.database import session

from .conftest import KEPT, WITHHELD

FORM = "section form"
MEASURE = {"outcome": "withhold", "ground": "insult", "facts": WITHHELD.facts, "statement": WITHHELD.statement}


def decisions():
    session.rollback()
    return session.scalars(select(Decision)).all()


def state_of(scene):
    session.rollback()
    return comment_by_id(scene.comment.id).state


def test_the_desk_lists_the_consultations_that_one_moderates_with_what_waits(browse, scene):
    scene.report()
    page = browse(scene.moderators[0], language="en").get("/moderation/")
    assert "1 case to decide" in page.text
    assert page.find('a[href="/en/moderation/test/"]')


def test_an_empty_queue_says_that_there_is_nothing_to_decide(browse, scene):
    page = browse(scene.moderators[0], language="en").get("/moderation/test/")
    assert "Nothing to decide" in page.text
    assert not page.find_all("form")


def test_the_queue_opens_the_first_case_with_names_and_badges_masked(browse, scene):
    scene.post(scene.people.physician(), "Une réponse posée.", parent=scene.comment)
    scene.report()
    page = browse(scene.moderators[0], language="en").get("/moderation/test/")
    assert page.find(".queue a[aria-current=true]")
    assert "The author" in page.find("section article").get_text()
    assert "Person A" in page.text
    assert "Une réponse posée." in page.text
    for mask in ("Hellébore", "Plume", "⚕", str(scene.author.id)):
        assert mask not in page.html


def test_the_figures_count_what_waits_and_what_was_decided(browse, scene):
    scene.report()
    scene.decide(KEPT)
    scene.report()
    page = browse(scene.moderators[0], language="en").get("/moderation/test/")
    figures = page.find(".figures").get_text(" ", strip=True)
    assert figures == "To decide 1 Oldest 0 min Decided in 7 days 1 Median delay 0 min"


def test_a_measure_is_recorded_and_the_next_case_opens(browse, scene):
    scene.report()
    other = scene.post(scene.people.citizen(), "Un autre commentaire.", number=3)
    scene.report(other)
    client = browse(scene.moderators[0])
    answer = client.submit(client.get("/moderation/test/"), FORM, MEASURE)
    following = client.follow(answer)
    assert "Un autre commentaire." in following.find("section article").get_text()
    assert state_of(scene) == "withheld"


def test_a_comment_is_kept_without_reasons(browse, scene):
    scene.report()
    client = browse(scene.moderators[0])
    client.follow(client.submit(client.get("/moderation/test/"), FORM, {"outcome": "keep"}))
    assert [decision.outcome for decision in decisions()] == ["keep"]
    assert state_of(scene) == "published"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ground": ""}, "ground"),
        ({"ground": "other"}, "ground"),
        ({"facts": "trop court"}, "facts"),
        ({"facts": "Your comment attacks a person rather than what the person says."}, "facts"),
        ({"statement": "Non."}, "statement"),
    ],
)
def test_an_incomplete_measure_is_refused_beside_its_field_and_keeps_what_was_typed(browse, scene, wrong, field):
    scene.report()
    client = browse(scene.moderators[0], language="en")
    answer = client.submit(client.get("/moderation/test/"), FORM, {**MEASURE, **wrong}, status=422)
    assert answer.find(f"#{field}-error")
    typed = answer.fields(FORM)
    assert typed["outcome"] == ["withhold"]
    assert typed["statement"] == [{**MEASURE, **wrong}["statement"]]
    assert decisions() == []
    assert state_of(scene) == "published"


def test_no_outcome_is_chosen_beforehand(browse, scene):
    scene.report()
    client = browse(scene.moderators[0])
    page = client.get("/moderation/test/")
    assert "outcome" not in page.fields(FORM)
    client.submit(page, FORM, {}, status=422)


def test_the_second_of_two_moderators_is_told_and_finds_what_they_typed(browse, scene):
    scene.report()
    first, second = browse(scene.moderators[0]), browse(scene.moderators[1])
    page = second.get("/moderation/test/")
    first.submit(first.get("/moderation/test/"), FORM, {"outcome": "keep"})
    answer = second.submit(page, FORM, MEASURE, status=409)
    assert WITHHELD.facts in answer.text
    assert WITHHELD.statement in answer.text
    assert [decision.outcome for decision in decisions()] == ["keep"]
    assert state_of(scene) == "published"


@pytest.mark.parametrize("version", ["9" * 30, str(2**31), "-1", "0", "٢"])
def test_a_version_that_no_case_has_decides_nothing(browse, scene, version):
    scene.report()
    fields = {"version": version, "outcome": "keep"}
    browse(scene.moderators[0]).post(f"/moderation/test/cases/{scene.case().id}/decide/", fields, 409)
    assert decisions() == []


def test_a_decision_sent_twice_is_one_decision(browse, scene):
    scene.report()
    client = browse(scene.moderators[0])
    page = client.get("/moderation/test/")
    client.submit(page, FORM, MEASURE)
    client.submit(page, FORM, MEASURE)
    assert len(decisions()) == 1


def test_a_moderator_who_took_part_is_told_before_and_refused(browse, scene):
    involved = scene.moderators[0]
    scene.post(involved, "Ma réponse.", parent=scene.comment)
    scene.report()
    case = scene.case()
    client = browse(involved, language="en")
    page = client.get("/moderation/test/")
    assert "This case is for a colleague" in page.text
    assert not page.find_all(FORM)
    client.post(f"/moderation/test/cases/{case.id}/decide/", {**MEASURE, "version": "1"}, status=403)
    assert decisions() == []


def test_the_queue_passes_over_a_case_in_which_one_took_part(browse, scene):
    scene.post(scene.moderators[0], "Ma réponse.", parent=scene.comment)
    scene.report()
    other = scene.post(scene.people.citizen(), "Un autre commentaire.", number=3)
    scene.report(other)
    page = browse(scene.moderators[0]).get("/moderation/test/")
    assert "Un autre commentaire." in page.find("section article").get_text()


def test_a_decided_case_shows_its_decision_in_place_of_the_form(browse, scene):
    scene.report()
    decision = scene.decide()
    page = browse(scene.moderators[1]).get(f"/moderation/test/cases/{decision.case_id}/")
    assert page.find(f'a[href="/moderation/decisions/{decision.id}/"]')
    assert not page.find_all(FORM)
    assert "incapables" not in page.text


@pytest.mark.parametrize("path", ["/moderation/", "/moderation/test/", "/moderation/test/cases/{case}/"])
def test_the_desk_is_for_moderators_alone(browse, scene, path):
    scene.report()
    path = path.format(case=scene.case().id)
    assert "/account/sign-in" in browse().get(path, status=303).location
    for account in (scene.people.citizen(), scene.people.organiser(scene.consultation)):
        browse(account).get(path, status=403)
    browse(scene.moderators[0]).get(path)


def test_only_moderators_post_a_decision(browse, scene):
    scene.report()
    path = f"/moderation/test/cases/{scene.case().id}/decide/"
    data = {**MEASURE, "version": "1"}
    browse().post(path, data, status=401)
    for account in (scene.people.citizen(), scene.people.organiser(scene.consultation)):
        browse(account).post(path, data, status=403)
    assert decisions() == []


def test_the_desk_of_a_draft_exists_for_its_team_alone(browse, draft_consultation, people):
    browse(people.citizen()).get("/moderation/test/", status=404)
    browse(people.moderator(draft_consultation)).get("/moderation/test/")


def test_a_case_that_does_not_exist_or_belongs_elsewhere_is_missing(browse, scene):
    browse(scene.moderators[0]).get("/moderation/test/cases/000000000000/", status=404)
    browse(scene.moderators[0]).get("/moderation/nowhere/", status=404)


def test_somebody_who_is_a_moderator_no_longer_decides_nothing(browse, scene):
    scene.report()
    client = browse(scene.moderators[0])
    page = client.get("/moderation/test/")
    revoke_role(scene.moderators[0], scene.consultation.id, MODERATOR)
    session.commit()
    client.submit(page, FORM, MEASURE, status=403)
    assert decisions() == []


def test_the_queue_costs_the_same_number_of_statements_for_two_cases_and_for_twelve(browse, scene, statements):
    client = browse(scene.moderators[0])

    def cost():
        with statements() as count:
            client.get("/moderation/test/")
        return count.total

    scene.report()
    scene.report(scene.post(scene.people.citizen(), "Deux.", number=3))
    few = cost()
    for number in range(10):
        comment = scene.post(scene.people.citizen(), f"Argument {number}.", number=3)
        scene.report(comment)
        scene.report(scene.comment, actor=scene.people.citizen())
    assert cost() == few <= 14


def test_a_case_in_the_other_language_of_the_page(browse, scene):
    scene.report()
    french = browse(scene.moderators[0]).get("/moderation/test/")
    english = browse(scene.moderators[0], language="en").get("/moderation/test/")
    assert english.find("h1").get_text() == "Moderation queue"
    assert french.find("html")["lang"] == "fr"
    assert session.scalars(select(Case)).all()
