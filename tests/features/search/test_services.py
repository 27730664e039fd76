"""The index holds what is public now, and nothing else."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.answers import Decided
from consultation.domain.deliberation.argument import Argument
from consultation.domain.errors import RuleBroken
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, OfficialReply
from consultation.features.comments.services import (
    answer_comment,
    edit_comment,
    hold_comment,
    release_comment,
    restore_comment,
    return_comment,
    withdraw_all_comments,
    withdraw_answer,
    withdraw_comment,
    withhold_comment,
)
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.recommendations.services import give_outcome
from consultation.features.reports.services import add_line, change_line, publish_report, take_line_out
from consultation.features.search import services
from consultation.features.search.jobs import fill
from consultation.features.search.services import index_comment, index_consultation
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.search import Scope, SearchEntry, find, understood


@pytest.fixture
def author(people) -> Account:
    """Somebody who writes."""
    return people.citizen()


@pytest.fixture
def organiser(people, open_consultation: Consultation) -> Account:
    """An organiser of the consultation."""
    return people.organiser(open_consultation)


@pytest.fixture
def published(open_consultation: Consultation) -> Consultation:
    """The consultation, published."""
    fence(None, open_consultation)
    mark_closed(open_consultation)
    mark_published(None, open_consultation)
    session.commit()
    return open_consultation


def found(question: str, kind: str | None = None) -> list[str]:
    """The identifiers of what is found."""
    return [entry.object_id for entry in find(understood(question), Scope(kind=kind)).entries]


def everything() -> set[tuple[Any, ...]]:
    """All the entries of the index."""
    columns = [column for column in SearchEntry.__table__.columns if column.name != "words"]
    return {tuple(row) for row in session.execute(sa.select(*columns))}


def test_nothing_of_a_draft_is_found(draft_consultation: Consultation) -> None:
    index_consultation(draft_consultation.id)
    assert (found("consultation"), found("recommandation")) == ([], [])


def test_an_open_consultation_is_found_with_its_recommendations_in_their_order(
    open_consultation: Consultation,
) -> None:
    assert found("essai", "consultation") == [str(open_consultation.id)]
    entries = find(understood("recommandation"), Scope(kind="recommendation")).entries
    assert [entry.title[-1] for entry in entries] == ["1", "3", "6", "7"]


def test_a_comment_is_found_by_what_can_be_read_of_it(people, write) -> None:
    comment = write(people.citizen(), "Un *secret*médical & <b>gras</b>, voir [ceci](https://piege.example/adresse).")
    assert found("secretmédical gras") == [comment.id]
    assert found("adresse") == []
    assert found("href") == []


def test_the_name_of_an_author_is_not_found(people, write) -> None:
    write(people.citizen(), "Un argument.")
    assert found("sauge") == []


def test_a_withheld_comment_is_found_no_more_until_it_is_restored(people, write) -> None:
    comment = write(people.citizen(), "Un propos injurieux.")
    withhold_comment(comment, "0" * 12, "insult")
    assert found("injurieux") == []
    assert not [row for row in everything() if "injurieux" in str(row)]
    session.refresh(comment)
    restore_comment(comment)
    assert found("injurieux") == [comment.id]


def test_a_withdrawn_comment_is_found_no_more(people, write) -> None:
    author = people.citizen()
    comment = write(author, "Un regret.")
    withdraw_comment(author, comment)
    assert found("regret") == []


def test_a_comment_is_found_by_what_it_says_now_and_not_by_what_it_said(people, write) -> None:
    author = people.citizen()
    comment = write(author, "Une phrase maladroite.")
    edit_comment(author, comment, 1, Alignment.AGAINST, "Une tournure meilleure.", [])
    assert (found("maladroite"), found("tournure")) == ([], [comment.id])
    assert not [row for row in everything() if "maladroite" in str(row)]
    assert [one.alignment for one in find(understood("tournure"), Scope()).entries] == ["against"]


def test_a_comment_that_waits_for_a_reading_is_found_once_it_is_released(
    people, write, open_consultation: Consultation
) -> None:
    author = people.citizen()
    write(author, "Un premier argument.")
    recommendation = recommendation_by_number(open_consultation, 6)
    held = hold_comment(author, recommendation, Argument(Alignment.FOR, "Un dossier à relire.", [], "s" * 24))
    session.commit()
    assert found("relire") == []
    assert not [row for row in everything() if "relire" in str(row)]
    release_comment(held)
    assert found("relire") == [held.id]


def test_a_comment_that_a_reading_returned_is_not_found(people, write, open_consultation: Consultation) -> None:
    author = people.citizen()
    write(author, "Un premier argument.")
    recommendation = recommendation_by_number(open_consultation, 6)
    held = hold_comment(author, recommendation, Argument(Alignment.FOR, "Un dossier à relire.", [], "s" * 24))
    session.commit()
    return_comment(
        people.moderator(open_consultation), held, "Ce texte nomme une personne : sans son nom, il peut paraître."
    )
    fill()
    assert found("relire") == []


def test_nothing_that_an_erased_person_took_back_is_found(people, write) -> None:
    author = people.citizen()
    write(author, "Un regret.")
    write(author, "Un autre regret.")
    withdraw_all_comments(author)
    assert found("regret") == []


def test_an_official_reply_is_found_while_it_and_its_comment_are_public(
    people, write, open_consultation: Consultation
) -> None:
    organiser, comment = people.organiser(open_consultation), write(people.citizen(), "Une question.")
    answer_comment(organiser, comment, "Le *registre* existe.", 0, 1)
    assert found("registres", "reply") == [comment.id]
    answer_comment(organiser, comment, "Le fichier existe.", 1, 1)
    assert (found("registre"), found("fichiers")) == ([], [comment.id])
    withhold_comment(comment, "0" * 12, "insult")
    assert found("fichier") == []
    session.refresh(comment)
    restore_comment(comment)
    assert found("fichier") == [comment.id]
    withdraw_answer(organiser, comment, 2)
    assert found("fichier") == []


def test_what_became_of_a_recommendation_is_found_as_it_is_now_said(people, published: Consultation) -> None:
    organiser, recommendation = people.organiser(published), recommendation_by_number(published, 3)
    give_outcome(organiser, published, recommendation, Decided.ADOPTED, "Le *décret* est prêt.", 0)
    assert found("décrets", "outcome") == [recommendation.id]
    give_outcome(organiser, published, recommendation, Decided.ADAPTED, "Une circulaire suffit.", 1)
    assert (found("décret"), found("circulaires")) == ([], [recommendation.id])


def test_the_lines_of_a_report_are_found_once_it_is_public(people, published: Consultation) -> None:
    organiser = people.organiser(published)
    about = add_line(organiser, published, recommendation_by_number(published, 3), "Beaucoup veulent un registre.")
    whole = add_line(organiser, published, None, "Le débat fut un registre vivant.")
    assert found("registre") == []
    publish_report(organiser, published)
    assert set(found("registre", "report")) == {about.id, whole.id}
    change_line(organiser, published, about, "Beaucoup veulent une loi.", about.version)
    assert (found("registre"), found("lois")) == ([whole.id], [about.id])
    take_line_out(organiser, published, whole, whole.version)
    assert found("registre") == []


ACTS = st.sampled_from(["post", "edit", "withhold", "restore", "withdraw", "answer", "take back"])


@given(st.lists(st.tuples(ACTS, st.integers(0, 5)), max_size=14))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_the_index_is_what_filling_it_anew_gives(
    author: Account, organiser: Account, write, acts: list[tuple[str, int]]
) -> None:
    comments = [write(author, f"Un argument {number}.") for number in range(2)]
    for act, number in acts:
        comment = comments[number % len(comments)]
        session.refresh(comment)
        with suppress(RuleBroken):
            _act(act, comment, author, organiser, comments, write)
        session.commit()
    session.expire_all()
    before = everything()
    readable = {comment.id for comment in comments if comment.is_public}
    assert {row[2] for row in before if row[1] == "comment"} >= readable
    assert not {row[2] for row in before if row[1] in ("comment", "reply")} & (
        {comment.id for comment in comments} - readable
    )
    session.execute(sa.delete(SearchEntry))
    fill()
    assert everything() == before
    session.rollback()


def _act(
    act: str,
    comment: Comment,
    author: Account,
    organiser: Account,
    comments: list[Comment],
    write: Callable[..., Comment],
) -> None:
    """One thing that may happen to a comment; it is refused where it may not."""
    match act:
        case "post":
            comments.append(write(author, f"Un argument {len(comments)}."))
        case "edit":
            edit_comment(author, comment, comment.revision, Alignment.NUANCED, f"{comment.body} Changé.", [])
        case "withhold":
            withhold_comment(comment, "0" * 12, "insult")
        case "restore":
            restore_comment(comment)
        case "withdraw":
            withdraw_comment(author, comment)
        case "answer":
            answer_comment(organiser, comment, f"Réponse {new_public_id()}.", _version(comment), comment.revision)
        case "take back":
            withdraw_answer(organiser, comment, _version(comment))


def _version(comment: Comment) -> int:
    """The version of the answer to a comment, 0 where there is none."""
    answer = session.get(OfficialReply, comment.id, populate_existing=True)
    return answer.version if answer else 0


def test_filling_the_index_gives_what_the_services_gave(people, write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    author = people.citizen()
    comments = [write(author, f"Un argument {number}.") for number in range(5)]
    withhold_comment(comments[2], "0" * 12, "insult")
    session.commit()
    before = everything()
    session.execute(sa.delete(SearchEntry))
    fill()
    session.commit()
    jobs.run_all()
    assert everything() == before
    assert len(before) == 9


def test_filling_the_index_takes_out_what_is_no_longer_public(people, write) -> None:
    comment, stays = (write(people.citizen(), f"Un argument {number}.") for number in range(2))
    session.execute(
        sa.update(Comment)
        .where(Comment.id == comment.id)
        .values(state="withheld", withheld_on=clock.today(), withheld_ground="insult", decision_id="0" * 12)
    )
    fill()
    assert found("argument") == [stays.id]


def test_filling_an_index_twice_changes_nothing(people, write) -> None:
    write(people.citizen(), "Un argument.")
    before = everything()
    fill()
    fill()
    assert everything() == before


def test_entering_a_comment_costs_a_bounded_number_of_statements(people, write, statements: Callable[[], Any]) -> None:
    comment = write(people.citizen(), "Un argument.")
    with statements() as count:
        index_comment(comment.id)
    assert count.total <= 5
