"""Recommendations: the texts that are put to debate, frozen when their consultation opens."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultation.domain.colleges import College
from consultation.infrastructure.database import Model, PublicId, new_public_id

ALIGNMENTS = ("for", "nuanced", "against")
LARGEST_NUMBER = 9999


class Recommendation(Model):
    """One recommendation, with kept counts of its public comments by college and alignment."""

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(
            "citizens_for >= 0 AND citizens_nuanced >= 0 AND citizens_against >= 0"
            " AND physicians_for >= 0 AND physicians_nuanced >= 0 AND physicians_against >= 0",
            name="counts",
        ),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(doc="the official number, not a position")
    title: Mapped[str]
    theme: Mapped[str]
    introduction: Mapped[str] = mapped_column(doc="words that lead to the quotation; may be empty")
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1, doc="raised by each correction; a ballot names the one it saw")

    citizens_for: Mapped[int] = mapped_column(default=0)
    citizens_nuanced: Mapped[int] = mapped_column(default=0)
    citizens_against: Mapped[int] = mapped_column(default=0)
    physicians_for: Mapped[int] = mapped_column(default=0)
    physicians_nuanced: Mapped[int] = mapped_column(default=0)
    physicians_against: Mapped[int] = mapped_column(default=0)

    def count(self, alignment: str, college: College | None = None) -> int:
        """Public comments with this alignment, in one college or in both."""
        colleges = (college,) if college else tuple(College)
        return sum(int(getattr(self, f"{one.value}_{alignment}")) for one in colleges)

    def comments(self, college: College | None = None) -> int:
        """Public comments, replies included, in one college or in both."""
        return sum(self.count(alignment, college) for alignment in ALIGNMENTS)
