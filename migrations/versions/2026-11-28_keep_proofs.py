"""Keep second factors, recovery codes and links by which people choose a password."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_proofs"
down_revision = "2026_11_28_sessions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("people", "password_hash", existing_type=sa.Text(), nullable=True)
    op.add_column("people", sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "second_factors",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("failures >= 0", name=op.f("second_factors_failures_not_negative_check")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (last_step IS NULL)", name=op.f("second_factors_confirmed_by_a_code_check")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("second_factors_person_id_fkey")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("second_factors_pkey")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("octet_length(code_hash) = 32", name=op.f("recovery_codes_code_hash_whole_check")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["second_factors.person_id"],
            name=op.f("recovery_codes_person_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "code_hash", name=op.f("recovery_codes_pkey")),
    )
    op.create_table(
        "password_links",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("octet_length(token_hash) = 32", name=op.f("password_links_token_hash_whole_check")),
        sa.CheckConstraint("used_at IS NULL OR ended_at IS NOT NULL", name=op.f("password_links_used_is_ended_check")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("password_links_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("password_links_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("password_links_token_hash_key")),
    )
    op.create_index(
        "password_links_one_open_key",
        "password_links",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("password_links")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
    op.drop_column("people", "password_changed_at")
    op.execute("UPDATE people SET password_hash = '-' WHERE password_hash IS NULL")
    op.alter_column("people", "password_hash", existing_type=sa.Text(), nullable=False)
