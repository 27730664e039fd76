"""Datasets written to files."""

from pathlib import Path

from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.exports.datasets import DATASETS, as_csv, as_json, explained, release_as_json
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.results.queries import release_of

FORMATS = ("csv", "json")


def write_dataset(slug: str, dataset: str, file_format: str, folder: Path) -> list[Path]:
    """Write a dataset (`DATASETS`) in a format (`FORMATS`) into a folder, made where absent; return the files written.

    Missing or NotPublished where there is no release, and then nothing is written. A README of its columns goes beside
    a table; "results" in JSON is the whole release, as the API gives it. Run twice, it writes the same files.
    """
    if dataset not in DATASETS or file_format not in FORMATS:
        raise ValueError(f"no such dataset or format: {dataset}, {file_format}")
    consultation, table = consultation_by_slug(slug), DATASETS[dataset]
    published = release_of(consultation)
    titles = {one.number: one.title for one in recommendations_of(consultation.id)}
    stem = f"{slug}-{table.file_name}"
    if (dataset, file_format) == ("results", "json"):
        return [_written(folder, f"{stem}.json", release_as_json(published))]
    text = as_csv(table, published, titles) if file_format == "csv" else as_json(table, published, titles)
    return [
        _written(folder, f"{stem}.{file_format}", text),
        _written(folder, f"{stem}-README.txt", explained(table)),
    ]


def _written(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content.encode())
    return path
