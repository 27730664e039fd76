"""The duels of one college, as a matrix in the order of the college."""

from dataclasses import dataclass

from consultation.domain.social_choice.explanation import shown_share
from consultation.domain.social_choice.release import CollegeRelease


@dataclass(frozen=True)
class MatrixRow:
    """The duels of one recommendation: for each column the share as shown and its shade, None on the diagonal."""

    number: int
    cells: list[tuple[str, int] | None]


def matrix_of(college: CollegeRelease) -> list[MatrixRow]:
    """The rows of the matrix, none where the duels are not published."""
    if "pairwise_percent" not in college:
        return []
    shares, clip = college["pairwise_percent"], college["clip"]
    numbers = [placement["recommendation"] for placement in college["order"]]
    return [MatrixRow(row, [_cell(shares[str(row)].get(str(column)), clip) for column in numbers]) for row in numbers]


def _cell(share: int | None, clip: list[int]) -> tuple[str, int] | None:
    return None if share is None else (shown_share(share, clip), (share + 5) // 10)
