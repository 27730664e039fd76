"""Ballot papers, rankings and ceremonies as pages show them."""

from consultation.features.ballots.serializers.ceremony import StepLine, steps_of
from consultation.features.ballots.serializers.paper import Paper, Row, mark_of, paper_of, said_of
from consultation.features.ballots.serializers.rankings import Line, aside_of, lines_of, said_place
from consultation.features.ballots.serializers.receipts import ReceiptPage, receipt_page_of, receipt_text_of

__all__ = [
    "Line",
    "Paper",
    "ReceiptPage",
    "Row",
    "StepLine",
    "aside_of",
    "lines_of",
    "mark_of",
    "paper_of",
    "receipt_page_of",
    "receipt_text_of",
    "said_of",
    "said_place",
    "steps_of",
]
