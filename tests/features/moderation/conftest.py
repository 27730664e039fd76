"""A public comment, its author, and two moderators who took no part."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import StatementOfReasons
from consultation.features.accounts.models import MODERATOR, Account
from consultation.features.accounts.queries import account_by_id, holders_of
from consultation.features.comments.models import Comment
from consultation.features.comments.services import choose_name, post_comment
from consultation.features.moderation.models import Case, Decision, Notice
from consultation.features.moderation.queries import open_case_of
from consultation.features.moderation.services import decide_case, give_notice
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.database import new_public_id, session

WITHHELD = StatementOfReasons(
    Outcome.WITHHOLD,
    Ground.INSULT,
    facts="« cette bande d’incapables », première phrase",
    statement="Vous attaquez des personnes et non ce qu’elles disent.",
)
KEPT = StatementOfReasons(Outcome.KEEP, None, "", "")


@dataclass
class Scene:
    """What tests of moderation act upon."""

    consultation: Any
    people: Any
    author: Account
    comment: Comment
    moderators: list[Account]

    def post(
        self, author: Account, body: str = "Un argument.", parent: Comment | None = None, number: int = 1
    ) -> Comment:
        """A comment, or a reply, by an author who gets a name first."""
        choose_name(author, self.consultation, f"Plume {new_public_id()}")
        recommendation = recommendation_by_number(self.consultation, number)
        comment = post_comment(author, recommendation, Alignment.NUANCED, body, [], new_public_id(), parent)
        session.commit()
        return comment

    def report(self, comment: Comment | None = None, ground: Ground = Ground.INSULT, **values: Any) -> Notice:
        """A notice by a visitor, or by `actor`."""
        notice = give_notice(
            values.pop("actor", None),
            comment or self.comment,
            ground,
            values.pop("explanation", "Ces mots visent des personnes, pas des idées."),
            values.pop("submission", new_public_id()),
            **values,
        )
        session.commit()
        return notice

    def case(self, comment: Comment | None = None) -> Case:
        """The open case of the comment."""
        case = open_case_of((comment or self.comment).id)
        assert case is not None
        return case

    def decide(self, reasons: StatementOfReasons = WITHHELD, moderator: Account | None = None) -> Decision:
        """The decision of the comment's open case."""
        case = self.case()
        decision = decide_case(moderator or self.moderators[0], case, case.version, reasons)
        session.commit()
        return decision


@pytest.fixture
def scene(open_consultation: Any, people: Any) -> Scene:
    """A comment by « Hellébore », public under recommendation 1."""
    author = people.citizen()
    choose_name(author, open_consultation, "Hellébore")
    recommendation = recommendation_by_number(open_consultation, 1)
    body = "Cette bande d’incapables ne lira rien."
    comment = post_comment(author, recommendation, Alignment.AGAINST, body, [], new_public_id())
    session.commit()
    moderators = [account_by_id(one.id) for one in holders_of(MODERATOR, open_consultation.id)]
    return Scene(open_consultation, people, author, comment, moderators)


@pytest.fixture
def explained() -> Callable[..., dict[str, str]]:
    """The fields of a notice form, complete."""

    def fields(**changes: str) -> dict[str, str]:
        return {"ground": "insult", "explanation": "Ces mots visent des personnes, pas des idées.", **changes}

    return fields
