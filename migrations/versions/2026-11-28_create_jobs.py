"""Create jobs, and the queue library's tables in a schema of their own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from x_pilot_api.core import queue

revision = "2026_11_28_jobs"
down_revision = "2026_11_28_roles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Local tables all: their one trigger, which wakes the workers, would be refused on a tenant's table only.
    for statement in queue.installation():
        op.execute(statement)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("once_as", sa.Text(), nullable=True),
        sa.Column("arguments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'queued'"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress_done", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("progress_total", sa.BigInteger(), nullable=True),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("problem", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("losses", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("cancel_requested", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'awaiting_confirmation', 'succeeded', 'succeeded_with_warnings', "
            "'failed', 'cancelled')",
            name=op.f("jobs_state_known_check"),
        ),
        sa.CheckConstraint(
            "progress_done >= 0 AND attempts >= 0 AND failures >= 0 AND losses >= 0", name=op.f("jobs_counted_check")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state IN ('queued', 'running', 'awaiting_confirmation'))",
            name=op.f("jobs_ended_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("jobs_pkey")),
    )
    op.create_index(op.f("jobs_ended_at_idx"), "jobs", ["ended_at"], postgresql_where=sa.text("ended_at IS NOT NULL"))
    op.create_index(op.f("jobs_institution_id_id_idx"), "jobs", ["institution_id", "id"])
    op.create_index(op.f("jobs_requested_by_id_idx"), "jobs", ["requested_by", "id"])
    op.create_index(
        "jobs_once_as_key",
        "jobs",
        ["once_as"],
        unique=True,
        postgresql_where=sa.text("state = 'queued' AND attempts = 0"),
    )
    op.create_table(
        "platform_idempotency_keys",
        sa.Column("caller_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("caller_id", "method", "path", "key", name=op.f("platform_idempotency_keys_pkey")),
    )
    op.create_index(op.f("platform_idempotency_keys_claimed_at_idx"), "platform_idempotency_keys", ["claimed_at"])
    op.create_index(
        op.f("idempotency_keys_institution_id_claimed_at_idx"), "idempotency_keys", ["institution_id", "claimed_at"]
    )


def downgrade() -> None:
    op.drop_index(op.f("idempotency_keys_institution_id_claimed_at_idx"), "idempotency_keys")
    op.drop_table("platform_idempotency_keys")
    op.drop_table("jobs")
    op.execute(f"DROP SCHEMA {queue.SCHEMA} CASCADE")
