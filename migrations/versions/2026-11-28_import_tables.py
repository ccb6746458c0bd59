"""Import tables: the files sent, sealed, and what their rows would do or did."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_imports"
down_revision = "2026_11_28_pilot_year"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'uploaded'"), nullable=False),
        sa.Column("file_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_error_file", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("bounds", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("found", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("problem", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'forgotten') <= (sealed_body IS NULL)", name=op.f("imports_forgotten_has_no_file_check")
        ),
        sa.CheckConstraint(
            "(state IN ('applied', 'undone')) <= (applied_at IS NOT NULL)",
            name=op.f("imports_applied_at_some_time_check"),
        ),
        sa.CheckConstraint("mode IN ('delta', 'full')", name=op.f("imports_mode_known_check")),
        sa.CheckConstraint(
            "state IN ('uploaded', 'refused', 'forgotten') OR digest IS NOT NULL",
            name=op.f("imports_previewed_has_a_digest_check"),
        ),
        sa.CheckConstraint(
            "state IN ('uploaded', 'refused', 'previewed', 'confirmed', 'outdated', 'applied', 'undone', 'forgotten')",
            name=op.f("imports_state_known_check"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("imports_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("imports_pkey")),
    )
    op.create_index(
        op.f("imports_institution_id_uploaded_by_id_idx"),
        "imports",
        ["institution_id", "uploaded_by", "id"],
        unique=False,
    )
    op.create_index(
        op.f("imports_uploaded_at_idx"),
        "imports",
        ["uploaded_at"],
        unique=False,
        postgresql_where=sa.text("sealed_body IS NOT NULL"),
    )
    op.create_table(
        "import_rows",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("row_number", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("faults", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("remarks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'blocked') = (faults <> '[]')", name=op.f("import_rows_blocked_for_a_reason_check")
        ),
        sa.CheckConstraint(
            "outcome IN ('created', 'changed', 'unchanged', 'removed', 'blocked')",
            name=op.f("import_rows_outcome_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "import_id"],
            ["imports.institution_id", "imports.id"],
            name=op.f("import_rows_institution_id_import_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "import_id", "sequence", name=op.f("import_rows_pkey")),
    )


def downgrade() -> None:
    op.drop_table("import_rows")
    op.drop_index(
        op.f("imports_uploaded_at_idx"), table_name="imports", postgresql_where=sa.text("sealed_body IS NOT NULL")
    )
    op.drop_index(op.f("imports_institution_id_uploaded_by_id_idx"), table_name="imports")
    op.drop_table("imports")
