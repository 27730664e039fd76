import hashlib
import json

import pytest
from features.opinions.debated import counters, say
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from consultation.domain.errors import NotPublished, OpinionsAwaited
from consultation.domain.verifiability.canonical import canonical
from consultation.features.accounts.models import Account
from consultation.features.audit.models import AuditEntry
from consultation.features.comments.models import CommentReaction, CutReactions
from consultation.features.comments.services import cut_reactions_in, withdraw_all_comments, withdraw_comment
from consultation.features.comments.services.naming import forget_names
from consultation.features.opinions.models import OpinionMap, OpinionSheet
from consultation.features.opinions.queries import opinions_of, reactions_to_public, standing_of
from consultation.features.opinions.services import cut_reactions, finish_cutting, publish_opinions
from consultation.infrastructure.database import session


def left():
    """How many reactions still belong to somebody."""
    return session.scalar(select(func.count()).select_from(CommentReaction))


def test_two_groups_that_react_otherwise_are_found_and_published(debate, publish):
    debated = debate(40, 30)
    publish(debated)
    content = opinions_of(debated.consultation).content
    assert [(one["letter"], one["people"]) for one in content["groups"]["groups"]] == [("A", 40), ("B", 30)]
    assert content["consultation"] == "test"
    assert "refusal" not in content
    shared = [one["comment"] for one in content["groups"]["together"]]
    assert set(shared) == {one.id for one in debated.comments[10:]}
    dividing = {one["comment"] for one in content["groups"]["divides"]}
    assert len(dividing) >= 5
    assert dividing <= {one.id for one in debated.comments[:10]}


def test_the_hash_is_that_of_the_canonical_bytes(debate, publish):
    debated = debate(40, 30)
    publish(debated)
    published = opinions_of(debated.consultation)
    assert hashlib.sha256(published.text.encode()).hexdigest() == published.hash
    assert canonical(published.content) == published.text.encode()


@pytest.mark.parametrize(
    ("sizes", "refusal"), [((30, 19), "too_few_people"), ((45, 10), "small_group"), ((), "too_few_people")]
)
def test_where_groups_would_be_small_none_are_published_and_the_reason_is(debate, publish, sizes, refusal):
    debated = debate(*sizes)
    publish(debated)
    content = opinions_of(debated.consultation).content
    assert content["refusal"] == refusal
    assert "groups" not in content


def test_where_all_say_the_same_there_are_no_groups_but_the_colleges_are_compared(debate, publish):
    debated = debate(40, 40, views=("++++++++++++", "++++++++++++"))
    publish(debated)
    content = opinions_of(debated.consultation).content
    assert content["refusal"] in ("small_group", "unstable", "no_difference")
    assert {one["comment"] for one in content["colleges"]["together"]} >= {one.id for one in debated.comments[10:]}


def test_nothing_is_drawn_before_the_results_are_published(debate):
    debated = debate(40, 30)
    with pytest.raises(NotPublished):
        publish_opinions(debated.consultation.id)
    session.rollback()
    with pytest.raises(OpinionsAwaited):
        opinions_of(debated.consultation)


def test_drawing_again_keeps_the_first_map(debate, publish):
    debated = debate(40, 30)
    publish(debated)
    first = opinions_of(debated.consultation)
    publish_opinions(debated.consultation.id)
    again = opinions_of(debated.consultation)
    assert (again.hash, again.drawn_at) == (first.hash, first.drawn_at)


@pytest.mark.parametrize("change", ["UPDATE opinion_map SET hash = hash", "DELETE FROM opinion_map"])
def test_the_database_refuses_to_change_a_published_map(debate, publish, change):
    publish(debate(40, 30))
    with pytest.raises(DBAPIError):
        session.connection().exec_driver_sql(change)
    session.rollback()


def test_the_same_reactions_give_the_same_bytes_whoever_came_first(debate, publish):
    debated = debate(40, 30)
    matrix = reactions_to_public(debated.consultation.id)
    assert len(matrix.comments) == 12
    assert matrix.matrix.people == 70
    publish(debated)
    content = opinions_of(debated.consultation).content
    assert content["people"] == 70
    assert content["comments"] == 12


def test_only_public_comments_and_reactions_to_the_present_text_are_drawn(debate):
    debated = debate(6, 6)
    withdrawn, changed = debated.comments[:2]
    withdraw_comment(session.get_one(Account, withdrawn.author_id), withdrawn)
    changed.revision += 1
    session.commit()
    reactions = reactions_to_public(debated.consultation.id)
    assert withdrawn.id not in reactions.comments
    assert changed.id not in reactions.comments
    assert len(reactions.comments) == 10


def test_everybody_finds_their_own_place_until_reactions_are_cut(debate, publish):
    debated = debate(40, 30)
    publish(debated)
    first, second = (standing_of(group[0], debated.consultation) for group in debated.groups)
    assert (first.letter, second.letter) == ("A", "B")
    assert first.point[0] != second.point[0]
    cut_reactions(debated.consultation.id)
    assert standing_of(debated.people[0], debated.consultation) is None
    assert opinions_of(debated.consultation).is_cut


def test_who_reacted_to_little_has_no_place(debate, publish, people):
    debated = debate(40, 30)
    newcomer = people.citizen()
    say(debated.comments, (newcomer, "++-"))
    publish(debated)
    assert standing_of(newcomer, debated.consultation) is None
    assert opinions_of(debated.consultation).content["people"] == 70


def test_cutting_leaves_every_counter_as_it_was_and_nobodys_name(debate, publish):
    debated = debate(40, 30)
    publish(debated)
    before = counters(debated.comments)
    while cut_reactions(debated.consultation.id):
        pass
    session.commit()
    assert left() == 0
    assert counters(debated.comments) == before
    kept = session.execute(select(CutReactions.kind, func.sum(CutReactions.number)).group_by(CutReactions.kind)).all()
    assert {kind: int(number) for kind, number in kept} == {
        "agree": before["agrees"],
        "disagree": before["disagrees"],
        "pass": before["passes"],
    }


def test_cutting_goes_on_where_it_was_interrupted_and_counts_nothing_twice(debate, publish):
    debated = debate(40, 30)
    publish(debated)
    total = left()
    assert cut_reactions_in(debated.consultation.id, 100)
    session.commit()
    assert left() == total - 100
    cut_reactions_in(debated.consultation.id, 100)
    session.rollback()
    assert left() == total - 100
    while cut_reactions_in(debated.consultation.id, 300):
        session.commit()
    assert left() == 0
    assert session.scalar(select(func.sum(CutReactions.number))) == total
    assert not cut_reactions_in(debated.consultation.id)


def test_cutting_leaves_other_consultations_alone(debate, publish, draft_consultation):
    debated = debate(40, 30)
    publish(debated)
    total = left()
    assert not cut_reactions_in(debated.people[0].id)
    assert left() == total


def test_somebody_who_leaves_takes_their_name_and_leaves_their_voice(debate, publish):
    debated = debate(40, 30)
    before, total = counters(debated.comments), left()
    forget_names(debated.people[0].id)
    session.commit()
    assert left() == total - 11
    assert counters(debated.comments) == before
    assert session.scalar(select(func.sum(CutReactions.number))) == 11


def test_reactions_are_never_cut_before_the_map_is_drawn(debate):
    debated = debate(40, 30)
    with pytest.raises(OpinionsAwaited):
        cut_reactions(debated.consultation.id)
    assert left() > 0


def test_the_end_of_cutting_is_noted_once_and_its_sheet_is_gone(debate, publish):
    debated = debate(40, 30)
    publish(debated)
    while cut_reactions(debated.consultation.id):
        session.commit()
    session.commit()
    for _ in range(2):
        finish_cutting(debated.consultation.id)
    assert session.scalar(select(func.count()).select_from(OpinionSheet)) == 0
    assert session.scalar(select(func.count()).select_from(OpinionMap)) == 1
    noted = session.scalars(select(AuditEntry.event)).all()
    assert (noted.count("OpinionsPublished"), noted.count("ReactionsCut")) == (1, 1)


def test_the_map_outlives_the_comments_that_it_names(debate, publish):
    debated = debate(40, 30)
    publish(debated)
    before = opinions_of(debated.consultation).text
    withdraw_all_comments(session.get_one(Account, debated.comments[0].author_id))
    session.commit()
    assert opinions_of(debated.consultation).text == before
    assert json.loads(before)["comments"] == 12
