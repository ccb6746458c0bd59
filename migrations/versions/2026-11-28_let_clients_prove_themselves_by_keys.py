"""Let machine clients prove themselves by keys, sign what they push, and work on test data or on live data."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_client_keys"
down_revision = "2026_11_28_logs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_unique_constraint(op.f("institutions_id_is_test_key"), "institutions", ["id", "is_test"])

    # A client of before works on live data, so it loses its secret: its organisation gives it a key.
    op.add_column(
        "machine_clients", sa.Column("is_test", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column(
        "machine_clients",
        sa.Column("signature_required", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("machine_clients", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("machine_clients", "secret_hash", existing_type=sa.Text(), nullable=True)
    op.execute("UPDATE machine_clients SET secret_hash = NULL, client_id = 'live_' || client_id")
    op.create_check_constraint(
        op.f("machine_clients_live_has_no_secret_check"), "machine_clients", "is_test OR secret_hash IS NULL"
    )
    op.create_check_constraint(
        op.f("machine_clients_prefix_of_its_mode_check"),
        "machine_clients",
        "starts_with(client_id, CASE WHEN is_test THEN 'test_' ELSE 'live_' END)",
    )
    op.create_unique_constraint(op.f("machine_clients_id_is_test_key"), "machine_clients", ["id", "is_test"])
    op.create_index(op.f("machine_clients_organisation_id_idx"), "machine_clients", ["organisation_id"], unique=False)

    op.create_table(
        "client_keys",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("machine_client_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("public_jwk", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("machine_client_id"), "="),
            (sa.column("slot"), "="),
            (sa.text("tstzrange(not_before, not_after)"), "&&"),
            where=sa.text("revoked_at IS NULL"),
            using="gist",
            name="client_keys_one_a_slot_excl",
        ),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)", name=op.f("client_keys_approval_names_somebody_check")
        ),
        sa.CheckConstraint("not_after > not_before", name=op.f("client_keys_period_in_order_check")),
        sa.CheckConstraint("slot IN (1, 2)", name=op.f("client_keys_slot_known_check")),
        sa.ForeignKeyConstraint(
            ["machine_client_id"], ["machine_clients.id"], name=op.f("client_keys_machine_client_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("client_keys_pkey")),
        sa.UniqueConstraint("kid", name=op.f("client_keys_kid_key")),
    )
    op.create_table(
        "client_key_uses",
        sa.Column("client_key_id", sa.Uuid(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("use IN ('assertion', 'signature')", name=op.f("client_key_uses_use_known_check")),
        sa.ForeignKeyConstraint(["client_key_id"], ["client_keys.id"], name=op.f("client_key_uses_client_key_id_fkey")),
        sa.PrimaryKeyConstraint("client_key_id", "use", "nonce", name=op.f("client_key_uses_pkey")),
    )
    op.create_index(op.f("client_key_uses_expires_at_idx"), "client_key_uses", ["expires_at"], unique=False)

    op.add_column("result_batches", sa.Column("is_test", sa.Boolean(), nullable=True))
    op.execute(
        "UPDATE result_batches SET is_test = institutions.is_test"
        " FROM institutions WHERE institutions.id = result_batches.institution_id"
    )
    op.alter_column("result_batches", "is_test", existing_type=sa.Boolean(), nullable=False)
    # Who pushed a batch of before is in caller_id; which mode its client had nobody wrote down.
    op.add_column("result_batches", sa.Column("machine_client_id", sa.Uuid(), nullable=True))
    op.add_column("result_batches", sa.Column("signature", sa.LargeBinary(), nullable=True))
    op.add_column("result_batches", sa.Column("signature_base", sa.Text(), nullable=True))
    op.add_column("result_batches", sa.Column("client_key_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("result_batches_signature_whole_check"),
        "result_batches",
        "num_nulls(signature, signature_base, client_key_id) IN (0, 3)",
    )
    op.create_foreign_key(
        op.f("result_batches_institution_id_is_test_fkey"),
        "result_batches",
        "institutions",
        ["institution_id", "is_test"],
        ["id", "is_test"],
    )
    op.create_foreign_key(
        op.f("result_batches_machine_client_id_is_test_fkey"),
        "result_batches",
        "machine_clients",
        ["machine_client_id", "is_test"],
        ["id", "is_test"],
    )
    op.create_foreign_key(
        op.f("result_batches_client_key_id_fkey"), "result_batches", "client_keys", ["client_key_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_constraint(op.f("result_batches_client_key_id_fkey"), "result_batches", type_="foreignkey")
    op.drop_constraint(op.f("result_batches_machine_client_id_is_test_fkey"), "result_batches", type_="foreignkey")
    op.drop_constraint(op.f("result_batches_institution_id_is_test_fkey"), "result_batches", type_="foreignkey")
    op.drop_constraint(op.f("result_batches_signature_whole_check"), "result_batches", type_="check")
    for column in ("client_key_id", "signature_base", "signature", "machine_client_id", "is_test"):
        op.drop_column("result_batches", column)
    op.drop_table("client_key_uses")
    op.drop_table("client_keys")
    op.drop_index(op.f("machine_clients_organisation_id_idx"), table_name="machine_clients")
    op.drop_constraint(op.f("machine_clients_id_is_test_key"), "machine_clients", type_="unique")
    op.drop_constraint(op.f("machine_clients_prefix_of_its_mode_check"), "machine_clients", type_="check")
    op.drop_constraint(op.f("machine_clients_live_has_no_secret_check"), "machine_clients", type_="check")
    # The service of before wants a hash; this one fits no secret.
    op.execute("UPDATE machine_clients SET secret_hash = '-' WHERE secret_hash IS NULL")
    op.alter_column("machine_clients", "secret_hash", existing_type=sa.Text(), nullable=False)
    for column in ("last_used_at", "signature_required", "is_test"):
        op.drop_column("machine_clients", column)
    op.drop_constraint(op.f("institutions_id_is_test_key"), "institutions", type_="unique")
