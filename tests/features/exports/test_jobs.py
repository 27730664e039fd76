import json

import pytest
from features.results.generated import profile, published

from consultation.domain.errors import Missing, NotPublished
from consultation.features.exports.jobs import write_dataset

NUMBERS = (1, 3, 6, 7)


def test_a_table_is_written_with_the_meaning_of_its_columns_beside_it(browse, open_consultation, tmp_path):
    published(open_consultation, profile(60, NUMBERS), profile(60, NUMBERS, "p"))
    written = write_dataset("test", "results", "csv", tmp_path / "out")
    assert [path.name for path in written] == ["test-results.csv", "test-results-README.txt"]
    online = browse().get("/consultations/test/exports/results.csv").html
    assert written[0].read_bytes() == online.encode()
    for column in online.splitlines()[0].split(","):
        assert f"{column}: " in written[1].read_text(encoding="utf-8")


def test_the_results_in_json_are_those_of_the_page_of_exports(browse, open_consultation, tmp_path):
    published(open_consultation, profile(60, NUMBERS), profile(60, NUMBERS, "p"))
    [written] = write_dataset("test", "results", "json", tmp_path)
    assert written.read_text(encoding="utf-8") == browse().get("/consultations/test/exports/results.json").html


def test_the_duels_in_json_are_rows_with_their_context(open_consultation, tmp_path):
    release = published(open_consultation, profile(60, NUMBERS), profile(10, NUMBERS, "p"))
    written, _readme = write_dataset("test", "pairwise", "json", tmp_path)
    rows = json.loads(written.read_text(encoding="utf-8"))
    assert len(rows) == 12 + 1
    assert {row["release"] for row in rows} == {release.hash}


def test_nothing_is_written_before_publication(open_consultation, tmp_path):
    with pytest.raises(NotPublished):
        write_dataset("test", "results", "csv", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_dataset_or_a_format_that_does_not_exist_is_refused(open_consultation, tmp_path):
    published(open_consultation, profile(20, NUMBERS), profile(20, NUMBERS))
    with pytest.raises(ValueError, match="ballots"):
        write_dataset("test", "ballots", "csv", tmp_path)
    with pytest.raises(ValueError, match="docx"):
        write_dataset("test", "results", "docx", tmp_path)


def test_a_consultation_that_does_not_exist_has_no_dataset(context, tmp_path):
    with pytest.raises(Missing):
        write_dataset("../etc", "results", "csv", tmp_path)
    assert list(tmp_path.iterdir()) == []
