"""What the template of a comment is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from consultation.features.comments.serializers.official import InReport, ShownAnswer


@dataclass(frozen=True)
class SourceLink:
    """A source, with the host that its link leads to."""

    title: str
    url: str
    host: str


@dataclass(frozen=True)
class ReactionCount:
    """A reaction with its count; its button sends the reaction, or nothing to take back one's own."""

    label: str
    sends: str
    is_mine: bool


@dataclass(frozen=True)
class Act:
    """A link about one comment: the word that is seen, and the whole sentence for those who hear it."""

    label: str
    sentence: str
    url: str


@dataclass(frozen=True)
class ShownComment:
    """A comment ready to be shown; where there is a placeholder, it stands for all but the replies."""

    anchor: str
    placeholder: str
    name: str
    interests: str
    answers: str
    college: str
    alignment: str
    day: str
    url: str
    edited: Act | None
    html: Markup
    sources: Sequence[SourceLink]
    reactions: Sequence[ReactionCount]
    earlier: str
    revision: int
    react_url: str
    react_sentence: str
    acts: Sequence[Act]
    replies: Sequence["ShownComment"] = ()
    more: Act | None = None
    answer: ShownAnswer | None = None
    in_report: InReport | None = None
