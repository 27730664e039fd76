from itertools import pairwise

import pytest
from features.results.generated import orders, profile, published

from consultation.domain.social_choice.profile import Profile

NUMBERS = (1, 3, 6, 7)
PATH = "/consultations/test/results/"
SIZES = [0, 1, 19, 20, 49, 50, 99, 100, 250]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("ballots", SIZES)
def test_the_page_shows_exactly_what_the_number_of_ballots_allows(browse, open_consultation, ballots, language):
    published(open_consultation, profile(ballots, NUMBERS), profile(250, NUMBERS, "p"))
    page = browse(language=language).get(PATH)
    citizens = [table for table in page.find_all("table.order") if table.select_one("caption.citizens")]
    assert bool(citizens) == (ballots >= 20)
    assert len(page.find_all("table.order")) == 1 + (ballots >= 20)
    assert len(page.find_all("table.matrix")) == 1 + (ballots >= 50)
    assert len(page.find_all("svg.slope")) == (ballots >= 20)
    assert ("τ =" in page.text) == (ballots >= 50)
    assert str(ballots) in [figure.get_text() for figure in page.find_all(".figures dd")]


def test_without_any_ballot_the_page_is_true_and_says_where_to_go(browse, open_consultation):
    published(open_consultation, profile(0, NUMBERS), profile(0, NUMBERS))
    page = browse().get(PATH)
    assert not page.find_all("table.order")
    assert page.find('.empty a[href="/consultations/test/"]')


@pytest.mark.parametrize("language", ["fr", "en"])
def test_tied_recommendations_keep_the_same_rank_on_rows_of_their_own(browse, open_consultation, language):
    tied = orders(1, NUMBERS)[0].from_tiers([NUMBERS])
    everybody = Profile.from_orders(NUMBERS, [tied] * 60)
    published(open_consultation, everybody, profile(60, NUMBERS))
    page = browse(language=language).get(PATH)
    assert [cell.get_text() for cell in page.find_all("table.order")[0].select("td.rank")] == ["1"] * 4
    heights = [int(str(circle["cy"])) for circle in page.find_all("svg.slope circle")]
    assert len(set(heights)) == 4
    assert min(b - a for a, b in pairwise(heights)) >= 30


def test_gaps_of_three_ranks_are_bold_and_smaller_ones_are_not(browse, open_consultation):
    order = orders(1, NUMBERS)[0]
    citizens = Profile.from_orders(NUMBERS, [order.from_tiers([[1], [3], [6], [7]])] * 60)
    physicians = Profile.from_orders(NUMBERS, [order.from_tiers([[7], [3], [6], [1]])] * 60)
    published(open_consultation, citizens, physicians)
    page = browse().get(PATH)
    assert len(page.find_all("svg.slope line.far")) == 2
    assert len(page.find_all("svg.slope text.far")) == 4


def test_the_columns_of_the_chart_are_headed_by_their_colleges(browse, open_consultation):
    published(open_consultation, profile(60, NUMBERS), profile(50, NUMBERS, "p"))
    page = browse(language="en").get(PATH)
    assert "Citizens, 60 ballots" in page.find(".head--citizens").get_text()
    assert "Physicians, 50 ballots" in page.find(".head--physicians").get_text()


def test_a_clipped_share_is_shown_with_its_sign(browse, open_consultation):
    everybody = Profile.from_orders(NUMBERS, [orders(1, NUMBERS)[0].from_tiers([[1], [3], [6], [7]])] * 60)
    published(open_consultation, everybody, everybody)
    cells = {cell.get_text() for cell in browse().get(PATH).find_all("table.matrix td")}
    assert cells == {"", "≥ 90", "≤ 10"}


def test_before_publication_nobody_sees_a_result_organisers_included(browse, people, open_consultation):
    for reader in (None, people.citizen(), people.moderator(open_consultation), people.organiser(open_consultation)):
        page = browse(reader).get(PATH, status=409)
        assert not page.find_all("table")


def test_a_draft_does_not_exist_for_a_reader(browse, draft_consultation):
    browse().get(PATH, status=404)


def test_a_visitor_receives_no_form_and_no_cookie(browse, open_consultation):
    published(open_consultation, profile(60, NUMBERS), profile(60, NUMBERS, "p"))
    page = browse().get(PATH)
    assert not page.find_all("form")
    assert "Set-Cookie" not in page.headers


def test_the_number_of_statements_does_not_grow_with_the_ballots(browse, open_consultation, statements):
    published(open_consultation, profile(250, NUMBERS), profile(100, NUMBERS, "p"))
    reader = browse()
    with statements() as count:
        reader.get(PATH)
    assert count.total == 3


def test_the_titles_keep_their_language_on_the_english_page(browse, open_consultation):
    published(open_consultation, profile(60, NUMBERS), profile(60, NUMBERS, "p"))
    assert browse(language="en").get(PATH).find('table.order a[lang="fr"]')
    assert not browse().get(PATH).find_all("table.order a[lang]")
