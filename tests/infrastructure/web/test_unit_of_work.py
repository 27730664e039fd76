"""One request, one transaction: kept when the answer is a success of a form, undone otherwise."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultation.domain.errors import Conflict
from consultation.features.accounts.models import Account
from consultation.features.accounts.services import create_account
from consultation.infrastructure.database import session

ADDRESS = "camille@example.org"


@pytest.fixture
def client(another_app: Flask):
    """A client of an application whose page /write/<status> writes, then answers with this status."""

    @another_app.route("/write/<int:status>", methods=["GET", "POST"])
    def write(status: int) -> tuple[str, int]:
        create_account(ADDRESS, None, "fr")
        return "", status

    @another_app.post("/fail/<kind>")
    def fail(kind: str) -> str:
        create_account(ADDRESS, None, "fr")
        raise Conflict if kind == "refused" else RuntimeError("this page fails")

    return another_app.test_client()


@pytest.fixture
def is_stored(context: None):
    """Whether the row was kept, as another connection sees it."""

    def read() -> bool:
        session.rollback()
        return session.scalar(select(Account.id).where(Account.address == ADDRESS)) is not None

    return read


@pytest.mark.parametrize("status", [200, 201, 204, 303])
def test_a_form_that_succeeds_is_kept(client, is_stored, status: int) -> None:
    assert client.post(f"/write/{status}").status_code == status
    assert is_stored()


@pytest.mark.parametrize("status", [400, 403, 409, 422, 500, 503])
def test_a_form_that_is_refused_leaves_nothing(client, is_stored, status: int) -> None:
    assert client.post(f"/write/{status}").status_code == status
    assert not is_stored()


@pytest.mark.parametrize(("kind", "status"), [("refused", 409), ("failed", 500)])
def test_a_form_that_is_interrupted_leaves_nothing(client, is_stored, kind: str, status: int) -> None:
    assert client.post(f"/fail/{kind}").status_code == status
    assert not is_stored()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_a_page_never_writes(client, is_stored, method: str) -> None:
    assert client.open("/write/200", method=method).status_code == 200
    assert not is_stored()


def test_a_refused_form_leaves_nothing_to_the_request_after_it(client, is_stored) -> None:
    client.post("/write/422")
    assert client.post("/write/200").status_code == 200
    assert is_stored()
