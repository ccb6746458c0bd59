"""Keep sums ready: what changes add to a measure, and what they come to."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_tallies"
down_revision = "2026_11_28_six"
branch_labels = None
depends_on = None

_PLACE = ("measure", "unit_id", "stream_id", "subject_id", "period_on")


def upgrade() -> None:
    for table in ("tally_deltas", "tallies"):
        op.create_table(
            table,
            sa.Column("institution_id", sa.Uuid(), nullable=False),
            sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
            sa.Column("measure", sa.Text(), nullable=False),
            sa.Column("unit_id", sa.Uuid(), nullable=True),
            sa.Column("stream_id", sa.Uuid(), nullable=True),
            sa.Column("subject_id", sa.Uuid(), nullable=True),
            sa.Column("period_on", sa.Date(), nullable=True),
            sa.Column("amount", sa.BigInteger(), nullable=False),
            sa.CheckConstraint("extract(day FROM period_on) = 1", name=op.f(f"{table}_period_is_a_month_check")),
            sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f(f"{table}_institution_id_fkey")),
            sa.PrimaryKeyConstraint("institution_id", "id", name=op.f(f"{table}_pkey")),
        )
    op.create_check_constraint(op.f("tally_deltas_amount_changes_check"), "tally_deltas", "amount <> 0")
    op.create_unique_constraint(
        "tallies_one_per_place_key", "tallies", ["institution_id", *_PLACE], postgresql_nulls_not_distinct=True
    )


def downgrade() -> None:
    op.drop_table("tallies")
    op.drop_table("tally_deltas")
