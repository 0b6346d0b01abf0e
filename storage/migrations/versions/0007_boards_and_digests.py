"""What boards, figures and digests need of stories; where a receipt is, and minutes of one's own."""

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
            ["workspace_id", "day", "teller_id", "is_shared"],
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
    with op.batch_alter_table("to_not_vote", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_for", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("spending", schema=None) as batch_op:
        batch_op.add_column(sa.Column("receipt_link", sa.Text(), nullable=True))
    with op.batch_alter_table("person_cap", schema=None) as batch_op:
        batch_op.add_column(sa.Column("day_minutes", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person_cap", schema=None) as batch_op:
        batch_op.drop_column("day_minutes")
    with op.batch_alter_table("spending", schema=None) as batch_op:
        batch_op.drop_column("receipt_link")
    with op.batch_alter_table("to_not_vote", schema=None) as batch_op:
        batch_op.drop_column("is_for")
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index("ix_story_week")
        batch_op.drop_index("ix_story_board")
        batch_op.drop_column("aloud_on")
        batch_op.drop_column("week_of")
