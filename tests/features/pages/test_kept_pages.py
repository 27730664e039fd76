"""What visitors are shown from the store is what the database says now, whatever has just been done."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from features.results.generated import profile, published
from flask import Flask

from consultation.app import create_app
from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.answers import Decided
from consultation.domain.deliberation.argument import Argument
from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.moderation.grounds import Ground
from consultation.features.accounts.models import Account
from consultation.features.accounts.services import erase_account
from consultation.features.comments import services as comments
from consultation.features.comments.models import Comment
from consultation.features.comments.queries import Order
from consultation.features.consultations import services as consultations
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.recommendations.services import give_outcome, promise_answers
from consultation.features.reports.services import (
    add_line,
    change_line,
    cite_comment,
    publish_report,
    take_line_out,
    uncite_comment,
)
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import db, session, use_replica
from consultation.infrastructure.web.caching import Store
from consultation.settings import Settings

NUMBERS = (1, 3, 6, 7)
HOME = "/consultations/test/"
THREAD = f"{HOME}recommendations/6/"
SECRET, EARLIER, REPLY, ANSWER = "un secret médical", "un premier jet", "une réponse ancienne", "une parole officielle"
DECISION = "0123456789AB"


@dataclass
class Scene:
    """A debate with one comment that is shown wherever a comment can be."""

    consultation: Consultation
    recommendation: Recommendation
    author: Account
    reader: Account
    organiser: Account
    comment: Comment
    reply: Comment
    asked: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        """Every address of a kept page about this debate."""
        about = f"{HOME}comments/{self.comment.id}/"
        readings = [f"{THREAD}?order={order}" for order in Order]
        plain = ["", "outcomes/", "results/", "opinions/", "report/"]
        return [
            "/",
            "/consultations/",
            "/sitemap",
            *(HOME + path for path in plain),
            THREAD,
            *readings,
            f"{THREAD}?college=citizens&alignment=for",
            f"{HOME}recommendations/3/",
            f"{about}replies/",
            f"{about}history/",
            f"{HOME}report/comments/{self.comment.id}/",
        ]

    def publish(self) -> None:
        """Close and publish the consultation."""
        published(self.consultation, profile(30, NUMBERS), profile(30, NUMBERS))

    def report(self) -> Any:
        """Publish a report, one line of which rests on the comment."""
        self.publish()
        line = add_line(self.organiser, self.consultation, self.recommendation, "Ce que dit le débat.")
        cite_comment(self.organiser, self.consultation, line, self.comment)
        publish_report(self.organiser, self.consultation)
        session.commit()
        return line


@pytest.fixture
def scene(people: Any, open_consultation: Consultation) -> Scene:
    """A comment, changed after a reaction, with a reply and an answer."""
    recommendation = recommendation_by_number(open_consultation, 6)
    author, reader = people.citizen(), people.citizen()
    comments.choose_name(author, open_consultation, "Sauge")
    comments.choose_name(reader, open_consultation, "Romarin")
    comment = posted(author, recommendation, EARLIER)
    comments.react(reader, comment, Reaction.AGREE)
    comments.edit_comment(author, comment, 1, Alignment.FOR, SECRET, [])
    reply = posted(reader, recommendation, REPLY, comment)
    organiser = people.organiser(open_consultation)
    session.commit()
    comments.answer_comment(organiser, comment, ANSWER, 0, 2)
    session.commit()
    return Scene(open_consultation, recommendation, author, reader, organiser, comment, reply)


def posted(author: Account, recommendation: Recommendation, body: str, parent: Comment | None = None) -> Comment:
    """Post a comment and commit."""
    written = comments.post_comment(author, recommendation, Alignment.FOR, body, [], secrets.token_urlsafe(18), parent)
    session.commit()
    return written


@dataclass
class Worker:
    """A process that serves visitors: an application with a store of its own."""

    app: Flask

    def page(self, path: str) -> str:
        """What a visitor is shown, from the store where it is there."""
        session.commit()
        answer = self.app.test_client().get(path)
        return f"{answer.status_code} {answer.get_data(as_text=True)}"

    def fresh(self, path: str) -> str:
        """What a visitor would be shown if nothing were kept."""
        store = self.app.extensions["kept_pages"]
        self.app.extensions["kept_pages"] = Store(store.version, 0)
        try:
            return self.page(path)
        finally:
            self.app.extensions["kept_pages"] = store

    def tag(self, path: str) -> str:
        """The tag of a page, empty where it is not kept."""
        return str(self.app.test_client().get(path).headers.get("ETag", ""))


@pytest.fixture
def workers(app: Flask, settings: Settings, context: None) -> Iterator[list[Worker]]:
    """Two processes on one database, which know nothing of each other."""
    another = create_app(settings)
    yield [Worker(app), Worker(another)]
    with another.app_context():
        db.engine.dispose()


def held(scene: Scene) -> Comment:
    """A comment for which a reading was asked."""
    argument = Argument(Alignment.FOR, "Encore lu.", [], secrets.token_urlsafe(18))
    return comments.hold_comment(scene.reader, scene.recommendation, argument)


def withhold(scene: Scene) -> None:
    """Withhold the comment."""
    comments.withhold_comment(scene.comment, DECISION, Ground.IDENTIFIES_A_PERSON)


ACTS: dict[str, Callable[[Scene], object]] = {
    "a comment": lambda scene: posted(scene.reader, scene.recommendation, "Encore un."),
    "a reply": lambda scene: posted(scene.author, scene.recommendation, "Encore une.", scene.comment),
    "a reaction": lambda scene: comments.react(scene.organiser, scene.comment, Reaction.DISAGREE),
    "a reaction taken back": lambda scene: comments.react(scene.reader, scene.comment, None),
    "an edit": lambda scene: comments.edit_comment(
        scene.author, scene.comment, 2, Alignment.NUANCED, "Plus nuancé.", []
    ),
    "an edit of a reply": lambda scene: comments.edit_comment(
        scene.reader, scene.reply, 1, Alignment.AGAINST, "Plus clair.", []
    ),
    "a withdrawal": lambda scene: comments.withdraw_comment(scene.author, scene.comment),
    "a withdrawn reply": lambda scene: comments.withdraw_comment(scene.reader, scene.reply),
    "withholding": withhold,
    "interests": lambda scene: comments.declare_interests(scene.author, scene.consultation, "un laboratoire"),
    "a held comment": held,
    "a released comment": lambda scene: comments.release_comment(held(scene)),
    "an erased account": lambda scene: erase_account(scene.author),
    "an answer changed": lambda scene: comments.answer_comment(scene.organiser, scene.comment, "Autrement.", 1, 2),
    "an answer withdrawn": lambda scene: comments.withdraw_answer(scene.organiser, scene.comment, 1),
    "the fence": lambda scene: consultations.fence(None, scene.consultation),
    "publication": lambda scene: scene.publish(),
    "a report": lambda scene: scene.report(),
}
AFTER_THE_REPORT: dict[str, Callable[[Scene, Any], object]] = {
    "a line": lambda scene, line: add_line(scene.organiser, scene.consultation, None, "Une ligne de plus."),
    "a line changed": lambda scene, line: change_line(
        scene.organiser, scene.consultation, line, "Autrement dit.", line.version
    ),
    "a line taken out": lambda scene, line: take_line_out(scene.organiser, scene.consultation, line, line.version),
    "a citation less": lambda scene, line: uncite_comment(scene.organiser, scene.consultation, line, scene.comment.id),
    "withholding": lambda scene, line: withhold(scene),
    "a withdrawal": lambda scene, line: comments.withdraw_comment(scene.author, scene.comment),
    "an outcome": lambda scene, line: give_outcome(
        scene.organiser, scene.consultation, scene.recommendation, Decided.ADOPTED, "Parce que.", 0
    ),
    "a promise": lambda scene, line: promise_answers(
        scene.organiser, scene.consultation, clock.today() + timedelta(days=30)
    ),
}


def pages(workers: list[Worker], scene: Scene) -> list[tuple[Worker, str]]:
    """Every page for one of them, and some for the other and in the other language."""
    first, second = workers
    return [*((first, path) for path in scene.addresses), (second, THREAD), (second, HOME), (first, f"/en{THREAD}")]


def check_all(workers: list[Worker], scene: Scene) -> None:
    """Assert that every kept page is what it would be if it were made now, for both workers and both languages."""
    for worker, path in pages(workers, scene):
        assert worker.page(path) == worker.fresh(path), path


def warm(workers: list[Worker], scene: Scene) -> None:
    """Let every page be kept by both."""
    for worker, path in pages(workers, scene):
        worker.page(path)


@pytest.mark.parametrize("act", ACTS)
def test_kept_pages_say_what_is_so_after(act: str, workers: list[Worker], scene: Scene) -> None:
    warm(workers, scene)
    ACTS[act](scene)
    session.commit()
    check_all(workers, scene)


@pytest.mark.parametrize("act", AFTER_THE_REPORT)
def test_kept_pages_of_a_published_consultation_say_what_is_so_after(
    act: str, workers: list[Worker], scene: Scene
) -> None:
    line = scene.report()
    warm(workers, scene)
    AFTER_THE_REPORT[act](scene, line)
    session.commit()
    check_all(workers, scene)


def test_a_restored_comment_is_back_in_every_page(workers: list[Worker], scene: Scene) -> None:
    withhold(scene)
    session.commit()
    warm(workers, scene)
    comments.restore_comment(scene.comment)
    session.commit()
    check_all(workers, scene)
    assert SECRET in workers[0].page(THREAD)


def test_a_consultation_that_closes_by_the_clock_alone_changes_its_pages(workers: list[Worker], scene: Scene) -> None:
    just_before, then = scene.consultation.closes_at - timedelta(seconds=1), scene.consultation.closes_at
    with clock.standing_at(just_before):
        warm(workers, scene)
        tag = workers[0].tag(THREAD)
    with clock.standing_at(then):
        assert workers[0].tag(THREAD) != tag
        check_all(workers, scene)


def test_the_page_of_a_thread_changes_its_order_with_the_day_after_the_opening(
    workers: list[Worker], scene: Scene
) -> None:
    warm(workers, scene)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        check_all(workers, scene)


OUTLETS = {
    "the thread": THREAD,
    **{f"the thread, {order}": f"{THREAD}?order={order}" for order in Order},
    "the thread, filtered": f"{THREAD}?college=citizens&alignment=for",
    "the replies": f"{HOME}comments/%s/replies/",
    "the thread, in English": f"/en{THREAD}",
}


@pytest.mark.parametrize("outlet", OUTLETS)
def test_withheld_text_is_gone_at_once_from(outlet: str, workers: list[Worker], scene: Scene) -> None:
    path = OUTLETS[outlet].replace("%s", scene.comment.id)
    assert all(SECRET in worker.page(path) and ANSWER in worker.page(path) for worker in workers)
    withhold(scene)
    session.commit()
    for worker in workers:
        assert SECRET not in worker.page(path)
        assert EARLIER not in worker.page(path)
        assert ANSWER not in worker.page(path)


def test_withheld_text_is_gone_at_once_from_the_history(workers: list[Worker], scene: Scene) -> None:
    path = f"{HOME}comments/{scene.comment.id}/history/"
    assert all(EARLIER in worker.page(path) for worker in workers)
    withhold(scene)
    session.commit()
    for worker in workers:
        assert SECRET not in worker.page(path)
        assert EARLIER not in worker.page(path)


def test_withheld_text_is_gone_at_once_from_the_report(workers: list[Worker], scene: Scene) -> None:
    scene.report()
    path = f"{HOME}report/"
    assert all(SECRET in worker.page(path) for worker in workers)
    withhold(scene)
    session.commit()
    assert all(SECRET not in worker.page(path) for worker in workers)


def test_withheld_text_is_gone_at_once_from_a_page_further_on(workers: list[Worker], scene: Scene) -> None:
    for number in range(25):
        posted(scene.author, scene.recommendation, f"Argument {number}.")
    comments.react(scene.organiser, scene.comment, Reaction.DISAGREE)
    session.commit()
    first = workers[0].page(f"{THREAD}?order=oldest")
    cursor = first.split("after=")[1].split('"')[0].split("#")[0]
    paths = [f"{THREAD}?order=oldest", f"{THREAD}?order=oldest&after={cursor}"]
    shown = [path for path in paths if SECRET in workers[0].page(path)]
    assert len(shown) == 1
    withhold(scene)
    session.commit()
    assert SECRET not in workers[0].page(shown[0])


@pytest.mark.parametrize("outlet", ["the thread", "the replies"])
def test_a_browser_that_keeps_the_withheld_text_is_not_told_that_nothing_has_changed(
    outlet: str, app: Flask, scene: Scene
) -> None:
    path = OUTLETS[outlet].replace("%s", scene.comment.id)
    tag = Worker(app).tag(path)
    withhold(scene)
    session.commit()
    again = app.test_client().get(path, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert SECRET not in again.get_data(as_text=True)


def test_what_was_rolled_back_changes_no_page(workers: list[Worker], scene: Scene) -> None:
    warm(workers, scene)
    tag = workers[0].tag(THREAD)
    withhold(scene)
    session.rollback()
    assert workers[0].tag(THREAD) == tag
    posted(scene.reader, scene.recommendation, "Encore un.")
    assert workers[0].tag(THREAD) != tag
    check_all(workers, scene)


def test_a_job_that_makes_a_held_comment_public_changes_the_pages(workers: list[Worker], scene: Scene) -> None:
    late = held(scene)
    session.commit()
    warm(workers, scene)
    with clock.standing_at(late.held_until + timedelta(minutes=1)):
        jobs.run_all()
        assert "Encore lu." in workers[0].page(THREAD)
        check_all(workers, scene)


def test_a_replica_that_lags_behind_shows_nothing_old(workers: list[Worker], scene: Scene, tmp_path: Any) -> None:
    use_replica(f"sqlite:///{tmp_path / 'lagging.sqlite'}")
    warm(workers, scene)
    withhold(scene)
    session.commit()
    assert SECRET not in workers[0].page(THREAD)
    check_all(workers, scene)


def test_somebody_signed_in_is_never_shown_from_the_store_and_leaves_nothing_in_it(
    app: Flask, browse: Any, scene: Scene
) -> None:
    before = len(app.extensions["kept_pages"])
    page = browse(scene.author).get(THREAD)
    assert page.find("form")
    assert page.headers["Cache-Control"] == "no-store"
    assert len(app.extensions["kept_pages"]) == before
    assert not browse().get(THREAD).find_all("form[method=post]")


def test_a_kept_page_asks_the_database_one_thing(app: Flask, statements: Any, scene: Scene) -> None:
    Worker(app).page(THREAD)
    with statements() as count:
        Worker(app).page(THREAD)
    assert count.total == 0  # its stamp is read by the driver alone


def test_every_declared_page_is_kept(app: Flask, scene: Scene) -> None:
    scene.report()
    declared = {name for name, view in app.view_functions.items() if hasattr(view, "kept")}
    adapter = app.url_map.bind("localhost")
    found = {
        adapter.match(path.partition("?")[0])[0] for path in scene.addresses if Worker(app).tag(path).startswith('W/"')
    }
    unchanging = {name for name in declared if name.startswith("pages.")}
    assert declared - unchanging <= found
