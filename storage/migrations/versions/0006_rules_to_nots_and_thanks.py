"""House rules that may be bent, what the team stops doing, and thanks for stories."""

import sqlalchemy as sa
from alembic import op

import storage.rows

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permission",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=150), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.Column("is_in_force", sa.Boolean(), nullable=False),
        sa.Column("put_to_managers_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("scrap_proposed_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_permission_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_permission_written_by_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permission")),
    )
    with op.batch_alter_table("permission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_permission_written_by"), ["written_by"], unique=False)
    op.create_table(
        "to_not",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=150), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_to_not_proposed_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_to_not_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_to_not")),
    )
    with op.batch_alter_table("to_not", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_to_not_proposed_by"), ["proposed_by"], unique=False)
    op.create_table(
        "story_permission",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("permission_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["permission_id"],
            ["permission.id"],
            name=op.f("fk_story_permission_permission_id_permission"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_permission_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_story_permission_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_story_permission")),
    )
    with op.batch_alter_table("story_permission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_permission_permission_id"), ["permission_id"], unique=False)
    op.create_table(
        "to_not_kept",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("to_not_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("said_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_to_not_kept_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["to_not_id"], ["to_not.id"], name=op.f("fk_to_not_kept_to_not_id_to_not"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_to_not_kept_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("to_not_id", "month", name=op.f("pk_to_not_kept")),
    )
    with op.batch_alter_table("to_not_kept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_to_not_kept_person_id"), ["person_id"], unique=False)
    op.create_table(
        "to_not_vote",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("to_not_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("voted_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_to_not_vote_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_not_id"], ["to_not.id"], name=op.f("fk_to_not_vote_to_not_id_to_not"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_to_not_vote_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("to_not_id", "person_id", name=op.f("pk_to_not_vote")),
    )
    with op.batch_alter_table("to_not_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_to_not_vote_person_id"), ["person_id"], unique=False)
    op.create_table(
        "thanks",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("move_id", sa.Integer(), nullable=True),
        sa.Column("thanked_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_thanks_from_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["move_id"], ["gift_move.id"], name=op.f("fk_thanks_move_id_gift_move"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_thanks_story_id_story"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_thanks_to_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_thanks_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("move_id", name=op.f("uq_thanks_move_id")),
    )
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thanks_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thanks_story_id"), ["story_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thanks_to_id"), ["to_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_thanks_workspace_id_from_id_thanked_at"),
            ["workspace_id", "from_id", "thanked_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_thanks_workspace_id_to_id_thanked_at"), ["workspace_id", "to_id", "thanked_at"], unique=False
        )


def downgrade() -> None:
    op.drop_table("thanks")
    op.drop_table("to_not_vote")
    op.drop_table("to_not_kept")
    op.drop_table("story_permission")
    op.drop_table("to_not")
    op.drop_table("permission")
