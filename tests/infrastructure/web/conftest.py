"""An application to which a test may add routes of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask

from consultation.app import create_app
from consultation.infrastructure.database import db
from consultation.settings import Settings


@pytest.fixture
def another_app(app: Flask, settings: Settings) -> Iterator[Flask]:
    """The whole application once more, on the same database; its errors become pages, its forms need no token."""
    made = create_app(settings)
    made.testing = False
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    with made.app_context():
        db.engine.dispose()
