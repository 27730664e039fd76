"""The editions of the charter, one file each; a file that was once accepted is never changed."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from consultation.domain.moderation.charter import Article, Edition, Section
from consultation.domain.moderation.grounds import Ground

__all__ = ["edition", "in_force", "numbers"]

_FOLDER = Path(__file__).parent


@cache
def numbers() -> tuple[int, ...]:
    """The numbers of the editions, oldest first."""
    return tuple(sorted(int(path.stem) for path in _FOLDER.glob("[0-9]*.yaml")))


def in_force() -> int:
    """The number of the edition that whoever writes has to accept: the latest."""
    return numbers()[-1]


@cache
def edition(number: int, language: str) -> Edition:
    """One edition in one language; KeyError where there is none of this number."""
    if number not in numbers():
        raise KeyError(number)
    read = yaml.safe_load((_FOLDER / f"{number:04}.yaml").read_text(encoding="utf-8"))
    words = read[language]
    return Edition(
        number=number,
        since=read["since"],
        language=language,
        lead=words["lead"],
        sections=tuple(_section(section) for section in words["sections"]),
    )


def _section(read: Mapping[str, Any]) -> Section:
    return Section(
        id=read["id"],
        title=read["title"],
        paragraphs=tuple(read.get("paragraphs", ())),
        points=tuple(read.get("points", ())),
        articles=tuple(_article(article) for article in read.get("articles", ())),
    )


def _article(read: Mapping[str, Any]) -> Article:
    return Article(ground=Ground(read["ground"]), title=read["title"], words=read["words"])
