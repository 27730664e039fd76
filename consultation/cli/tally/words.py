"""The words of a count, from the one catalogue of the product, read without the web application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from gettext import NullTranslations, translation
from typing import Self

import click

from consultation.settings import PACKAGE

LANGUAGES = ("en", "fr")


def marked(message: str) -> str:
    """Mark a sentence for the catalogue; `Words.say` translates it."""
    return message


_ = marked


@dataclass(frozen=True)
class Words:
    """A language and its catalogue; the sentences of the code are English."""

    language: str
    catalogue: NullTranslations

    @classmethod
    def of_language(cls, language: str) -> Self:
        """Load the catalogue of a language."""
        if language == "en":
            return cls(language, NullTranslations())
        try:
            return cls(language, translation("messages", PACKAGE / "translations", [language]))
        except FileNotFoundError as error:
            raise click.ClickException(f"no catalogue for “{language}”: bring it by ./run setup") from error

    def say(self, message: str, **values: object) -> str:
        """Say a marked sentence with its values."""
        said = self.catalogue.gettext(message)
        return said % values if values else said

    def listed(self, names: Sequence[object]) -> str:
        """Say names one after the other: “Oak, Elm and Ash”."""
        *most, last = map(str, names)
        return self.say(_("%(several)s and %(last)s"), several=", ".join(most), last=last) if most else last

    def percent(self, share: Fraction) -> str:
        """Say a share to a whole percent."""
        return self.say(_("%(percent)s%%"), percent=round(100 * share))
