"""Let a proof be revoked, and a second account be closed, by two people."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IN_FORCE = sa.text("state NOT IN ('refused', 'revoked')")


def upgrade() -> None:
    """Climb to this revision."""
    op.drop_index("uq_physician_claim_account_id", "physician_claim")
    with op.batch_alter_table("physician_claim") as batch_op:
        batch_op.drop_constraint(op.f("ck_physician_claim_state"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_physician_claim_state"), "state IN ('pending', 'verified', 'refused', 'revoked')"
        )
        batch_op.drop_constraint(op.f("ck_physician_claim_reason"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_physician_claim_reason"), "(state IN ('refused', 'revoked')) = (reason IS NOT NULL)"
        )
    op.create_index(
        "uq_physician_claim_account_id",
        "physician_claim",
        ["account_id"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )
    _add_measures()


def _add_measures() -> None:
    op.create_table(
        "claim_measure",
        sa.Column("claim_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kept_claim_id", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('revocation', 'double')", name=op.f("ck_claim_measure_kind")),
        sa.CheckConstraint(
            "(kind = 'double') = (kept_claim_id IS NOT NULL)", name=op.f("ck_claim_measure_kept_claim_id")
        ),
        sa.CheckConstraint("kept_claim_id <> claim_id", name=op.f("ck_claim_measure_two_claims")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["physician_claim.id"], name=op.f("fk_claim_measure_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["kept_claim_id"], ["physician_claim.id"], name=op.f("fk_claim_measure_kept_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["account.id"], name=op.f("fk_claim_measure_asked_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_claim_measure")),
    )
    with op.batch_alter_table("claim_measure") as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_measure_asked_by"), ["asked_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_measure_kept_claim_id"), ["kept_claim_id"], unique=False)
