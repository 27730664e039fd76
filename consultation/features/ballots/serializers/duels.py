"""Duels as their page shows them: one question, how far it has come, and the ranking so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from consultation.domain.social_choice.insertion import Answer, Insertion, Question
from consultation.features.ballots.serializers.rankings import Line, aside_of, lines_of
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation


@dataclass(frozen=True)
class Side:
    """One of the two recommendations of a duel, with the answer that places it first.

    `tied` lists what is tied with it for now; `aside` is the answer that leaves it aside, None where it is ranked.
    """

    number: int
    title: str
    introduction: str
    text: str
    url: str
    answer: Answer
    tied: list[int]
    aside: Answer | None


@dataclass(frozen=True)
class DuelPage:
    """What the page of duels shows; `sides` is empty when no question is left, `place` counts the present one."""

    sides: list[Side]
    place: int
    answered: int
    at_most_left: int
    lines: list[Line]
    aside: list[Recommendation]
    kept: int

    @property
    def at_most(self) -> int:
        """How many questions there are at worst, those answered included."""
        return self.answered + self.at_most_left


def duel_page_of(consultation: Consultation, recommendations: Sequence[Recommendation], duels: Insertion) -> DuelPage:
    """The present question of these duels, or their outcome."""
    order = duels.order
    return DuelPage(
        sides=_sides(consultation, recommendations, duels),
        place=duels.asked + 1,
        answered=duels.asked,
        at_most_left=duels.at_most_left,
        lines=lines_of(order, recommendations) if order else [],
        aside=aside_of(order, recommendations) if order else list(recommendations),
        kept=len(duels.start.ranked()) if duels.start else 0,
    )


def _sides(consultation: Consultation, recommendations: Sequence[Recommendation], duels: Insertion) -> list[Side]:
    """The two sides; every other candidate stands second, and stays on its side until it has its place."""
    question = duels.question
    if question is None:
        return []
    known = {one.number: one for one in recommendations}
    candidate, opponent = (
        _side(consultation, known[number], question) for number in (question.candidate, question.opponent)
    )
    stands_second = duels.presented.index(question.candidate) % 2
    return [opponent, candidate] if stands_second else [candidate, opponent]


def _side(consultation: Consultation, recommendation: Recommendation, question: Question) -> Side:
    is_opponent = recommendation.number == question.opponent
    aside = Answer.OPPONENT_ASIDE if is_opponent else Answer.ASIDE
    return Side(
        number=recommendation.number,
        title=recommendation.title,
        introduction=recommendation.introduction,
        text=recommendation.text,
        url=url_for("comments.thread", slug=consultation.slug, number=recommendation.number),
        answer=Answer.AFTER if is_opponent else Answer.BEFORE,
        tied=list(question.tied) if is_opponent else [],
        aside=aside if aside in question.answers else None,
    )
