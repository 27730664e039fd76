"""What people may try to smuggle into a page: it comes out as text, or not at all."""

import pytest

from consultation.domain.deliberation.texts import Source
from consultation.features.comments.models import PenName
from consultation.features.recommendations.services import touch
from consultation.infrastructure.database import session
from consultation.infrastructure.markdown import rendered

THREAD = "/consultations/test/recommendations/6/"
CORPUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<body onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "<form action=https://evil.example><input name=p></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "</p></div></li></ol><h1>Fin</h1>",
    '"><script>alert(1)</script>',
    "'\"><img src=x onerror=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example)",
    "[x](/account/sign-out)",
    "![x](https://evil.example/pixel.png)",
    "<javascript:alert(1)>",
    '[x](https://example.org "onmouseover=alert(1)")',
    '[x](https://example.org"onmouseover="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "# Titre\n\n---\n\n```\ncode\n```",
    "| a | b |\n|---|---|\n| <b>c</b> | d |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e\u2066gauche\u2069 droite",
    "> " * 500 + "x",
    "*" * 1990,
    "[" * 1990,
    "(" * 990 + "[x](" * 240,
]
ALLOWED = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "a", "br"}


@pytest.mark.parametrize("payload", CORPUS)
def test_a_body_adds_no_element_but_the_few_of_small_markdown(browse, people, write, payload: str) -> None:
    write(people.citizen(), payload)
    page = browse().get(THREAD)
    body = page.find(".comment .body")
    assert {element.name for element in body.find_all(True)} <= ALLOWED
    for link in body.find_all("a"):
        assert str(link.get("href", "https:")).startswith(("http:", "https:"))
        assert set(link.attrs) <= {"href", "rel"}
    assert len(page.find_all("li.comment")) == 1
    assert not page.find_all("script, iframe, img, main form")


@pytest.mark.parametrize("payload", CORPUS)
def test_a_name_or_a_source_shows_its_characters_and_adds_no_element(browse, people, write, payload: str) -> None:
    comment = write(people.citizen(), sources=[Source("Avis", "https://example.org/")])
    plain = [element.name for element in browse().get(THREAD).find("li.comment").find_all(True)]
    session.refresh(comment, ["sources"])
    comment.sources[0].title = payload.replace("\n", " ")
    comment.sources[0].url = f"https://example.org/{payload}".replace("\n", " ")
    session.get_one(PenName, (comment.consultation_id, comment.author_id)).name = payload
    touch(comment.recommendation_id)
    page = browse().get(THREAD)
    assert [element.name for element in page.find("li.comment").find_all(True)] == plain
    assert page.find("li.comment b").get_text() == payload
    assert page.find("li.comment ul a")["href"].startswith("https://example.org/")


def test_texts_that_run_the_other_way_do_not_turn_their_neighbours(browse, people, write) -> None:
    write(people.citizen(), "שלום \u202e")
    page = browse().get(THREAD)
    assert page.find(".comment b")["dir"] == page.find(".comment .body")["dir"] == "auto"


def test_what_a_body_may_hold_is_rendered() -> None:
    html = rendered("*a* **b**\n\n- c\n\n1. d\n\n> e\n\n[f](https://example.org)\ng")
    for element in (
        "<em>a</em>",
        "<strong>b</strong>",
        "<ul>",
        "<ol>",
        "<blockquote>",
        'href="https://example.org"',
        "<br>",
    ):
        assert element in html
    assert 'rel="nofollow noopener noreferrer ugc"' in html
