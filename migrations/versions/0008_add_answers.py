"""Let organisers answer: a reply to a comment, an outcome of a recommendation, citations in a report."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = "kind IN ('adopted', 'adapted', 'not_followed', 'under_study')"
TABLES = (
    "citation",
    "report_line",
    "answer_promise",
    "outcome_revision",
    "outcome",
    "official_reply_revision",
    "official_reply",
)


def upgrade() -> None:
    """Climb to this revision."""
    with op.batch_alter_table("consultation") as batch_op:
        batch_op.add_column(sa.Column("answers_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("outcome_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("report_published_on", sa.Date(), nullable=True))
    with op.batch_alter_table("consultation") as batch_op:
        batch_op.alter_column("outcome_count", server_default=None)
        batch_op.create_check_constraint(op.f("ck_consultation_outcome_count"), "outcome_count >= 0")
    _add_replies()
    _add_outcomes()
    _add_reports()


def _add_replies() -> None:
    op.create_table(
        "official_reply",
        sa.Column("comment_id", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("answers_revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(body) <= 2000", name=op.f("ck_official_reply_body_length")),
        sa.CheckConstraint("(withdrawn_on IS NOT NULL) = (body = '')", name=op.f("ck_official_reply_body_kept")),
        sa.CheckConstraint("version > 0 AND answers_revision > 0", name=op.f("ck_official_reply_version")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_official_reply_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_official_reply")),
    )
    op.create_table(
        "official_reply_revision",
        sa.Column("comment_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("answers_revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["official_reply.comment_id"],
            name=op.f("fk_official_reply_revision_comment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comment_id", "number", name=op.f("pk_official_reply_revision")),
    )


def _add_outcomes() -> None:
    op.create_table(
        "outcome",
        sa.Column("recommendation_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_outcome_kind")),
        sa.CheckConstraint("length(body) BETWEEN 1 AND 2000", name=op.f("ck_outcome_body_length")),
        sa.CheckConstraint("version > 0", name=op.f("ck_outcome_version")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_outcome_recommendation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_outcome")),
    )
    op.create_table(
        "outcome_revision",
        sa.Column("recommendation_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_outcome_revision_kind")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["outcome.recommendation_id"],
            name=op.f("fk_outcome_revision_recommendation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "number", name=op.f("pk_outcome_revision")),
    )
    op.create_table(
        "answer_promise",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_answer_promise_number")),
        sa.CheckConstraint("(number = 1) = (reason = '')", name=op.f("ck_answer_promise_reason")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_answer_promise_consultation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("consultation_id", "number", name=op.f("pk_answer_promise")),
    )


def _add_reports() -> None:
    op.create_table(
        "report_line",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.String(length=12), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(body) <= 2000", name=op.f("ck_report_line_body_length")),
        sa.CheckConstraint("(withdrawn_on IS NOT NULL) = (body = '')", name=op.f("ck_report_line_body_kept")),
        sa.CheckConstraint("position > 0 AND version > 0", name=op.f("ck_report_line_position")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_report_line_consultation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_report_line_recommendation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_line")),
    )
    op.create_index("ix_report_line_place", "report_line", ["consultation_id", "recommendation_id", "position"])
    op.create_table(
        "citation",
        sa.Column("line_id", sa.String(length=12), nullable=False),
        sa.Column("comment_id", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cited_on", sa.Date(), nullable=False),
        sa.CheckConstraint("revision > 0 AND position > 0", name=op.f("ck_citation_revision")),
        sa.ForeignKeyConstraint(["line_id"], ["report_line.id"], name=op.f("fk_citation_line_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_citation_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("line_id", "comment_id", name=op.f("pk_citation")),
    )
    op.create_index("ix_citation_comment_id", "citation", ["comment_id"])


def downgrade() -> None:
    """Go back to the revision before."""
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("consultation") as batch_op:
        batch_op.drop_constraint(op.f("ck_consultation_outcome_count"), type_="check")
        for name in ("report_published_on", "outcome_count", "answers_on"):
            batch_op.drop_column(name)
