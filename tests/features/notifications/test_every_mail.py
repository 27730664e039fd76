"""Every mail, in both languages: the same words and links as text and as HTML, and nothing that a name could do."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup
from flask import Flask

from consultation.features.notifications.serializers.letters import Quotation, Section
from consultation.features.notifications.serializers.things import Thing
from consultation.infrastructure import clock
from consultation.infrastructure.mail.letters import rendered

FOLDERS = sorted(path.name for path in (Path(__file__).parents[3] / "templates" / "mail").iterdir())
PUBLIC = "http://127.0.0.1:8000"
HOSTILE = "<img src=x onerror=alert(1)>\"'& {{ 7 * 7 }} </title></style>"
LINK = re.compile(r"https?://[^\s<>\"']+")

CLAIM = SimpleNamespace(id="abcdefghijkl", reason=HOSTILE)
NOTICE = SimpleNamespace(id="abcdefghijkl", created_at=clock.now())
DECISION = SimpleNamespace(decided_at=clock.now(), facts=HOSTILE, statement=HOSTILE)
PAPERS = [(HOSTILE, f"{PUBLIC}/consultations/one/ballot/"), ("Deux", f"{PUBLIC}/consultations/two/ballot/")]
SECTION = Section(
    thing=Thing(HOSTILE, "Recommandation 3", "fr", f"{PUBLIC}/consultations/one/", f"{PUBLIC}/follow/"),
    steps=["Les résultats sont publics."],
    quotations=[Quotation(f"{HOSTILE}, 3 mars:", HOSTILE, f"{PUBLIC}/consultations/one/comments/a/")],
    more="Et 3 autres.",
    stop_url=f"{PUBLIC}/unsubscribe/one",
)
FOLLOWING = {
    "sections": [SECTION],
    "is_weekly": True,
    "following_url": f"{PUBLIC}/account/following",
    "unsubscribe_url": f"{PUBLIC}/unsubscribe/all",
}
URL = {"url": f"{PUBLIC}/somewhere/"}
VALUES: dict[str, dict[str, Any]] = {
    "address_known": {"token": "a-token"},
    "ballots_sealed": {"title": HOSTILE, "line": '{"n":3}'},
    "comment_returned": {"number": 3, "advice": HOSTILE, "until": clock.now(), **URL},
    "confirm_address": {"token": "a-token", "way_back": "/consultations/?a=1&b=2"},
    "confirm_reminder": {"token": "a-token"},
    "decision_withheld": {"decision": DECISION, "number": 3, "ground": HOSTILE, "article": 2, **URL},
    "digest": FOLLOWING,
    "double_closed": {"claim": CLAIM},
    "double_kept": {"claim": CLAIM, "papers": PAPERS},
    "following": FOLLOWING,
    "notice_decided": {"notice": NOTICE, "outcome": "withhold", **URL},
    "notice_received": {"notice": NOTICE, **URL},
    "passphrase_changed": {},
    "physician_refused": {"claim": CLAIM},
    "physician_revoked": {"claim": CLAIM},
    "physician_verified": {"claim": CLAIM, "papers": PAPERS},
    "reset_passphrase": {"token": "a-token"},
    "results_published": FOLLOWING,
}


@pytest.fixture(params=[(name, language) for name in FOLDERS for language in ("fr", "en")], ids="-".join)
def words(request: pytest.FixtureRequest, context: None) -> Any:
    """Each mail as it is written, in each language."""
    name, language = request.param
    return rendered(name, language, VALUES[name])


def test_a_mail_says_the_same_links_as_text_and_as_html_and_all_are_ours(words: Any, app: Flask) -> None:
    soup = BeautifulSoup(words.html, "html5lib")
    in_text = set(LINK.findall(words.body))
    assert {str(link["href"]) for link in soup.select("a")} == in_text
    assert all(link.startswith(f"{PUBLIC}/") for link in in_text)


def test_a_mail_loads_nothing_and_is_valid_html(words: Any) -> None:
    parser = html5lib.HTMLParser(strict=True)
    document = parser.parse(words.html)
    assert document is not None
    soup = BeautifulSoup(words.html, "html5lib")
    assert soup.select("img, script, link, iframe, object, form, [src], [onerror], [onclick]") == []
    assert not re.search(r"url\(|@import", words.html)
    assert soup.select_one("html")["lang"] in ("fr", "en")
    assert len(soup.select("h1")) == 1


def test_a_hostile_name_stays_text(words: Any) -> None:
    soup = BeautifulSoup(words.html, "html5lib")
    read = " ".join(soup.get_text(" ").split())
    if "onerror" in words.body:
        assert HOSTILE in read
    assert "49" not in read.replace("1949", "")
    assert "\n" not in words.subject


def test_a_mail_says_every_line_of_its_text_in_html_too(words: Any) -> None:
    read = " ".join(BeautifulSoup(words.html, "html5lib").get_text(" ").split())
    for line in words.body.splitlines():
        said = " ".join(line.removeprefix("== ").rstrip(" :\u00a0").split())
        if said and not LINK.search(said) and said != "--":
            assert said in read, line
