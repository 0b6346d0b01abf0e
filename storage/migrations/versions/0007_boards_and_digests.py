"""What boards, figures and digests need of stories."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.add_column(sa.Column("week_of", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("aloud_on", sa.Date(), nullable=True))
        batch_op.create_index(
            "ix_story_board",
            ["workspace_id", "day", "teller_id"],
            unique=False,
            sqlite_where=sa.text("is_shared IS 1"),
            postgresql_where=sa.text("is_shared IS true"),
        )
        batch_op.create_index(
            "ix_story_week",
            ["workspace_id", "week_of"],
            unique=False,
            sqlite_where=sa.text("week_of IS NOT NULL"),
            postgresql_where=sa.text("week_of IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index("ix_story_week")
        batch_op.drop_index("ix_story_board")
        batch_op.drop_column("aloud_on")
        batch_op.drop_column("week_of")
