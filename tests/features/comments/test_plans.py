"""How the database reads a page of a thread: along an index, whatever the order, and never the whole thread."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Select, text

from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.features.comments.models import Comment
from consultation.features.comments.queries import Order
from consultation.features.comments.queries.orders import KEYS, cursor_at
from consultation.features.comments.queries.threads import _replies_to, roots_after
from consultation.infrastructure.database import is_postgresql, session

FILTERS: list[tuple[College | None, Alignment | None]] = [
    (None, None),
    (College.PHYSICIANS, None),
    (None, Alignment.AGAINST),
    (College.PHYSICIANS, Alignment.AGAINST),
]
ID = "0" * 12


@pytest.mark.parametrize("is_first", [True, False], ids=["first page", "further on"])
@pytest.mark.parametrize("filters", FILTERS, ids=["all", "a college", "a position", "both"])
@pytest.mark.parametrize("order", list(Order))
def test_a_page_of_a_thread_is_read_along_an_index(context, write, people, order, filters, is_first) -> None:
    comment = write(people.citizen())
    cursor = None if is_first else cursor_at(KEYS[order].place_of(comment))
    check_plan(statement_of(roots_after(comment.recommendation_id, order, *filters, cursor)))


def test_the_first_replies_are_read_along_an_index(context) -> None:
    statement = str(_replies_to(20))
    for place in reversed(range(20)):
        statement = statement.replace(f":root_{place}", f"'{ID}'")
    check_plan(statement)


def test_the_comments_of_a_page_are_read_by_their_identifiers(context, write, people) -> None:
    write(people.citizen())
    check_plan(f"SELECT * FROM {Comment.__tablename__} WHERE id IN ('{ID}', '{ID[1:]}1')")


def statement_of(statement: Select[Any]) -> str:
    """The statement as text, its values in it."""
    return str(statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))


def check_plan(statement: str) -> None:
    """Assert that no comment is looked at beyond those of a page, and that no more than some pages are sorted."""
    if is_postgresql():
        check_plan_of_postgresql(statement)
    else:
        check_plan_of_sqlite(statement)


def check_plan_of_sqlite(statement: str) -> None:
    """Each reading of the table is a search; only pages that are there already are put in order."""
    steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    below: dict[int, list[str]] = {}
    for identifier, parent, _unused, said in steps:
        below.setdefault(parent, []).append(said)
        below.setdefault(identifier, [])
    assert not [said for said in steps if said[3].startswith("SCAN comment")], steps
    for said in below.values():
        reads = any(one.startswith("SEARCH comment") for one in said)
        assert not (reads and any("TEMP B-TREE" in one for one in said)), steps


def check_plan_of_postgresql(statement: str) -> None:
    """The same where the planner may sort or scan only if nothing else is left."""
    for method in ("seqscan", "sort", "incremental_sort", "bitmapscan"):
        session.execute(text(f"SET LOCAL enable_{method} = off"))
    said = session.connection().exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}").scalar_one()
    plan = (said if isinstance(said, list) else json.loads(said))[0]["Plan"]
    for node, above in nodes(plan, ()):
        assert node["Node Type"] != "Seq Scan", plan
        if "Index" in node["Node Type"]:
            since_limit = above[max((n for n, one in enumerate(above) if one == "Limit"), default=-1) :]
            assert not {"Sort", "Incremental Sort"} & set(since_limit), plan


def nodes(plan: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """Every node of a plan, with the types of those above it."""
    yield plan, above
    for node in plan.get("Plans", ()):
        yield from nodes(node, (*above, plan["Node Type"]))
