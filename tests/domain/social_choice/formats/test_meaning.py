"""What the signs of each format mean."""

from __future__ import annotations

import pytest

from consultation.domain.social_choice.formats import ranked_file
from consultation.domain.social_choice.formats.ranked_file import MalformedFile, RankedFile
from consultation.domain.social_choice.formats.recognition import read
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Unranked
from consultation.domain.social_choice.ranking import WeakOrder

from .written import file_saying


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
    assert file == file_saying(("Oak", "Elm", "Ash tree"), [(order((3,), (1, 2)), 42), (order((2,)), 1)], 0, True)


def test_a_weight_counts_only_where_weights_are_allowed() -> None:
    votes = ("#/Candidates: A ; B", "A > B ^7 * 2")
    assert election(*votes).total == 2
    assert election("#/Weight Allowed: TRUE", *votes).total == 14
    assert election("#/Weight Allowed: true", *votes, "B * 3", "A").total == 18


def test_the_implicit_ranking_is_true_unless_the_file_says_otherwise() -> None:
    assert election("A > B").implicit is True
    assert election("#/implicit ranking: False", "A > B").implicit is False


def test_a_blank_ballot_is_counted_and_ranks_nothing() -> None:
    file = election("#/Candidates: A ; B", "/EMPTY_RANKING/ * 3", "/empty/", "A")
    assert (file.blank, file.total) == (4, 5)


def test_names_that_are_not_candidates_are_passed_over() -> None:
    file = election("#/Candidates: A ; B", "C > B = D > A", "C")
    assert file == file_saying(("A", "B"), [(order((2,), (1,)), 1)], 1, True)


def test_a_space_parts_no_names() -> None:
    assert election("#/Candidates: A ; B", "A B") == file_saying(("A", "B"), [], 1, True)


def test_without_a_list_of_candidates_they_are_those_of_the_votes() -> None:
    assert election("B > A", "C = B").names == ("B", "A", "C")


def test_a_tally_sheet_of_before_utf_8_is_read() -> None:
    sheet = " Option 1-->: Rapha\xebl\n/ Option 2->: None\nV: 1- 5a\nV: -- 5b\n".encode("latin-1")
    assert read(sheet, "leader_tally.txt") == file_saying(("Raphaël", "None"), [(order((1,)), 1)], 1)


def test_a_count_left_out_of_our_json_is_one() -> None:
    file = read(b'{"ballots": [{"ranking": [["B"]]}], "unranked": "no-opinion", "alternatives": ["A", "B"]}', "a.json")
    assert file == file_saying(("A", "B"), [(order((2,)), 1)], 0, False)


def test_our_json_may_say_that_the_unranked_are_last_or_nothing_of_them() -> None:
    text = b'{"alternatives": ["A"], "ballots": []%s}'
    assert read(text % b', "unranked": "last"', "a.json").implicit is True
    assert read(text % b"", "a.json").implicit is None


def test_a_faulty_ballot_of_our_json_is_found_however_the_text_is_laid_out() -> None:
    ballots = '{"ranking":[["A"]]}', '{"ranking":[]}', '{"ranking":[["Z"]]}'
    for before, between in (("", ""), ("\n", ""), ("\n \t", "\r\n"), ("", "\n\n")):
        parts = ["{", '"alternatives":["A"],', '"ballots":[', f"{ballots[0]},", f"{ballots[1]},", ballots[2]]
        text = f"{before}{between.join(parts)}]}}"
        with pytest.raises(MalformedFile) as refusal:
            read(text.encode(), "a.json")
        assert refusal.value.line == text.count("\n", 0, text.index('["Z"]')) + 1, text


def test_a_tally_sheet_may_use_all_nine_ranks_and_none() -> None:
    options = "\n".join(f"Option {number}-->: {number}" for number in range(1, 11))
    file = read(f"{options}\nV: 123456789- 5a\n".encode(), "ten_tally.txt")
    assert file == file_saying(file.names, [(order(*((number,) for number in range(1, 10))), 1)])
    assert file.blank == 0


def test_a_name_may_hold_a_colon_in_every_format() -> None:
    headers = b"# NUMBER ALTERNATIVES: 1\n# NUMBER VOTERS: 0\n# ALTERNATIVE NAME 1: Plan A: trees\n"
    assert read(headers, "a.toi").names == ("Plan A: trees",)
    assert election("#/Candidates: Plan A: trees ; B").names == ("Plan A: trees", "B")
    assert read(b"Option 1--->: Plan A: trees\n", "a.txt").names == ("Plan A: trees",)
    assert read(b'{"alternatives": ["Plan A: trees"], "ballots": []}', "a.json").names == ("Plan A: trees",)


def test_a_comment_may_be_indented_and_parameters_may_follow_it() -> None:
    assert election("  # Trees of the park", "#/Candidates: A ; B", "A").names == ("A", "B")


def test_only_what_follows_the_last_point_of_a_files_name_tells_its_format() -> None:
    headers = b"# NUMBER ALTERNATIVES: 1\n# NUMBER VOTERS: 0\n# ALTERNATIVE NAME 1: A\n"
    assert read(headers + b"# DATA TYPE: soi\n", "trees.2018.SOI").names == ("A",)


def test_headers_of_preflib_may_leave_out_their_spaces() -> None:
    headers = b"#NUMBER ALTERNATIVES:2\n#NUMBER VOTERS:7\n#ALTERNATIVE NAME 1:A\n#ALTERNATIVE NAME 2:B\n"
    assert read(headers + b"7:{ 2 ,1 }", "a.toi") == file_saying(("A", "B"), [(order((1, 2)), 7)])


def test_the_bounds_themselves_are_not_refused() -> None:
    names = ["x" * ranked_file.LONGEST_NAME, *map(str, range(1, ranked_file.MOST_ALTERNATIVES))]
    lines = (f"#/Candidates: {' ; '.join(names)}", f"5 > 7 * {ranked_file.MOST_BALLOTS}")
    file = election(*lines)
    assert (len(file.names), file.total) == (65_535, 10**9)
    for wrong in (lines[0] + " ; y", lines[0].replace("x", "xx", 1), lines[1] + "0"):
        with pytest.raises(MalformedFile):
            election(*(wrong if wrong[:5] == line[:5] else line for line in lines))


def test_as_many_ranks_as_fit_in_memory_are_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranked_file, "MOST_RANKS", 4)
    assert election("A", "B").total == 2


def test_a_number_of_twelve_digits_is_understood() -> None:
    with pytest.raises(MalformedFile, match="line 2: more than 1000000000 ballots"):
        read(b'\n{"alternatives": ["A"], "ballots": [{"ranking": [], "count": 999999999999}]}\n', "a.json")


def test_a_profile_holds_every_ballot_blank_ones_too() -> None:
    file = file_saying(("A", "B", "C"), [(order((2,), (3,)), 4)], 2)
    profile = file.profile()
    assert (profile.ballots, profile.alternatives) == (6, (1, 2, 3))
    assert profile.ranks[-1].tolist() == [profile.unranked_rank] * 3
    for rule, expected in ((Unranked.LAST, 4), (Unranked.NO_OPINION, 0)):
        assert PairwiseMatrix.of_profile(profile, rule).before(3, 1) == expected


def test_a_line_may_stand_for_several_ballots_and_only_then_are_there_weights() -> None:
    single = file_saying(("A", "B"), [(order((2,), (1,)), 1), (order((2,)), 1)], 1).profile()
    assert (single.weights, single.ballots) == (None, 3)
    assert file_saying(("A", "B"), [(order((2,), (1,)), 1)]).profile().weights is None
    several = file_saying(("A", "B"), [(order((2,), (1,)), 1)], 2).profile()
    assert (several.weights.tolist(), several.ballots) == ([1, 2], 3)


def test_more_alternatives_than_a_byte_can_number_are_read() -> None:
    names = [f"Tree {number}" for number in range(1, 301)]
    reversed_order = " > ".join(reversed(names))
    file = election(f"#/Candidates: {' ; '.join(names)}", f"{reversed_order} * 2", "Tree 299 = Tree 300")
    expected = [(order(*((number,) for number in range(300, 0, -1))), 2), (order((299, 300)), 1)]
    assert file == file_saying(names, expected, implicit=True)
    matrix = PairwiseMatrix.of_profile(file.profile())
    assert (matrix.before(300, 299), matrix.before(299, 1), matrix.before(1, 2)) == (2, 3, 0)
