"""The ballot paper as its page shows it: plain strings, ready to be placed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.forms import SheetForm
from consultation.features.ballots.models import Sheet
from consultation.features.ballots.queries import Papers
from consultation.features.ballots.serializers.rankings import said_place
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation


@dataclass(frozen=True)
class Row:
    """A recommendation on the ballot paper; `rank` is what its list shows, even when it is no rank."""

    number: int
    title: str
    name: str
    url: str
    place: str
    is_tied: bool
    joins: bool
    rank: str
    errors: tuple[str, ...]
    labels: dict[str, str]


@dataclass(frozen=True)
class Paper:
    """The two columns of the ballot paper, the ranks that can be chosen, what is said below, and the draft's mark."""

    ranked: list[Row]
    unranked: list[Row]
    ranks: list[str]
    status: str
    mark: str


def paper_of(
    consultation: Consultation,
    recommendations: Sequence[Recommendation],
    papers: Papers,
    form: SheetForm | None = None,
    *,
    by_number: bool = False,
) -> Paper:
    """The paper as it stands, or as it was typed when the form is refused."""
    sheet = form.sheet() if form else papers.sheet
    places = {number: str(place) for number, place in sheet.order.places().items()} if sheet.order else {}
    typed = {number: form[f"rank-{number}"].typed for number in form.posted()} if form else places
    shown = [number for number in (typed if form else sheet.shown) if typed[number]]
    known = {one.number: one for one in recommendations}
    aside = [number for number in (sorted(known) if by_number else papers.presented) if number not in shown]
    rows = _rows(consultation, [known[number] for number in (*shown, *aside)], sheet, typed, form)
    return Paper(
        ranked=rows[: len(shown)],
        unranked=rows[len(shown) :],
        ranks=[str(rank) for rank in range(1, len(recommendations) + 1)],
        status=" ".join(_status(papers, len(shown), len(aside))),
        mark=form.mark() if form else mark_of(papers.sheet),
    )


def mark_of(sheet: Sheet) -> str:
    """What tells a draft from any other, for the page that was made from it (16 hexadecimal digits)."""
    return hashlib.sha256(sheet.to_text()).hexdigest()[:16]


def said_of(done: str, sheet: Sheet, *, is_over: bool = False, is_aside: bool = False) -> str:
    """What to say after an act named by its button, or by the number of what was moved; empty for any other word.

    `is_over`: it replaced what another window had saved; `is_aside`: a number that is not ranked was left aside by it.
    """
    said = _said(done, sheet) or (_left_aside(done) if is_aside else "")
    return f"{said} {_over_another()}" if said and is_over else said


def _said(done: str, sheet: Sheet) -> str:
    if done in map(str, sheet.shown) and sheet.order:
        return _place_sentence(sheet.order, int(done))
    texts = {
        "save": _("The draft is saved. A draft does not count: only a ballot that is cast does."),
        "sort": _("The ranking is put in order and the draft is saved."),
        "withdrawn": _("Your ballot and your draft are withdrawn. Nothing of yours counts unless you cast again."),
        "erase": _("The ranking that was kept in this browser is erased."),
        "expired": _("You are no longer signed in. What you did is kept in this browser: sign in to find it there."),
        "elsewhere": _(
            "There is no ranking to review here. One that was prepared without signing in waits in the browser where "
            "it was made."
        ),
    }
    return str(texts.get(done, ""))


def _left_aside(number: str) -> str:
    return str(_("Recommendation %(number)s: left aside. The draft is saved.", number=number))


def _over_another() -> str:
    return str(_("It replaces what was saved in another window meanwhile."))


def _rows(
    consultation: Consultation,
    recommendations: Sequence[Recommendation],
    sheet: Sheet,
    typed: dict[int, str],
    form: SheetForm | None,
) -> list[Row]:
    threads = url_for("comments.thread", slug=consultation.slug, number=0).removesuffix("0/")
    texts, places = _label_texts(), sheet.order.places() if sheet.order else {}
    tied = {number for tier in sheet.order or () if len(tier) > 1 for number in tier}
    rows: list[Row] = []
    for one in recommendations:
        number = one.number
        values = {"number": number, "title": one.title}
        place = places.get(number)
        previous = rows[-1].number if rows else None
        rows.append(
            Row(
                number=number,
                title=one.title,
                name=texts["name"] % values,
                url=f"{threads}{number}/",
                place=said_place(place) if place else "",
                is_tied=number in tied,
                joins=place is not None and previous is not None and places.get(previous) == place,
                rank=typed.get(number, ""),
                errors=tuple(form[f"rank-{number}"].errors) if form else (),
                labels={key: text % values for key, text in texts.items()},
            )
        )
    return rows


def _place_sentence(order: WeakOrder, number: int) -> str:
    place = said_place(order.places()[number])
    if any(number in tier and len(tier) > 1 for tier in order):
        return str(_("Recommendation %(number)s: %(place)s, tied. The draft is saved.", number=number, place=place))
    return str(_("Recommendation %(number)s: %(place)s. The draft is saved.", number=number, place=place))


def _label_texts() -> dict[str, str]:
    """The texts of a row, looked up once for all rows."""
    return {
        "name": _("Recommendation %(number)s"),
        "rank": _("Rank of recommendation %(number)s: %(title)s"),
        "read": _("Read recommendation %(number)s"),
        "up": _("Move recommendation %(number)s up: %(title)s"),
        "down": _("Move recommendation %(number)s down: %(title)s"),
        "add": _("Rank recommendation %(number)s: %(title)s"),
    }


def _status(papers: Papers, ranked: int, aside: int) -> list[str]:
    counts = ngettext(
        "%(num)s ranked, %(aside)s left aside.", "%(num)s ranked, %(aside)s left aside.", ranked, aside=aside
    )
    return [counts, _cast_state(papers)]


def _cast_state(papers: Papers) -> str:
    if papers.ballot is None:
        return _("Nothing is cast yet.")
    if papers.draft is None:
        return _("Your ballot is cast as shown here.")
    if papers.draft.order == papers.ballot.said().order:
        return _("Your ballot is cast; this draft says the same.")
    return _("Your ballot is cast; this draft differs from it and does not count.")
