"""The index of the search is made anew by a command, from what is public alone."""

import json

from sqlalchemy import delete, func, select

from consultation.infrastructure.database import db, session
from consultation.infrastructure.search import SearchEntry


def entries(operator, *, emptied=False):
    """How many entries the index holds; none any more where it is to be emptied."""
    with operator.application().app_context():
        if emptied:
            session.execute(delete(SearchEntry))
            session.commit()
        held = session.scalar(select(func.count()).select_from(SearchEntry))
        db.session.remove()
        db.engine.dispose()
    return held


def test_an_index_that_was_lost_is_made_anew(operator, opened):
    assert entries(operator, emptied=True) == 0
    assert operator.types("search rebuild").stdout == "Entries in the index of the search: 2.\n"
    assert entries(operator) == 2


def test_an_index_that_is_whole_stays_as_it_is_and_a_program_reads_how_many_there_are(operator, opened):
    for _ in range(2):
        assert json.loads(operator.types("search rebuild --json").stdout) == {"entries": 2}


def test_nothing_of_a_draft_is_entered(operator, draft):
    assert json.loads(operator.types("search rebuild --json").stdout) == {"entries": 0}
