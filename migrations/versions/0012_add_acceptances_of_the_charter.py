"""Keep which edition of the charter each account accepted, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Climb to this revision; whoever registered until now accepted the first edition by the form."""
    op.add_column("account", sa.Column("charter_edition", sa.Integer(), nullable=True))
    op.add_column("account", sa.Column("charter_accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE account SET charter_edition = 1, charter_accepted_at = created_at")


def downgrade() -> None:
    """Go back; which edition was accepted is lost."""
    op.drop_column("account", "charter_accepted_at")
    op.drop_column("account", "charter_edition")
