"""See how the work goes: whose request a job is, what is not done, where a leaf is, and what to look at."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_operations"
down_revision = "2026_11_28_imports"


def upgrade() -> None:
    op.add_column("jobs", sa.Column("request_id", sa.Text(), nullable=True))
    op.create_index(
        op.f("jobs_kind_state_idx"),
        "jobs",
        ["kind", "state"],
        postgresql_where=sa.text("state IN ('queued', 'running', 'awaiting_confirmation', 'failed')"),
    )

    op.create_index("log_leaves_leaf_idx", "log_leaves", ["leaf"], postgresql_using="hash")
    op.create_index("platform_log_leaves_leaf_idx", "platform_log_leaves", ["leaf"], postgresql_using="hash")
    op.create_table(
        "health_warnings",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("health_warnings_pkey")),
    )


def downgrade() -> None:
    op.drop_table("health_warnings")
    op.drop_index("platform_log_leaves_leaf_idx", "platform_log_leaves")
    op.drop_index("log_leaves_leaf_idx", "log_leaves")
    op.drop_index(op.f("jobs_kind_state_idx"), "jobs")
    op.drop_column("jobs", "request_id")
