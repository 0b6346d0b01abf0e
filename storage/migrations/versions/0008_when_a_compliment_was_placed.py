"""When a moderator let a compliment on the wall: digests tell what came on it in their week."""

import sqlalchemy as sa
from alembic import op

import storage.rows

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("compliment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("placed_at", storage.rows.Instant(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("compliment", schema=None) as batch_op:
        batch_op.drop_column("placed_at")
