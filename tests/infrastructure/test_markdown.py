"""Markdown of comments: emphasis, lists, quotes and links; nothing that acts, loads or hides."""

import pytest

from consultation.infrastructure.markdown import rendered

REL = 'rel="nofollow noopener noreferrer ugc"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*un* **deux**", "<p><em>un</em> <strong>deux</strong></p>"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("> cité", "<blockquote>\n<p>cité</p>\n</blockquote>"),
        ("un\ndeux", "<p>un<br>\ndeux</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("\\*un\\*", "<p>*un*</p>"),
        ("", ""),
    ],
)
def test_what_is_written_is_shown_as_meant(source: str, html: str) -> None:
    assert rendered(source) == html


@pytest.mark.parametrize("address", ["https://example.org/a?b=c", "http://example.org/"])
def test_a_link_leads_out_without_telling_from_where(address: str) -> None:
    assert rendered(f"[ici]({address})") == f'<p><a href="{address}" {REL}>ici</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "mailto:camille@example.org",
        "ftp://example.org/",
        "/account/",
        "//example.org/",
        "#c-1",
        "moderation",
    ],
)
def test_a_link_by_another_scheme_or_within_this_site_leads_nowhere(address: str) -> None:
    for source in (f"[ici]({address})", f"[ici](<{address}>)", f"<{address}>"):
        assert "href" not in rendered(source)


@pytest.mark.parametrize("source", ["![image](https://example.org/a.png)", "![](https://example.org/a.png)"])
def test_an_image_is_not_loaded(source: str) -> None:
    assert "<img" not in rendered(source)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b>gras</b>",
        "<a href='https://example.org' onclick='alert(1)'>x</a>",
        "<style>*{display:none}</style>",
        "<svg/onload=alert(1)>",
        "<!-- caché -->",
        "<iframe src=https://example.org></iframe>",
    ],
)
def test_html_is_shown_as_text(source: str) -> None:
    html = rendered(source)
    assert html.startswith("<p>&lt;")
    assert "<" not in html.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize("source", ["# Titre", "`code`", "```\ncode\n```", "---", "a | b\n--|--\n1 | 2"])
def test_what_is_not_offered_stays_text(source: str) -> None:
    for tag in ("<h1", "<code", "<pre", "<hr", "<table"):
        assert tag not in rendered(source)


def test_a_link_says_nothing_that_readers_do_not_see() -> None:
    assert "invisible" not in rendered('[ici](https://example.org/ "invisible")')


def test_a_bare_address_is_not_made_a_link() -> None:
    assert "<a" not in rendered("voir https://example.org/ et www.example.org")
