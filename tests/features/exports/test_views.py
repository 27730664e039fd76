import csv
import hashlib
import io
import json

import pytest
from features.results.generated import orders, profile, published

from consultation.domain.social_choice.profile import Profile
from consultation.features.exports.datasets import DATASETS
from consultation.features.recommendations.queries import recommendation_by_number

NUMBERS = (1, 3, 6, 7)
RESULTS = "/consultations/test/results/"
EXPORTS = "/consultations/test/exports/"
SIGNS = {"at_most": "≤ ", "at_least": "≥ ", "": ""}
CONTEXT = ("consultation", "published_at", "method", "unranked", "release", "licence")
TABLES = [dataset.file_name for dataset in DATASETS.values()]
FILES = ["results.json", "release.json", *(f"{name}.csv" for name in TABLES)]


def table(page):
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(page.html, newline="")))


def test_page_json_and_csv_agree_cell_by_cell_on_orders(browse, open_consultation):
    published(open_consultation, profile(100, NUMBERS), profile(20, NUMBERS, "p"))
    reader = browse()
    document = json.loads(reader.get(EXPORTS + "results.json").html)
    from_json, from_csv, from_page = [], [], []
    for college in ("citizens", "physicians"):
        for one in document["colleges"][college]["order"]:
            from_json.append((college, one["recommendation"], one["rank"], one["low"], one["high"]))
    for row in table(reader.get(EXPORTS + "results.csv")):
        from_csv.append((row["college"], *(int(row[name]) for name in ("recommendation", "rank", "low", "high"))))
    for order in browse(language="en").get(RESULTS).find_all("table.order"):
        college = str(order.select_one("caption")["class"][0])
        for row in order.select("tbody tr"):
            rank, name, between = (cell.get_text(" ", strip=True) for cell in row.select("td"))
            low, high = (between.split(" and ") * 2)[:2]
            from_page.append((college, int(name.split(" ")[0]), int(rank), int(low), int(high)))
    assert len(from_json) == 8
    assert from_json == from_csv == from_page


def test_page_json_and_csv_agree_cell_by_cell_on_duels(browse, open_consultation):
    sure = orders(1, NUMBERS)[0].from_tiers([[1], [3], [6], [7]])
    published(open_consultation, profile(250, NUMBERS), Profile.from_orders(NUMBERS, [sure] * 60))
    reader = browse()
    document = json.loads(reader.get(EXPORTS + "results.json").html)
    from_json, from_csv, from_page = {}, {}, {}
    for college, one in document["colleges"].items():
        low, high = one["clip"]
        for first, shares in one["pairwise_percent"].items():
            for second, share in shares.items():
                sign = "≤ " if share <= low else "≥ " if share >= high else ""
                from_json[college, first, second] = f"{sign}{share}"
    for row in table(reader.get(EXPORTS + "duels.csv")):
        from_csv[row["college"], row["first"], row["second"]] = SIGNS[row["mark"]] + row["percent"]
    for college, matrix in zip(("citizens", "physicians"), reader.get(RESULTS).find_all(".matrix"), strict=True):
        columns = [head.get_text() for head in matrix.select("thead th")]
        for row in matrix.select("tbody tr"):
            first = row.select_one("th").get_text()
            for second, cell in zip(columns, row.select("td"), strict=True):
                if first != second:
                    from_page[college, first, second] = cell.get_text()
    assert len(from_json) == 24
    assert from_json == from_csv == from_page
    assert "≥ 90" in from_page.values()


@pytest.mark.parametrize("name", TABLES)
def test_a_row_is_never_without_its_context(browse, open_consultation, name):
    release = published(open_consultation, profile(60, NUMBERS), profile(19, NUMBERS, "p"))
    rows = table(browse().get(f"{EXPORTS}{name}.csv"))
    assert rows
    for row in rows:
        assert all(row[column] for column in CONTEXT)
        assert row["release"] == release.hash
        assert row.get("ballots", "60") == ("19" if row.get("college") == "physicians" else "60")


def test_a_college_with_too_few_ballots_has_a_row_that_says_so(browse, open_consultation):
    published(open_consultation, profile(49, NUMBERS), profile(19, NUMBERS, "p"))
    orders_of = [row for row in table(browse().get(EXPORTS + "results.csv")) if row["absent"]]
    duels_of = table(browse().get(EXPORTS + "duels.csv"))
    assert [(row["college"], row["absent"]) for row in orders_of] == [("physicians", "too_few_ballots")]
    assert [(row["college"], row["absent"]) for row in duels_of] == [
        ("citizens", "too_few_ballots"),
        ("physicians", "too_few_ballots"),
    ]


@pytest.mark.parametrize(
    "title", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a"]
)
def test_a_title_that_looks_like_a_formula_is_made_harmless(browse, open_consultation, title):
    recommendation_by_number(open_consultation, 1).title = title
    published(open_consultation, profile(20, NUMBERS), profile(20, NUMBERS))
    rows = table(browse().get(EXPORTS + "results.csv"))
    assert {row["title"] for row in rows if row["recommendation"] == "1"} == {f"'{title}"}


def test_the_files_are_attachments_with_a_name_and_a_type(browse, open_consultation):
    published(open_consultation, profile(20, NUMBERS), profile(20, NUMBERS))
    for name, kind in [("results.csv", "text/csv"), ("duels.csv", "text/csv"), ("results.json", "application/json")]:
        page = browse().get(EXPORTS + name)
        assert page.headers["Content-Type"].startswith(kind)
        assert page.headers["Content-Disposition"] == f'attachment; filename="test-{name}"'
        assert "Set-Cookie" not in page.headers


def test_the_fingerprint_is_that_of_the_release_that_is_given(browse, open_consultation):
    release = published(open_consultation, profile(20, NUMBERS), profile(20, NUMBERS))
    assert hashlib.sha256(browse().get(EXPORTS + "release.json").html.encode()).hexdigest() == release.hash


def test_the_json_has_the_promised_shape(browse, open_consultation):
    release = published(open_consultation, profile(60, NUMBERS), profile(60, NUMBERS, "p"))
    document = json.loads(browse().get(EXPORTS + "results.json").html)
    promised = {"consultation", "published_at", "method", "unranked", "colleges", "agreement", "suppressed", "release"}
    assert promised <= document.keys()
    assert document["release"] == release.hash
    assert document["published_at"].endswith("Z")
    assert isinstance(document["agreement"]["tau_b"], str)
    assert set(document["colleges"]["citizens"]["order"][0]) == {"recommendation", "rank", "low", "high"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_says_the_licence_the_hash_and_every_column(browse, open_consultation, language):
    release = published(open_consultation, profile(60, NUMBERS), profile(60, NUMBERS, "p"))
    page = browse(language=language).get(EXPORTS)
    assert "Licence Ouverte 2.0" in page.text
    assert release.hash in page.text
    explained = [cell.get_text(strip=True) for cell in page.find_all("tbody th code")]
    heads = [browse().get(f"{EXPORTS}{name}.csv").html.splitlines()[0] for name in TABLES]
    columns = [column for head in heads for column in head.split(",")]
    assert explained == columns
    assert not page.find_all("form")


@pytest.mark.parametrize("name", ["", "methods.json", *FILES])
def test_before_publication_there_is_nothing_to_take_away(browse, open_consultation, name):
    browse().get(EXPORTS + name, status=409)


@pytest.mark.parametrize("name", ["", "methods.json", *FILES])
def test_a_draft_has_no_export(browse, draft_consultation, name):
    browse().get(EXPORTS + name, status=404)


def test_every_link_of_the_page_gives_its_file(browse, open_consultation):
    published(open_consultation, profile(120, NUMBERS), profile(120, NUMBERS, "p"))
    reader = browse()
    links = [str(link["href"]) for link in reader.get(EXPORTS).find_all('main a[href*="/exports/"]')]
    assert len(links) == len(set(links)) == 2 * len(TABLES) + 1
    for link in links:
        assert reader.get(link).headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["ballots.csv", "openings.json", "results.xml"])
def test_a_table_that_does_not_exist_is_not_found(browse, open_consultation, name):
    published(open_consultation, profile(20, NUMBERS), profile(20, NUMBERS))
    browse().get(EXPORTS + name, status=404)


def test_a_table_in_json_has_the_rows_of_its_csv(browse, open_consultation):
    published(open_consultation, profile(120, NUMBERS), profile(120, NUMBERS, "p"))
    for name in TABLES[1:]:
        rows = json.loads(browse().get(f"{EXPORTS}{name}.json").html)
        as_text = [{column: str(cell) for column, cell in row.items()} for row in rows]
        assert as_text == table(browse().get(f"{EXPORTS}{name}.csv"))
