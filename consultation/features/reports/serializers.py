"""Reports as pages show them: lines by recommendation, each with what the comments that it cites say now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from consultation.features.comments.models import Comment, State
from consultation.features.consultations.models import Consultation
from consultation.features.reports.models import ReportLine
from consultation.features.reports.queries import Cited
from consultation.infrastructure.web.language import current_language, said_day


@dataclass(frozen=True)
class Quotation:
    """A comment that a line cites; where nobody may read it any more, only the sentence that says so."""

    comment_id: str
    anchor: str
    placeholder: str
    url: str
    revision: int = 0
    is_outdated: bool = False
    name: str = ""
    college: str = ""
    alignment: str = ""
    day: str = ""
    html: str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A line ready to be shown; one that was withdrawn is only the sentence that says so."""

    id: str
    anchor: str
    html: Markup
    notice: str
    changed: str
    quotations: Sequence[Quotation]
    warnings: Sequence[str]
    position: int
    version: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Chapter:
    """The lines about one recommendation, or about the whole; `lang` where the title is not in the page's language."""

    anchor: str
    title: str
    lang: str | None
    url: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class CitingLine:
    """A line that rests on a comment, with the chapter and the place of the report where it stands."""

    chapter: str
    lang: str | None
    html: Markup
    url: str


def chapters_of(
    consultation: Consultation, lines: Sequence[ReportLine], cited: Mapping[str, Sequence[Cited]]
) -> list[Chapter]:
    """The chapters of a report, in the order of the lines; a comment that is cited twice has one anchor."""
    anchors: set[str] = set()
    return [
        _chapter(consultation, list(group), cited, anchors)
        for _number, group in groupby(lines, key=lambda line: line.recommendation_id)
    ]


def quotations_of(consultation: Consultation, cited: Sequence[Cited]) -> list[Quotation]:
    """What one line cites."""
    anchors: set[str] = set()
    return [_quotation(consultation, one, anchors) for one in cited]


def offered(consultation: Consultation, comments: Sequence[Comment]) -> list[Quotation]:
    """Comments that may be cited."""
    return [_quote(consultation, one) for one in comments]


def citing_lines_of(consultation: Consultation, lines: Sequence[ReportLine]) -> list[CitingLine]:
    """Lines that rest on one comment, each with the way to it."""
    report = url_for("reports.show", slug=consultation.slug)
    return [
        CitingLine(
            chapter=_title(line),
            lang=_lang(consultation) if line.recommendation else None,
            html=words_of(line),
            url=f"{report}#{_anchor(line)}",
        )
        for line in lines
    ]


def words_of(line: ReportLine) -> Markup:
    """The present words of a line."""
    return Markup(line.html)  # noqa: S704 - sanitised at writing


def _chapter(
    consultation: Consultation,
    lines: Sequence[ReportLine],
    cited: Mapping[str, Sequence[Cited]],
    anchors: set[str],
) -> Chapter:
    about = lines[0].recommendation
    standing = [line.id for line in lines if line.withdrawn_on is None]
    shown = [_line(consultation, line, cited.get(line.id, ()), anchors, standing) for line in lines]
    if about is None:
        return Chapter("whole", _title(lines[0]), None, "", shown)
    url = url_for("comments.thread", slug=consultation.slug, number=about.number)
    return Chapter(f"r-{about.number}", _title(lines[0]), _lang(consultation), url, shown)


def _title(line: ReportLine) -> str:
    about = line.recommendation
    return f"{about.number} · {about.title}" if about else _("The whole consultation")


def _lang(consultation: Consultation) -> str | None:
    return consultation.language if consultation.language != current_language() else None


def _anchor(line: ReportLine) -> str:
    return f"l-{line.id}"


def _line(
    consultation: Consultation, line: ReportLine, cited: Sequence[Cited], anchors: set[str], standing: Sequence[str]
) -> Line:
    withdrawn = line.withdrawn_on
    return Line(
        id=line.id,
        anchor=_anchor(line),
        html=Markup(line.html),  # noqa: S704 - sanitised at writing
        notice=_("A line was withdrawn on %(day)s.", day=said_day(withdrawn)) if withdrawn else "",
        changed=_("changed on %(day)s", day=said_day(line.changed_on)) if line.changed_on and not withdrawn else "",
        quotations=[_quotation(consultation, one, anchors) for one in cited],
        warnings=_warnings(cited),
        position=line.position,
        version=line.version,
        is_first=standing[:1] == [line.id],
        is_last=standing[-1:] == [line.id],
    )


def _quotation(consultation: Consultation, cited: Cited, anchors: set[str]) -> Quotation:
    """What a comment said when it was cited, for as long as that text may be read; then what stands in its place."""
    comment, former = cited.comment, cited.readable
    anchor = "" if comment.id in anchors else f"cites-{comment.id}"
    anchors.add(comment.id)
    if cited.is_lost:
        return Quotation(comment.id, anchor, _trace(comment), _permalink(consultation, comment))
    shown = _quote(consultation, comment, anchor)
    if former:
        html = Markup(former.html)  # noqa: S704 - sanitised at writing
        shown = replace(shown, html=html, alignment=former.alignment)
    return replace(shown, is_outdated=cited.is_outdated, note=_note(cited))


def _trace(comment: Comment) -> str:
    """What stands for a comment that nobody may read any more."""
    if comment.state == State.WITHHELD:
        return _("A comment is cited here that is no longer public: it is withheld by moderation.")
    return _("A comment is cited here that is no longer public: its author has withdrawn it.")


def _note(cited: Cited) -> str:
    if not cited.is_outdated or cited.comment.edited_on is None:
        return ""
    day, number = said_day(cited.comment.edited_on), cited.citation.revision
    if cited.readable:
        return _("Cited in version %(number)s; its author has changed it since, on %(day)s.", number=number, day=day)
    return _("Changed since it was cited, on %(day)s: the version that was cited is no longer shown.", day=day)


def _warnings(cited: Sequence[Cited]) -> list[str]:
    """What has become of the comments under a line since it was written, for whoever answers for the line."""
    lost, outdated = sum(one.is_lost for one in cited), sum(one.is_outdated for one in cited)
    said = []
    if lost:
        said.append(
            ngettext(
                "%(num)s comment cited here is no longer public.",
                "%(num)s comments cited here are no longer public.",
                lost,
            )
        )
    if outdated:
        said.append(
            ngettext(
                "%(num)s comment cited here has changed since.",
                "%(num)s comments cited here have changed since.",
                outdated,
            )
        )
    return said


def _quote(consultation: Consultation, comment: Comment, anchor: str = "") -> Quotation:
    """What a comment says now."""
    return Quotation(
        comment_id=comment.id,
        anchor=anchor,
        placeholder="",
        url=_permalink(consultation, comment),
        revision=comment.revision,
        name=_("Former participant") if comment.pen_name.is_forgotten else comment.pen_name.name,
        college=comment.college,
        alignment=comment.alignment,
        day=said_day(comment.posted_on),
        html=Markup(comment.html),  # noqa: S704 - sanitised at writing
    )


def _permalink(consultation: Consultation, comment: Comment) -> str:
    return url_for("comments.comment", slug=consultation.slug, comment_id=comment.id)
