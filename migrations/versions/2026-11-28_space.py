"""Send messages to persons, and let a student's device sync: messages, mails, mail addresses, marks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_space"
down_revision = "2026_11_28_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_marks",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column(
            "xid",
            sa.BigInteger(),
            server_default=sa.text("((pg_snapshot_xmin(pg_current_snapshot()))::text)::bigint"),
            nullable=False,
        ),
        sa.Column("marked_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("change_marks_pkey")),
    )
    op.create_index(op.f("change_marks_marked_at_xid_idx"), "change_marks", ["marked_at", "xid"], unique=False)
    op.create_index(op.f("change_marks_xid_marked_at_idx"), "change_marks", ["xid", "marked_at"], unique=False)
    op.create_table(
        "mail_addresses",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_status", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(code_hash IS NULL) = (code_expires_at IS NULL)", name=op.f("mail_addresses_code_has_an_end_check")
        ),
        sa.CheckConstraint(
            "(refused_at IS NULL) = (refused_status IS NULL)", name=op.f("mail_addresses_refusal_has_a_status_check")
        ),
        sa.CheckConstraint(
            "code_hash IS NULL OR octet_length(code_hash) = 32", name=op.f("mail_addresses_code_hash_whole_check")
        ),
        sa.CheckConstraint("failures >= 0", name=op.f("mail_addresses_failures_not_negative_check")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("mail_addresses_person_id_fkey")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("mail_addresses_pkey")),
    )
    op.create_table(
        "message_preferences",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("message_preferences_person_id_fkey")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("message_preferences_pkey")),
    )
    op.create_table(
        "messages",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=True),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("shown_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(object_kind IS NULL) = (object_id IS NULL)", name=op.f("messages_object_whole_check")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("messages_institution_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("messages_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("messages_pkey")),
    )
    op.create_index(op.f("messages_created_at_idx"), "messages", ["created_at"], unique=False)
    op.create_index(op.f("messages_person_id_id_idx"), "messages", ["person_id", "id"], unique=False)
    op.create_index(
        op.f("messages_person_id_idx"),
        "messages",
        ["person_id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "mails",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_status", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("mails_sending_has_an_instant_check")),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'refused', 'failed', 'dropped')", name=op.f("mails_state_known_check")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("mails_attempts_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "message_id"],
            ["messages.institution_id", "messages.id"],
            name=op.f("mails_institution_id_message_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("mails_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("mails_pkey")),
    )
    op.create_index(op.f("mails_institution_id_batch_id_idx"), "mails", ["institution_id", "batch_id"], unique=False)
    op.create_index(
        op.f("mails_institution_id_message_id_idx"), "mails", ["institution_id", "message_id"], unique=False
    )
    op.create_index(
        op.f("memberships_institution_id_student_id_idx"),
        "memberships",
        ["institution_id", "student_id"],
        unique=False,
        postgresql_where=sa.text("student_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        op.f("memberships_institution_id_student_id_idx"),
        table_name="memberships",
        postgresql_where=sa.text("student_id IS NOT NULL"),
    )
    op.drop_index(op.f("mails_institution_id_message_id_idx"), table_name="mails")
    op.drop_index(op.f("mails_institution_id_batch_id_idx"), table_name="mails")
    op.drop_table("mails")
    op.drop_index(op.f("messages_person_id_idx"), table_name="messages", postgresql_where=sa.text("read_at IS NULL"))
    op.drop_index(op.f("messages_person_id_id_idx"), table_name="messages")
    op.drop_index(op.f("messages_created_at_idx"), table_name="messages")
    op.drop_table("messages")
    op.drop_table("message_preferences")
    op.drop_table("mail_addresses")
    op.drop_index(op.f("change_marks_xid_marked_at_idx"), table_name="change_marks")
    op.drop_index(op.f("change_marks_marked_at_xid_idx"), table_name="change_marks")
    op.drop_table("change_marks")
