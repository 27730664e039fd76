"""What a result shows of a text: pieces, of which some answer the question; whoever draws them escapes them."""

from dataclasses import dataclass

from consultation.infrastructure.search.questions import Question
from consultation.infrastructure.search.words import Word, stem_of, words_of

LENGTH = 260
BEFORE = 90


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether it is one of the words looked for."""

    text: str
    is_marked: bool = False


def marked(text: str, question: Question, language: str) -> list[Piece]:
    """The whole text in pieces."""
    return _pieces(text, _answers(text, question, language), 0, len(text))


def excerpt(text: str, question: Question, language: str) -> list[Piece]:
    """The text around the first word that answers, in pieces, cut between words and marked as cut."""
    text = " ".join(text.split())
    answers = _answers(text, question, language)
    start = _word_start(text, answers[0].start - BEFORE) if answers else 0
    end = _word_end(text, start + LENGTH)
    pieces = _pieces(text, answers, start, end)
    cut_before = [Piece("… ")] if start > 0 else []
    return [*cut_before, *pieces, *([Piece(" …")] if end < len(text) else [])]


def _answers(text: str, question: Question, language: str) -> list[Word]:
    words = list(words_of(text))
    stems = [stem_of(word.folded, language) for word in words]
    readings = question.readings
    lengths = {len(reading) for reading in readings}
    found: set[int] = set()
    for place in range(len(stems)):
        for length in lengths:
            if place + length <= len(stems) and tuple(stems[place : place + length]) in readings:
                found.update(range(place, place + length))
    return [words[place] for place in sorted(found)]


def _pieces(text: str, answers: list[Word], start: int, end: int) -> list[Piece]:
    pieces, place = [], start
    for word in answers:
        if start <= word.start and word.end <= end:
            pieces += [Piece(text[place : word.start]), Piece(text[word.start : word.end], is_marked=True)]
            place = word.end
    return [piece for piece in (*pieces, Piece(text[place:end])) if piece.text]


def _word_start(text: str, place: int) -> int:
    """The beginning of a word near a place, which itself may stand inside one."""
    return text.find(" ", place) + 1 if place > 0 else 0


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    cut = text.rfind(" ", place - LENGTH // 2, place + 1)
    return cut if cut > 0 else place
