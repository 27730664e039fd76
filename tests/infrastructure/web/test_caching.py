"""Pages kept for visitors: which are, for how long, in which encodings, and which never."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import brotli
import pytest
from backports import zstd
from flask import Flask, flash, render_template_string, request, session
from werkzeug.test import Client, TestResponse

from consultation.infrastructure import clock
from consultation.infrastructure.web.access import open_to_all
from consultation.infrastructure.web.caching import Answer, Store, kept
from consultation.infrastructure.web.headers import csp_nonce

WORDS = "Une page pour tout le monde. " * 60
OURS = "consultation=anything"
READERS = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstd.decompress, "": bytes}


@dataclass
class World:
    """A page, what it depends on, and how often it was made."""

    app: Flask
    stamp: object = 1
    made: int = 0
    says: Callable[[], object] = field(default=lambda: WORDS)

    def get(self, path: str = "/kept/", *, method: str = "GET", cookie: str = "", **headers: str) -> TestResponse:
        """What somebody is answered, by default a visitor."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            named["Cookie"] = cookie
        return Client(self.app, use_cookies=False).open(path, method=method, headers=named, buffered=True)


@pytest.fixture
def world(another_app: Flask, context: None) -> Iterator[World]:
    """An application with one more page, which reads the argument `page` alone."""
    made = World(another_app)

    def stamp() -> object:
        if isinstance(made.stamp, Exception):
            raise made.stamp
        return made.stamp

    @another_app.route("/kept/", methods=["GET", "POST"])
    @open_to_all
    @kept(stamp, "page")
    def kept_page() -> object:
        made.made += 1
        said = made.says()
        return said if isinstance(said, tuple) else f"{said} {request.args.get('page', 'first')} {made.made}"

    return made


def test_a_page_is_made_once_for_all_visitors(world: World) -> None:
    first, second = world.get(), world.get()
    assert first.data == second.data
    assert dict(first.headers) == dict(second.headers)
    assert world.made == 1


def test_a_page_of_another_stamp_is_made_anew(world: World) -> None:
    world.get()
    world.stamp = 2
    assert world.get().data.endswith(b"first 2")
    assert world.made == 2


def test_a_page_is_made_anew_when_its_stamp_comes_back(world: World) -> None:
    for stamp in (1, 2, 1):
        world.stamp = stamp
        world.get()
    assert world.made == 3


def test_a_page_without_stamp_is_never_kept(world: World) -> None:
    world.stamp = None
    assert "ETag" not in world.get().headers
    world.get()
    assert world.made == 2


def test_a_stamp_that_fails_leaves_the_answer_to_the_application(world: World) -> None:
    world.stamp = RuntimeError("the database does not answer")
    assert world.get().status_code == 200
    assert world.made == 1


def test_a_page_is_made_anew_on_another_day(world: World) -> None:
    for moment in (datetime(2018, 2, 1, 22, 59, tzinfo=clock.PARIS), datetime(2018, 2, 2, 0, 1, tzinfo=clock.PARIS)):
        with clock.standing_at(moment):
            world.get()
    assert world.made == 2


def test_each_language_has_its_own_page(world: World) -> None:
    french, english = world.get(), world.get("/en/kept/")
    assert french.headers["ETag"] != english.headers["ETag"]
    assert world.made == 2


def test_a_page_over_https_is_another_than_over_http(world: World) -> None:
    world.get()
    secure = Client(world.app).get("/kept/", base_url="https://localhost")
    assert "Strict-Transport-Security" in secure.headers
    assert "Strict-Transport-Security" not in world.get().headers


def test_arguments_that_a_page_does_not_read_make_no_other_page(world: World) -> None:
    assert len({world.get(f"/kept/?{query}").data for query in ("", "utm=1", "fbclid=abc&utm=2")}) == 1
    assert world.made == 1


def test_arguments_that_a_page_reads_make_another_page(world: World) -> None:
    assert b"second" in world.get("/kept/?page=second&utm=1").data
    assert b"first" in world.get().data
    assert world.made == 2


def test_of_an_argument_given_twice_the_one_that_is_read_counts(world: World) -> None:
    first = world.get("/kept/?page=a&page=b")
    assert b" a " in first.data
    assert world.get("/kept/?page=a").data == first.data
    assert b" b " in world.get("/kept/?page=b&page=a").data


def test_whoever_has_a_cookie_of_ours_is_answered_by_the_application(world: World) -> None:
    visitor = world.get()
    mine = world.get(cookie=OURS)
    assert mine.data != visitor.data
    assert "ETag" not in mine.headers
    assert world.get().data == visitor.data


def test_a_cookie_of_somebody_else_changes_nothing(world: World) -> None:
    world.get()
    world.get(cookie="theme=dark")
    assert world.made == 1


def _flashing() -> str:
    flash("Votre commentaire est public.")
    return WORDS


def _remembering() -> str:
    session["visit"] = "something"
    return WORDS


@pytest.mark.parametrize(
    "says",
    [
        _flashing,
        _remembering,
        lambda: render_template_string("{{ csrf_token() }}"),
        csp_nonce,
        lambda: (WORDS, 404),
        lambda: (WORDS, 422),
        lambda: ("", 302, {"Location": "/"}),
        lambda: (WORDS, 200, {"Cache-Control": "no-store"}),
        lambda: (WORDS, 200, {"Set-Cookie": "a=b"}),
    ],
    ids=["flash", "session", "token", "nonce", "missing", "refused", "elsewhere", "no-store", "cookie"],
)
def test_what_is_not_for_everybody_is_never_kept(world: World, says: Callable[[], object]) -> None:
    world.says = says
    first = world.get()
    world.get()
    assert world.made == 2
    assert "ETag" not in first.headers


def test_a_form_that_is_sent_to_a_kept_address_reaches_its_view(world: World) -> None:
    world.get()
    assert world.get(method="POST").headers["Cache-Control"] == "no-store"
    assert world.made == 2


def test_a_browser_that_has_the_page_is_told_that_nothing_has_changed(world: World) -> None:
    first = world.get()
    again = world.get(If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data, world.made) == (304, b"", 1)
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]


def test_a_browser_that_has_an_older_page_gets_the_new_one(world: World) -> None:
    tag = world.get().headers["ETag"]
    world.stamp = 2
    again = world.get(If_None_Match=tag)
    assert again.status_code == 200
    assert again.headers["ETag"] != tag


def test_the_tag_is_known_without_the_page(world: World) -> None:
    tag = world.get().headers["ETag"]
    world.app.extensions["kept_pages"] = Store(world.app.extensions["kept_pages"].version)
    assert world.get(If_None_Match=tag).status_code == 304
    assert world.made == 1


def test_another_version_of_the_program_shares_no_page(world: World) -> None:
    tag = world.get().headers["ETag"]
    world.app.extensions["kept_pages"] = Store("another version")
    assert world.get(If_None_Match=tag).status_code == 200


@pytest.mark.parametrize("encoding", READERS)
def test_a_page_is_kept_compressed_as_it_was_asked_for(world: World, encoding: str) -> None:
    world.says = lambda: WORDS if world.made == 1 else "made twice"
    first, second = (world.get(Accept_Encoding=encoding) for _ in range(2))
    assert first.headers.get("Content-Encoding", "") == encoding
    assert first.data == second.data
    assert READERS[encoding](second.data).startswith(WORDS.encode())
    assert world.made == 1


def test_a_page_varies_by_cookie_and_by_encoding(world: World) -> None:
    for encoding in READERS:
        for _ in range(2):
            varies = world.get(Accept_Encoding=encoding).headers["Vary"]
            assert {one.strip().lower() for one in varies.split(",")} == {"cookie", "accept-encoding"}


def test_an_encoding_that_is_refused_is_not_sent(world: World) -> None:
    world.get(Accept_Encoding="br")
    for _ in range(2):
        assert "Content-Encoding" not in world.get(Accept_Encoding="br;q=0, identity").headers


def test_the_head_of_a_kept_page_is_that_of_the_page(world: World) -> None:
    page = world.get()
    head = world.get(method="HEAD")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == page.headers["ETag"]
    assert head.headers["Content-Length"] == page.headers["Content-Length"]


def test_the_head_of_a_page_that_is_not_kept_yet_keeps_nothing(world: World) -> None:
    world.get(method="HEAD")
    assert world.get().data.endswith(b"first 2")


def test_two_workers_on_one_database_keep_pages_of_their_own(world: World, app: Flask) -> None:
    assert world.app.extensions["kept_pages"] is not app.extensions["kept_pages"]


def answer(size: int) -> Answer:
    """A page of this size."""
    return Answer([], b"x" * size)


def test_the_store_never_holds_more_than_it_may() -> None:
    store = Store("version", most_bytes=100_000)
    for number in range(200):
        store.put(("http", "", f"/{number}", ""), "tag", "br", answer(number * 100))
        assert store.bytes <= 100_000
    assert 0 < len(store) < 20


def test_many_small_pages_are_counted_with_what_they_take_besides_their_bodies() -> None:
    store = Store("version", most_bytes=100_000)
    for number in range(1000):
        store.put(("http", "", f"/{number}", ""), "tag", "br", answer(1))
    assert len(store) < 50


def test_the_page_that_was_asked_for_longest_ago_goes_first() -> None:
    store = Store("version", most_bytes=10_000)
    first, second, third = (("http", "", path, "") for path in "abc")
    store.put(first, "tag", "br", answer(1000))
    store.put(second, "tag", "br", answer(1000))
    assert store.get(first, "tag", "br")
    store.put(third, "tag", "br", answer(1000))
    assert store.get(second, "tag", "br") is None
    assert store.get(first, "tag", "br")


def test_a_page_takes_the_place_of_the_one_before_it_in_every_encoding() -> None:
    store = Store("version")
    address = ("http", "", "/", "")
    for encoding in ("br", "gzip"):
        store.put(address, "old", encoding, answer(10))
    before = store.bytes
    store.put(address, "new", "br", answer(10))
    assert store.get(address, "old", "gzip") is None
    assert store.get(address, "new", "gzip") is None
    assert store.bytes == before / 2


def test_a_store_of_nothing_keeps_nothing() -> None:
    store = Store("version", most_bytes=0)
    store.put(("http", "", "/", ""), "tag", "br", answer(1))
    assert (len(store), store.bytes) == (0, 0)


def test_a_moment_of_the_same_day_is_the_same_page(world: World) -> None:
    morning = datetime(2018, 2, 1, 0, 1, tzinfo=clock.PARIS)
    for hours in (0, 12, 23):
        with clock.standing_at(morning + timedelta(hours=hours)):
            world.get()
    assert world.made == 1
