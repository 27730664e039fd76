"""Make what is public searchable; what is public already is entered afterwards, in batches, by the worker."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consultation.infrastructure.database import new_public_id
from consultation.infrastructure.search import index

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FILL = "consultation.features.search.jobs.fill"


def upgrade() -> None:
    """Climb to this revision."""
    op.create_table(
        "search_entry",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("college", sa.Text(), nullable=True),
        sa.Column("alignment", sa.Text(), nullable=True),
        sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('consultation', 'recommendation', 'comment', 'reply', 'outcome', 'report')",
            name=op.f("ck_search_entry_kind"),
        ),
        sa.CheckConstraint("place >= 0", name=op.f("ck_search_entry_place")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_search_entry_consultation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "object_id", name=op.f("uq_search_entry_kind_object_id")),
    )
    op.create_index("ix_search_entry_consultation_id", "search_entry", ["consultation_id", "place"])
    op.create_index("ix_search_entry_recommendation_id", "search_entry", ["recommendation_id", "place"])
    op.create_index(
        "ix_search_entry_words",
        "search_entry",
        ["words"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
        sqlite_where=sa.text("place < 0"),
    )
    connection = op.get_bind()
    index.create(connection)
    _ask_to_fill(connection)


def downgrade() -> None:
    """Go back to the revision before."""
    connection = op.get_bind()
    op.drop_table("search_entry")
    index.drop(connection)
    connection.execute(sa.text("DELETE FROM queued_job WHERE name = :name"), {"name": FILL})


def _ask_to_fill(connection: sa.Connection) -> None:
    """Leave the worker the job of entering what an installation has published."""
    if connection.execute(sa.text("SELECT 1 FROM consultation WHERE phase <> 'draft' LIMIT 1")).first() is None:
        return
    job = sa.table(
        "queued_job",
        sa.column("id", sa.Text()),
        sa.column("name", sa.Text()),
        sa.column("arguments", sa.Text()),
        sa.column("due_at", sa.DateTime(timezone=True)),
        sa.column("attempts", sa.Integer()),
    )
    values = {"id": new_public_id(), "name": FILL, "arguments": "{}", "due_at": datetime.now(UTC), "attempts": 0}
    connection.execute(job.insert().values(values))
