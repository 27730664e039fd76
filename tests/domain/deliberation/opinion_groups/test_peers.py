"""Groups beside red-dwarf, which computes as Pol.is does: `./run oracles`."""

import json
from pathlib import Path

import numpy as np
import pytest

from consultation.domain.deliberation.opinion_groups.consensus import together
from consultation.domain.deliberation.opinion_groups.grouping import grouped
from consultation.domain.deliberation.opinion_groups.polis_file import read_votes
from consultation.domain.deliberation.opinion_groups.stability import adjusted_rand

from .test_known_outcomes import CONVERSATIONS, folder_of

polis = pytest.importorskip("reddwarf.implementations.polis", reason="red-dwarf is in no lock: ./run oracles brings it")
SEED = 1


@pytest.mark.parametrize("name", CONVERSATIONS)
@pytest.mark.filterwarnings("ignore")
def test_groups_axes_and_what_brings_together_are_those_of_red_dwarf(data_folder, name):
    file = read_votes((folder_of(data_folder, name) / "participants-votes.csv").read_bytes(), name)
    votes = [
        {
            "participant_id": int(file.people[row]),
            "statement_id": int(file.comments[column]),
            "vote": int(file.matrix.votes[row, column]),
        }
        for row, column in np.argwhere(np.isfinite(file.matrix.votes))
    ]
    found, ours = polis.run_pipeline(votes=votes, random_state=SEED), grouped(file.matrix)
    labels = dict(found.participants_df["cluster_id"].dropna())
    theirs = np.array([labels.get(int(person), -1) for person in file.people], dtype=np.int64)
    both = (theirs >= 0) & (ours.labels >= 0)
    assert both.sum() == (theirs >= 0).sum()
    assert adjusted_rand(theirs[both], ours.labels[both]) >= 0.9
    columns = [file.comments.index(str(one)) for one in found.statements_df.index]
    assert ours.axes.center[columns] == pytest.approx(found.statements_df["mean"].to_numpy(dtype=float))
    for axis, name_of_axis in zip(ours.axes.components, ("pc1", "pc2"), strict=True):
        assert abs(axis[columns] @ found.statements_df[name_of_axis].to_numpy(dtype=float)) >= 0.999
    scores = together(file.matrix.counts(theirs, theirs.max() + 1))[columns]
    said = np.array([found.group_aware_consensus["agree"][one] for one in found.statements_df.index], dtype=float)
    assert scores == pytest.approx(said)
    kept = json.loads(Path(__file__).with_name("red_dwarf.json").read_text(encoding="utf-8"))[name]
    assert adjusted_rand(theirs[both], np.array([int(digit) for digit in kept if digit != "."])) >= 0.99
