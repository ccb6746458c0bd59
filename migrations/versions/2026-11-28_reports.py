"""Periodic reports of the colleges, their types as data, and the feed of records to an outside platform."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_reports"
down_revision = "2026_11_28_tallies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed_drops",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("records > 0", name=op.f("feed_drops_records_counted_check")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("feed_drops_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("feed_drops_pkey")),
        sa.UniqueConstraint("institution_id", "file_name", name=op.f("feed_drops_institution_id_file_name_key")),
    )
    op.create_table(
        "report_types",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("versions", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "cadence IN ('monthly', 'quarterly', 'yearly', 'once')", name=op.f("report_types_cadence_known_check")
        ),
        sa.CheckConstraint("state IN ('active', 'retired')", name=op.f("report_types_state_known_check")),
        sa.CheckConstraint("versions >= 0", name=op.f("report_types_versions_counted_check")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("report_types_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("report_types_pkey")),
        sa.UniqueConstraint("institution_id", "code", name=op.f("report_types_institution_id_code_key")),
    )
    op.create_table(
        "report_type_versions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("report_type_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("due_days", sa.BigInteger(), nullable=False),
        sa.Column("remind_days", sa.BigInteger(), nullable=False),
        sa.Column("sections", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("defined_by", sa.Uuid(), nullable=False),
        sa.Column(
            "defined_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("due_days BETWEEN 0 AND 366", name=op.f("report_type_versions_due_days_in_range_check")),
        sa.CheckConstraint("number > 0", name=op.f("report_type_versions_number_positive_check")),
        sa.CheckConstraint(
            "remind_days BETWEEN 0 AND 60", name=op.f("report_type_versions_remind_days_in_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "report_type_id"],
            ["report_types.institution_id", "report_types.id"],
            name=op.f("report_type_versions_institution_id_report_type_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("report_type_versions_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "report_type_id",
            "number",
            name=op.f("report_type_versions_institution_id_report_type_id_number_key"),
        ),
    )
    op.create_table(
        "reports",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("report_type_id", sa.Uuid(), nullable=False),
        sa.Column("type_version_id", sa.Uuid(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("submissions", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("report_type_id"), "="),
            (sa.column("college_id"), "="),
            (sa.text("daterange(period_from, period_to, '[]')"), "&&"),
            using="gist",
            name="reports_no_day_twice_excl",
        ),
        sa.CheckConstraint("state = 'draft' OR submissions > 0", name=op.f("reports_answered_was_submitted_check")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'accepted')", name=op.f("reports_state_known_check")
        ),
        sa.CheckConstraint(
            "(submissions = 0) = (submitted_by IS NULL) AND (submitted_by IS NULL) = (is_late IS NULL)",
            name=op.f("reports_submission_whole_check"),
        ),
        sa.CheckConstraint("due_on >= period_from", name=op.f("reports_due_after_it_began_check")),
        sa.CheckConstraint("period_from <= period_to", name=op.f("reports_period_in_order_check")),
        sa.CheckConstraint("submissions >= 0", name=op.f("reports_submissions_counted_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("reports_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "report_type_id"],
            ["report_types.institution_id", "report_types.id"],
            name=op.f("reports_institution_id_report_type_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "type_version_id"],
            ["report_type_versions.institution_id", "report_type_versions.id"],
            name=op.f("reports_institution_id_type_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("reports_pkey")),
    )
    op.create_index(
        "reports_awaited_idx",
        "reports",
        ["institution_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("state IN ('draft', 'returned')"),
    )
    op.create_index(
        op.f("reports_institution_id_college_id_idx"), "reports", ["institution_id", "college_id"], unique=False
    )
    op.create_table(
        "report_decisions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("submission", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column(
            "decided_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "state = 'accepted' OR comment IS NOT NULL", name=op.f("report_decisions_sending_back_has_a_comment_check")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'accepted')", name=op.f("report_decisions_state_known_check")
        ),
        sa.CheckConstraint("state IN ('returned', 'accepted')", name=op.f("report_decisions_an_answer_check")),
        sa.CheckConstraint("submission > 0", name=op.f("report_decisions_of_a_submission_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "report_id"],
            ["reports.institution_id", "reports.id"],
            name=op.f("report_decisions_institution_id_report_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("report_decisions_pkey")),
    )
    op.create_index(
        op.f("report_decisions_institution_id_report_id_idx"),
        "report_decisions",
        ["institution_id", "report_id"],
        unique=False,
    )
    op.create_table(
        "report_narratives",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("section_code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "report_id"],
            ["reports.institution_id", "reports.id"],
            name=op.f("report_narratives_institution_id_report_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "report_id", "section_code", name=op.f("report_narratives_pkey")),
    )
    op.create_table(
        "report_reminders",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "reminded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("kind IN ('ahead', 'overdue')", name=op.f("report_reminders_kind_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "report_id"],
            ["reports.institution_id", "reports.id"],
            name=op.f("report_reminders_institution_id_report_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "report_id", "kind", name=op.f("report_reminders_pkey")),
    )
    op.create_table(
        "report_submissions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("narratives", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column(
            "submitted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("number > 0", name=op.f("report_submissions_number_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "report_id"],
            ["reports.institution_id", "reports.id"],
            name=op.f("report_submissions_institution_id_report_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("report_submissions_pkey")),
        sa.UniqueConstraint(
            "institution_id", "report_id", "number", name=op.f("report_submissions_institution_id_report_id_number_key")
        ),
    )
    op.create_table(
        "feed_records",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="to_generate", nullable=False),
        sa.Column("drop_id", sa.Uuid(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column(
            "collected_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'to_generate') = (drop_id IS NULL)", name=op.f("feed_records_generated_into_a_file_check")
        ),
        sa.CheckConstraint(
            "(state IN ('accepted', 'person_unknown', 'format_refused')) = (answered_at IS NOT NULL)",
            name=op.f("feed_records_answer_has_an_instant_check"),
        ),
        sa.CheckConstraint(
            "state IN ('to_generate', 'to_send', 'sent', 'accepted', 'person_unknown', 'format_refused')",
            name=op.f("feed_records_state_known_check"),
        ),
        sa.CheckConstraint("revision > 0", name=op.f("feed_records_revision_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("feed_records_institution_id_award_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "drop_id"],
            ["feed_drops.institution_id", "feed_drops.id"],
            name=op.f("feed_records_institution_id_drop_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("feed_records_pkey")),
        sa.UniqueConstraint(
            "institution_id", "award_id", "revision", name=op.f("feed_records_institution_id_award_id_revision_key")
        ),
    )
    op.create_index(
        op.f("feed_records_institution_id_drop_id_idx"), "feed_records", ["institution_id", "drop_id"], unique=False
    )
    op.create_index(
        "feed_records_waiting_idx",
        "feed_records",
        ["institution_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'to_generate'"),
    )
    op.create_table(
        "report_figures",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=False),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("numerator >= 0 AND denominator >= 0", name=op.f("report_figures_not_negative_check")),
        sa.CheckConstraint("version > 0", name=op.f("report_figures_version_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "submission_id"],
            ["report_submissions.institution_id", "report_submissions.id"],
            name=op.f("report_figures_institution_id_submission_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "submission_id", "code", name=op.f("report_figures_pkey")),
    )
    op.create_table(
        "feed_lines",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_line", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "record_id"],
            ["feed_records.institution_id", "feed_records.id"],
            name=op.f("feed_lines_institution_id_record_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "record_id", name=op.f("feed_lines_pkey")),
    )


def downgrade() -> None:
    op.drop_table("feed_lines")
    op.drop_table("report_figures")
    op.drop_index(
        "feed_records_waiting_idx", table_name="feed_records", postgresql_where=sa.text("state = 'to_generate'")
    )
    op.drop_index(op.f("feed_records_institution_id_drop_id_idx"), table_name="feed_records")
    op.drop_table("feed_records")
    op.drop_table("report_submissions")
    op.drop_table("report_reminders")
    op.drop_table("report_narratives")
    op.drop_index(op.f("report_decisions_institution_id_report_id_idx"), table_name="report_decisions")
    op.drop_table("report_decisions")
    op.drop_index(op.f("reports_institution_id_college_id_idx"), table_name="reports")
    op.drop_index(
        "reports_awaited_idx", table_name="reports", postgresql_where=sa.text("state IN ('draft', 'returned')")
    )
    op.drop_table("reports")
    op.drop_table("report_type_versions")
    op.drop_table("report_types")
    op.drop_table("feed_drops")
