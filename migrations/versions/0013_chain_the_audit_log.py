"""Seal the audit log in a chain, publish its heads, and name people in it by identifiers that can be forgotten."""

import sqlalchemy as sa
from alembic import op

from consultation.infrastructure import triggers

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("audit_entry", "audit_seal", "audit_head")


def upgrade() -> None:
    """Climb to this revision."""
    op.create_table(
        "audit_person",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("alias", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_audit_person_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_audit_person")),
        sa.UniqueConstraint("alias", name=op.f("uq_audit_person_alias")),
    )
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_seal_entry_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_seal_entry_id")),
    )
    op.create_table(
        "audit_head",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_audit_head")),
    )
    for table in NEVER_CHANGED:
        triggers.create(op.get_bind(), table, ("UPDATE", "DELETE"))


def downgrade() -> None:
    """Go back; the chain, its published heads, and whom the log means are lost."""
    triggers.drop(op.get_bind(), "audit_entry", ("UPDATE", "DELETE"))
    for table in ("audit_seal", "audit_head", "audit_person"):
        op.drop_table(table)
