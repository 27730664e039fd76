"""Keep the published opinion groups of a consultation."""

import json
from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic import op

from consultation.infrastructure import triggers
from consultation.infrastructure.database import new_public_id

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

JOBS = "consultation.features.opinions.jobs"
# As it was at this revision.
UNTIL_CUT = timedelta(days=30)


def upgrade() -> None:
    """Climb to this revision."""
    op.create_table(
        "opinion_map",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_opinion_map_hash")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_opinion_map_consultation_id")),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_opinion_map")),
    )
    op.create_table(
        "opinion_sheet",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["opinion_map.consultation_id"],
            name=op.f("fk_opinion_sheet_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_opinion_sheet")),
    )
    triggers.create(op.get_bind(), "opinion_map", ("UPDATE", "DELETE"))
    _ask_for_maps()


def _ask_for_maps() -> None:
    """Draw the maps of what is published already, then cut its reactions as after any publication."""
    consultation = sa.table(
        "consultation",
        sa.column("id", sa.Uuid()),
        sa.column("phase"),
        sa.column("published_at", sa.DateTime(timezone=True)),
    )
    columns = consultation.c
    published = sa.select(columns.id, columns.published_at).where(columns.phase == "published")
    for row in op.get_bind().execute(published).all():
        _enqueue("draw_opinions", str(row.id), row.published_at)
        _enqueue("cut_reactions", str(row.id), row.published_at + UNTIL_CUT)


def _enqueue(job: str, consultation_id: str, due_at: datetime) -> None:
    queue = sa.table(
        "queued_job",
        *(sa.column(name) for name in ("id", "name", "arguments", "attempts")),
        sa.column("due_at", sa.DateTime(timezone=True)),
    )
    arguments = json.dumps({"consultation_id": consultation_id})
    row = {"id": new_public_id(), "name": f"{JOBS}.{job}", "arguments": arguments, "due_at": due_at, "attempts": 0}
    op.get_bind().execute(queue.insert().values(row))


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("opinion_sheet")
    op.drop_table("opinion_map")
