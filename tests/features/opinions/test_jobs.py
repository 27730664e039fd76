from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from consultation.domain.phases import Phase
from consultation.features.comments.models import CommentReaction, CutReactions
from consultation.features.comments.services import cut_reactions_in
from consultation.features.consultations.events import ConsultationPublished
from consultation.features.opinions import services
from consultation.features.opinions.handlers import draw_opinions_of_published
from consultation.features.opinions.jobs import cut_reactions
from consultation.features.opinions.models import OpinionSheet
from consultation.features.opinions.queries import DAYS_UNTIL_CUT, is_drawn, is_kept, opinions_of
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import QueuedJob, enqueue, run_all, run_next


def number_of(row):
    """How many rows there are."""
    return session.scalar(select(func.count()).select_from(row))


@pytest.fixture
def results(debate):
    """Two groups whose consultation has just been published, by the event that says so."""
    debated = debate(40, 30)
    one = debated.consultation
    session.execute(delete(QueuedJob))  # those of its opening and of its debate
    one.phase, one.closed_at, one.published_at = Phase.PUBLISHED.value, clock.now(), clock.now()
    draw_opinions_of_published(ConsultationPublished(one.id, None))
    session.commit()
    return debated


def test_publishing_draws_the_map_and_keeps_reactions_for_a_while(results):
    assert not is_drawn(results.consultation.id)
    run_all()
    assert is_drawn(results.consultation.id)
    assert number_of(CommentReaction) > 0
    waiting = session.scalars(select(QueuedJob)).all()
    assert [job.name.rpartition(".")[2] for job in waiting] == ["cut_reactions"]
    days = clock.day_of(waiting[0].due_at) - clock.today()
    assert days == timedelta(days=DAYS_UNTIL_CUT)


def test_when_its_day_comes_reactions_are_cut_in_pieces_until_none_is_left(results, monkeypatch):
    monkeypatch.setattr(cut_reactions_in, "__defaults__", (200,))
    run_all()
    total = number_of(CommentReaction)
    with clock.standing_at(clock.now() + timedelta(days=DAYS_UNTIL_CUT + 1)):
        left = [total]
        while run_next():
            left.append(number_of(CommentReaction))
    assert left[:3] == [total, total - 200, total - 400]
    assert left[-1] == 0
    assert session.scalar(select(func.sum(CutReactions.number))) == total
    assert number_of(QueuedJob) == 0
    assert not is_kept(results.consultation.id)
    assert opinions_of(results.consultation).is_cut


def test_reactions_are_cut_even_where_the_map_had_not_been_drawn_yet_and_it_is_drawn_first(results):
    with clock.standing_at(clock.now() + timedelta(days=DAYS_UNTIL_CUT + 1)):
        session.execute(QueuedJob.__table__.delete().where(QueuedJob.name.endswith("draw_opinions")))
        session.commit()
        run_all()
    assert "groups" in opinions_of(results.consultation).content
    assert number_of(CommentReaction) == number_of(QueuedJob) == 0


def test_cutting_again_changes_nothing(results):
    run_all()
    with clock.standing_at(clock.now() + timedelta(days=DAYS_UNTIL_CUT + 1)):
        run_all()
        kept = session.execute(select(CutReactions.comment_id, CutReactions.kind, CutReactions.number)).all()
        enqueue(cut_reactions, consultation_id=str(results.consultation.id))
        session.commit()
        run_all()
    assert session.execute(select(CutReactions.comment_id, CutReactions.kind, CutReactions.number)).all() == kept
    assert number_of(QueuedJob) == 0


def test_where_files_are_busy_the_job_comes_back_and_ends_once_they_are_free(results, monkeypatch):
    run_all()
    with clock.standing_at(clock.now() + timedelta(days=DAYS_UNTIL_CUT + 1)):
        with monkeypatch.context() as busy:
            busy.setattr(services, "scrub", lambda _tables: False)
            run_all()
        assert number_of(CommentReaction) == 0
        assert number_of(OpinionSheet) == 1
        assert opinions_of(results.consultation).is_cut
    with clock.standing_at(clock.now() + timedelta(days=DAYS_UNTIL_CUT + 2)):
        run_all()
    assert number_of(OpinionSheet) == number_of(QueuedJob) == 0


def test_a_job_killed_between_two_pieces_goes_on_where_it_was(results, monkeypatch):
    run_all()
    total = number_of(CommentReaction)
    with clock.standing_at(clock.now() + timedelta(days=DAYS_UNTIL_CUT + 1)):
        with monkeypatch.context() as killed:
            killed.setattr(cut_reactions_in, "__defaults__", (100,))
            run_next()
        assert number_of(CommentReaction) == total - 100
        run_all()
    assert number_of(CommentReaction) == 0
    assert session.scalar(select(func.sum(CutReactions.number))) == total
