"""The charter of the debate: editions that never change, and what each changed in the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from consultation.domain.deliberation.revisions import Change, Piece, differences
from consultation.domain.moderation.grounds import Ground


@dataclass(frozen=True)
class Article:
    """What has no place in the debate: a ground, its name and what it means."""

    ground: Ground
    title: str
    words: str


@dataclass(frozen=True)
class Section:
    """A part of the charter: paragraphs, then points or articles; `{contact}` stands for the address of the team."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True)
class Edition:
    """The whole charter as it was accepted from a day on, in one language."""

    number: int
    since: date
    language: str
    lead: str
    sections: tuple[Section, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles in their order, the ground that none states last."""
        return tuple(article for section in self.sections for article in section.articles)


@dataclass(frozen=True)
class ChangedPassage:
    """A passage that a later edition words otherwise, adds or leaves out, under the title it stands under."""

    title: str
    pieces: tuple[Piece, ...]


def changes_between(earlier: Edition, later: Edition) -> list[ChangedPassage]:
    """The passages by which two editions in one language differ, in the order of the later; those left out last."""
    before, after = dict(_passages(earlier)), dict(_passages(later))
    keys = [*after, *(key for key in before if key not in after)]
    changed = (_changed(before.get(key, ("", "")), after.get(key, ("", ""))) for key in keys)
    return [passage for passage in changed if any(piece.change is not Change.KEPT for piece in passage.pieces)]


def _changed(former: tuple[str, str], new: tuple[str, str]) -> ChangedPassage:
    return ChangedPassage(title=new[0] or former[0], pieces=tuple(differences(former[1], new[1])))


def _passages(edition: Edition) -> Iterator[tuple[str, tuple[str, str]]]:
    """Key -> title and text: a section is one passage and each article another, so that one change shows alone."""
    yield "lead", ("", edition.lead)
    for section in edition.sections:
        text = "\n".join((section.title, *section.paragraphs, *section.points))
        yield section.id, (section.title, text)
        for article in section.articles:
            yield article.ground.value, (article.title, f"{article.title}\n{article.words}")
