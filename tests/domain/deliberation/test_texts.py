import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.deliberation.texts import clean_text, clean_title, host_of, is_web_address


def test_a_text_keeps_its_lines_and_loses_control_characters_and_outer_blanks() -> None:
    assert clean_text("  one\r\ntwo\rthree\x00\x1b[2J\t.\n ") == "one\ntwo\nthree[2J\t."


def test_a_title_stands_on_one_line() -> None:
    assert clean_title("  Avis\r\n du\tCCNE \x00 ") == "Avis du CCNE"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_title(clean_title(text)) == clean_title(text)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.ccne-ethique.fr/avis/129",
        "http://example.org",
        "https://example.org:8443/a?b=c#d",
        "https://éthique.example/avis",
        "HTTPS://EXAMPLE.ORG/",
    ],
)
def test_whole_web_addresses_are_accepted(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/a",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://example.org",
        "data:text/html,<script>alert(1)</script>",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "http://",
        "https:///path",
        "https://localhost/a",
        "https://ordre.example@evil.example/a",
        "https://example.org/a b",
        "https://example.org/a\nb",
        "https://example.org:port/",
        "https://[::1",
        "https://example.org/" + "a" * 500,
    ],
)
def test_what_is_no_whole_or_honest_web_address_is_refused(url: str) -> None:
    assert not is_web_address(url)


@given(st.text(max_size=80))
def test_any_text_at_all_is_judged_and_only_http_passes(text: str) -> None:
    assert not is_web_address(text) or text.lower().startswith(("http://", "https://"))
    assert is_web_address("https://" + text) in (True, False)


def test_the_host_is_said_without_its_usual_first_label() -> None:
    assert host_of("https://www.ccne-ethique.fr/avis/129") == "ccne-ethique.fr"


@pytest.mark.parametrize("text", ["\x00\u202e", "\u200b\u200d", " \u2066 \n", "\u0301"])
def test_a_text_in_which_nothing_can_be_seen_is_empty(text: str) -> None:
    assert clean_text(text) == ""


def test_a_text_loses_what_would_reverse_its_reading_and_keeps_its_words() -> None:
    assert clean_text("avant \u202eenvers\u202c après") == "avant envers après"
    assert clean_text("مرحبا שלום 👩‍⚕️") == "مرحبا שלום 👩‍⚕️"


def test_a_flood_of_accents_on_one_letter_is_cut_and_real_accents_stay() -> None:
    assert clean_text("e" + "\u0301" * 1999) == "e" + "\u0301" * 4
    assert clean_text("Việt Nam, e\u0301te\u0301") == "Việt Nam, e\u0301te\u0301"
