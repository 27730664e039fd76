"""What each client of the benchmark of ballots does: it casts, or inserts a bare row, directly or over HTTP."""

import secrets
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any
from urllib.parse import urlencode

import psycopg
import sqlalchemy
from flask import Flask, Response, request
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.exc import OperationalError

from benchmarks.installations import NUMBERS, SLUG
from consultation.app import create_app
from consultation.cli.listening import listen, settle
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_id
from consultation.features.authentication.services import start_session
from consultation.features.ballots.models import CONSENT_VERSION
from consultation.features.ballots.services import cast_with_receipt
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.database import engine_options, reading_only, session
from consultation.infrastructure.database import prepare as configure
from consultation.settings import Settings

PATH = f"/consultations/{SLUG}/ballot/cast/"
SEE_OTHER = 303
TEXTS = dict.fromkeys(NUMBERS, 1)
TIERS = [[number] for number in NUMBERS]
LOCKED = (OperationalError, sqlite3.OperationalError, psycopg.OperationalError)
BARE = "CREATE TABLE bare (place {bytes} NOT NULL, slot {bytes}, box {bytes}, PRIMARY KEY (place, slot))"
INSERT = sqlalchemy.text("INSERT INTO bare VALUES (:place, :slot, :box)")

Act = Callable[[Any], bool]


@dataclass(frozen=True)
class Ticket:
    """What one cast over HTTP needs: the cookie of somebody signed in, and the body of the form."""

    cookie: str
    body: str


@dataclass(frozen=True)
class Places:
    """Where a client works: the installation, the size of a box in bytes, and the ports of both servers."""

    settings: Settings
    box: int
    port: int
    bare_port: int


def caster(settings: Settings) -> Act:
    """Cast for an account, with its receipt, in a transaction that reads first, as a request does."""
    app = create_app(settings)
    settle()
    order = WeakOrder.from_tiers(TIERS)

    def act(account: uuid.UUID) -> bool:
        with app.app_context(), reading_only():
            consultation, voter = consultation_by_slug(SLUG), session.get_one(Account, account)
            _content, receipt = cast_with_receipt(voter, consultation, order, CONSENT_VERSION, "", TEXTS)
            session.commit()
            return bool(receipt)

    return act


def inserter(settings: Settings, box: int) -> Act:
    """Insert a bare row of the size of a ballot, in a transaction of its own: SQLAlchemy Core, an engine like ours."""
    place, text = secrets.token_bytes(16), secrets.token_bytes(box)
    engine = sqlalchemy.create_engine(settings.database_url, **engine_options(settings.database_url))
    configure(engine)

    def act(_account: Any) -> bool:
        with engine.begin() as connection:
            connection.execute(INSERT, {"place": place, "slot": secrets.token_bytes(32), "box": text})
        return True

    return act


def poster(port: int) -> Act:
    """Send the form of a ticket over a connection that stays open."""
    connection = HTTPConnection("127.0.0.1", port)

    def act(ticket: Ticket) -> bool:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": ticket.cookie,
            "Origin": f"http://127.0.0.1:{port}",
        }
        connection.request("POST", PATH, ticket.body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status == SEE_OTHER and (answer.headers["Location"] or "").endswith("receipt/")

    return act


def tickets(app: Flask, accounts: Sequence[uuid.UUID]) -> list[Ticket]:
    """Sign these accounts in and fill in their forms."""
    made = [_ticket(app, start_session(account_by_id(account))) for account in accounts]
    session.commit()
    return made


@contextmanager
def serving(context: ForkServerContext, places: Places) -> Iterator[None]:
    """Both servers, each of two processes: ours and the bare one."""
    servers = [
        context.Process(target=_serve, args=(_Ours(places.settings), places.port)),
        context.Process(target=_serve, args=(_Bare(places.settings, places.box), places.bare_port)),
    ]
    try:
        for server in servers:
            server.start()
        for port in (places.port, places.bare_port):
            _wait_for(port)
        yield
    finally:
        for server in servers:
            server.terminate()
            server.join()


def client(
    places: Places,
    rounds: Sequence[tuple[str, Sequence[Any]]],
    together: Barrier,
    answers: "Queue[tuple[int, int]]",
) -> None:
    """Do each round at the same time as the other clients, then say how many were answered and how many were locked."""
    acts = {
        "cast": caster(places.settings),
        "bare": inserter(places.settings, places.box),
        "HTTP cast": poster(places.port),
        "HTTP bare": poster(places.bare_port),
    }
    for kind, items in rounds:
        together.wait()
        answered, locked = _done(acts[kind], items)
        together.wait()
        answers.put((answered, locked))


def started(context: ForkServerContext, arguments: Sequence[tuple[Any, ...]]) -> list[ForkServerProcess]:
    """As many clients, each a process of its own."""
    processes = [context.Process(target=client, args=one) for one in arguments]
    for process in processes:
        process.start()
    return processes


def prepare(app: Flask) -> None:
    """Make the table for bare rows."""
    with app.app_context():
        kind = "BYTEA" if session.get_bind().dialect.name == "postgresql" else "BLOB"
        without = "" if kind == "BYTEA" else " WITHOUT ROWID"
        session.execute(sqlalchemy.text(BARE.format(bytes=kind) + without))
        session.commit()


def _done(act: Act, items: Sequence[Any]) -> tuple[int, int]:
    answered = locked = 0
    for item in items:
        try:
            answered += act(item)
        except LOCKED:
            locked += 1
    return answered, locked


def _ticket(app: Flask, token: str) -> Ticket:
    raw = secrets.token_hex(20)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = serializer.dumps({"_user_id": token, "csrf_token": raw})
    fields = {
        "csrf_token": URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw),
        "ranking": ">".join("=".join(map(str, tier)) for tier in TIERS),
        "texts": ",".join(f"{number}.{version}" for number, version in TEXTS.items()),
        "consent": "y",
    }
    return Ticket(f"{app.config['SESSION_COOKIE_NAME']}={cookie}", urlencode(fields))


@dataclass(frozen=True)
class _Ours:
    """Makes our application, in each process of a server."""

    settings: Settings

    def __call__(self) -> Flask:
        return create_app(self.settings)


@dataclass(frozen=True)
class _Bare:
    """Makes an application whose one page inserts a row and redirects."""

    settings: Settings
    box: int

    def __call__(self) -> Flask:
        app, insert = Flask("bare"), inserter(self.settings, self.box)

        @app.post(PATH)
        def cast() -> Response:
            insert(request.form["ranking"])
            return Response(status=SEE_OTHER, headers={"Location": "/receipt/"})

        return app


def _serve(load: _Ours | _Bare, port: int) -> None:
    listen("benchmark", load, "127.0.0.1", port, workers=2)


def _wait_for(port: int) -> None:
    for _ in range(3000):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no server on port {port}")
