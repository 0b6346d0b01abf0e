"""Compliments, links that lead to pages, what customers say, and posts that have an end."""

import sqlalchemy as sa
from alembic import op

import storage.rows

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("not_after", storage.rows.Instant(timezone=True), nullable=True))
    op.create_table(
        "public_link",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.Column("revoked_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_id"], ["person.id"], name=op.f("fk_public_link_about_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_public_link_made_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_public_link_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_link")),
        sa.UniqueConstraint("token", name=op.f("uq_public_link_token")),
    )
    with op.batch_alter_table("public_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_public_link_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_public_link_made_by"), ["made_by"], unique=False)
    op.create_table(
        "compliment",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("customer", sa.String(length=150), nullable=False),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("came_in", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("photo", sa.String(length=40), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("is_placed", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("own_link", sa.String(length=64), nullable=True),
        sa.Column("for_whom", sa.String(length=150), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_compliment_answered_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_compliment_entered_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["public_link.id"], name=op.f("fk_compliment_link_id_public_link"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_compliment_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compliment")),
        sa.UniqueConstraint("own_link", name=op.f("uq_compliment_own_link")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("compliment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_compliment_answered_by"), ["answered_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_compliment_entered_by"), ["entered_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_compliment_link_id"), ["link_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_compliment_workspace_id_is_placed_day_id"),
            ["workspace_id", "is_placed", "day", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_compliment_workspace_id_is_placed_id"), ["workspace_id", "is_placed", "id"], unique=False
        )
    op.create_table(
        "customer_note",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("heard_by", sa.Integer(), nullable=True),
        sa.Column("received_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("settled_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["heard_by"], ["person.id"], name=op.f("fk_customer_note_heard_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["public_link.id"], name=op.f("fk_customer_note_link_id_public_link"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["person.id"], name=op.f("fk_customer_note_taken_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_customer_note_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_note")),
    )
    with op.batch_alter_table("customer_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_note_heard_by"), ["heard_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_customer_note_link_id"), ["link_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customer_note_taken_by"), ["taken_by"], unique=False)
    op.create_table(
        "page_visit",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["public_link.id"], name=op.f("fk_page_visit_link_id_public_link"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_page_visit_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_visit")),
    )
    with op.batch_alter_table("page_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_visit_link_id_at"), ["link_id", "at"], unique=False)
    op.create_table(
        "compliment_about",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("compliment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["compliment_id"],
            ["compliment.id"],
            name=op.f("fk_compliment_about_compliment_id_compliment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_compliment_about_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_compliment_about_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("compliment_id", "person_id", name=op.f("pk_compliment_about")),
    )
    with op.batch_alter_table("compliment_about", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_compliment_about_person_id"), ["person_id"], unique=False)
    op.create_table(
        "compliment_applause",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("compliment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("changed_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["compliment_id"],
            ["compliment.id"],
            name=op.f("fk_compliment_applause_compliment_id_compliment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_compliment_applause_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_compliment_applause_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("compliment_id", "person_id", name=op.f("pk_compliment_applause")),
    )
    with op.batch_alter_table("compliment_applause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_compliment_applause_person_id"), ["person_id"], unique=False)
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.create_index(
            "ix_story_on_screen",
            ["workspace_id", "posted_on", "id"],
            unique=False,
            sqlite_where=sa.text("on_screen IS 1"),
            postgresql_where=sa.text("on_screen IS true"),
        )


def downgrade() -> None:
    op.drop_table("compliment_applause")
    op.drop_table("compliment_about")
    op.drop_table("page_visit")
    op.drop_table("customer_note")
    op.drop_table("compliment")
    op.drop_table("public_link")
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index("ix_story_on_screen")
    # In place: a table that is made anew would lose its partial index.
    with op.batch_alter_table("outbox", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("not_after")
