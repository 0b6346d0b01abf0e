"""Ideas with their votes and answers, and what colleagues celebrate."""

import sqlalchemy as sa
from alembic import op

import storage.rows

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "celebration",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("photo", sa.String(length=40), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("entered_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"], ["person.id"], name=op.f("fk_celebration_about_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_celebration_entered_by_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_celebration_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_celebration")),
        sa.UniqueConstraint(
            "workspace_id",
            "about_id",
            "occasion",
            "day",
            name=op.f("uq_celebration_workspace_id_about_id_occasion_day"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("celebration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_celebration_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_celebration_entered_by"), ["entered_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_celebration_workspace_id_posted_on_id"), ["workspace_id", "posted_on", "id"], unique=False
        )
    op.create_table(
        "own_dates",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("birthday", sa.String(length=5), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_own_dates_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_own_dates_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_own_dates")),
    )
    with op.batch_alter_table("own_dates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_dates_began_on"), ["began_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_own_dates_birthday"), ["birthday"], unique=False)
    op.create_table(
        "celebration_hidden",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("celebration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["celebration_id"],
            ["celebration.id"],
            name=op.f("fk_celebration_hidden_celebration_id_celebration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_celebration_hidden_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_celebration_hidden_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("celebration_id", "person_id", name=op.f("pk_celebration_hidden")),
    )
    with op.batch_alter_table("celebration_hidden", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_celebration_hidden_person_id"), ["person_id"], unique=False)
    op.create_table(
        "celebration_report",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("celebration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.Column("settled_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["celebration_id"],
            ["celebration.id"],
            name=op.f("fk_celebration_report_celebration_id_celebration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_celebration_report_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_celebration_report_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("celebration_id", "person_id", name=op.f("pk_celebration_report")),
    )
    with op.batch_alter_table("celebration_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_celebration_report_person_id"), ["person_id"], unique=False)
    op.create_table(
        "idea",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("pain", sa.Text(), nullable=False),
        sa.Column("suggester_id", sa.Integer(), nullable=True),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("suggested_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("changed_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("answered_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("moved_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("counted_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("merged_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["idea.id"], name=op.f("fk_idea_merged_into_idea"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["customer_note.id"], name=op.f("fk_idea_note_id_customer_note"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_idea_owner_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["suggester_id"], ["person.id"], name=op.f("fk_idea_suggester_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_idea_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_merged_into"), ["merged_into"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_note_id"), ["note_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_suggester_id"), ["suggester_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_idea_workspace_id_posted_on_id"), ["workspace_id", "posted_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_idea_workspace_id_moved_at"), ["workspace_id", "moved_at"], unique=False)
    op.create_table(
        "idea_answer",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("possible", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_idea_answer_answered_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_answer_idea_id_idea"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_idea_answer_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_answer")),
    )
    with op.batch_alter_table("idea_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_answer_answered_by"), ["answered_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_answer_idea_id"), ["idea_id"], unique=False)
    op.create_table(
        "idea_follower",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.id"], name=op.f("fk_idea_follower_idea_id_idea"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_idea_follower_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_idea_follower_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea_id", "person_id", name=op.f("pk_idea_follower")),
    )
    with op.batch_alter_table("idea_follower", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_follower_person_id"), ["person_id"], unique=False)
    op.create_table(
        "idea_vote",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("changed_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_vote_idea_id_idea"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_idea_vote_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_idea_vote_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea_id", "person_id", name=op.f("pk_idea_vote")),
    )
    with op.batch_alter_table("idea_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_vote_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("idea_vote")
    op.drop_table("idea_follower")
    op.drop_table("idea_answer")
    op.drop_table("idea")
    op.drop_table("celebration_report")
    op.drop_table("celebration_hidden")
    op.drop_table("own_dates")
    op.drop_table("celebration")
