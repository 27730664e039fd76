"""Several people, or one impatient person, at the same moment; each in a thread with a connection of its own."""

import uuid
from collections.abc import Callable

from sqlalchemy import func, select

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction, shared_score
from consultation.domain.errors import NameTaken
from consultation.features.accounts.queries import account_by_id
from consultation.features.comments.models import Comment, CommentReaction, PenName
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.services import choose_name, post_comment, react
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.database import session

SUBMISSION = "a-form-that-was-shown-once"


def test_reactions_of_many_at_once_are_all_counted(at_once, people, write) -> None:
    comment_id = write(people.citizen()).id
    readers = [people.citizen().id for _ in range(12)]
    kinds = [Reaction.AGREE, Reaction.AGREE, Reaction.DISAGREE] * 4

    def reacting(reader_id: uuid.UUID, kind: Reaction) -> Callable[[], None]:
        return lambda: react(account_by_id(reader_id), comment_by_id(comment_id), kind)

    at_once([reacting(*pair) for pair in zip(readers, kinds, strict=True)])
    comment = session.get(Comment, comment_id)
    assert (comment.agrees, comment.disagrees) == (8, 4)
    assert comment.score == shared_score(8, 4)


def test_one_person_who_reacts_several_times_at_once_is_counted_once(at_once, people, write) -> None:
    comment_id, reader_id = write(people.citizen()).id, people.citizen().id
    kinds = [Reaction.AGREE, Reaction.DISAGREE, Reaction.PASS, Reaction.AGREE]

    def reacting(kind: Reaction) -> Callable[[], None]:
        return lambda: react(account_by_id(reader_id), comment_by_id(comment_id), kind)

    at_once([reacting(kind) for kind in kinds])
    comment = session.get(Comment, comment_id)
    assert comment.agrees + comment.disagrees + comment.passes == 1
    assert session.scalar(select(func.count()).select_from(CommentReaction)) == 1


def test_one_form_sent_several_times_at_once_makes_one_name_and_one_comment(
    at_once, people, open_consultation: Consultation
) -> None:
    author_id = people.citizen().id

    def sending() -> str:
        author, consultation = account_by_id(author_id), consultation_by_slug("test")
        choose_name(author, consultation, "Sauge")
        recommendation = recommendation_by_number(consultation, 6)
        return post_comment(author, recommendation, Alignment.FOR, "Un argument.", (), SUBMISSION).id

    made = at_once([sending] * 6)
    assert len(set(made)) == 1
    assert session.scalar(select(func.count()).select_from(Comment)) == 1
    assert session.scalar(select(func.count()).select_from(PenName)) == 1
    assert session.scalar(select(Recommendation.citizens_for).filter_by(number=6)) == 1


def test_of_several_people_who_take_a_name_at_once_one_has_it(at_once, people, open_consultation: Consultation) -> None:
    accounts = [people.citizen().id for _ in range(5)]

    def taking(account_id: uuid.UUID) -> Callable[[], bool]:
        def take() -> bool:
            try:
                choose_name(account_by_id(account_id), consultation_by_slug("test"), "Sauge")
            except NameTaken:
                return False
            return True

        return take

    assert sorted(at_once([taking(one) for one in accounts])) == [False] * 4 + [True]


def test_replies_of_many_at_once_are_all_counted(at_once, people, write, open_consultation: Consultation) -> None:
    root_id = write(people.citizen()).id
    authors = [people.citizen() for _ in range(6)]
    for author, name in zip(authors, ("Aneth", "Basilic", "Cerfeuil", "Estragon", "Fenouil", "Laurier"), strict=True):
        choose_name(author, open_consultation, name)
    ids = [author.id for author in authors]

    def replying(author_id: uuid.UUID) -> Callable[[], str]:
        def reply() -> str:
            root = comment_by_id(root_id)
            return post_comment(
                account_by_id(author_id), root.recommendation, Alignment.AGAINST, "Une réponse.", (), SUBMISSION, root
            ).id

        return reply

    at_once([replying(one) for one in ids])
    assert session.get(Comment, root_id).replies == 6
    assert session.scalar(select(Recommendation.citizens_against).filter_by(number=6)) == 6
