"""Comments of a map, each on a line with what the groups, or the colleges, say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from consultation.domain.deliberation.opinion_groups.cells import Cell, Cells
from consultation.domain.deliberation.opinion_groups.comparison import Comparison, Dividing, Together, interval_of
from consultation.domain.identifiers import LENGTH
from consultation.features.comments.models import Comment, State
from consultation.features.opinions.serializers.sentences import about, name_said, share_said

# The others are in the files.
MOST_SHOWN = 5
LONGEST_EXCERPT = 200
_ANY = "0" * LENGTH


@dataclass(frozen=True)
class Share:
    """What one group says of a comment: its figures in a sentence, and the share that agrees with its interval."""

    code: str
    name: str
    agree: str
    sentence: str
    start: int
    width: int
    at: int


@dataclass(frozen=True)
class Line:
    """A comment: its beginning, or why it cannot be read any more, and the figures of each group."""

    excerpt: str
    placeholder: str
    author: str
    college: str
    recommendation: str
    url: str
    note: str
    shares: Sequence[Share]


@dataclass(frozen=True)
class Compared:
    """What brings groups together and what divides them; `comments` is how many could be compared at all."""

    together: Sequence[Line]
    divides: Sequence[Line]
    comments: int
    all_together: int
    all_dividing: int


class Reader:
    """Puts comments on lines, for one page."""

    def __init__(self, slug: str, comments: Mapping[str, Comment]) -> None:
        self._comments = comments
        self._permalink = url_for("comments.comment", slug=slug, comment_id=_ANY)

    def compared(self, comparison: Comparison) -> Compared:
        """The clearest of what brings together and of what divides."""
        cells = comparison["cells"]
        return Compared(
            together=[self.line(one["comment"], cells, _shared(one)) for one in comparison["together"][:MOST_SHOWN]],
            divides=[self.line(one["comment"], cells, _divided(one)) for one in comparison["divides"][:MOST_SHOWN]],
            comments=len(cells),
            all_together=len(comparison["together"]),
            all_dividing=len(comparison["divides"]),
        )

    def line(self, comment_id: str, cells: Cells, note: str, only: str = "") -> Line:
        """One comment with what each group says of it, or only one of them."""
        comment = self._comments.get(comment_id)
        is_public = comment is not None and comment.is_public
        return Line(
            excerpt=_excerpt(comment.html) if comment and is_public else "",
            placeholder="" if is_public else _placeholder(comment),
            author=_author(comment) if comment and is_public else "",
            college=comment.college if comment and is_public else "",
            recommendation=str(comment.recommendation.number) if comment else "",
            url=self._permalink.replace(_ANY, comment_id),
            note=note,
            shares=[_share(name, cell) for name, cell in cells[comment_id].items() if only in ("", name)],
        )


def comments_shown(comparisons: Sequence[Comparison], others: Sequence[str]) -> list[str]:
    """The comments that a page shows, each once."""
    shown = [
        one["comment"]
        for comparison in comparisons
        for kind in ("together", "divides")
        for one in comparison[kind][:MOST_SHOWN]
    ]
    return list(dict.fromkeys([*shown, *others]))


def _share(name: str, cell: Cell) -> Share:
    low, high = interval_of(cell)
    agree = share_said(cell["agree"], cell["people"])
    return Share(
        code=name,
        name=name_said(name),
        agree=agree,
        sentence=_(
            "%(agree)s agree (%(low)s to %(high)s), %(disagree)s disagree, %(people)s",
            agree=agree,
            low=low,
            high=high,
            disagree=share_said(cell["disagree"], cell["people"]),
            people=about(cell["people"]),
        ),
        start=low,
        width=high - low,
        at=cell["agree"],
    )


def _shared(one: Together) -> str:
    if one["sure"]:
        return _("More than half of each agrees, surely: every interval lies above %(half)s%%.", half=50)
    return _("More than half of each agrees, but not surely: an interval goes down to %(half)s%% or below.", half=50)


def _divided(one: Dividing) -> str:
    return _(
        "%(more)s: %(difference)s points more agreement than %(less)s (interval from %(low)s to %(high)s).",
        more=name_said(one["more"]),
        less=_in_a_sentence(one["less"]),
        difference=one["difference"],
        low=str(one["low"]).replace("-", "−"),
        high=str(one["high"]).replace("-", "−"),
    )


def _in_a_sentence(name: str) -> str:
    said = name_said(name)
    return said[0].lower() + said[1:]


def _excerpt(html: str) -> str:
    text = " ".join(Markup(html).striptags().split())  # noqa: S704 - sanitised at writing, and its tags are taken out
    if len(text) <= LONGEST_EXCERPT:
        return text
    return text[:LONGEST_EXCERPT].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def _author(comment: Comment) -> str:
    return _("Former participant") if comment.pen_name.is_forgotten else comment.pen_name.name


def _placeholder(comment: Comment | None) -> str:
    if comment is not None and comment.state == State.WITHDRAWN:
        return _("Comment withdrawn by its author.")
    return _("This comment is not public any more.")
