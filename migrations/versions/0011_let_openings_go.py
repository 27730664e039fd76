"""Let the openings of sealed ballots go after the counting plan's delay, and say on which day they did."""

import sqlalchemy as sa
from alembic import op

from consultation.infrastructure import triggers

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPENINGS = {"college": sa.Text(), "salt": sa.LargeBinary(), "bytes": sa.LargeBinary(), "ranks": sa.LargeBinary()}
WHOLE = "(college IS NULL) = (salt IS NULL) AND (salt IS NULL) = (bytes IS NULL) AND (bytes IS NULL) = (ranks IS NULL)"


def upgrade() -> None:
    """Climb to this revision."""
    with op.batch_alter_table("urn") as batch_op:
        batch_op.add_column(sa.Column("openings_deleted_on", sa.Date(), nullable=True))
    _make_openings_optional(True)


def _make_openings_optional(is_so: bool) -> None:
    with op.batch_alter_table("sealed_ballot", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        for name, kind in OPENINGS.items():
            batch_op.alter_column(name, existing_type=kind, nullable=is_so)
        if is_so:
            batch_op.create_check_constraint(op.f("ck_sealed_ballot_opening"), WHOLE)
        else:
            batch_op.drop_constraint(op.f("ck_sealed_ballot_opening"), type_="check")
    if op.get_context().dialect.name == "sqlite":
        triggers.create(op.get_bind(), "sealed_ballot", ("UPDATE",))


def downgrade() -> None:
    """Go back to the revision before; refused by the database where openings have been deleted."""
    _make_openings_optional(False)
    with op.batch_alter_table("urn") as batch_op:
        batch_op.drop_column("openings_deleted_on")
