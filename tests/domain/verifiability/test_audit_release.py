"""A false release: one that the platform itself announced, and that the ballots or the rules do not give."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from consultation.domain.privacy.publication import release_of
from consultation.domain.social_choice.kemeny import Solution
from consultation.domain.social_choice.profile import Profile
from consultation.domain.verifiability.audit import Report, is_improvable
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.roots import LineType

from .generated import PUBLISHED, Closed, announced, audited, closed, sha256

Json = Any
Lie = Callable[[Json], object]


def keys_of(report: Report) -> set[str]:
    return {fault.key for fault in report.faults}


@pytest.fixture(scope="module")
def consultation() -> Closed:
    """A consultation with all its tables: its colleges disagree, and one has enough ballots for mean places."""
    return closed(1000, 120, (1, 3, 7, 10, 12, 24), camps=(3, 1, 1), other_camps=(1, 3, 1), combination="mean")


@pytest.fixture(scope="module")
def release(consultation: Closed) -> bytes:
    """Its true release."""
    return consultation.release()


def lied(consultation: Closed, release: bytes, lie: Lie) -> dict[str, bytes]:
    content = json.loads(release)
    lie(content)
    assert canonical(content) != release, "this is no lie"
    return announced(consultation, canonical(content))


def citizens(content: Json) -> Json:
    return content["colleges"]["citizens"]


def exchanged(cells: Mapping[str, Json], one: str, other: str) -> None:
    cells[one], cells[other] = cells[other], cells[one]  # type: ignore[index]


def order_reversed(content: Json) -> None:
    rows = citizens(content)["order"]
    numbers = [row["recommendation"] for row in rows]
    for row, number in zip(rows, reversed(numbers), strict=True):
        row["recommendation"] = number


# What only the ballots can tell, and how.
FALSE_COUNTS: dict[str, tuple[Lie, str]] = {
    "an interval": (lambda r: citizens(r)["order"][0].update(high=4), "rules.altered"),
    "a share": (lambda r: citizens(r)["first_choices"].update({"1": 49}), "rules.altered"),
    "an order of one method": (lambda r: citizens(r)["methods"]["irv"]["order"].reverse(), "rules.reordered"),
    "the combined order": (lambda r: r["combined"]["order"].reverse(), "rules.reordered"),
    "a mean tau": (lambda r: citizens(r).update(mean_tau="0.99"), "rules.altered"),
    "a table more": (lambda r: citizens(r).update(rounds=[1]), "rules.added"),
    "a table less": (lambda r: citizens(r).pop("bands"), "rules.dropped"),
    "a member less": (lambda r: r["suppressed"].pop(), "rules.dropped"),
    "a member twice": (lambda r: r["suppressed"].append(r["suppressed"][-1]), "rules.duplicated"),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE_COUNTS)
def test_the_auditors_audit_names_every_figure_that_the_ballots_do_not_give(consultation, release, name):
    lie, key = FALSE_COUNTS[name]
    assert key in keys_of(audited(lied(consultation, release, lie)))


def test_two_ranks_that_were_exchanged_are_named_with_what_the_ballots_give(consultation, release):
    def lie(content: Json) -> None:
        rows = citizens(content)["order"]
        rows[0]["recommendation"], rows[1]["recommendation"] = rows[1]["recommendation"], rows[0]["recommendation"]

    (fault,) = audited(lied(consultation, release, lie)).faults
    assert fault.key == "rules.swapped"
    assert fault.values["path"] == (
        "colleges.citizens.order.0.recommendation, colleges.citizens.order.1.recommendation"
    )


# What the release contradicts by itself, without any ballot.
LIES: dict[str, tuple[Lie, str]] = {
    "a share off its steps": (lambda r: r["colleges"]["physicians"]["first_choices"].update({"1": 13}), "rules.shape"),
    "a share beyond the clip": (lambda r: citizens(r)["first_choices"].update({"1": 97}), "rules.shape"),
    "a table more": (lambda r: citizens(r).update(rounds=[1]), "rules.shape"),
    "a table less": (lambda r: citizens(r).pop("bands"), "rules.shape"),
    "a ballot more": (lambda r: citizens(r).update(ballots=1001), "rules.shape"),
    "another root": (lambda r: r.update(root="00" * 32), "rules.shape"),
    "another plan": (lambda r: r.update(plan="00" * 32), "rules.shape"),
    "another method": (lambda r: r.update(method="borda"), "rules.shape"),
    "ranks that are none": (lambda r: citizens(r)["order"][0].update(rank=2), "rules.shape"),
    "an interval upside down": (lambda r: citizens(r)["order"][0].update(low=3, high=2), "rules.shape"),
    "a tau beyond 1": (lambda r: r["agreement"].update(tau_b="1.01"), "rules.shape"),
    "a difference off its steps": (lambda r: r["agreement"]["reversed"][0].update(low=-91), "rules.shape"),
    "a duel past the whole": (lambda r: citizens(r)["pairwise_percent"]["1"].update({"3": 95}), "rules.duel"),
    "an order that the duels deny": (order_reversed, "rules.contradiction"),
    "a path that leads nowhere": (lambda r: citizens(r)["paths"][0].reverse(), "rules.paths"),
    "a path less": (lambda r: citizens(r)["paths"].pop(), "rules.paths"),
    "no Condorcet winner": (lambda r: citizens(r).pop("condorcet_winner"), "rules.winner"),
    "another Smith set": (lambda r: citizens(r).update(smith_set=[3, 24]), "rules.winner"),
    "a majority": (lambda r: citizens(r).update(majority=24), "rules.winner"),
    "duels won": (lambda r: exchanged(citizens(r)["methods"]["copeland"]["duels"], "1", "24"), "rules.copeland"),
    "duels that do not add up": (lambda r: citizens(r)["methods"]["copeland"]["duels"]["1"].append(0), "rules.method"),
    "Copeland’s order": (lambda r: citizens(r)["methods"]["copeland"]["order"].reverse(), "rules.method"),
    "a mean place": (lambda r: exchanged(citizens(r)["methods"]["borda"]["mean_place"], "1", "24"), "rules.method"),
    "a proven Kemeny order": (lambda r: citizens(r)["methods"]["kemeny"]["order"].reverse(), "rules.method"),
    "first choices": (lambda r: citizens(r)["first_choices"].update({"1": 94}), "rules.sum"),
    "bands": (lambda r: citizens(r)["bands"].update({"1": dict.fromkeys(citizens(r)["bands"]["1"], 6)}), "rules.sum"),
    "tau": (lambda r: r["agreement"].update(tau_b="0.99"), "rules.agreement"),
    "what divides": (lambda r: r["agreement"]["dividing"].reverse(), "rules.agreement"),
    "what is left out": (lambda r: r["suppressed"].pop(), "rules.suppressed"),
    "a clipped share": (lambda r: r["suppressed"].insert(0, r["suppressed"][0]), "rules.suppressed"),
}  # fmt: skip


@pytest.mark.parametrize("name", LIES)
def test_the_public_audit_names_a_release_that_breaks_the_rules_or_contradicts_itself(consultation, release, name):
    lie, key = LIES[name]
    files = lied(consultation, release, lie)
    del files["openings.jsonl"]
    report = audited(files)
    assert key in keys_of(report), report.as_text("en")
    assert {fault.code for fault in report.faults} == {"rules"}


@pytest.mark.parametrize(
    "name", ["a table less", "an order that the duels deny", "duels won", "tau", "what is left out"]
)
def test_the_auditors_audit_names_it_as_well(consultation, release, name):
    report = audited(lied(consultation, release, LIES[name][0]))
    assert {fault.code for fault in report.faults} == {"rules"}


def test_with_too_few_ballots_nothing_but_their_number_may_be_published():
    few = closed(60, 19)
    content = json.loads(few.release())
    content["colleges"]["physicians"]["order"] = content["colleges"]["citizens"]["order"]
    files = announced(few, canonical(content))
    assert keys_of(audited(files)) == {"rules.added"}
    del files["openings.jsonl"]
    assert keys_of(audited(files)) == {"rules.shape"}


def test_a_release_that_nobody_announced_and_one_that_is_not_there_are_named():
    consultation = closed(60, 20)
    release = consultation.release()
    assert keys_of(audited(consultation.files(release))) == {"truncated.release_line"}
    files = announced(consultation, release)
    del files["release.json"]
    assert keys_of(audited(files)) == {"missing.file"}


def test_a_correction_is_announced_with_its_reason_and_the_last_one_is_in_force():
    consultation = closed(60, 20)
    release = consultation.release()
    consultation.chain.add(LineType.RELEASE, PUBLISHED, release="ab" * 32)
    consultation.chain.add(LineType.RELEASE, PUBLISHED, release=sha256(release), reason="Un mot corrigé.")
    report = audited(consultation.files(release))
    assert report.faults == []
    assert [(one.key, one.values) for one in report.left if one.key == "left.former_release"] == [
        ("left.former_release", {"n": consultation.chain.lines[-2]["n"]})
    ]


def test_a_release_that_neither_the_chain_nor_the_ballots_give_is_named():
    consultation = closed(60, 20)
    true = consultation.release()
    files = announced(consultation, true + b" ")
    assert keys_of(audited({**files, "release.json": true})) == {"altered.release"}
    assert keys_of(audited(files)) == {"form.canonical"}


# Circles too large to be counted again

LARGE = tuple(range(1, 20))


def solved(order: Callable[[Json], list[int]], *, proven: bool) -> tuple[Closed, bytes]:
    """A consultation with a circle of nineteen, ordered by a solver of the test."""
    consultation = closed(60, 20, LARGE)
    profiles = {
        college: Profile.from_orders(LARGE, [one for name, one, _ in consultation.ballots if name == college])
        for college in ("citizens", "physicians")
    }
    solver = lambda costs: Solution(tuple(order(costs)), proven)  # noqa: E731
    release = release_of(profiles, root=consultation.root, plan=consultation.plan, solver=solver)
    return consultation, canonical(release)


def test_the_order_of_a_large_circle_is_taken_from_the_release_and_said_to_be():
    consultation, release = solved(lambda costs: list(range(len(costs))), proven=False)
    kemeny = json.loads(release)["colleges"]["citizens"]["methods"]["kemeny"]
    assert (kemeny["exact"], kemeny["sole"]) == (False, False)
    report = audited(announced(consultation, release))
    assert report.faults == []
    (left,) = [one.values for one in report.left if one.key == "left.kemeny"]
    assert left == {"college": "citizens", "size": 17}


def test_an_order_that_is_said_to_be_proven_and_can_be_bettered_is_a_lie():
    consultation, release = solved(lambda costs: list(range(len(costs))), proven=True)
    assert "rules.kemeny" in keys_of(audited(announced(consultation, release)))


@pytest.mark.parametrize("order", [None, [], [[1, 2]], [[n] for n in range(19)], "1", [[1.5]], {"1": 2}])
def test_an_order_that_is_none_is_named_even_where_it_would_be_taken(order):
    consultation, release = solved(lambda costs: list(range(len(costs))), proven=False)
    content = json.loads(release)
    content["colleges"]["citizens"]["methods"]["kemeny"]["order"] = order
    data = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    report = audited(announced(consultation, data))
    assert {fault.file for fault in report.faults} == {"release.json"}


def test_an_order_is_bettered_by_moving_one_member_up_or_down():
    before = [[0, 6, 6, 6], [4, 0, 6, 6], [4, 4, 0, 6], [4, 4, 4, 0]]
    assert not is_improvable(before, [0, 1, 2, 3])
    for order in ([1, 0, 2, 3], [3, 0, 1, 2], [1, 2, 3, 0]):
        assert is_improvable(before, order)
