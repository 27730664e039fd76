"""Ballot papers, rankings and ceremonies as pages show them."""

from consultation.features.ballots.serializers.ceremony import StepLine, steps_of
from consultation.features.ballots.serializers.paper import Paper, Row, paper_of, said_of
from consultation.features.ballots.serializers.rankings import Line, aside_of, lines_of, proof_of, said_place

__all__ = [
    "Line",
    "Paper",
    "Row",
    "StepLine",
    "aside_of",
    "lines_of",
    "paper_of",
    "proof_of",
    "said_of",
    "said_place",
    "steps_of",
]
