"""Let comments be edited in sight of all, held for a reading, and ordered by what divides."""

import math

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = "state IN ('published', 'held', 'withheld', 'withdrawn')"
FORMER_STATES = "state IN ('published', 'withheld', 'withdrawn')"
FACETS = ("score", "divided", "replies", "posted_on")
NUMBERS = {"earlier": 0, "cited": 0, "revision": 1, "closed_through": 0, "closed_before": 0}
ADDED = ("divided", *NUMBERS, "edited_on", "held_until")
KINDS = {"agree": "agrees", "disagree": "disagrees", "pass": "passes"}
BATCH = 5000
Z = 1.959963984540054  # the score is the domain's, as it was at this revision
CHECKS = {
    "held": "(state = 'held') = (held_until IS NOT NULL)",
    "earlier": "earlier BETWEEN 0 AND agrees + disagrees + passes",
    "revisions": "revision > 0 AND closed_through BETWEEN 0 AND revision AND cited >= 0",
    "closed_before": "closed_before BETWEEN 0 AND closed_through",
}


def upgrade() -> None:
    """Climb to this revision."""
    for table in ("consultation", "recommendation"):
        _add_number(table, "stamp", 1)
    _add_number("comment_reaction", "revision", 1)
    with op.batch_alter_table("comment") as batch_op:
        batch_op.add_column(sa.Column("divided", sa.Double(), nullable=False, server_default="0"))
        for name, value in NUMBERS.items():
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=str(value)))
        batch_op.add_column(sa.Column("edited_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(op.f("ck_comment_state"), type_="check")
        batch_op.create_check_constraint(op.f("ck_comment_state"), STATES)
    with op.batch_alter_table("comment") as batch_op:
        for name in ("divided", *NUMBERS):
            batch_op.alter_column(name, server_default=None)
        for name, rule in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_comment_{name}"), rule)
        for key in FACETS:
            columns = ["recommendation_id", "parent_id", "college", "alignment", key, "id"]
            batch_op.create_index(f"ix_comment_facet_{key}", columns, unique=False)
        batch_op.create_index("ix_comment_answered_id", ["answered_id"], unique=False)
    op.create_index("ix_comment_reaction_account_id", "comment_reaction", ["account_id"], unique=False)
    _add_number("decision", "revision_judged", 1)
    with op.batch_alter_table("pen_name") as batch_op:
        batch_op.add_column(sa.Column("interests", sa.Text(), nullable=False, server_default=""))
        batch_op.create_check_constraint(op.f("ck_pen_name_interests"), "length(interests) <= 200")
    with op.batch_alter_table("pen_name") as batch_op:
        batch_op.alter_column("interests", server_default=None)
    _add_revisions()
    _add_cut_reactions()
    _note_what_divides()
    _note_what_was_cut()


def _add_number(table: str, name: str, value: int) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=str(value)))
    with op.batch_alter_table(table) as batch_op:
        batch_op.alter_column(name, server_default=None)


def _add_revisions() -> None:
    op.create_table(
        "comment_revision",
        sa.Column("comment_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("alignment", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_comment_revision_number")),
        sa.CheckConstraint("alignment IN ('for', 'nuanced', 'against')", name=op.f("ck_comment_revision_alignment")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_revision_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", "number", name=op.f("pk_comment_revision")),
    )


def _add_cut_reactions() -> None:
    op.create_table(
        "cut_reactions",
        sa.Column("comment_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('agree', 'disagree', 'pass')", name=op.f("ck_cut_reactions_kind")),
        sa.CheckConstraint("number > 0", name=op.f("ck_cut_reactions_number")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_cut_reactions_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", "kind", "revision", name=op.f("pk_cut_reactions")),
    )


def _note_what_divides() -> None:
    """Give each comment the score of its reactions: it orders the debate at once, not from the next reaction on."""
    connection = op.get_bind()
    comment = sa.table("comment", *(sa.column(name) for name in ("id", "agrees", "disagrees", "divided")))
    columns = comment.c
    split = sa.select(columns.id, columns.agrees, columns.disagrees).where(columns.agrees > 0, columns.disagrees > 0)
    noted = comment.update().where(columns.id == sa.bindparam("its")).values(divided=sa.bindparam("score"))
    last = ""
    while rows := connection.execute(split.where(columns.id > last).order_by(columns.id).limit(BATCH)).all():
        connection.execute(noted, [{"its": one.id, "score": _divided(one.agrees, one.disagrees)} for one in rows])
        last = rows[-1].id


def _divided(agrees: int, disagrees: int) -> float:
    voices, z2 = agrees + disagrees, Z * Z
    share = min(agrees, disagrees) / voices
    spread = Z * math.sqrt((share * (1 - share) + z2 / (4 * voices)) / voices)
    return 2 * (share + z2 / (2 * voices) - spread) / (1 + z2 / voices)


def _note_what_was_cut() -> None:
    """Reactions of people who left are counted and belong to nobody: what the counters hold beyond the rows."""
    for kind, counter in KINDS.items():
        op.execute(
            f"INSERT INTO cut_reactions (comment_id, kind, revision, number) "  # noqa: S608 - names of this file
            f"SELECT id, '{kind}', 1, {counter} - given FROM (SELECT id, {counter}, (SELECT count(*) "
            f"FROM comment_reaction WHERE comment_id = comment.id AND kind = '{kind}') AS given FROM comment) AS one "
            f"WHERE {counter} > given"
        )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("cut_reactions")
    op.drop_table("comment_revision")
    with op.batch_alter_table("pen_name") as batch_op:
        batch_op.drop_constraint(op.f("ck_pen_name_interests"), type_="check")
        batch_op.drop_column("interests")
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_column("revision_judged")
    op.drop_index("ix_comment_reaction_account_id", table_name="comment_reaction")
    with op.batch_alter_table("comment") as batch_op:
        batch_op.drop_index("ix_comment_answered_id")
        for key in FACETS:
            batch_op.drop_index(f"ix_comment_facet_{key}")
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_comment_{name}"), type_="check")
        batch_op.drop_constraint(op.f("ck_comment_state"), type_="check")
        batch_op.create_check_constraint(op.f("ck_comment_state"), FORMER_STATES)
        for name in ADDED:
            batch_op.drop_column(name)
    for table, name in (("comment_reaction", "revision"), ("recommendation", "stamp"), ("consultation", "stamp")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(name)
