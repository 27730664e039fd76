"""Malformed files, each refused by one line that names the file, the line and the reason."""

from __future__ import annotations

import pytest

from consultation.domain.social_choice.formats import quoting, ranked_file, recognition
from consultation.domain.social_choice.formats.ranked_file import MalformedFile
from consultation.domain.social_choice.formats.recognition import read

HEADERS = """\
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 5
# NUMBER UNIQUE ORDERS: 2
# ALTERNATIVE NAME 1: Oak
# ALTERNATIVE NAME 2: Elm
# ALTERNATIVE NAME 3: Ash
"""
PREFLIB = {
    "empty": ("", 1, "no header “NUMBER ALTERNATIVES”: the headers of 2022 are needed"),
    "headers of before 2022": ("3\n1,Oak\n", 1, "no header “NUMBER ALTERNATIVES”: the headers of 2022 are needed"),
    "a comment that is no header": ("# Trees\n", 1, "a header is written “# KEY: value”, not “# Trees”"),
    "a header twice": (HEADERS + "# NUMBER VOTERS: 5\n", 7, "the header “NUMBER VOTERS” comes twice"),
    "a header after ballots": (HEADERS + "5: 1\n# TITLE: Trees\n", 8, "a header stands before the first ballot"),
    "another kind": ("# DATA TYPE: soc\n" + HEADERS, 1, "the header says “soc”, the name of the file “toi”"),
    "no alternative": (
        "# NUMBER ALTERNATIVES: 0\n# NUMBER VOTERS: 0",
        1,
        "a file names 1 to 65535 alternatives, not 0",
    ),
    "too many alternatives": (
        "# NUMBER ALTERNATIVES: 65536\n# NUMBER VOTERS: 0",
        1,
        "a file names 1 to 65535 alternatives, not 65536",
    ),
    "a name missing": (
        HEADERS.replace("# ALTERNATIVE NAME 2: Elm\n", ""),
        1,
        "3 alternatives are announced, and not as many named",
    ),
    "a name out of turn": (
        HEADERS.replace("NAME 3", "NAME 4"),
        5,
        "a name is made of 1 to 200 printable characters: “”",
    ),
    "a name twice": (HEADERS.replace("Ash", "Oak"), 6, "two alternatives are called “Oak”"),
    "a name that commands the terminal": (
        HEADERS.replace("Ash", "A\x1b[2J"),
        6,
        "a name is made of 1 to 200 printable characters: “A\\x1b[2J”",
    ),
    "a name that turns the line round": (
        HEADERS.replace("Ash", "A\u202e"),
        6,
        "a name is made of 1 to 200 printable characters: “A\\u202e”",
    ),
    "digits of another script": (
        HEADERS.replace("VOTERS: 5", "VOTERS: ٥") + "3: 1\n2: 2\n",
        2,
        "“٥” is not a whole number of at most twelve digits",
    ),
    "a negative count": (HEADERS + "-3: 1\n", 7, "“-3” is not a whole number of at most twelve digits"),
    "a count of nothing": (HEADERS + "0: 1\n", 7, "a line of ballots stands for at least one"),
    "a count without end": (
        HEADERS + "9" * 50 + ": 1\n",
        7,
        "“9999999999999999999999999999999999999999…” is not a whole number of at most twelve digits",
    ),
    "a colon too many": (HEADERS + "5: 1: 2\n", 7, "an order is written “1,{2,3},4”, not “1: 2”"),
    "no count": (HEADERS + "1,2,3\n", 7, "ballots are written “12: 1,2,3”, not “1,2,3”"),
    "no such alternative": (HEADERS + "3: 1,4\n", 7, "alternative 4 has no name"),
    "an alternative 0": (HEADERS + "3: 0\n", 7, "alternatives are numbered from 1 and ascend within a tier"),
    "an alternative twice": (HEADERS + "3: 1,{2,1}\n", 7, "an alternative stands at one place only"),
    "a tie left open": (HEADERS + "3: 1,{2,3\n", 7, "an order is written “1,{2,3},4”, not “1,{2,3”"),
    "a tie of nothing": (HEADERS + "3: {}\n", 7, "an order is written “1,{2,3},4”, not “{}”"),
    "a tie in a tie": (HEADERS + "3: {1,{2}}\n", 7, "an order is written “1,{2,3},4”, not “{1,{2}}”"),
    "a comma missing": (HEADERS + "3: 1 2\n", 7, "an order is written “1,{2,3},4”, not “1 2”"),
    "a comma too many": (HEADERS + "3: 1,\n", 7, "an order is written “1,{2,3},4”, not “1,”"),
    "cut short": (HEADERS + "3: 1\n", 2, "NUMBER VOTERS says 5, the file holds 3"),
    "a line lost": (HEADERS + "5: 1\n", 3, "NUMBER UNIQUE ORDERS says 2, the file holds 1"),
    "more ballots than people": (
        HEADERS + "999999999999: 1\n999999999999: 2\n",
        8,
        "more than 1000000000 ballots",
    ),
}
KINDS = {
    "soi": ("5: {1,2}\n", "a tie in a file of strict orders (soi)"),
    "soc": ("5: 1,2\n", "an incomplete order in a file of complete orders (soc)"),
    "toc": ("5: {1,2}\n", "an incomplete order in a file of complete orders (toc)"),
}
CONDORCET = {
    "empty": ("", 1, "a file names 1 to 65535 alternatives, not 0"),
    "a candidate without a name": (
        "#/Candidates: Oak ; ; Ash",
        1,
        "a name is made of 1 to 200 printable characters: “”",
    ),
    "a candidate twice": ("\n#/Candidates: Oak ; Elm ; Oak", 2, "two alternatives are called “Oak”"),
    "a reserved character": ("#/Candidates: Oak ; El>m", 1, "“>” cannot stand in a name: “El>m”"),
    "a parameter twice": ("#/Candidates: A\n#/candidates: B", 2, "the parameter “candidates” comes twice"),
    "a parameter without a value": (
        "#/Candidates A ; B",
        1,
        "a parameter is written “#/Name: value”, without a comment, not “#/Candidates A ; B”",
    ),
    "a parameter with a comment": (
        "#/Candidates: A # trees",
        1,
        "a parameter is written “#/Name: value”, without a comment, not “#/Candidates: A # trees”",
    ),
    "a parameter after a vote": (
        "A > B\n#/Candidates: A",
        2,
        "a parameter stands at the beginning of its line, before the first vote",
    ),
    "a parameter after a space": (
        " #/Candidates: A",
        1,
        "a parameter stands at the beginning of its line, before the first vote",
    ),
    "neither true nor false": (
        "#/Implicit Ranking: maybe\nA > B",
        1,
        "“implicit ranking” is “true” or “false”, not “maybe”",
    ),
    "neither allowed nor not": (
        "#/Candidates: A\n#/Weight Allowed: 1\nA",
        2,
        "“weight allowed” is “true” or “false”, not “1”",
    ),
    "a candidate at two ranks": ("#/Candidates: A ; B\n\nA > B > A", 3, "an alternative stands at one place only"),
    "an empty rank": ("#/Candidates: A ; B\nA > > B", 2, "a rank is empty: “A > > B”"),
    "no ranking before the quantifier": ("* 4", 1, "a rank is empty: “”"),
    "a wrong sign": ("#/Candidates: A ; B\nA < B", 2, "“<” cannot stand in a name: “A < B”"),
    "a blank ballot as a rank": ("A > /EMPTY/", 1, "“/” cannot stand in a name: “/EMPTY/”"),
    "weight after quantifier": ("A > B * 8 ^7", 1, "“8 ^7” is not a whole number of at most twelve digits"),
    "a quantifier in words": ("A > B * many", 1, "“many” is not a whole number of at most twelve digits"),
    "a quantifier of nothing": ("A > B * 0", 1, "a line of ballots stands for at least one"),
    "more ballots than people": (
        "#/Weight Allowed: true\nA > B ^999999 * 999999\n\n",
        2,
        "more than 1000000000 ballots",
    ),
}
OPTIONS = "  Tally Sheet\n\n Option 1--->: Oak\n/ Option 2-->: Elm\n|/\n"
DEBIAN = {
    "some other text": (
        "Dear reader",
        1,
        "no option: a tally sheet lists them as “Option 1--->: name” before the ballots",
    ),
    "an option missing": (OPTIONS.replace("Option 2", "Option 3"), 4, "option 2 should come before option 3"),
    "an option twice": (OPTIONS.replace("Elm", "Oak"), 4, "two alternatives are called “Oak”"),
    "a rank missing": (OPTIONS + "V: 1 5a", 6, "a ballot has 2 ranks, one per option, not 1: “1”"),
    "a rank too many": (OPTIONS + "V: 121 5a", 6, "a ballot has 2 ranks, one per option, not 3: “121”"),
    "a rank 0": (OPTIONS + "V: 10 5a", 6, "a rank is a digit from 1 to 9, or “-”: “10”"),
    "a rank of another script": (OPTIONS + "V: 1٢ 5a", 6, "a rank is a digit from 1 to 9, or “-”: “1٢”"),
    "a ballot of nothing": (OPTIONS + "V: 12 5a\nV:\n", 7, "a ballot is written “V: 21-1 digest”, not “V:”"),
    "words after the ballots": (
        OPTIONS + "V: 12 5a\n\nThank you",
        8,
        "a ballot is written “V: 21-1 digest”, not “Thank you”",
    ),
}
ALTERNATIVES = '{"alternatives": ["Oak", "Elm"],\n "ballots": '
OURS = {
    "empty": ("", 1, "not JSON: Expecting value"),
    "cut short": (ALTERNATIVES + "[", 2, "not JSON: Expecting value"),
    "lists without end": ("[" * 100_000, 1, "not an election: too many lists within lists"),
    "something else": (
        "[1, 2]",
        1,
        "an election is an object with “alternatives”, “ballots” and, if need be, “unranked”",
    ),
    "a field too many": (
        '{"alternatives": [], "ballots": [], "voters": []}',
        1,
        "an election is an object with “alternatives”, “ballots” and, if need be, “unranked”",
    ),
    "a field twice": (
        '{"alternatives": ["A"], "alternatives": ["B"], "ballots": []}',
        1,
        "a field of an election comes twice",
    ),
    "a name that is no text": (
        '{"alternatives": [1.5], "ballots": []}',
        1,
        "an alternative is called by its name, between quotation marks",
    ),
    "names in a text": ('{"alternatives": "Oak", "ballots": []}', 1, "“alternatives” is a list"),
    "a rule that is none": (
        '{"alternatives": ["Oak"], "ballots": [], "unranked": "first"}',
        1,
        "“unranked” is “last” or “no-opinion”",
    ),
    "a rule in a list": (
        '{"alternatives": ["Oak"], "ballots": [], "unranked": ["last"]}',
        1,
        "“unranked” is “last” or “no-opinion”",
    ),
    "ballots in an object": (ALTERNATIVES + "{}}", 1, "“ballots” is a list"),
    "a ballot that is none": (
        ALTERNATIVES + "[\n3]}",
        3,
        "a ballot is an object with “ranking” and, if need be, “count”",
    ),
    "a ranking that is none": (ALTERNATIVES + '[{"ranking": "Oak"}]}', 2, "“ranking” is a list"),
    "a tier that is none": (ALTERNATIVES + '[{"ranking": ["Oak"]}]}', 2, "a tier is a list"),
    "an empty tier": (
        ALTERNATIVES + '[{"ranking": [["Oak"], []]}]}',
        2,
        "a ranking and each of its tiers name at least one alternative",
    ),
    "an unknown name": (
        ALTERNATIVES + '[{"ranking": [["Oak"]]},\n\n {"ranking": [["Yew"]]}]}',
        4,
        "no alternative is called “Yew”",
    ),
    "a number for a name": (
        ALTERNATIVES + '[\n{"ranking": [[1]]}]}',
        3,
        "an alternative is called by its name, between quotation marks",
    ),
    "a name twice": (ALTERNATIVES + '[{"ranking": [["Oak"], ["Oak"]]}]}', 2, "an alternative stands at one place only"),
    "a count of nothing": (
        ALTERNATIVES + '[{"ranking": [], "count": 0}]}',
        2,
        "a line of ballots stands for at least one",
    ),
    "a negative count": (
        ALTERNATIVES + '[{"ranking": [], "count": -1}]}',
        2,
        "“-1” is not a whole number of at most twelve digits",
    ),
    **{
        f"a count of {count[:9]}": (
            ALTERNATIVES + f'[{{"ranking": [],\n "count": {count}}}]}}',
            2,
            "“count” is a whole number of at most twelve digits",
        )
        for count in ("1.0", "true", "NaN", "1e3", '"12"', "9" * 5000, "null")
    },
    "a field of a ballot twice": (
        ALTERNATIVES + '[{"ranking": [], "count": 1, "count": 2}]}',
        2,
        "a field of a ballot comes twice",
    ),
}
CORPUS = [
    pytest.param(f"broken.{kind}", *case, id=f"{kind}: {name}")
    for kind, cases in {"toi": PREFLIB, "cvotes": CONDORCET, "txt": DEBIAN, "json": OURS}.items()
    for name, case in cases.items()
]


@pytest.mark.parametrize(("file", "text", "line", "reason"), CORPUS)
def test_a_malformed_file_is_refused_by_file_line_and_reason(file: str, text: str, line: int, reason: str) -> None:
    with pytest.raises(MalformedFile) as refusal:
        read(text.encode(), file)
    assert str(refusal.value) == f"{file}: line {line}: {reason}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_preflib_file_keeps_to_the_kind_that_its_name_says(kind: str) -> None:
    order, reason = KINDS[kind]
    with pytest.raises(MalformedFile, match=f"^trees.{kind}: line 7: ") as refusal:
        read((HEADERS + order).encode(), f"trees.{kind}")
    assert refusal.value.reason == reason


def test_the_name_of_a_file_tells_its_format() -> None:
    with pytest.raises(MalformedFile) as refusal:
        read(b"", "ballots.xls")
    assert str(refusal.value) == (
        "ballots.xls: line 1: the name of a file that can be counted ends with .soc, .soi, .toc, .toi, .cvotes, .txt, "
        ".json"
    )


def test_a_name_of_a_file_cannot_break_the_line() -> None:
    with pytest.raises(MalformedFile) as refusal:
        read(b"", "two\nlines\x1b[2J.json")
    assert str(refusal.value) == "two\\nlines\\x1b[2J.json: line 1: not JSON: Expecting value"


def test_bytes_that_are_not_utf_8_are_refused_where_they_stand() -> None:
    with pytest.raises(MalformedFile) as refusal:
        read(b"\n#/Candidates: A ; B\nA > \xe9\n", "latin.cvotes")
    assert str(refusal.value) == "latin.cvotes: line 3: not UTF-8, which this format is written in"


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("trees.toi", HEADERS + "2: 1\n3: 2\n", 8),
        ("trees.cvotes", "#/Candidates: A ; B ; C\nA\nB\n", 3),
        ("trees.txt", OPTIONS + "V: 12 5a\nV: 12 5b\nV: 21 5c\n", 8),
        ("trees.json", ALTERNATIVES + '[\n{"ranking": [["Oak"]]},{"ranking": [["Oak"]]},{"ranking": [["Elm"]]}]}\n', 3),
    ],
)
def test_more_ranks_than_fit_in_memory_are_refused(
    file: str, text: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranked_file, "MOST_RANKS", 5)
    with pytest.raises(MalformedFile) as refusal:
        read(text.encode(), file)
    assert str(refusal.value) == f"{file}: line {line}: more than 5 ranks: lines of ballots times alternatives"


@pytest.mark.parametrize(
    ("kind", "text", "line"),
    [
        ("toi", HEADERS + "1: 1\n4: 9\n", 8),
        ("cvotes", "#/Candidates: A ; B ; C\nA\nB > \n", 3),
        ("cvotes", "A > B > C\nA > A\n", 2),
        ("txt", OPTIONS + "V: 12 5a\nV: 12 5b\nV: 99999 5c\n", 8),
        ("json", ALTERNATIVES + '[{"ranking": []},\n{"ranking": []}, {"ranking": [["Yew"]]}]}', 3),
    ],
)
def test_too_many_ranks_are_refused_before_any_is_read(
    kind: str, text: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranked_file, "MOST_RANKS", 5)
    with pytest.raises(MalformedFile) as refusal:
        read(text.encode(), f"trees.{kind}")
    assert str(refusal.value) == (f"trees.{kind}: line {line}: more than 5 ranks: lines of ballots times alternatives")


def test_more_bytes_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "MOST_BYTES", 5)
    assert read(b"A > B", "trees.cvotes").total == 1
    with pytest.raises(MalformedFile) as refusal:
        read(b"A >  B", "trees.cvotes")
    assert str(refusal.value) == "trees.cvotes: line 1: more than 5 bytes"


def test_words_of_a_file_are_quoted_up_to_forty_characters() -> None:
    assert quoting.quoted("x" * 40) == f"“{'x' * 40}”"
    assert quoting.quoted("x" * 41) == f"“{'x' * 40}…”"


def test_the_spaces_of_french_are_printable_and_others_are_not() -> None:
    assert quoting.printable("«\u00a0Oui\u202f!\u00a0»") == "«\u00a0Oui\u202f!\u00a0»"
    assert quoting.printable("a\u2028b\u2003c\td") == "a\\u2028b\\u2003c\\td"
