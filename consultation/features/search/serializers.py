"""Results as the page shows them: plain strings and marked pieces, made once."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.errors import Missing, SearchTooBroad
from consultation.features.consultations.models import Consultation
from consultation.features.search.forms import SearchForm
from consultation.features.search.queries import numbers_of, recommendation_to_search
from consultation.infrastructure.search import (
    Found,
    Piece,
    Problem,
    Question,
    SearchEntry,
    excerpt,
    find,
    marked,
    understood,
)
from consultation.infrastructure.web.language import current_language, said_day

_LARGEST_PLACE = 1 << 63
_TEXTS = ("consultation", "recommendation")


@dataclass(frozen=True)
class Result:
    """One thing that was found; `lang` where its words are not in the language of the page."""

    title: Sequence[Piece]
    url: str
    excerpt: Sequence[Piece]
    context: str
    consultation: str
    college: str | None
    alignment: str | None
    lang: str | None
    consultation_lang: str | None


@dataclass(frozen=True)
class Within:
    """The recommendation that is searched alone, and the way out of it."""

    name: str
    title: str
    lang: str | None
    url: str
    everywhere: str


def page_of(form: SearchForm, consultations: Sequence[Consultation], before: str | None) -> dict[str, object]:
    """What the page of the search shows: the results, or why there are none."""
    within = _within(form)
    is_understood = form.validate()
    question = understood(form.typed)
    page: dict[str, object] = {"form": form, "typed": form.typed, "within": within}
    if question.problem or not is_understood:
        return {**page, "problem": _in_words(question.problem) if is_understood else ""}
    try:
        found = find(question, form.scope(), _cursor(before))
    except SearchTooBroad as refusal:
        form.refuse(refusal, "q")
        return page
    return {
        **page,
        "hint": _hint(question),
        "results": _results(found, question, {one.id: one for one in consultations}),
        "count": None if before else _count(found),
        "everywhere": _address(q=form.typed) if form.is_narrowed() else None,
        "first_url": _address(**form.arguments()) if before else None,
        "next_url": _address(**form.arguments(), before=found.cursor) if found.cursor is not None else None,
    }


def _within(form: SearchForm) -> Within | None:
    if not form.recommendation.data:
        return None
    recommendation, consultation = recommendation_to_search(form.recommendation.data)
    kept = {name: value for name, value in form.arguments().items() if name != "recommendation"}
    return Within(
        name=_("Recommendation %(number)s", number=recommendation.number),
        title=recommendation.title,
        lang=_foreign(consultation),
        url=url_for("comments.thread", slug=consultation.slug, number=recommendation.number),
        everywhere=_address(**kept),
    )


def _results(found: Found, question: Question, consultations: Mapping[uuid.UUID, Consultation]) -> list[Result]:
    numbers = numbers_of({one.recommendation_id for one in found.entries if one.recommendation_id})
    contexts = _contexts()
    return [
        _result(entry, question, consultations[entry.consultation_id], numbers, contexts)
        for entry in found.entries
        if entry.consultation_id in consultations
    ]


def _result(
    entry: SearchEntry,
    question: Question,
    consultation: Consultation,
    numbers: Mapping[str, int],
    contexts: Mapping[str, str],
) -> Result:
    is_text, number = entry.kind in _TEXTS, numbers.get(entry.recommendation_id or "", 0)
    context = _context(entry, number, contexts)
    return Result(
        title=marked(entry.title, question, entry.language) if is_text else [Piece(context)],
        url=_url(entry, consultation, number),
        excerpt=excerpt(entry.body, question, entry.language),
        context=context if is_text else "",
        consultation=consultation.title if entry.kind != "consultation" else "",
        college=entry.college,
        alignment=entry.alignment,
        lang=_foreign(consultation) if is_text else None,
        consultation_lang=_foreign(consultation),
    )


def _contexts() -> dict[str, str]:
    """What stands beside a result of each kind, to be filled in: looked up once a page."""
    return {
        "consultation": _("Consultation, opened on %(day)s"),
        "recommendation": _("Recommendation %(number)s"),
        "comment": _("Comment on recommendation %(number)s, %(day)s"),
        "reply": _("Official reply under recommendation %(number)s, %(day)s"),
        "outcome": _("What became of recommendation %(number)s, %(day)s"),
        "report": _("Report, about recommendation %(number)s, %(day)s"),
        "whole report": _("Report, about the whole consultation, %(day)s"),
    }


def _context(entry: SearchEntry, number: int, contexts: Mapping[str, str]) -> str:
    kind = "whole report" if entry.kind == "report" and not number else entry.kind
    return contexts[kind] % {"number": number, "day": said_day(entry.day)}


def _url(entry: SearchEntry, consultation: Consultation, number: int) -> str:
    match entry.kind:
        case "consultation":
            return url_for("recommendations.index", slug=consultation.slug)
        case "recommendation":
            return url_for("comments.thread", slug=consultation.slug, number=number)
        case "outcome":
            return url_for("recommendations.outcomes", slug=consultation.slug, _anchor=f"o-{number}")
        case "report":
            return url_for("reports.show", slug=consultation.slug, _anchor=f"l-{entry.object_id}")
    return url_for("comments.comment", slug=consultation.slug, comment_id=entry.object_id)


def _foreign(consultation: Consultation) -> str | None:
    return consultation.language if consultation.language != current_language() else None


def _count(found: Found) -> str:
    if found.is_more:
        return str(_("More than %(number)s results", number=found.total))
    return str(ngettext("%(num)s result", "%(num)s results", found.total))


def _hint(question: Question) -> str:
    """What may be wrong with a question that found nothing."""
    if all(len(stem) == 1 for reading in question.readings for stem in reading):
        return str(_("A single letter only finds that letter standing alone: write whole words."))
    return str(_("Try fewer words, or others that mean the same. Accents, capitals and plurals make no difference."))


def _in_words(problem: Problem | None) -> str:
    sentences = {
        Problem.LONG: _("This is too long to be looked for: twelve words and 200 characters at most."),
        Problem.COMMON: _("These words stand in every text: add one that says what it is about."),
        Problem.NO_WORD: _("There is no word in this: write letters or digits."),
        Problem.ONLY_EXCLUDED: _("This only says what must not be there: add a word to look for."),
    }
    return sentences.get(problem, "") if problem else ""


def _address(**arguments: object) -> str:
    return url_for("search.results", **arguments)  # type: ignore[arg-type]


def _cursor(before: str | None) -> int | None:
    """Where the page before ended; Missing for what is no place."""
    if before is None:
        return None
    if not (before.isascii() and before.isdigit() and len(before) < 20 and int(before) < _LARGEST_PLACE):
        raise Missing(before=before)
    return int(before)
