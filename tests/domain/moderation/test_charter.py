"""Editions of the charter, and what changes from one to the next."""

from datetime import date

from consultation.domain.deliberation.revisions import Change
from consultation.domain.moderation.charter import Article, Edition, Section, changes_between
from consultation.domain.moderation.grounds import Ground


def edition(number: int, lead: str = "Read one another.", **words: str) -> Edition:
    """A small charter of a section, an article and a closing section."""
    insult = words.get("insult", "Leave the person in peace.")
    sections = [
        Section("subject", "Subject", paragraphs=(words.get("subject", "Each comment gives a reason."),)),
        Section("grounds", "Grounds", articles=(Article(Ground.INSULT, "Insult", insult),)),
    ]
    if "extra" in words:
        sections.append(Section("extra", "Extra", points=(words["extra"],)))
    return Edition(number, date(2026, 1, number), "en", lead, tuple(sections))


def test_an_edition_compared_with_itself_changes_nothing() -> None:
    assert changes_between(edition(1), edition(2)) == []


def test_a_changed_article_shows_alone_with_the_words_that_changed() -> None:
    (changed,) = changes_between(edition(1), edition(2, insult="Leave everybody in peace."))
    assert changed.title == "Insult"
    assert [piece.words for piece in changed.pieces if piece.change is Change.REMOVED] == ["the person"]
    assert [piece.words for piece in changed.pieces if piece.change is Change.ADDED] == ["everybody"]


def test_a_section_that_is_added_or_left_out_is_a_change() -> None:
    (added,) = changes_between(edition(1), edition(2, extra="You may appeal."))
    (left_out,) = changes_between(edition(2, extra="You may appeal."), edition(3))
    assert added.title == left_out.title == "Extra"
    assert {piece.change for piece in added.pieces} == {Change.ADDED}
    assert {piece.change for piece in left_out.pieces} == {Change.REMOVED}


def test_changes_come_in_the_order_of_the_later_edition() -> None:
    later = edition(2, lead="Read everybody.", subject="Each comment answers.", insult="No insult.")
    assert [changed.title for changed in changes_between(edition(1), later)] == ["", "Subject", "Insult"]
