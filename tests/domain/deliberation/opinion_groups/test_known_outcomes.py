"""Conversations whose outcome is known: what the Pol.is server itself computed (CC BY 4.0, see SOURCE.txt there)."""

import json
from pathlib import Path

import numpy as np
import pytest

from consultation.domain.deliberation.opinion_groups.axes import Axes
from consultation.domain.deliberation.opinion_groups.consensus import (
    difference_test,
    share_test,
    smoothed,
    together,
)
from consultation.domain.deliberation.opinion_groups.grouping import grouped
from consultation.domain.deliberation.opinion_groups.polis_file import read_votes
from consultation.domain.deliberation.opinion_groups.stability import adjusted_rand
from consultation.domain.deliberation.opinion_groups.votes import Counts, VoteMatrix

SERVER = ("25ptpt-3gp-no-strict-with-meta", "below-100-ptpts")
# People, comments, and the sizes of our groups, whose agreement with another program `./run oracles` measures.
CONVERSATIONS = {
    "brexit-consensus": (204, 50, [94, 60, 35]),
    "canadian-electoral-reform": (448, 174, [260, 21]),
    "scoop-hivemind.ubi": (234, 70, [162, 12]),
    "vtaiwan.uberx": (1921, 197, [816, 402]),
}


def folder_of(data_folder, *names):
    """A folder of the test data; the test is skipped where it is absent."""
    folder = data_folder.joinpath("opinions", *names)
    if not folder.is_dir():
        pytest.skip(f"no conversation at {folder}")
    return folder


def server(data_folder, name):
    """The votes of a conversation, those of comments moderated out as passes, and what the server made of them.

    The votes say 1 where somebody agrees, and the server computed with -1: its means have the other sign.
    """
    folder = folder_of(data_folder, "polis-server", name)
    found = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
    votes = json.loads((folder / "votes.json").read_text(encoding="utf-8"))
    persons = [vote.get("pid", vote.get("participant_id")) for vote in votes]
    column = {comment: index for index, comment in enumerate(found["tids"])}
    row = {person: index for index, person in enumerate(sorted(set(persons)))}
    ordered = sorted(zip(persons, votes, strict=True), key=lambda one: float(one[1]["modified"]))
    matrix = VoteMatrix.of_votes(
        len(row),
        len(column),
        [(row[person], column[vote.get("tid", vote.get("statement_id"))], vote["vote"]) for person, vote in ordered],
    )
    matrix.votes[:, [column[comment] for comment in found["mod-out"]]] = 0
    return found, matrix


def counts_of(found):
    """The server's own counts by group, and the comments in their order."""
    comments = sorted(found["group-votes"]["0"]["votes"], key=int)
    cells = [[found["group-votes"][group]["votes"][one] for one in comments] for group in sorted(found["group-votes"])]
    agrees, disagrees, seen = (np.array([[cell[key] for cell in row] for row in cells]) for key in "ADS")
    return Counts(agrees, disagrees, seen - agrees - disagrees), comments


@pytest.mark.parametrize("name", SERVER)
def test_the_axes_are_those_of_the_server(data_folder, name):
    found, matrix = server(data_folder, name)
    axes = Axes.of_votes(matrix)
    assert axes.center == pytest.approx(-np.array(found["pca"]["center"]))
    cosines = np.abs((axes.components * np.array(found["pca"]["comps"])).sum(axis=1))
    assert (cosines >= 0.999).all()


@pytest.mark.parametrize("name", SERVER)
def test_what_brings_together_scores_as_on_the_server(data_folder, name):
    found, _ = server(data_folder, name)
    counts, comments = counts_of(found)
    assert together(counts) == pytest.approx([found["group-aware-consensus"][one] for one in comments])


@pytest.mark.parametrize("name", SERVER)
def test_the_measures_of_what_is_typical_are_those_of_the_server(data_folder, name):
    found, _ = server(data_folder, name)
    counts, comments = counts_of(found)
    compared = 0
    for group, entries in found["repness"].items():
        for entry in entries:
            column, row = comments.index(str(entry["tid"])), int(group)
            said = counts.agrees if entry["repful-for"] == "agree" else counts.disagrees
            here, seen = int(said[row, column]), int(counts.seen[row, column])
            there, others = int(said[:, column].sum()) - here, int(counts.seen[:, column].sum()) - seen
            assert (here, seen) == (entry["n-success"], entry["n-trials"])
            assert smoothed(here, seen) == pytest.approx(entry["p-success"])
            assert share_test(here, seen) == pytest.approx(entry["p-test"])
            assert smoothed(here, seen) / smoothed(there, others) == pytest.approx(entry["repness"])
            assert difference_test(here, seen, there, others) == pytest.approx(entry["repness-test"], abs=1e-5)
            compared += 1
    assert compared >= len(found["repness"])


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_whole_conversation_is_read_and_parted(data_folder, name):
    people, comments, sizes = CONVERSATIONS[name]
    content = (folder_of(data_folder, name) / "participants-votes.csv").read_bytes()
    file = read_votes(content, name)
    assert (len(file.people), len(file.comments)) == (people, comments)
    grouping = grouped(file.matrix)
    assert grouping.sizes == pytest.approx(sizes, abs=2)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_groups_agree_with_those_of_another_program(data_folder, name):
    """Red-dwarf 0.4.0, which `./run oracles` asks again: a digit a person of the file, a dot for who has no group."""
    file = read_votes((folder_of(data_folder, name) / "participants-votes.csv").read_bytes(), name)
    digits = json.loads(Path(__file__).with_name("red_dwarf.json").read_text(encoding="utf-8"))[name]
    theirs = np.array([-1 if digit == "." else int(digit) for digit in digits])
    ours = grouped(file.matrix).labels
    assert ((theirs >= 0) == (ours >= 0)).all()
    assert adjusted_rand(theirs[theirs >= 0], ours[ours >= 0]) >= 0.9
