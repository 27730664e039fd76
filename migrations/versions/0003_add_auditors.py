"""Add auditors, the copies handed to them and their statements, and the moment of each step of a ceremony."""

import sqlalchemy as sa
from alembic import op

from consultation.infrastructure import triggers

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Climb to this revision."""
    with op.batch_alter_table("ceremony") as batch_op:
        batch_op.add_column(sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True))
    _add_auditors()
    _add_what_they_received_and_found()
    connection = op.get_bind()
    for table in ("bundle_copy", "audit_statement"):
        triggers.create(connection, table, ("UPDATE", "DELETE"))


def _add_auditors() -> None:
    op.create_table(
        "auditor",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("proposed_by <> confirmed_by", name=op.f("ck_auditor_two_people")),
        sa.CheckConstraint("confirmed_by IS NULL OR confirmed_at IS NOT NULL", name=op.f("ck_auditor_confirmed_at")),
        sa.CheckConstraint("ended_at IS NULL OR confirmed_at IS NOT NULL", name=op.f("ck_auditor_ended_at")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_auditor_consultation_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_auditor_proposed_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_auditor_confirmed_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditor")),
        sa.UniqueConstraint("consultation_id", "recipient", name=op.f("uq_auditor_consultation_id_recipient")),
    )
    for column in ("proposed_by", "confirmed_by"):
        op.create_index(op.f(f"ix_auditor_{column}"), "auditor", [column])


def _add_what_they_received_and_found() -> None:
    op.create_table(
        "bundle_copy",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("auditor_id", sa.String(length=12), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_bundle_copy_hash")),
        sa.ForeignKeyConstraint(["auditor_id"], ["auditor.id"], name=op.f("fk_bundle_copy_auditor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_copy")),
    )
    op.create_table(
        "audit_statement",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("auditor_id", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["auditor_id"], ["auditor.id"], name=op.f("fk_audit_statement_auditor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_statement")),
    )
    for table in ("bundle_copy", "audit_statement"):
        op.create_index(op.f(f"ix_{table}_auditor_id"), table, ["auditor_id"])
