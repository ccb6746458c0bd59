"""Keep who is signed in, their refresh tokens by hash, and failed attempts to sign in."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_sessions"
down_revision = "2026_11_24_spine"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "ended_reason IN ('signed_out', 'ended_by_person', 'token_reused', 'password_changed', "
            "'person_disabled', 'second_factor_changed', 'administrator')",
            name=op.f("sessions_ended_reason_known_check"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_reason IS NULL)", name=op.f("sessions_reason_for_ending_check")
        ),
        sa.CheckConstraint("idle_ends_at <= ends_at", name=op.f("sessions_idle_within_life_check")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("sessions_person_id_fkey")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("sessions_institution_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sessions_pkey")),
    )
    op.create_index(op.f("sessions_person_id_idx"), "sessions", ["person_id"])
    op.create_index(op.f("sessions_idle_ends_at_idx"), "sessions", ["idle_ends_at"])
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("refresh_tokens_number_positive_check")),
        sa.CheckConstraint("octet_length(token_hash) = 32", name=op.f("refresh_tokens_token_hash_whole_check")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("refresh_tokens_session_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("refresh_tokens_pkey")),
        sa.UniqueConstraint("session_id", "number", name=op.f("refresh_tokens_session_id_number_key")),
    )
    op.create_index(
        "refresh_tokens_one_unused_key",
        "refresh_tokens",
        ["session_id"],
        unique=True,
        postgresql_where=sa.text("used_at IS NULL"),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('account', 'address')", name=op.f("sign_in_attempts_kind_known_check")),
        sa.CheckConstraint("failures >= 0", name=op.f("sign_in_attempts_failures_not_negative_check")),
        sa.PrimaryKeyConstraint("kind", "key_hash", name=op.f("sign_in_attempts_pkey")),
    )
    op.create_index(op.f("sign_in_attempts_failed_at_idx"), "sign_in_attempts", ["failed_at"])


def downgrade() -> None:
    op.drop_table("sign_in_attempts")
    op.drop_table("refresh_tokens")
    op.drop_table("sessions")
