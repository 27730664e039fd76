"""What becomes of recommendations: said after the results, kept with what was said before, promised for a day."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consultation.domain.deliberation.answers import Decided
from consultation.domain.errors import Invalid, NotAnOrganiser, NotPublished, PromiseRefused, WrittenMeanwhile
from consultation.features.audit.models import AuditEntry
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.recommendations.models import Outcome, OutcomeRevision, Promise, Recommendation
from consultation.features.recommendations.queries import recommendation_by_number, recommendations_with_outcomes
from consultation.features.recommendations.serializers import panel_of, promised_of
from consultation.features.recommendations.services import give_outcome, promise_answers
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

WHY, OTHER = "Le décret est *prêt*.", "Le décret attend."


@pytest.fixture
def published_consultation(open_consultation):
    """The consultation, published."""
    fence(None, open_consultation)
    mark_closed(open_consultation)
    mark_published(None, open_consultation)
    session.commit()
    return open_consultation


@pytest.fixture
def organiser(people, open_consultation):
    """An organiser of the consultation."""
    return people.organiser(open_consultation)


def given(organiser, consultation, kind=Decided.ADOPTED, why=WHY, seen=0, number=3):
    """Give an outcome and commit."""
    outcome = give_outcome(organiser, consultation, recommendation_by_number(consultation, number), kind, why, seen)
    session.commit()
    return outcome


def count(model):
    """The rows of a table."""
    return session.scalar(select(func.count()).select_from(model))


class TestOutcomes:
    """Given, changed, refused."""

    def test_an_outcome_is_rendered_once_dated_counted_and_logged(self, organiser, published_consultation):
        before = session.scalar(select(Recommendation.stamp).filter_by(number=3))
        outcome = given(organiser, published_consultation)
        assert outcome.html == "<p>Le décret est <em>prêt</em>.</p>"
        assert (outcome.given_on, outcome.changed_on) == (clock.today(), None)
        assert published_consultation.outcome_count == 1
        assert session.scalar(select(Recommendation.stamp).filter_by(number=3)) > before
        entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "OutcomeGiven")).one()
        assert "décret" not in entry.identifiers

    def test_a_change_keeps_what_was_said(self, organiser, published_consultation):
        given(organiser, published_consultation)
        given(organiser, published_consultation, Decided.ADAPTED, OTHER, seen=1)
        (former,) = session.scalars(select(OutcomeRevision)).all()
        assert (former.kind, former.html) == ("adopted", "<p>Le décret est <em>prêt</em>.</p>")
        assert session.scalars(select(Outcome)).one().changed_on == clock.today()
        assert published_consultation.outcome_count == 1

    def test_the_same_outcome_sent_twice_changes_nothing(self, organiser, published_consultation):
        given(organiser, published_consultation)
        assert given(organiser, published_consultation).version == 1

    @pytest.mark.parametrize("seen", [0, 2])
    def test_an_outcome_that_a_colleague_changed_meanwhile_is_not_overwritten(
        self, organiser, published_consultation, seen
    ):
        given(organiser, published_consultation)
        with pytest.raises(WrittenMeanwhile):
            given(organiser, published_consultation, Decided.NOT_FOLLOWED, OTHER, seen)
        session.rollback()
        assert session.scalars(select(Outcome)).one().kind == "adopted"

    def test_nobody_reacts_to_a_count_before_it_is_public(self, organiser, open_consultation):
        for advance in (lambda: None, lambda: fence(None, open_consultation), lambda: mark_closed(open_consultation)):
            advance()
            with pytest.raises(NotPublished):
                given(organiser, open_consultation)

    def test_only_an_organiser_of_this_consultation_gives_outcomes(self, people, published_consultation):
        for actor in (people.citizen(), people.moderator(published_consultation)):
            with pytest.raises(NotAnOrganiser):
                given(actor, published_consultation)

    @pytest.mark.parametrize("why", ["", " \n ", "x" * 2001])
    def test_an_outcome_always_says_why(self, organiser, published_consultation, why):
        with pytest.raises(Invalid):
            given(organiser, published_consultation, why=why)

    def test_each_recommendation_comes_with_its_outcome_in_one_statement(
        self, organiser, published_consultation, statements
    ):
        given(organiser, published_consultation)
        consultation_id = published_consultation.id
        session.expunge_all()
        with statements() as counted:
            found = recommendations_with_outcomes(consultation_id)
            kinds = [one.outcome.kind if one.outcome else None for one in found]
        assert kinds == [None, "adopted", None, None]
        assert counted.total == 1


class TestPromises:
    """A day for the answers, kept or not."""

    def test_a_first_promise_needs_no_reason_and_a_second_one_does(self, organiser, open_consultation):
        day = open_consultation.results_on + timedelta(days=30)
        promise_answers(organiser, open_consultation, day)
        with pytest.raises(PromiseRefused, match="promise_refused"):
            promise_answers(organiser, open_consultation, day + timedelta(days=1))
        promise_answers(organiser, open_consultation, day + timedelta(days=1), "Un avis manque encore.")
        session.commit()
        assert open_consultation.answers_on == day + timedelta(days=1)
        stored = session.scalars(select(Promise).order_by(Promise.number)).all()
        assert [(one.answers_on, one.reason, one.made_on) for one in stored] == [
            (day, "", clock.today()),
            (day + timedelta(days=1), "Un avis manque encore.", clock.today()),
        ]

    @pytest.mark.parametrize(
        ("days", "reason", "fault"),
        [
            (-20, "Parce que.", "past"),
            (14, "Parce que.", "results"),
            (45, "Parce que.", "unchanged"),
            (46, "  ", "no_reason"),
            (46, "x" * 501, "long_reason"),
        ],
    )
    def test_a_promise_that_cannot_be_is_refused_with_its_reason(
        self, organiser, open_consultation, days, reason, fault
    ):
        promise_answers(organiser, open_consultation, clock.today() + timedelta(days=45))
        with pytest.raises(PromiseRefused) as refusal:
            promise_answers(organiser, open_consultation, clock.today() + timedelta(days=days), reason)
        assert refusal.value.values == {"reason": fault}
        assert count(Promise) == 1

    @pytest.mark.parametrize(
        ("path", "days", "said", "is_overdue"),
        [
            ("/en/", 21, "(in 21 days)", False),
            ("/en/", 1, "(in 1 day)", False),
            ("/en/", 0, "promised for today", False),
            ("/en/", -1, "not been kept since", True),
        ],
    )
    def test_the_countdown_is_said_by_the_day(self, app, open_consultation, path, days, said, is_overdue):
        open_consultation.answers_on = clock.today() + timedelta(days=days)
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": path.rstrip("/")}):
            promised = promised_of(open_consultation)
        assert said in promised.sentence
        assert str(open_consultation.answers_on.year) in promised.sentence
        assert promised.is_overdue is is_overdue

    def test_a_final_outcome_ends_the_countdown_and_a_study_does_not(self, app, organiser, published_consultation):
        published_consultation.answers_on = clock.today()
        given(organiser, published_consultation, Decided.UNDER_STUDY)
        given(organiser, published_consultation, Decided.NOT_FOLLOWED, number=6)
        with app.test_request_context("/"):
            studied, refused, silent = (
                panel_of(published_consultation, recommendation_by_number(published_consultation, number))
                for number in (3, 6, 7)
            )
        assert studied.promised
        assert studied.outcome.kind == "under_study"
        assert refused.promised is None
        assert silent.promised
        assert silent.outcome is None

    def test_without_promise_and_outcome_nothing_is_shown(self, app, open_consultation):
        with app.test_request_context("/"):
            assert panel_of(open_consultation, recommendation_by_number(open_consultation, 3)) is None
