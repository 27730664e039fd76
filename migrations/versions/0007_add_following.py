"""Let people follow what is debated, at the pace they choose."""

import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ADDED = ("language", "html", "writer", "arguments")
DELIVER = ("consultation.infrastructure.mail.deliver", "consultation.infrastructure.mail.delivery.deliver")
BATCH = 1000


def upgrade() -> None:
    """Climb to this revision."""
    with op.batch_alter_table("outgoing_mail") as batch_op:
        for name in ADDED:
            value = "fr" if name == "language" else ""
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=value))
    with op.batch_alter_table("outgoing_mail") as batch_op:
        for name in ADDED:
            batch_op.alter_column(name, server_default=None)
    _rename_job(*DELIVER)
    _add_news()
    _add_subscriptions()
    _tell_of_comments()


def downgrade() -> None:
    """Go back to the revision before."""
    for table in ("mailbox", "subscription", "news"):
        op.drop_table(table)
    _rename_job(*reversed(DELIVER))
    with op.batch_alter_table("outgoing_mail") as batch_op:
        for name in ADDED:
            batch_op.drop_column(name)


def _rename_job(former: str, name: str) -> None:
    job = sa.table("queued_job", sa.column("name"))
    op.execute(job.update().where(job.c.name == former).values(name=name))


def _add_news() -> None:
    op.create_table(
        "news",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.String(length=12), nullable=True),
        sa.Column("thread_id", sa.String(length=12), nullable=True),
        sa.Column("comment_id", sa.String(length=12), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('comment', 'answer', 'opened', 'closing', 'closed', 'published')", name=op.f("ck_news_kind")
        ),
        sa.CheckConstraint("(comment_id IS NULL) = (kind NOT IN ('comment', 'answer'))", name=op.f("ck_news_comment")),
        sa.CheckConstraint("(comment_id IS NULL) = (thread_id IS NULL)", name=op.f("ck_news_thread")),
        sa.CheckConstraint("(comment_id IS NULL) = (recommendation_id IS NULL)", name=op.f("ck_news_recommendation")),
        *(_reference("news", name) for name in ("consultation", "recommendation", "thread", "comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
        sa.UniqueConstraint("number", name=op.f("uq_news_number")),
        sa.UniqueConstraint("comment_id", "kind", name=op.f("uq_news_comment_id_kind")),
    )
    for name in ("consultation", "recommendation", "thread"):
        op.create_index(f"ix_news_of_{name}", "news", [f"{name}_id", "kind", "number"])
    for name in ("consultation", "recommendation"):
        op.create_index(f"ix_news_feed_of_{name}", "news", [f"{name}_id", "kind", "changed_on", "comment_id"])


def _add_subscriptions() -> None:
    things = ("consultation", "recommendation", "thread")
    one_thing = " OR ".join(
        "(" + " AND ".join(f"{other}_id IS {'NOT ' if other == thing else ''}NULL" for other in things) + ")"
        for thing in things
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=True),
        sa.Column("recommendation_id", sa.String(length=12), nullable=True),
        sa.Column("thread_id", sa.String(length=12), nullable=True),
        sa.Column("pace", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_until", sa.Integer(), nullable=False),
        sa.Column("mailed_until", sa.Integer(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "pace IN ('product', 'at_once', 'daily', 'weekly', 'results')", name=op.f("ck_subscription_pace")
        ),
        sa.CheckConstraint("pace <> 'results' OR consultation_id IS NOT NULL", name=op.f("ck_subscription_results")),
        sa.CheckConstraint(one_thing, name=op.f("ck_subscription_one_thing")),
        sa.CheckConstraint("due_at IS NULL OR pace <> 'product'", name=op.f("ck_subscription_due")),
        *(_reference("subscription", name) for name in ("account", *things)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        *(
            sa.UniqueConstraint("account_id", f"{name}_id", name=op.f(f"uq_subscription_account_id_{name}_id"))
            for name in things
        ),
    )
    for name in things:
        op.create_index(f"ix_subscription_{name}_id", "subscription", [f"{name}_id", "pace"])
    op.create_index("ix_subscription_due_at", "subscription", ["due_at", "account_id"])
    op.create_table(
        "mailbox",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("refused_on", sa.Date(), nullable=True),
        _reference("mailbox", "account"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_mailbox")),
        sa.UniqueConstraint("key", name=op.f("uq_mailbox_key")),
    )


def _reference(table: str, name: str) -> sa.ForeignKeyConstraint:
    target = "comment" if name == "thread" else name
    key = op.f(f"fk_{table}_{name}_id")
    return sa.ForeignKeyConstraint([f"{name}_id"], [f"{target}.id"], name=key, ondelete="CASCADE")


def _tell_of_comments() -> None:
    """Number the comments that are there already, in the order in which they were posted, so that feeds hold them."""
    columns = ("id", "consultation_id", "recommendation_id", "parent_id", "posted_at", "posted_on", "withheld_on")
    kinds = {
        "consultation_id": sa.Uuid(),
        "posted_at": sa.DateTime(timezone=True),
        "posted_on": sa.Date(),
        "withheld_on": sa.Date(),
    }
    comment = sa.table("comment", *(sa.column(name, kinds.get(name, sa.String())) for name in columns))
    news = sa.table(
        "news",
        sa.column("id", sa.Uuid()),
        sa.column("number"),
        sa.column("kind"),
        sa.column("consultation_id", sa.Uuid()),
        *(sa.column(f"{name}_id") for name in ("recommendation", "thread", "comment")),
        sa.column("happened_at", sa.DateTime(timezone=True)),
        sa.column("changed_on", sa.Date()),
    )
    connection = op.get_bind()
    in_order = sa.select(comment).order_by(comment.c.posted_at, comment.c.id)
    number = 0
    for part in connection.execute(in_order, execution_options={"yield_per": BATCH}).partitions():
        connection.execute(news.insert(), [_told_of(one, number + place) for place, one in enumerate(part, start=1)])
        number += len(part)


def _told_of(comment: sa.Row[Any], number: int) -> dict[str, object]:
    return {
        "id": uuid.uuid4(),
        "number": number,
        "kind": "comment",
        "consultation_id": comment.consultation_id,
        "recommendation_id": comment.recommendation_id,
        "thread_id": comment.parent_id or comment.id,
        "comment_id": comment.id,
        "happened_at": comment.posted_at,
        "changed_on": comment.withheld_on or comment.posted_on,
    }
