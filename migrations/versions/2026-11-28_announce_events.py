"""Announce events: the outbox that organisations read, and their webhooks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_events"
down_revision = "2026_11_28_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_horizons",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_horizons_pkey")),
    )
    op.create_table(
        "outbox_events",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column(
            "xid",
            sa.BigInteger(),
            server_default=sa.text("((pg_current_xact_id())::text)::bigint"),
            nullable=False,
        ),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=True),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("by_organisation", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("outbox_events_institution_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("outbox_events_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_events_pkey")),
    )
    op.create_index(
        op.f("outbox_events_organisation_id_is_test_xid_id_idx"),
        "outbox_events",
        ["organisation_id", "is_test", "xid", "id"],
        unique=False,
    )
    op.create_index(op.f("outbox_events_recorded_at_idx"), "outbox_events", ["recorded_at"], unique=False)
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_reason", sa.Text(), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "disabled_reason IN ('by_person', 'gone', 'failing')",
            name=op.f("webhook_endpoints_disabled_reason_known_check"),
        ),
        sa.CheckConstraint(
            "(disabled_at IS NULL) = (disabled_reason IS NULL)",
            name=op.f("webhook_endpoints_disabled_for_a_reason_check"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("webhook_endpoints_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("webhook_endpoints_pkey")),
    )
    op.create_index(
        op.f("webhook_endpoints_organisation_id_id_idx"), "webhook_endpoints", ["organisation_id", "id"], unique=False
    )
    op.create_table(
        "webhook_attempts",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("duration_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(status IS NULL) <> (error IS NULL)", name=op.f("webhook_attempts_status_or_error_check")),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoints.id"], name=op.f("webhook_attempts_endpoint_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("webhook_attempts_pkey")),
    )
    op.create_index(op.f("webhook_attempts_attempted_at_idx"), "webhook_attempts", ["attempted_at"], unique=False)
    op.create_index(
        op.f("webhook_attempts_delivery_id_id_idx"), "webhook_attempts", ["delivery_id", "id"], unique=False
    )
    op.create_table(
        "webhook_cursors",
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoints.id"], name=op.f("webhook_cursors_endpoint_id_fkey")
        ),
        sa.PrimaryKeyConstraint("endpoint_id", name=op.f("webhook_cursors_pkey")),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'delivered', 'failed')", name=op.f("webhook_deliveries_state_known_check")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("webhook_deliveries_attempts_counted_check")),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoints.id"], name=op.f("webhook_deliveries_endpoint_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("webhook_deliveries_pkey")),
        sa.UniqueConstraint("endpoint_id", "event_id", name=op.f("webhook_deliveries_endpoint_id_event_id_key")),
    )
    op.create_index(op.f("webhook_deliveries_created_at_idx"), "webhook_deliveries", ["created_at"], unique=False)
    op.create_index(
        op.f("webhook_deliveries_endpoint_id_next_attempt_at_idx"),
        "webhook_deliveries",
        ["endpoint_id", "next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "webhook_secrets",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoints.id"], name=op.f("webhook_secrets_endpoint_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("webhook_secrets_pkey")),
    )
    op.create_index(op.f("webhook_secrets_endpoint_id_idx"), "webhook_secrets", ["endpoint_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("webhook_secrets_endpoint_id_idx"), table_name="webhook_secrets")
    op.drop_table("webhook_secrets")
    op.drop_index(
        op.f("webhook_deliveries_endpoint_id_next_attempt_at_idx"),
        table_name="webhook_deliveries",
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("webhook_deliveries_created_at_idx"), table_name="webhook_deliveries")
    op.drop_table("webhook_deliveries")
    op.drop_table("webhook_cursors")
    op.drop_index(op.f("webhook_attempts_delivery_id_id_idx"), table_name="webhook_attempts")
    op.drop_index(op.f("webhook_attempts_attempted_at_idx"), table_name="webhook_attempts")
    op.drop_table("webhook_attempts")
    op.drop_index(op.f("webhook_endpoints_organisation_id_id_idx"), table_name="webhook_endpoints")
    op.drop_table("webhook_endpoints")
    op.drop_table("outbox_events")
    op.drop_table("outbox_horizons")
