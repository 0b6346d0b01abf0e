"""The ledger of what people spend, with its caps and closed months, and the gift cupboards."""

import sqlalchemy as sa
from alembic import op

import storage.rows

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closed_month",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["person.id"], name=op.f("fk_closed_month_closed_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_closed_month_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "month", name=op.f("pk_closed_month")),
    )
    with op.batch_alter_table("closed_month", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closed_month_closed_by"), ["closed_by"], unique=False)
    op.create_table(
        "cupboard",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["keeper_id"], ["person.id"], name=op.f("fk_cupboard_keeper_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_cupboard_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cupboard")),
    )
    with op.batch_alter_table("cupboard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cupboard_keeper_id"), ["keeper_id"], unique=False)
    op.create_table(
        "person_cap",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("day_cents", sa.Integer(), nullable=True),
        sa.Column("month_cents", sa.Integer(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_cap_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.id"], name=op.f("fk_person_cap_set_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_person_cap_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "first_day", name=op.f("pk_person_cap")),
    )
    with op.batch_alter_table("person_cap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_cap_set_by"), ["set_by"], unique=False)
    op.create_table(
        "gift",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cupboard_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("emoji", sa.String(length=40), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("says", sa.String(length=20), nullable=True),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("low_at", sa.Integer(), nullable=False),
        sa.Column("alerted_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.CheckConstraint("stock >= 0", name=op.f("ck_gift_stock")),
        sa.ForeignKeyConstraint(
            ["cupboard_id"], ["cupboard.id"], name=op.f("fk_gift_cupboard_id_cupboard"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_gift_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift")),
    )
    with op.batch_alter_table("gift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gift_cupboard_id"), ["cupboard_id"], unique=False)
    op.create_table(
        "spending",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("what_for", sa.Text(), nullable=False),
        sa.Column("paid_with", sa.String(length=10), nullable=False),
        sa.Column("company", sa.String(length=150), nullable=False),
        sa.Column("vat_rate", sa.Integer(), nullable=True),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=True),
        sa.Column("no_receipt", sa.Text(), nullable=False),
        sa.Column("is_from_story", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("is_spent", sa.Boolean(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("cents_approved", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.Column("asked_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.Column("paid_back_by", sa.Integer(), nullable=True),
        sa.Column("paid_back_at", storage.rows.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_spending_decided_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["paid_back_by"], ["person.id"], name=op.f("fk_spending_paid_back_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_spending_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_spending_story_id_story"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_spending_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("spending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spending_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_spending_paid_back_by"), ["paid_back_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_spending_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spending_story_id"), ["story_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_spending_workspace_id_person_id_day"), ["workspace_id", "person_id", "day"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_spending_workspace_id_status_day"), ["workspace_id", "status", "day"], unique=False
        )
        batch_op.create_index(
            "ix_spending_company",
            ["workspace_id", "day"],
            unique=False,
            sqlite_where=sa.literal_column("company <> ''"),
            postgresql_where=sa.literal_column("company <> ''"),
        )
        batch_op.create_index(
            batch_op.f("ix_spending_workspace_id_paid_with_paid_back_at"),
            ["workspace_id", "paid_with", "paid_back_at"],
            unique=False,
        )
    op.create_table(
        "gift_move",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gift_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("for_person_id", sa.Integer(), nullable=True),
        sa.Column("spending_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("moved_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["for_person_id"], ["person.id"], name=op.f("fk_gift_move_for_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f("fk_gift_move_gift_id_gift"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_gift_move_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["spending_id"], ["spending.id"], name=op.f("fk_gift_move_spending_id_spending"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["gift_move.id"], name=op.f("fk_gift_move_undoes_id_gift_move"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_gift_move_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_move")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_gift_move_undoes_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gift_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gift_move_for_person_id"), ["for_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gift_move_gift_id"), ["gift_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gift_move_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gift_move_spending_id"), ["spending_id"], unique=False)
    op.create_table(
        "ledger_entry",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spending_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("booked_at", storage.rows.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["ledger_entry.id"],
            name=op.f("fk_ledger_entry_corrects_id_ledger_entry"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_ledger_entry_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["spending_id"], ["spending.id"], name=op.f("fk_ledger_entry_spending_id_spending"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_ledger_entry_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_entry_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_entry_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_entry_spending_id"), ["spending_id"], unique=False)
        batch_op.create_index(
            "ix_ledger_entry_month", ["workspace_id", "month", "person_id", "is_staff", "cents"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ledger_entry_workspace_id_person_id_day"), ["workspace_id", "person_id", "day"], unique=False
        )


def downgrade() -> None:
    op.drop_table("ledger_entry")
    op.drop_table("gift_move")
    op.drop_table("spending")
    op.drop_table("gift")
    op.drop_table("person_cap")
    op.drop_table("cupboard")
    op.drop_table("closed_month")
