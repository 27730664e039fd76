"""`consultation comments recount` proves the kept counts of the debate right, and puts them right when told to."""

import json

import pytest
from sqlalchemy import select, update

from consultation.domain.deliberation.alignment import Alignment
from consultation.features.accounts.services import accept_charter, confirm_address, create_account
from consultation.features.comments.models import Comment
from consultation.features.comments.services import choose_name, post_comment
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure import charter
from consultation.infrastructure.database import db, new_public_id, session


@pytest.fixture
def commented(operator, opened):
    """An open consultation with three comments."""
    with operator.application().app_context():
        consultation = consultation_by_slug(opened)
        author = create_account("anne@example.org", None, "fr")
        confirm_address(author)
        accept_charter(author, charter.in_force())
        choose_name(author, consultation, "Sauge")
        for place in range(3):
            recommendation = recommendation_by_number(consultation, 3)
            post_comment(author, recommendation, Alignment.FOR, f"Argument {place}.", (), new_public_id())
        session.commit()
        db.engine.dispose()
    return operator


def spoil(operator):
    """Put wrong counts in two tables."""
    with operator.application().app_context():
        first = session.scalars(select(Comment.id).order_by(Comment.id)).first()
        session.execute(update(Comment).where(Comment.id == first).values(agrees=5))
        session.execute(update(Recommendation).values(citizens_for=9))
        session.commit()
        db.engine.dispose()


def test_right_counts_are_said_to_be_right(commented):
    said = commented.types("comments recount essai")
    assert said.stdout == "Comments counted again: 3. Every kept count is right.\n"
    assert json.loads(commented.types("comments recount --json").stdout) == {"comments": 3, "repaired": 0}


def test_wrong_counts_are_named_and_nothing_is_written_until_it_is_asked_for(commented):
    spoil(commented)
    refused = commented.types("comments recount", status=1)
    assert "2 kept counts are not what they count" in refused.stderr
    assert "agrees 5 (0)" in refused.stderr
    assert "citizens_for 9 (3)" in refused.stderr
    commented.types("comments recount", status=1)
    assert json.loads(commented.types("comments recount --repair --json").stdout) == {"comments": 3, "repaired": 2}
    assert json.loads(commented.types("comments recount --json").stdout) == {"comments": 3, "repaired": 0}


def test_a_consultation_that_does_not_exist_is_told_in_a_line(commented):
    assert "nulle-part" in commented.types("comments recount nulle-part", status=1).stderr


def test_a_platform_without_a_debate_has_nothing_to_count(operator):
    assert operator.types("comments recount").stdout == "Comments counted again: 0. Every kept count is right.\n"
