"""Seal the logs: leaves computed as rows are inserted, their places, seals; the audit's before, after and origin.

The leaves of rows that are there already are computed now, which writes these tables anew and holds them meanwhile.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_logs"
down_revision = "2026_11_28_events"
branch_labels = None
depends_on = None

# The encoding is frozen here as it is in core/leaves.py: one that changed would make every old leaf look forged.
_FIELDS = {
    "award_changes": (
        "institution_id:uuid id:uuid award_id:uuid state:text reason:text changed_at:instant actor_id:uuid "
        "recorded_at:instant"
    ),
    "audit_events": (
        "institution_id:uuid id:uuid recorded_at:instant actor_kind:text actor_id:uuid deed:text "
        "object_kind:text object_id:uuid request_id:text detail:json before:json after:json "
        "client_address:text client_agent:text"
    ),
    "awards": (
        "institution_id:uuid id:uuid identity_document_id:uuid student_id:uuid holder_name:text "
        "certificate_level_id:uuid number:text verification_code:text issued_on:date recorded_at:instant"
    ),
    "journal_entries": (
        "institution_id:uuid id:uuid kind:text source_kind:text source_id:uuid occasion:integer "
        "reverses_id:uuid actor_id:uuid recorded_at:instant"
    ),
    "platform_audit_events": (
        "id:uuid recorded_at:instant actor_kind:text actor_id:uuid deed:text object_kind:text object_id:uuid "
        "request_id:text detail:json before:json after:json client_address:text client_agent:text"
    ),
    "transfers": (
        "institution_id:uuid id:uuid entry_id:uuid phase:text unit:text debit_account_id:uuid "
        "credit_account_id:uuid amount:integer resolves_id:uuid debit_seq:integer debit_available:integer "
        "credit_seq:integer credit_available:integer recorded_at:instant"
    ),
}
_TEXT = r"int4send(octet_length({0})) || replace({0}, '\'::text, '\\'::text)::bytea"
_KINDS = {
    "uuid": "uuid_send({0})",
    "integer": "int8send({0})",
    "instant": "timestamptz_send({0})",
    "date": "date_send({0})",
    "text": _TEXT,
    "json": _TEXT.replace("{0}", "({0}::text)"),
}


def _leaf(table: str) -> sa.Column[bytes]:
    """Write the column that holds the hash of what must never change in a row."""
    prefix = b"\x00\x01" + len(table).to_bytes(4) + table.encode()
    parts = [rf"'\x{prefix.hex()}'::bytea"]
    for field in _FIELDS[table].split():
        name, _, kind = field.partition(":")
        parts.append(rf"COALESCE('\x01'::bytea || {_KINDS[kind].format(name)}, '\x00'::bytea)")
    expression = f"sha256({' || '.join(parts)})"
    return sa.Column("leaf", sa.LargeBinary(), sa.Computed(expression, persisted=True), nullable=False)


def upgrade() -> None:
    op.create_table(
        "platform_log_leaves",
        sa.Column("leaf_number", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("leaf_number", name=op.f("platform_log_leaves_pkey")),
        sa.UniqueConstraint("source", "row_id", name=op.f("platform_log_leaves_source_row_id_key")),
    )
    op.create_table(
        "platform_log_nodes",
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("platform_log_nodes_pkey")),
    )
    op.create_table(
        "platform_seals",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("previous_root", sa.LargeBinary(), nullable=True),
        sa.Column("horizon_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(number = 1) = (previous_root IS NULL)", name=op.f("platform_seals_first_has_no_previous_check")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("platform_seals_pkey")),
        sa.UniqueConstraint("size", name=op.f("platform_seals_size_key")),
    )
    op.create_table(
        "log_leaves",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("leaf_number", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("log_leaves_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "leaf_number", name=op.f("log_leaves_pkey")),
        sa.UniqueConstraint(
            "institution_id", "source", "row_id", name=op.f("log_leaves_institution_id_source_row_id_key")
        ),
    )
    op.create_table(
        "log_nodes",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("log_nodes_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "level", "number", name=op.f("log_nodes_pkey")),
    )
    op.create_table(
        "seals",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("previous_root", sa.LargeBinary(), nullable=True),
        sa.Column("horizon_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=False),
        sa.CheckConstraint("(number = 1) = (previous_root IS NULL)", name=op.f("seals_first_has_no_previous_check")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("seals_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "number", name=op.f("seals_pkey")),
        sa.UniqueConstraint("institution_id", "size", name=op.f("seals_institution_id_size_key")),
    )
    op.create_table(
        "award_changes",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        _leaf("award_changes"),
        sa.CheckConstraint("state IN ('valid', 'suspended', 'revoked')", name=op.f("award_changes_state_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("award_changes_institution_id_award_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("award_changes_pkey")),
    )
    op.create_index(
        op.f("award_changes_institution_id_award_id_idx"), "award_changes", ["institution_id", "award_id"], unique=False
    )
    op.create_index(
        op.f("award_changes_institution_id_recorded_at_idx"),
        "award_changes",
        ["institution_id", "recorded_at"],
        unique=False,
    )
    op.add_column(
        "audit_events", sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True)
    )
    op.add_column(
        "audit_events", sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True)
    )
    op.add_column("audit_events", sa.Column("client_address", sa.Text(), nullable=True))
    op.add_column("audit_events", sa.Column("client_agent", sa.Text(), nullable=True))
    op.add_column("audit_events", _leaf("audit_events"))
    op.create_index(
        op.f("audit_events_institution_id_recorded_at_idx"),
        "audit_events",
        ["institution_id", "recorded_at"],
        unique=False,
    )
    op.add_column("awards", _leaf("awards"))
    op.create_index(
        op.f("awards_institution_id_recorded_at_idx"), "awards", ["institution_id", "recorded_at"], unique=False
    )
    op.add_column("journal_entries", _leaf("journal_entries"))
    op.create_index(
        op.f("journal_entries_institution_id_recorded_at_idx"),
        "journal_entries",
        ["institution_id", "recorded_at"],
        unique=False,
    )
    op.add_column(
        "platform_audit_events",
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    )
    op.add_column(
        "platform_audit_events",
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    )
    op.add_column("platform_audit_events", sa.Column("client_address", sa.Text(), nullable=True))
    op.add_column("platform_audit_events", sa.Column("client_agent", sa.Text(), nullable=True))
    op.add_column("platform_audit_events", _leaf("platform_audit_events"))
    op.create_index(
        op.f("platform_audit_events_recorded_at_idx"), "platform_audit_events", ["recorded_at"], unique=False
    )
    op.add_column("transfers", _leaf("transfers"))
    op.create_index(
        op.f("transfers_institution_id_recorded_at_idx"), "transfers", ["institution_id", "recorded_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("transfers_institution_id_recorded_at_idx"), table_name="transfers")
    op.drop_column("transfers", "leaf")
    op.drop_index(op.f("platform_audit_events_recorded_at_idx"), table_name="platform_audit_events")
    op.drop_column("platform_audit_events", "leaf")
    op.drop_column("platform_audit_events", "client_agent")
    op.drop_column("platform_audit_events", "client_address")
    op.drop_column("platform_audit_events", "after")
    op.drop_column("platform_audit_events", "before")
    op.drop_index(op.f("journal_entries_institution_id_recorded_at_idx"), table_name="journal_entries")
    op.drop_column("journal_entries", "leaf")
    op.drop_index(op.f("awards_institution_id_recorded_at_idx"), table_name="awards")
    op.drop_column("awards", "leaf")
    op.drop_index(op.f("audit_events_institution_id_recorded_at_idx"), table_name="audit_events")
    op.drop_column("audit_events", "leaf")
    op.drop_column("audit_events", "client_agent")
    op.drop_column("audit_events", "client_address")
    op.drop_column("audit_events", "after")
    op.drop_column("audit_events", "before")
    op.drop_index(op.f("award_changes_institution_id_recorded_at_idx"), table_name="award_changes")
    op.drop_index(op.f("award_changes_institution_id_award_id_idx"), table_name="award_changes")
    op.drop_table("award_changes")
    op.drop_table("seals")
    op.drop_table("log_nodes")
    op.drop_table("log_leaves")
    op.drop_table("platform_seals")
    op.drop_table("platform_log_nodes")
    op.drop_table("platform_log_leaves")
