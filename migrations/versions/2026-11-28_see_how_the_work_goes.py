"""See how the work goes: jobs keep the id of the request that asked for them, and are counted where they are not done."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_operations"
down_revision = "2026_11_28_client_keys"


def upgrade() -> None:
    op.add_column("jobs", sa.Column("request_id", sa.Text(), nullable=True))
    op.create_index(
        op.f("jobs_kind_state_idx"),
        "jobs",
        ["kind", "state"],
        postgresql_where=sa.text("state IN ('queued', 'running', 'awaiting_confirmation', 'failed')"),
    )


def downgrade() -> None:
    op.drop_index(op.f("jobs_kind_state_idx"), "jobs")
    op.drop_column("jobs", "request_id")
