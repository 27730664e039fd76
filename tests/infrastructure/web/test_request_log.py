"""The log of requests: which endpoint answered what, and nothing that leads to a person or to a ballot."""

import json

import pytest


@pytest.fixture
def logged(app, context, capsys):
    """The lines that a request leaves."""

    def read(path: str, method: str = "GET", **options) -> list[dict[str, object]]:
        capsys.readouterr()
        app.test_client().open(path, method=method, **options)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]

    return read


def test_a_request_leaves_one_line_with_its_endpoint(logged) -> None:
    (line,) = logged("/charter")
    assert (line["event"], line["endpoint"], line["method"], line["status"]) == ("request", "pages.charter", "GET", 200)
    assert isinstance(line["milliseconds"], float)


def test_an_address_that_leads_nowhere_is_not_written_down(logged) -> None:
    (line,) = logged("/camille@example.org?token=secret")
    assert line["endpoint"] is None
    assert line["status"] == 404
    assert "camille" not in json.dumps(line)


def test_a_line_says_nothing_of_who_asked_or_of_what_was_sent(logged) -> None:
    lines = logged(
        "/account/confirm/a-token-of-a-mail?next=/charter",
        environ_base={"REMOTE_ADDR": "198.51.100.7"},
        headers={"User-Agent": "a browser", "Referer": "http://localhost/before"},
    )
    assert [set(line) for line in lines] == [
        {"event", "level", "timestamp", "endpoint", "method", "status", "milliseconds"}
    ]
    for word in ("token-of-a-mail", "198.51.100.7", "a browser", "before"):
        assert word not in json.dumps(lines)


@pytest.mark.parametrize("page", ["", "review/", "receipt/", "withdraw/"])
def test_no_line_is_left_by_a_page_of_ballots(logged, open_consultation, page: str) -> None:
    assert logged(f"/consultations/test/ballot/{page}") == []


@pytest.mark.parametrize("page", ["", "cast/", "withdraw/"])
def test_no_line_is_left_by_a_form_of_ballots(logged, open_consultation, page: str) -> None:
    assert logged(f"/consultations/test/ballot/{page}", "POST", data={"rank-1": "1"}) == []


def test_static_files_leave_no_line(logged) -> None:
    assert logged("/static/css/site.css") == []
