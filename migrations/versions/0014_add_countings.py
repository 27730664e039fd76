"""Keep how far a count has come that an organiser asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Climb to this revision."""
    op.create_table(
        "counting",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.CheckConstraint("done >= 0", name=op.f("ck_counting_done")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_counting_consultation_id")),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_counting")),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("counting")
