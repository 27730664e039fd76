"""Ballot papers, rankings and ceremonies as pages show them: plain strings, ready to be placed."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.forms import SheetForm
from consultation.features.ballots.models import BallotContent, Sheet, Step
from consultation.features.ballots.queries import Papers, StepState
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.web.language import current_language
from consultation.infrastructure.web.refusals import sentence


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
class Line:
    """A line of a ranking that is read, not changed."""

    number: int
    title: str
    place: str
    is_tied: bool


@dataclass(frozen=True)
class Paper:
    """The two columns of the ballot paper, the ranks that can be chosen, and what is said below."""

    ranked: list[Row]
    unranked: list[Row]
    ranks: list[str]
    status: str


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
    )


def lines_of(order: WeakOrder, recommendations: Sequence[Recommendation]) -> list[Line]:
    """A ranking line by line, best first."""
    titles = {one.number: one.title for one in recommendations}
    places = order.places()
    tied = {number for tier in order if len(tier) > 1 for number in tier}
    return [Line(number, titles[number], said_place(places[number]), number in tied) for number in order.ranked()]


def aside_of(order: WeakOrder, recommendations: Sequence[Recommendation]) -> list[Recommendation]:
    """What a ranking leaves out, by number."""
    return [one for one in recommendations if one.number not in order]


def said_place(place: int) -> str:
    """A place in the language of the page: 1ᵉʳ, 2ᵉ; 1st, 2nd, 3rd, 11th."""
    if current_language() == "fr":
        return "1ᵉʳ" if place == 1 else f"{place}ᵉ"
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def said_of(done: str, sheet: Sheet) -> str:
    """What to say after an act named by its button, or by the number of what was moved; empty for any other word."""
    if done in map(str, sheet.shown) and sheet.order:
        return _place_sentence(sheet.order, int(done))
    texts = {
        "save": _("The draft is saved. A draft does not count: only a ballot that is cast does."),
        "sort": _("The ranking is put in order and the draft is saved."),
        "withdrawn": _("Your ballot and your draft are withdrawn. Nothing of yours counts unless you cast again."),
    }
    return str(texts.get(done, ""))


def proof_of(content: BallotContent) -> str:
    """What lets anybody compute the commitment again, as a text file."""
    lines = [
        _("Ballot, exactly as committed to (UTF-8, no line end):"),
        content.ballot.decode(),
        _("Random value (32 bytes, hexadecimal):"),
        content.random.hex(),
        _("Commitment:"),
        content.commitment.hex(),
        _("How it is computed (0x00 is a zero byte, || puts bytes end to end):"),
        'salt = SHA-256("consultation:salt:1" || 0x00 || random)',
        'commitment = SHA-256("consultation:ballot:1" || 0x00 || salt || ballot)',
    ]
    return "\n".join(str(line) for line in lines) + "\n"


@dataclass(frozen=True)
class StepLine:
    """One step of the ceremony: name, what it does, its state in a word and in words, what it established."""

    name: str
    purpose: str
    state: str
    said: str
    facts: list[tuple[str, str]]


def steps_of(states: Sequence[StepState]) -> list[StepLine]:
    """The ceremony, step by step."""
    return [_step_line(state) for state in states]


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


def _step_line(state: StepState) -> StepLine:
    name, purpose = _step_texts()[state.step]
    if state.refusal:
        return StepLine(name, purpose, "refused", sentence(state.refusal), [])
    if not state.is_done:
        return StepLine(name, purpose, "waiting", _("To be done"), [])
    return StepLine(name, purpose, "done", _("Done"), _facts(state))


def _facts(state: StepState) -> list[tuple[str, str]]:
    record = state.record or {}
    if "root" not in record:
        return []
    return [
        (_("Ballots, citizens"), str(record["ballots"]["citizens"])),
        (_("Ballots, physicians"), str(record["ballots"]["physicians"])),
        (_("Root of all commitments"), record["root"]),
    ]


def _step_texts() -> dict[Step, tuple[str, str]]:
    return {
        Step.FENCE: (_("Set the fence"), _("Ballots being cast finish first; later ones are refused.")),
        Step.CHECK: (_("Check the ballots"), _("Every ballot is opened and checked; nothing is written.")),
        Step.SEAL: (_("Seal the ballots"), _("Ballots are copied without anything that leads to a person.")),
        Step.PUBLISH: (_("Record the root"), _("The numbers of ballots and the root of all commitments are recorded.")),
        Step.FORGET: (_("Forget the voters"), _("Original ballots, drafts and key are destroyed, without return.")),
        Step.SCRUB: (_("Scrub the files"), _("The files of the database are rewritten without what was deleted.")),
    }
