"""Whatever people do to a debate, one after the other or at once: its threads stay whole and its counts right."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction, divided_score, shared_score
from consultation.domain.errors import RuleBroken
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_id
from consultation.features.comments.models import Comment, State
from consultation.features.comments.queries import (
    Order,
    comment_by_id,
    cursor_before,
    history_of,
    places,
    replies_page,
    thread_page,
    threads,
)
from consultation.features.comments.services import (
    edit_comment,
    post_comment,
    react,
    restore_comment,
    withdraw_all_comments,
    withdraw_comment,
    withhold_comment,
)
from consultation.features.comments.services.naming import choose_name
from consultation.features.comments.services.recounting import recounted_comments, recounted_recommendation
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

NAMES = ("Sauge", "Romarin", "Tilleul", "Verveine")
PAGE = 3
LIVELY = settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

# What is done, by whom, to which comment (as far as there are any), and with which position or reaction.
ACTS = st.tuples(
    st.sampled_from(["post", "reply", "react", "react", "edit", "withdraw", "withhold", "restore"]),
    st.integers(0, len(NAMES) - 1),
    st.integers(0, 40),
    st.integers(0, 3),
)


@dataclass
class Said:
    """A comment as it should be."""

    author: int
    alignment: Alignment
    parent: str | None
    day: int
    state: State = State.PUBLISHED
    revision: int = 1
    closed: int = 0
    former: list[int] = field(default_factory=list)
    reactions: dict[int, tuple[Reaction, int]] = field(default_factory=dict)


@dataclass
class Debate:
    """A debate beside the plainest account of it that can be given."""

    people: list[Account]
    recommendation: Recommendation
    said: dict[str, Said] = field(default_factory=dict)
    day: int = 0  # days of five hours: the shortest in which a change is told

    def act(self, what: str, who: int, which: int, how: int) -> None:
        """Do one thing, to the debate and to the account; nothing to either where it is refused."""
        self.day += how == 3
        with clock.standing_at(clock.now() + timedelta(hours=self.day * 5)):
            target = sorted(self.said)[which % len(self.said)] if self.said else None
            if what == "post" or target is None:
                self._post(who, how, None)
                return
            try:
                {
                    "reply": lambda: self._post(who, how, target),
                    "react": lambda: self._react(who, how, target),
                    "edit": lambda: self._edit(how, target),
                    "withdraw": lambda: self._withdraw(target),
                    "withhold": lambda: self._withhold(target),
                    "restore": lambda: self._restore(target),
                }[what]()
            except RuleBroken:
                assert self._is_refused(what, who, target), (what, self.said[target])

    def _is_refused(self, what: str, who: int, target: str) -> bool:
        said = self.said[target]
        if what == "restore":
            return said.state is not State.WITHHELD
        return said.state is not State.PUBLISHED or (what == "react" and said.author == who)

    def _post(self, who: int, how: int, target: str | None) -> None:
        alignment = list(Alignment)[how % 3]
        parent = comment_by_id(target) if target else None
        made = post_comment(
            self.people[who], self.recommendation, alignment, f"Texte {how}.", (), secrets.token_urlsafe(18), parent
        )
        root = (self.said[target].parent or target) if target else None
        self.said[made.id] = Said(who, alignment, root, self.day)

    def _react(self, who: int, how: int, target: str) -> None:
        kind = (*Reaction, None)[how]
        react(self.people[who], comment_by_id(target), kind)
        said = self.said[target]
        said.reactions.pop(who, None)
        if kind:
            said.reactions[who] = (kind, said.revision)

    def _edit(self, how: int, target: str) -> None:
        said, comment = self.said[target], comment_by_id(target)
        alignment = list(Alignment)[how % 3]
        edit_comment(self.people[said.author], comment, said.revision, alignment, f"Changé {secrets.token_hex(4)}.", ())
        is_answered = said.reactions or any(one.parent == target for one in self.said.values())
        if is_answered or self.day > said.day:
            said.former.append(said.revision)
        said.alignment, said.revision = alignment, said.revision + 1

    def _withdraw(self, target: str) -> None:
        said = self.said[target]
        withdraw_comment(self.people[said.author], comment_by_id(target))
        said.state, said.former = State.WITHDRAWN, []

    def _withhold(self, target: str) -> None:
        withhold_comment(comment_by_id(target), "decision0001", "insult")
        said = self.said[target]
        said.state, said.closed = State.WITHHELD, said.revision

    def _restore(self, target: str) -> None:
        restore_comment(comment_by_id(target))
        said = self.said[target]
        said.state, said.closed = State.PUBLISHED, 0


@pytest.fixture
def debaters(people, open_consultation: Consultation) -> list[Account]:
    """Three citizens and a physician, each with a name."""
    found = [people.citizen(), people.citizen(), people.citizen(), people.physician()]
    for account, name in zip(found, NAMES, strict=True):
        choose_name(account, open_consultation, name)
    session.commit()
    return found


@pytest.fixture
def short_pages(monkeypatch) -> None:
    """Pages of three comments, so that a short debate has many."""
    monkeypatch.setattr(threads, "PAGE_LENGTH", PAGE)
    monkeypatch.setattr(places, "_BEFORE", PAGE // 2)


@pytest.mark.usefixtures("short_pages")
@given(script=st.lists(ACTS, min_size=10, max_size=40))
@LIVELY
def test_a_debate_is_what_was_said_in_it(debaters, recommendation, script) -> None:
    debate = Debate(debaters, recommendation)
    try:
        for act in script:
            debate.act(*act)
        session.flush()
        session.expire_all()
        check_counters(debate)
        check_threads(debate)
    finally:
        session.rollback()


def check_counters(debate: Debate) -> None:
    """Every kept count is what it counts, by the account and by the repair command."""
    public: Counter[tuple[str, str]] = Counter()
    for comment_id, said in debate.said.items():
        comment = session.get_one(Comment, comment_id)
        given_to = Counter(kind for kind, _revision in said.reactions.values())
        assert (comment.state, comment.alignment) == (said.state, said.alignment)
        assert (comment.agrees, comment.disagrees, comment.passes) == tuple(given_to[kind] for kind in Reaction)
        assert comment.earlier == sum(revision < said.revision for _kind, revision in said.reactions.values())
        assert comment.replies == sum(one.parent == comment_id for one in debate.said.values())
        assert comment.score == shared_score(comment.agrees, comment.disagrees)
        assert comment.divided == divided_score(comment.agrees, comment.disagrees)
        assert [one.number for one in history_of(comment)] == sorted(
            (number for number in said.former if number > said.closed), reverse=True
        )
        public[comment.college, comment.alignment] += said.state is State.PUBLISHED
    kept = session.get_one(Recommendation, debate.recommendation.id)
    for college in College:
        for alignment in Alignment:
            assert kept.count(alignment, college) == public[college.value, alignment.value]
    check_recount(kept)


def check_recount(recommendation: Recommendation) -> None:
    """The repair command finds nothing to repair."""
    batch = recounted_comments(recommendation.consultation_id, "", repair=False)
    assert batch is None or not batch.differences
    assert recounted_recommendation(recommendation.id, repair=False) == []


def check_threads(debate: Debate) -> None:
    """In every order each comment is shown once, under no other filter than its own, and is found where it stands."""
    roots = {comment_id for comment_id, said in debate.said.items() if said.parent is None}
    for order in Order:
        shown = list(pages_of(debate.recommendation, order))
        assert sorted(one.root.id for one in shown) == sorted(roots)
        for branch in shown:
            check_branch(debate, branch)
            page = thread_page(debate.recommendation, order, cursor=cursor_before(branch.root, order))
            assert branch.root.id in {one.root.id for one in page.rows}
    for college in College:
        for alignment in Alignment:
            apart = pages_of(debate.recommendation, Order.SHARED, college=college, alignment=alignment)
            assert {one.root.id for one in apart} == {
                one for one in roots if belongs(debate, one, college) and debate.said[one].alignment is alignment
            }


def belongs(debate: Debate, comment_id: str, college: College) -> bool:
    """Whether the author of a comment is of a college."""
    return debate.people[debate.said[comment_id].author].college == college


def check_branch(debate: Debate, branch: Any) -> None:
    """The first three replies come with their comment, and all of them follow on pages of their own, oldest first."""
    replies = {comment_id for comment_id, said in debate.said.items() if said.parent == branch.root.id}
    listed, cursor = [], None
    while True:
        page = replies_page(branch.root, cursor)
        listed += page.rows
        cursor = page.cursor
        if cursor is None:
            break
    assert sorted(one.id for one in listed) == sorted(replies)
    assert [(one.posted_on, one.id) for one in listed] == sorted((one.posted_on, one.id) for one in listed)
    assert [one.id for one in branch.replies] == [one.id for one in listed[:3]]


def pages_of(recommendation: Recommendation, order: Order, **filters: Any) -> Iterator[Any]:
    """The comments of all pages, one after the other."""
    cursor, pages = None, 0
    while True:
        page = thread_page(recommendation, order, cursor=cursor, **filters)
        assert len(page.rows) <= PAGE
        yield from page.rows
        cursor, pages = page.cursor, pages + 1
        if cursor is None:
            return
        assert pages < 100


CONCURRENT = st.tuples(
    st.sampled_from(["reply", "react", "react", "edit", "edit", "withdraw", "withdraw all", "withhold", "restore"]),
    st.integers(0, len(NAMES) - 1),
    st.integers(0, 2),
    st.integers(0, 3),
)


@given(scripts=st.lists(st.lists(CONCURRENT, min_size=2, max_size=4), min_size=4, max_size=6))
@settings(LIVELY, max_examples=8)
def test_whatever_happens_at_once_every_count_stays_right(debaters, write, recommendation, at_once, scripts) -> None:
    comments = [write(debaters[place], f"Texte {secrets.token_hex(4)}.").id for place in range(3)]
    people = [account.id for account in debaters]

    def doing(script: list[tuple[str, int, int, int]]) -> Callable[[], None]:
        def done() -> None:
            for what, who, which, how in script:
                try:
                    do_apart(what, account_by_id(people[who]), comments[which], how)
                    session.commit()
                except RuleBroken:
                    session.rollback()

        return done

    at_once([doing(script) for script in scripts])
    session.expire_all()
    check_recount(session.get_one(Recommendation, recommendation.id))
    for comment in session.scalars(select(Comment).where(Comment.id.in_(comments))):
        assert (comment.body == "") == (comment.state == State.WITHDRAWN)
        assert all(one.number < comment.revision for one in history_of(comment))


def do_apart(what: str, account: Account, comment_id: str, how: int) -> None:
    """One act, on what is read at its moment."""
    comment = comment_by_id(comment_id)
    author = account_by_id(comment.author_id)
    alignment = list(Alignment)[how % 3]
    if what == "reply":
        post_comment(account, comment.recommendation, alignment, "Une réponse.", (), secrets.token_urlsafe(18), comment)
    elif what == "react":
        react(account, comment, (*Reaction, None)[how], seen=1 + how % 2)
    elif what == "edit":
        edit_comment(author, comment, comment.revision, alignment, f"Changé {secrets.token_hex(4)}.", ())
    elif what == "withdraw":
        withdraw_comment(author, comment)
    elif what == "withdraw all":
        withdraw_all_comments(author)
    elif what == "withhold":
        withhold_comment(comment, "decision0001", "insult")
    else:
        restore_comment(comment)
