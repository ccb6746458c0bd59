"""Teach people who are no students here, and count what their teachers do as workload."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_social_training"
down_revision = "2026_11_28_qualifications"
branch_labels = None
depends_on = None


_UNITS = "ledger_accounts_unit_known_check"


def upgrade() -> None:
    op.drop_constraint(op.f(_UNITS), "ledger_accounts")
    op.create_check_constraint(op.f(_UNITS), "ledger_accounts", "unit IN ('credit', 'cny', 'workload')")
    op.create_table(
        "workload_ratios",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=False),
        sa.Column("denominator", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("loaded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.text("daterange(effective_from, effective_to, '[]')"), "&&"),
            using="gist",
            name="workload_ratios_one_a_day_excl",
        ),
        sa.CheckConstraint("denominator BETWEEN 1 AND 10000", name=op.f("workload_ratios_denominator_in_range_check")),
        sa.CheckConstraint("effective_to >= effective_from", name=op.f("workload_ratios_days_in_order_check")),
        sa.CheckConstraint(
            "numerator * 10 >= denominator AND numerator <= denominator * 10",
            name=op.f("workload_ratios_ratio_plausible_check"),
        ),
        sa.CheckConstraint("numerator BETWEEN 1 AND 10000", name=op.f("workload_ratios_numerator_in_range_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("workload_ratios_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("workload_ratios_pkey")),
    )
    op.create_table(
        "social_classes",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=True),
        sa.Column("hours_tenths", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (reason IS NOT NULL)", name=op.f("social_classes_cancelling_has_a_reason_check")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'running', 'finished', 'cancelled')",
            name=op.f("social_classes_state_known_check"),
        ),
        sa.CheckConstraint("hours_tenths BETWEEN 1 AND 20000", name=op.f("social_classes_hours_in_range_check")),
        sa.CheckConstraint("places BETWEEN 1 AND 500", name=op.f("social_classes_places_in_range_check")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("social_classes_days_in_order_check")),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name=op.f("social_classes_taken_within_places_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("social_classes_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("social_classes_institution_id_college_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("social_classes_pkey")),
    )
    op.create_index(
        op.f("social_classes_certificate_level_id_idx"), "social_classes", ["certificate_level_id"], unique=False
    )
    op.create_index(
        op.f("social_classes_institution_id_college_id_starts_on_idx"),
        "social_classes",
        ["institution_id", "college_id", "starts_on"],
        unique=False,
    )
    op.create_table(
        "workload_accounts",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("ledger_account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "ledger_account_id"],
            ["ledger_accounts.institution_id", "ledger_accounts.id"],
            name=op.f("workload_accounts_institution_id_ledger_account_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("workload_accounts_institution_id_teacher_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("workload_accounts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "ledger_account_id", name=op.f("workload_accounts_institution_id_ledger_account_id_key")
        ),
        sa.UniqueConstraint(
            "institution_id", "teacher_id", name=op.f("workload_accounts_institution_id_teacher_id_key")
        ),
    )
    op.create_table(
        "social_class_teachers",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("social_class_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "social_class_id"],
            ["social_classes.institution_id", "social_classes.id"],
            name=op.f("social_class_teachers_institution_id_social_class_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("social_class_teachers_institution_id_teacher_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "social_class_id", "teacher_id", name=op.f("social_class_teachers_pkey")
        ),
    )
    op.create_index(
        op.f("social_class_teachers_institution_id_teacher_id_idx"),
        "social_class_teachers",
        ["institution_id", "teacher_id"],
        unique=False,
    )
    op.create_table(
        "social_participants",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("social_class_id", sa.Uuid(), nullable=False),
        sa.Column("identity_document_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("social_group", sa.Text(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="enrolled", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attended_tenths", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (reason IS NOT NULL)",
            name=op.f("social_participants_withdrawing_has_a_reason_check"),
        ),
        sa.CheckConstraint("result IN ('passed', 'failed')", name=op.f("social_participants_result_known_check")),
        sa.CheckConstraint(
            "social_group <> 'enterprise_employee' OR employer IS NOT NULL",
            name=op.f("social_participants_employee_has_employer_check"),
        ),
        sa.CheckConstraint(
            "social_group IN ('enterprise_employee', 'key_employment', 'low_income')",
            name=op.f("social_participants_social_group_known_check"),
        ),
        sa.CheckConstraint("state IN ('enrolled', 'withdrawn')", name=op.f("social_participants_state_known_check")),
        sa.CheckConstraint(
            "attended_tenths BETWEEN 0 AND 20000", name=op.f("social_participants_attended_in_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "identity_document_id"],
            ["identity_documents.institution_id", "identity_documents.id"],
            name=op.f("social_participants_institution_id_identity_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "social_class_id"],
            ["social_classes.institution_id", "social_classes.id"],
            name=op.f("social_participants_institution_id_social_class_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("social_participants_pkey")),
        sa.UniqueConstraint(
            "institution_id", "social_class_id", "identity_document_id", name="social_participants_once_a_class_key"
        ),
    )
    op.create_index(
        op.f("social_participants_institution_id_identity_document_id_idx"),
        "social_participants",
        ["institution_id", "identity_document_id"],
        unique=False,
    )
    op.create_table(
        "workload_records",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("social_class_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("hours_tenths", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="logged", nullable=False),
        sa.Column("logged_by", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ratio_id", sa.Uuid(), nullable=True),
        sa.Column("workload_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversal_reason", sa.Text(), nullable=True),
        sa.Column("reversal_entry_id", sa.Uuid(), nullable=True),
        sa.Column("reversed_by", sa.Uuid(), nullable=True),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(ratio_id, workload_hundredths, entry_id, verified_by, verified_at) = CASE WHEN state IN ('verified', 'reversed') THEN 5 ELSE 0 END",
            name=op.f("workload_records_verified_is_whole_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(reversal_reason, reversal_entry_id, reversed_by, reversed_at) = CASE WHEN state = 'reversed' THEN 4 ELSE 0 END",
            name=op.f("workload_records_reversed_is_whole_check"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR reason IS NOT NULL", name=op.f("workload_records_refusal_has_a_reason_check")
        ),
        sa.CheckConstraint(
            "state IN ('logged', 'verified', 'refused', 'withdrawn', 'reversed')",
            name=op.f("workload_records_state_known_check"),
        ),
        sa.CheckConstraint("hours_tenths BETWEEN 1 AND 240", name=op.f("workload_records_hours_within_a_day_check")),
        sa.CheckConstraint("verified_by <> logged_by", name=op.f("workload_records_verified_by_a_second_person_check")),
        sa.CheckConstraint("workload_hundredths > 0", name=op.f("workload_records_workload_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "entry_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("workload_records_institution_id_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "ratio_id"],
            ["workload_ratios.institution_id", "workload_ratios.id"],
            name=op.f("workload_records_institution_id_ratio_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "reversal_entry_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("workload_records_institution_id_reversal_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "social_class_id"],
            ["social_classes.institution_id", "social_classes.id"],
            name=op.f("workload_records_institution_id_social_class_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("workload_records_institution_id_teacher_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("workload_records_pkey")),
        sa.UniqueConstraint("institution_id", "entry_id", name=op.f("workload_records_institution_id_entry_id_key")),
        sa.UniqueConstraint(
            "institution_id", "reversal_entry_id", name=op.f("workload_records_institution_id_reversal_entry_id_key")
        ),
    )
    op.create_index(
        op.f("workload_records_institution_id_teacher_id_worked_on_idx"),
        "workload_records",
        ["institution_id", "teacher_id", "worked_on"],
        unique=False,
    )
    op.create_index(
        "workload_records_once_a_day_key",
        "workload_records",
        ["institution_id", "social_class_id", "teacher_id", "worked_on"],
        unique=True,
        postgresql_where=sa.text("state IN ('logged', 'verified', 'refused')"),
    )
    op.create_table(
        "social_registrations",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "participant_id"],
            ["social_participants.institution_id", "social_participants.id"],
            name=op.f("social_registrations_institution_id_participant_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("social_registrations_institution_id_registration_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "registration_id", name=op.f("social_registrations_pkey")),
    )
    op.create_index(
        op.f("social_registrations_institution_id_participant_id_idx"),
        "social_registrations",
        ["institution_id", "participant_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("social_registrations_institution_id_participant_id_idx"), table_name="social_registrations")
    op.drop_table("social_registrations")
    op.drop_index(
        "workload_records_once_a_day_key",
        table_name="workload_records",
        postgresql_where=sa.text("state IN ('logged', 'verified', 'refused')"),
    )
    op.drop_index(op.f("workload_records_institution_id_teacher_id_worked_on_idx"), table_name="workload_records")
    op.drop_table("workload_records")
    op.drop_index(op.f("social_participants_institution_id_identity_document_id_idx"), table_name="social_participants")
    op.drop_table("social_participants")
    op.drop_index(op.f("social_class_teachers_institution_id_teacher_id_idx"), table_name="social_class_teachers")
    op.drop_table("social_class_teachers")
    op.drop_table("workload_accounts")
    op.drop_index(op.f("social_classes_institution_id_college_id_starts_on_idx"), table_name="social_classes")
    op.drop_index(op.f("social_classes_certificate_level_id_idx"), table_name="social_classes")
    op.drop_table("social_classes")
    op.drop_table("workload_ratios")
    op.drop_constraint(op.f(_UNITS), "ledger_accounts")
    op.create_check_constraint(op.f(_UNITS), "ledger_accounts", "unit IN ('credit', 'cny')")
