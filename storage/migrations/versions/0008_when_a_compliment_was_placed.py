"""When a compliment came on the wall: by that the screens show them, and digests tell what came in their week."""

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
    op.execute("UPDATE compliment SET placed_at = entered_at WHERE is_placed")
    with op.batch_alter_table("compliment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_compliment_workspace_id_is_placed_id"))
        batch_op.create_index(
            batch_op.f("ix_compliment_workspace_id_is_placed_placed_at_id"),
            ["workspace_id", "is_placed", "placed_at", "id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("compliment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_compliment_workspace_id_is_placed_placed_at_id"))
        batch_op.create_index(
            batch_op.f("ix_compliment_workspace_id_is_placed_id"), ["workspace_id", "is_placed", "id"], unique=False
        )
    with op.batch_alter_table("compliment", schema=None) as batch_op:
        batch_op.drop_column("placed_at")
