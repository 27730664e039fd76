"""Datasets: a release as tables, each row with all that is needed to cite it."""

from collections.abc import Mapping
from types import MappingProxyType

from consultation.features.exports.datasets.colleges import BANDS, CHANCES, DUELS, FIRST_CHOICES, METHODS, RESULTS
from consultation.features.exports.datasets.comparison import AGREEMENT, COMBINED, DIVIDING, REVERSED
from consultation.features.exports.datasets.table import LICENCE, Dataset
from consultation.features.exports.datasets.writing import as_csv, as_json, explained, harmless, release_as_json

DATASETS: Mapping[str, Dataset] = MappingProxyType(
    {
        "results": RESULTS,
        "pairwise": DUELS,
        "methods": METHODS,
        "first_choices": FIRST_CHOICES,
        "chances": CHANCES,
        "bands": BANDS,
        "agreement": AGREEMENT,
        "dividing": DIVIDING,
        "reversed": REVERSED,
        "combined": COMBINED,
    }
)

__all__ = ["DATASETS", "LICENCE", "Dataset", "as_csv", "as_json", "explained", "harmless", "release_as_json"]
