"""Let a visitor's comment wait for its author to have an account, and a reading return one to its author."""

import sqlalchemy as sa
from alembic import op

from consultation.domain.names import key_of

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Climb to this revision."""
    _add_waiting()
    _add_waiting_count()
    _add_returned()
    _draw_keys_again()


def _add_waiting() -> None:
    op.create_table(
        "waiting_comment",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.LargeBinary(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(slot) = 32", name=op.f("ck_waiting_comment_slot")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_waiting_comment_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_comment")),
    )
    op.create_index("ix_waiting_comment_slot", "waiting_comment", ["slot"])
    op.create_index("ix_waiting_comment_kept_until", "waiting_comment", ["consultation_id", "kept_until"])


def _add_waiting_count() -> None:
    op.create_table(
        "waiting_count",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "published >= 0 AND dropped >= 0 AND published + dropped <= kept", name=op.f("ck_waiting_count_counts")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_waiting_count_consultation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_waiting_count")),
    )


def _add_returned() -> None:
    references = {
        "account_id": "account.id",
        "consultation_id": "consultation.id",
        "recommendation_id": "recommendation.id",
        "replies_to": "comment.id",
    }
    op.create_table(
        "returned_comment",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.String(length=12), nullable=False),
        sa.Column("replies_to", sa.String(length=12), nullable=True),
        sa.Column("alignment", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("alignment IN ('for', 'nuanced', 'against')", name=op.f("ck_returned_comment_alignment")),
        sa.CheckConstraint("length(body) BETWEEN 1 AND 2000", name=op.f("ck_returned_comment_body_length")),
        sa.CheckConstraint("length(advice) > 0", name=op.f("ck_returned_comment_advice")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_returned_comment_{column}"), ondelete="CASCADE")
            for column, target in references.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_comment")),
    )
    op.create_index("ix_returned_comment_account_id", "returned_comment", ["account_id", "consultation_id"])
    op.create_index("ix_returned_comment_kept_until", "returned_comment", ["kept_until"])


def _draw_keys_again() -> None:
    """More letters look alike than before; of two names that now do, the one chosen later keeps its old key."""
    connection = op.get_bind()
    names = sa.table(
        "pen_name", sa.column("consultation_id"), sa.column("account_id"), sa.column("name"), sa.column("key")
    )
    rows = connection.execute(sa.select(names).order_by(names.c.consultation_id, names.c.account_id)).all()
    taken = {(row.consultation_id, row.key) for row in rows}
    for row in rows:
        key = key_of(row.name)
        if row.name and key != row.key and (row.consultation_id, key) not in taken:
            mine = (names.c.consultation_id == row.consultation_id) & (names.c.account_id == row.account_id)
            connection.execute(names.update().where(mine).values(key=key))
            taken.add((row.consultation_id, key))


def downgrade() -> None:
    """Go back to the revision before; keys stay as they are drawn."""
    op.drop_table("returned_comment")
    op.drop_table("waiting_count")
    op.drop_table("waiting_comment")
