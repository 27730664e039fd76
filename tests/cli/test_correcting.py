"""Results published again, by command."""

import json

import pytest

from consultation.domain.privacy.publication import release_of
from consultation.features.results import services


@pytest.fixture
def wrongly_published(operator, opened, monkeypatch):
    """The slug of a consultation that a program with an error has published."""
    operator.types(f"consultation close {opened}")
    with monkeypatch.context() as faulty:
        faulty.setattr(services, "content_of", lambda *given, **named: {**release_of(*given, **named), "v": 0})
        operator.types(f"consultation publish {opened}")
    return opened


def test_a_correction_says_its_reason(operator, wrongly_published):
    corrected = operator.types(f"consultation publish {wrongly_published} --correct Erratum --json")
    assert json.loads(corrected.stdout) == {"slug": wrongly_published, "phase": "published"}
    refused = operator.types(f"consultation publish {wrongly_published} --correct=", 1)
    assert "A correction says why it is made" in refused.stderr


def test_a_correction_that_changes_nothing_is_refused(operator, opened):
    operator.types(f"consultation close {opened}")
    assert "not published yet" in operator.types(f"consultation publish {opened} --correct Early", 1).stderr
    operator.types(f"consultation publish {opened}")
    refused = operator.types(f"consultation publish {opened} --correct Again", 1)
    assert "the same release to the byte" in refused.stderr
