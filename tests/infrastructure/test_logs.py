"""What is written about a failure: where it was, and nothing of anybody."""

import smtplib

import pytest
import structlog
from flask import Flask
from sqlalchemy import text

from consultation.app import create_app
from consultation.infrastructure import jobs, mail
from consultation.infrastructure.database import db, session
from consultation.infrastructure.logs import trace_of
from consultation.settings import Settings

ADDRESS = "camille@example.org"


def test_a_trace_tells_kind_and_place_of_an_error_and_of_its_cause_but_no_message() -> None:
    try:
        try:
            raise KeyError(ADDRESS)
        except KeyError as error:
            raise smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"unknown")}) from error
    except smtplib.SMTPRecipientsRefused as error:
        trace = trace_of(error)
    assert trace.index("builtins.KeyError") < trace.index("smtplib.SMTPRecipientsRefused")
    assert "test_logs.py" in trace
    assert ADDRESS not in trace


def test_a_mail_that_is_refused_leaves_no_address_in_the_log(
    app: Flask, context: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Refusing:
        """A postman whose server knows nobody."""

        def deliver(self, message: object) -> None:
            raise smtplib.SMTPRecipientsRefused({ADDRESS: (550, f"no {ADDRESS} here".encode())})

    monkeypatch.setitem(app.extensions, "postman", Refusing())
    mail.write(ADDRESS, "passphrase_changed", "fr")
    session.commit()
    jobs.run_all()
    written = "".join(capfd.readouterr())
    assert "SMTPRecipientsRefused" in written
    assert ADDRESS not in written


def test_a_failure_at_the_commit_is_logged_without_the_link_that_was_followed(
    settings: Settings, context: None, capfd: pytest.CaptureFixture[str]
) -> None:
    app = create_app(settings)
    app.testing = False

    @app.get("/failing/<token>")
    def failing(token: str) -> str:
        return token

    @app.after_request
    def fail(response: object) -> object:
        session.execute(text("SELECT no_such_column"))
        return response

    assert app.test_client().get("/failing/a-secret-token").status_code == 500
    with app.app_context():
        db.engine.dispose()
    written = "".join(capfd.readouterr())
    assert "unhandled_error" in written
    assert "a-secret-token" not in written
    assert structlog.is_configured()
