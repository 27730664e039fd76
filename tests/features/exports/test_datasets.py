"""Every figure of a release is a cell of one of its tables."""

from decimal import Decimal

import pytest
from features.results.generated import ROOT, profile
from flask_babel import force_locale

from consultation.domain.privacy.publication import release_of
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.exports.datasets import DATASETS, as_csv, explained
from consultation.features.results.queries import Published
from consultation.infrastructure import clock

NUMBERS = (1, 3, 6, 7)
TITLES = {number: f"Title {number}" for number in NUMBERS}


def published(citizens, physicians, **plan):
    """A release of these profiles, as it is read."""
    rules = CountingPlan("test", "2026-01-01T08:00:00Z", "2026-02-01T17:00:00Z", "2026-02-06", **plan)
    content = release_of({"citizens": citizens, "physicians": physicians}, root=ROOT, plan=rules)
    return Published(content, "", "ab" * 32, clock.now())


def rows(name, release):
    """The rows of a table as dictionaries."""
    dataset = DATASETS[name]
    return [dict(zip(dataset.names, row, strict=True)) for row in dataset.rows(release, TITLES)]


def reversed_college(ballots):
    return Profile.from_orders(NUMBERS, [WeakOrder.from_tiers([[7], [6], [3], [1]])] * ballots)


def test_every_rank_by_every_method_is_a_row():
    release = published(profile(1000, NUMBERS), profile(60, NUMBERS, "p"))
    found = rows("methods", release)
    for college, content in release.content["colleges"].items():
        for method, counted in content["methods"].items():
            mine = [row for row in found if (row["college"], row["counted_by"]) == (college, method)]
            assert {row["recommendation"]: row["rank"] for row in mine} == WeakOrder.from_tiers(
                counted["order"]
            ).places()
    borda = [row for row in found if row["counted_by"] == "borda"]
    places = release.content["colleges"]["citizens"]["methods"]["borda"]["mean_place"]
    assert {row["recommendation"]: row["mean_place"] for row in borda if row["college"] == "citizens"} == {
        int(number): Decimal(place) for number, place in places.items()
    }
    assert {row["mean_place"] for row in borda if row["college"] == "physicians"} == {""}
    kemeny = next(row for row in found if row["counted_by"] == "kemeny")
    assert kemeny["exact"] == "yes"
    assert kemeny["sole"] in ("yes", "no")
    copeland = next(row for row in found if row["counted_by"] == "copeland")
    assert copeland["won"] + copeland["tied"] + copeland["lost"] == 3


def test_shares_carry_their_mark_and_their_step():
    release = published(profile(120, NUMBERS), profile(60, NUMBERS, "p"))
    for name, key in (("first_choices", "first_choices"), ("chances", "chances"), ("bands", "bands")):
        cells = sum(
            len(cell) if isinstance(cell, dict) else 1
            for college in release.content["colleges"].values()
            for cell in college.get(key, {}).values()
        )
        found = [row for row in rows(name, release) if not row["absent"]]
        assert len(found) == cells
        suppressed = [one for one in release.content["suppressed"] if one["table"] == key and "row" in one]
        assert sum(bool(row["mark"]) for row in found) == len(suppressed)
        assert all(row["percent"] % row["step"] == 0 for row in found)
        assert {row["step"] for row in found} == {"first_choices": {10, 20}, "chances": {5}, "bands": {10}}[name]


def test_groups_of_places_are_numbers_that_no_spreadsheet_takes_for_a_date():
    six = range(1, 7)
    found = rows("bands", published(profile(120, six), profile(60, six, "p"), bands=(3,)))
    first = [(row["first_place"], row["last_place"]) for row in found if row["recommendation"] == 1]
    assert first == [(1, 3), (4, 6), ("", "")]
    assert [row["absent"] for row in found if row["college"] == "physicians"] == ["too_few_ballots"]


def test_agreement_is_one_row_with_decimals_that_no_apostrophe_spoils():
    release = published(profile(120, NUMBERS), reversed_college(100))
    [row] = rows("agreement", release)
    assert row["tau_b"] == Decimal("-1.00")
    assert (row["college"], row["other_college"]) == ("citizens", "physicians")
    assert (row["ballots"], row["other_ballots"]) == (120, 100)
    assert ",-1.00," in as_csv(DATASETS["agreement"], release, TITLES)
    low, high = release.content["agreement"]["reference"]
    assert (row["reference_low"], row["reference_high"]) == (Decimal(low), Decimal(high))


def test_what_divides_has_both_ranks_and_both_intervals():
    release = published(reversed_college(120), profile(120, NUMBERS, "p"))
    found = rows("dividing", release)
    assert [row["recommendation"] for row in found] == release.content["agreement"]["dividing"]
    assert (found[0]["rank"], found[0]["other_rank"]) in {(4, 1), (1, 4)}


def test_reversed_pairs_are_those_of_the_release():
    release = published(reversed_college(250), profile(120, NUMBERS, "p"))
    found = rows("reversed", release)
    pairs = release.content["agreement"]["reversed"]
    assert [(row["first"], row["second"], row["difference"]) for row in found] == [
        (pair["first"], pair["second"], pair["difference"]) for pair in pairs
    ]
    assert {row["step"] for row in found} == {5}


@pytest.mark.parametrize(("name", "ballots"), [("agreement", 49), ("dividing", 49), ("reversed", 99)])
def test_a_comparison_that_is_not_published_has_a_row_that_says_so(name, ballots):
    [row] = rows(name, published(profile(ballots, NUMBERS), profile(120, NUMBERS, "p")))
    assert row["absent"] == "too_few_ballots"


def test_colleges_that_agree_have_no_dividing_recommendation_and_no_reversed_pair():
    release = published(reversed_college(120), reversed_college(120))
    assert rows("dividing", release) == rows("reversed", release) == []


@pytest.mark.parametrize(
    ("combination", "ballots", "said"),
    [("none", 60, "not_declared"), ("mean", 10, "too_few_ballots"), ("mean", 60, "")],
)
def test_a_combined_order_is_there_or_says_why_not(combination, ballots, said):
    release = published(profile(60, NUMBERS), profile(ballots, NUMBERS, "p"), combination=combination)
    found = rows("combined", release)
    assert {row["absent"] for row in found} == {said}
    assert [row["rank"] for row in found if not said] == sorted(row["rank"] for row in found if not said)
    assert len(found) == (1 if said else 4)


def test_the_columns_are_explained_in_both_languages(context):
    for dataset in DATASETS.values():
        said = set()
        for language in ("fr", "en"):
            with force_locale(language):
                said.add(explained(dataset))
        assert len(said) == 2
