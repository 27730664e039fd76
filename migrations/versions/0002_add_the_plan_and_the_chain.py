"""Add the counting plan, the chain, its list of a day, and releases that can be corrected, never changed."""

import json

import sqlalchemy as sa
from alembic import op

from consultation.infrastructure import triggers

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEAL = 3


def upgrade() -> None:
    """Climb to this revision."""
    _add_columns()
    _note_roots()
    _add_editions_of_releases()
    _add_tables()
    connection = op.get_bind()
    for table in ("release", "chain_line", "plan_version"):
        triggers.create(connection, table, ("UPDATE", "DELETE"))
    triggers.create(connection, "sealed_ballot", ("UPDATE",))


def _add_columns() -> None:
    with op.batch_alter_table("consultation") as batch_op:
        batch_op.add_column(sa.Column("plan_version", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_check_constraint(op.f("ck_consultation_plan_version"), "plan_version >= 0")
    with op.batch_alter_table("consultation") as batch_op:
        batch_op.alter_column("plan_version", server_default=None)
    with op.batch_alter_table("role_grant") as batch_op:
        batch_op.drop_constraint(op.f("ck_role_grant_role"), type_="check")
        batch_op.create_check_constraint(op.f("ck_role_grant_role"), "role IN ('moderator', 'organiser', 'observer')")
    with op.batch_alter_table("urn") as batch_op:
        batch_op.add_column(sa.Column("root", sa.Text(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_urn_root"), "length(root) = 64")
        batch_op.create_unique_constraint(op.f("uq_urn_consultation_id_root"), ["consultation_id", "root"])


def _note_roots() -> None:
    """Give each urn the root under which its ballots were sealed."""
    connection = op.get_bind()
    ceremony = sa.table("ceremony", sa.column("consultation_id"), sa.column("step"), sa.column("record"))
    urn = sa.table("urn", sa.column("consultation_id"), sa.column("root"))
    sealed = sa.select(ceremony.c.consultation_id, ceremony.c.record).where(ceremony.c.step == SEAL)
    for consultation_id, record in connection.execute(sealed).all():
        if root := json.loads(record).get("root"):
            connection.execute(urn.update().where(urn.c.consultation_id == consultation_id).values(root=root))


def _add_editions_of_releases() -> None:
    with op.batch_alter_table("release") as batch_op:
        batch_op.add_column(sa.Column("n", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch_op.drop_constraint(op.f("fk_release_consultation_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("pk_release"), type_="primary")
        batch_op.create_primary_key(op.f("pk_release"), ["consultation_id", "n"])
    with op.batch_alter_table("release") as batch_op:
        batch_op.alter_column("n", server_default=None)
        batch_op.create_foreign_key(
            op.f("fk_release_consultation_id"), "urn", ["consultation_id", "root"], ["consultation_id", "root"]
        )
        batch_op.create_check_constraint(op.f("ck_release_n"), "n >= 1")
        batch_op.create_check_constraint(op.f("ck_release_reason"), "(n = 1) = (reason = '')")


def _add_tables() -> None:
    op.create_table(
        "plan_version",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_plan_version_version")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_plan_version_consultation_id")),
        sa.PrimaryKeyConstraint("consultation_id", "version", name=op.f("pk_plan_version")),
    )
    op.create_table(
        "chain_line",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_chain_line_n")),
        sa.CheckConstraint(
            "type IN ('open', 'plan', 'texts', 'key', 'day', 'final', 'release')", name=op.f("ck_chain_line_type")
        ),
        sa.CheckConstraint("(type = 'open') = (n = 1)", name=op.f("ck_chain_line_open")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_chain_line_consultation_id")),
        sa.PrimaryKeyConstraint("consultation_id", "n", name=op.f("pk_chain_line")),
    )
    op.create_table(
        "day_list",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_day_list_consultation_id")),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_day_list")),
        sqlite_with_rowid=False,
    )
