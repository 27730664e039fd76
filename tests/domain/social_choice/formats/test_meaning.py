"""What the signs of each format mean."""

from __future__ import annotations

from consultation.domain.social_choice.formats.ranked_file import RankedFile
from consultation.domain.social_choice.formats.recognition import read
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Unranked
from consultation.domain.social_choice.ranking import WeakOrder


def order(*tiers: tuple[int, ...]) -> WeakOrder:
    """A weak order by its tiers."""
    return WeakOrder.from_tiers(tiers)


def election(*lines: str) -> RankedFile:
    """Read lines of the Condorcet Election Format."""
    return read("\n".join(lines).encode(), "test.cvotes")


def test_quantifiers_tags_comments_and_spaces_are_understood() -> None:
    file = election(
        "# Trees # of the park",
        "#/Candidates: Oak ;Elm; Ash tree  ",
        "",
        "anna , ballot 12 || Ash tree>Oak = Elm * 42 # as said",
        "  Elm ",
    )
    assert file == RankedFile(("Oak", "Elm", "Ash tree"), ((order((3,), (1, 2)), 42), (order((2,)), 1)), 0, True)


def test_a_weight_counts_only_where_weights_are_allowed() -> None:
    votes = ("#/Candidates: A ; B", "A > B ^7 * 2")
    assert election(*votes).total == 2
    assert election("#/Weight Allowed: TRUE", *votes).total == 14


def test_the_implicit_ranking_is_true_unless_the_file_says_otherwise() -> None:
    assert election("A > B").implicit is True
    assert election("#/implicit ranking: False", "A > B").implicit is False


def test_a_blank_ballot_is_counted_and_ranks_nothing() -> None:
    file = election("#/Candidates: A ; B", "/EMPTY_RANKING/ * 3", "/empty/", "A")
    assert (file.blank, file.total) == (4, 5)


def test_names_that_are_not_candidates_are_passed_over() -> None:
    file = election("#/Candidates: A ; B", "C > B = D > A", "C")
    assert file == RankedFile(("A", "B"), ((order((2,), (1,)), 1),), 1, True)


def test_without_a_list_of_candidates_they_are_those_of_the_votes() -> None:
    assert election("B > A", "C = B").names == ("B", "A", "C")


def test_a_tally_sheet_of_before_utf_8_is_read() -> None:
    sheet = " Option 1-->: Rapha\xebl\n/ Option 2->: None\nV: 1- 5a\nV: -- 5b\n".encode("latin-1")
    assert read(sheet, "leader_tally.txt") == RankedFile(("Raphaël", "None"), ((order((1,)), 1),), 1)


def test_a_count_left_out_of_our_json_is_one() -> None:
    file = read(b'{"ballots": [{"ranking": [["B"]]}], "unranked": "no-opinion", "alternatives": ["A", "B"]}', "a.json")
    assert file == RankedFile(("A", "B"), ((order((2,)), 1),), 0, False)


def test_a_profile_holds_every_ballot_blank_ones_too() -> None:
    file = RankedFile(("A", "B", "C"), ((order((2,), (3,)), 4),), 2)
    profile = file.profile()
    assert (profile.ballots, profile.alternatives) == (6, (1, 2, 3))
    assert profile.ranks[-1].tolist() == [profile.unranked_rank] * 3
    for rule, expected in ((Unranked.LAST, 4), (Unranked.NO_OPINION, 0)):
        assert PairwiseMatrix.of_profile(profile, rule).before(3, 1) == expected
