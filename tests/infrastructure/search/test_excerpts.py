"""An excerpt shows the words that answer, in whatever form they stand in the text."""

from hypothesis import given
from hypothesis import strategies as st

from consultation.infrastructure.search.excerpts import excerpt, marked
from consultation.infrastructure.search.questions import understood

LONG = "Une phrase qui ne dit rien de cela. " * 30 + "Les hôpitaux décident. " + "Encore une phrase sans rapport. " * 30


def seen(pieces: object) -> str:
    """Pieces as text, with brackets around those that are marked."""
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)  # type: ignore[attr-defined]


def test_a_word_is_marked_in_whatever_form_it_stands() -> None:
    assert seen(marked("Les hôpitaux, l’hôpital et L'HOPITAL", understood("hopital"), "fr")) == (
        "Les [hôpitaux], l’[hôpital] et L'[HOPITAL]"
    )


def test_a_phrase_is_marked_where_its_words_follow_each_other() -> None:
    assert seen(marked("Le dossier du patient ; le patient, son dossier", understood('"dossier patient"'), "fr")) == (
        "Le [dossier] du [patient] ; le patient, son dossier"
    )


def test_an_excerpt_is_cut_between_words_around_the_first_that_answers() -> None:
    shown = seen(excerpt(LONG, understood("hôpital"), "fr"))
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "[hôpitaux] décident." in shown
    assert len(shown) < 300


def test_an_excerpt_without_an_answer_is_the_beginning() -> None:
    assert seen(excerpt(LONG, understood("absent"), "fr")).startswith("Une phrase qui ne dit rien")


def test_a_short_text_is_shown_whole() -> None:
    assert seen(excerpt("Un\n\nhôpital.", understood("hôpital"), "fr")) == "Un [hôpital]."


def test_a_text_without_a_space_is_cut_all_the_same() -> None:
    assert len(seen(excerpt("a" * 5_000, understood("b"), "fr"))) < 300


def test_the_last_word_of_a_text_is_marked_once_though_a_phrase_begins_with_it() -> None:
    assert seen(marked("Le secret", understood('secret "secret médical"'), "fr")) == "Le [secret]"


@given(st.text(max_size=2000), st.text(max_size=50))
def test_the_pieces_of_a_text_are_the_text(text: str, asked: str) -> None:
    assert "".join(piece.text for piece in marked(text, understood(asked), "fr")) == text
    assert len("".join(piece.text for piece in excerpt(text, understood(asked), "fr"))) < 400
