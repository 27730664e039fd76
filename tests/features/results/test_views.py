import hashlib
import json
from datetime import timedelta
from itertools import pairwise

import pytest
from features.results.generated import profile, published

from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.models import ChainLine
from consultation.features.consultations import services as consultations
from consultation.features.recommendations import services as recommendations
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.results.models import Release
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

NUMBERS = (1, 3, 6, 7)
PATH = "/consultations/test/results/"
SIZES = [0, 1, 19, 20, 49, 50, 99, 100, 250, 1000]
SAME = [[1], [3], [6], [7]]


def everybody(tiers, ballots=60):
    """A college in which everybody agrees."""
    return Profile.from_orders(NUMBERS, [WeakOrder.from_tiers(tiers)] * ballots)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("ballots", SIZES)
def test_the_page_shows_exactly_what_the_number_of_ballots_allows(browse, open_consultation, ballots, language):
    published(open_consultation, profile(ballots, NUMBERS), profile(250, NUMBERS, "p"))
    page = browse(language=language).get(PATH)
    citizens = [table for table in page.find_all("table.order") if table.select_one("caption.citizens")]
    assert bool(citizens) == (ballots >= 20)
    assert len(page.find_all("table.order")) == 1 + (ballots >= 20)
    assert len(page.find_all("table.order svg.interval")) == 4 * (1 + (ballots >= 20))
    assert len(page.find_all("table.matrix")) == 1 + (ballots >= 50)
    assert len(page.find_all("table.methods")) == 1 + (ballots >= 50)
    assert len(page.find_all("table.places")) == 1 + (ballots >= 100)
    assert len(page.find_all("#division")) == (ballots >= 50)
    assert len(page.find_all("svg.slope")) == (ballots >= 20)
    assert ("τ =" in page.text) == (ballots >= 50)
    assert str(ballots) in [
        figure.get_text().replace("\u202f", "").replace(",", "") for figure in page.find_all(".figures dd")
    ]


def test_without_any_ballot_the_page_is_true_and_says_where_to_go(browse, open_consultation):
    published(open_consultation, profile(0, NUMBERS), profile(0, NUMBERS))
    page = browse().get(PATH)
    assert not page.find_all("table.order")
    assert page.find('.empty a[href="/consultations/test/"]')


@pytest.mark.parametrize("language", ["fr", "en"])
def test_tied_recommendations_keep_the_same_rank_on_rows_of_their_own(browse, open_consultation, language):
    published(open_consultation, everybody([NUMBERS]), profile(60, NUMBERS))
    page = browse(language=language).get(PATH)
    assert [cell.get_text() for cell in page.find_all("table.order")[0].select("td.rank")] == ["1"] * 4
    heights = [int(str(circle["cy"])) for circle in page.find_all("svg.slope circle")]
    assert len(set(heights)) == 4
    assert min(b - a for a, b in pairwise(heights)) >= 30


def test_gaps_of_three_ranks_are_bold_and_smaller_ones_are_not(browse, open_consultation):
    published(open_consultation, everybody(SAME), everybody([[7], [3], [6], [1]]))
    page = browse().get(PATH)
    assert len(page.find_all("svg.slope line.far")) == 2
    assert len(page.find_all("svg.slope text.far")) == 4


def test_the_columns_of_the_chart_are_headed_by_their_colleges(browse, open_consultation):
    published(open_consultation, profile(60, NUMBERS), profile(50, NUMBERS, "p"))
    page = browse(language="en").get(PATH)
    assert "Citizens, 60 ballots" in page.find(".head--citizens").get_text()
    assert "Physicians, 50 ballots" in page.find(".head--physicians").get_text()


def test_a_clipped_share_is_shown_with_its_sign(browse, open_consultation):
    published(open_consultation, everybody(SAME), everybody(SAME))
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
    assert count.total == 7


def test_the_titles_keep_their_language_on_the_english_page(browse, open_consultation):
    published(open_consultation, profile(60, NUMBERS), profile(60, NUMBERS, "p"))
    assert browse(language="en").get(PATH).find('table.order a[lang="fr"]')
    assert not browse().get(PATH).find_all("table.order a[lang]")


def test_what_another_method_places_elsewhere_stands_in_words_beside_its_rank(browse, open_consultation):
    release = published(open_consultation, everybody(SAME), everybody(SAME))
    content = json.loads(release.content)
    content["colleges"]["citizens"]["methods"]["borda"]["order"] = [[3], [1], [6], [7]]
    add_edition(release, content, n=2)
    page = browse(language="en").get(PATH)
    row = page.find_all("table.methods")[0].select("tbody tr")[0]
    assert [cell.get_text(" ", strip=True) for cell in row.select("td")][:5] == ["1", "1", "1", "2 1 lower", "1"]
    assert "2 recommendations elsewhere, widest gap 1" in page.find(".panel").get_text(" ")


def test_a_correction_shows_the_earlier_releases_with_their_reasons(browse, open_consultation):
    release = published(open_consultation, everybody(SAME), everybody(SAME))
    assert "Releases, one after the other" not in browse(language="en").get(PATH).text
    edition = add_edition(release, json.loads(release.content), n=2)
    page = browse(language="en").get(PATH)
    earlier = page.find("#computed ol").get_text(" ")
    assert "first release" in earlier
    assert "A figure was rounded the wrong way." in earlier
    assert release.hash in earlier
    assert edition.hash in earlier


def test_the_line_of_participation_has_its_figures_and_is_absent_without_any(browse, open_consultation):
    published(open_consultation, everybody(SAME), everybody(SAME))
    assert not browse().get(PATH).find_all(".steps")
    for n, count in ((50, 12), (51, 30), (52, 120)):
        day = str(clock.today() + timedelta(days=n))
        kind = "final" if n == 52 else "day"
        content = json.dumps({"day": day, "count": count})
        session.add(ChainLine(consultation_id=open_consultation.id, n=n, type=kind, content=content))
    page = browse().get(PATH)
    assert len(page.find_all(".steps svg path")) == 2
    assert [cell.get_text() for cell in page.find_all("details tbody td.r")] == ["12", "30", "120"]


def test_one_recommendation_leaves_nothing_to_order(browse, open_consultation):
    for number in NUMBERS[1:]:
        session.delete(recommendation_by_number(open_consultation, number))
    session.flush()
    alone = Profile.from_orders([1], [WeakOrder.from_tiers([[1]])] * 120)
    published(open_consultation, alone, alone)
    page = browse(language="en").get(PATH)
    assert "This consultation had only one recommendation" in page.text
    assert not page.find_all("svg, table")


@pytest.mark.parametrize(("citizens", "physicians"), [(0, 0), (19, 60), (30, 49), (50, 50), (120, 99)])
def test_every_link_inside_the_page_leads_somewhere_at_every_number_of_ballots(
    browse, open_consultation, citizens, physicians
):
    published(open_consultation, profile(citizens, NUMBERS), profile(physicians, NUMBERS, "p"))
    page = browse().get(PATH)
    targets = {str(link["href"])[1:] for link in page.find_all('main a[href^="#"]')}
    assert targets <= {str(element["id"]) for element in page.find_all("[id]")}
    assert ("computed" in targets) == (max(citizens, physicians) >= 20)


def test_the_page_cites_the_plan_and_the_release(browse, open_consultation):
    release = published(open_consultation, everybody(SAME), everybody(SAME))
    computed = browse().get(PATH).find("#computed").get_text(" ")
    assert release.hash in computed
    assert json.loads(release.content)["plan"] in computed
    assert release.root in computed


def test_thirty_three_recommendations_weigh_what_the_interface_allows(app, draft_consultation):
    numbers = range(1, 34)
    recommendations.import_recommendations(draft_consultation, [entry(number) for number in numbers])
    consultations.open_consultation(None, draft_consultation, recommendation_count=33, moderator_count=2)
    published(draft_consultation, profile(1000, numbers), profile(500, numbers, "p"))
    for encoding in ("zstd", "br", "gzip"):
        answer = app.test_client().get(PATH, headers={"Accept-Encoding": encoding})
        assert answer.headers["Content-Encoding"] == encoding
        assert len(answer.get_data()) <= 24_000


def entry(number):
    """A recommendation with a title that resembles no other."""
    drawn = hashlib.sha256(str(number).encode()).hexdigest()
    return {"number": number, "title": f"Recommander {drawn[:40]}", "text": "Un texte."}


def add_edition(release, content, n):
    """A corrected release beside the first."""
    edition = Release(
        consultation_id=release.consultation_id,
        n=n,
        root=release.root,
        content=json.dumps(content),
        hash="ab" * 32,
        published_at=release.published_at + timedelta(days=1),
        reason="A figure was rounded the wrong way.",
    )
    session.add(edition)
    session.commit()
    return edition
