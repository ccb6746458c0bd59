"""Take results in from files, and let a second person release, object and look on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_results"
down_revision = "2026_11_28_operations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("result_batches", sa.Column("confirmed_by", sa.Uuid(), nullable=True))
    op.add_column("result_batches", sa.Column("file_kind", sa.Text(), nullable=True))
    op.add_column(
        "result_batches",
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("result_batches", sa.Column("job_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("result_batches_second_person_check"), "result_batches", "confirmed_by <> caller_id"
    )
    op.drop_constraint(op.f("results_standing_known_check"), "results", type_="check")
    op.create_check_constraint(
        op.f("results_standing_known_check"),
        "results",
        "standing IN ('effective', 'quarantined', 'rejected', 'superseded')",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("results_standing_known_check"), "results", type_="check")
    op.create_check_constraint(
        op.f("results_standing_known_check"), "results", "standing IN ('effective', 'quarantined', 'superseded')"
    )
    op.drop_constraint(op.f("result_batches_second_person_check"), "result_batches", type_="check")
    op.drop_column("result_batches", "job_id")
    op.drop_column("result_batches", "headers")
    op.drop_column("result_batches", "file_kind")
    op.drop_column("result_batches", "confirmed_by")
