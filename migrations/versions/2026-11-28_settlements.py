"""Settle a plan's exams, forecast the guaranteed attempt, compare an organisation's list, load budgets."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_settlements"
down_revision = "2026_11_28_charges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fee_budgets",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("loaded_by", sa.Uuid(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint("amount_fen BETWEEN 0 AND 1000000000000", name=op.f("fee_budgets_amount_in_range_check")),
        sa.CheckConstraint("revision > 0", name=op.f("fee_budgets_revision_positive_check")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("fee_budgets_year_plausible_check")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("fee_budgets_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("fee_budgets_pkey")),
        sa.UniqueConstraint("institution_id", "year", "revision", name="fee_budgets_one_revision_key"),
    )
    op.create_table(
        "guarantee_forecasts",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("guarantee_forecasts_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("guarantee_forecasts_pkey")),
    )
    op.create_index(op.f("guarantee_forecasts_made_at_idx"), "guarantee_forecasts", ["made_at"], unique=False)
    op.create_table(
        "settlements",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("adjusts_id", sa.Uuid(), nullable=True),
        sa.Column("edition", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("institution_agreed_hash", sa.Text(), nullable=True),
        sa.Column("institution_agreed_by", sa.Uuid(), nullable=True),
        sa.Column("organisation_agreed_hash", sa.Text(), nullable=True),
        sa.Column("organisation_agreed_by", sa.Uuid(), nullable=True),
        sa.Column("candidates", sa.BigInteger(), nullable=False),
        sa.Column("attended", sa.BigInteger(), nullable=False),
        sa.Column("absent", sa.BigInteger(), nullable=False),
        sa.Column("exempt", sa.BigInteger(), nullable=False),
        sa.Column("guarantees_used", sa.BigInteger(), nullable=False),
        sa.Column("charged_fen", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_fen", sa.BigInteger(), nullable=False),
        sa.Column("waived_fen", sa.BigInteger(), nullable=False),
        sa.Column("reduced_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("refunded_fen", sa.BigInteger(), nullable=False),
        sa.Column("before_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=False),
        sa.Column("dispute_reason", sa.Text(), nullable=True),
        sa.Column("payment_document", sa.Text(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state = 'disputed') = (dispute_reason IS NOT NULL)", name=op.f("settlements_dispute_has_a_reason_check")
        ),
        sa.CheckConstraint(
            "(state = 'settled') = (payment_document IS NOT NULL) AND num_nulls(payment_document, paid_on) IN (0, 2)",
            name=op.f("settlements_payment_has_a_document_check"),
        ),
        sa.CheckConstraint("content_hash ~ '^[0-9a-f]{64}$'", name=op.f("settlements_hash_whole_check")),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'agreed', 'settled', 'disputed')",
            name=op.f("settlements_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'settled') OR (institution_agreed_hash IS NOT NULL AND organisation_agreed_hash IS NOT NULL AND institution_agreed_hash = content_hash AND organisation_agreed_hash = content_hash)",
            name=op.f("settlements_agreed_by_both_check"),
        ),
        sa.CheckConstraint("(number = 1) = (adjusts_id IS NULL)", name=op.f("settlements_a_later_one_adjusts_check")),
        sa.CheckConstraint(
            "candidates >= 0 AND attended >= 0 AND absent >= 0 AND exempt >= 0 AND guarantees_used >= 0 AND attended + absent + exempt <= candidates AND guarantees_used <= candidates",
            name=op.f("settlements_candidates_counted_check"),
        ),
        sa.CheckConstraint(
            "due_fen = charged_fen - cancelled_fen - waived_fen - reduced_fen - before_fen",
            name=op.f("settlements_due_adds_up_check"),
        ),
        sa.CheckConstraint(
            "institution_agreed_by <> organisation_agreed_by", name=op.f("settlements_two_people_agree_check")
        ),
        sa.CheckConstraint(
            "least(charged_fen, cancelled_fen, waived_fen, reduced_fen, paid_fen, refunded_fen) >= 0",
            name=op.f("settlements_amounts_not_negative_check"),
        ),
        sa.CheckConstraint(
            "num_nulls(institution_agreed_hash, institution_agreed_by) IN (0, 2) AND num_nulls(organisation_agreed_hash, organisation_agreed_by) IN (0, 2)",
            name=op.f("settlements_agreement_names_somebody_check"),
        ),
        sa.CheckConstraint("number > 0 AND edition > 0", name=op.f("settlements_counted_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "adjusts_id"],
            ["settlements.institution_id", "settlements.id"],
            name=op.f("settlements_institution_id_adjusts_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id"],
            ["exam_plans.institution_id", "exam_plans.id"],
            name=op.f("settlements_institution_id_exam_plan_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("settlements_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("settlements_pkey")),
        sa.UniqueConstraint("institution_id", "exam_plan_id", "number", name="settlements_one_number_key"),
    )
    op.create_index(
        "settlements_one_open_key",
        "settlements",
        ["institution_id", "exam_plan_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('draft', 'proposed', 'disputed')"),
    )
    op.create_index(op.f("settlements_organisation_id_idx"), "settlements", ["organisation_id"], unique=False)
    op.create_table(
        "graduation_days",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("entry_year", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("graduates_on", sa.Date(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("loaded_by", sa.Uuid(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint("entry_year BETWEEN 1990 AND 2100", name=op.f("graduation_days_entry_year_plausible_check")),
        sa.CheckConstraint(
            "extract(year FROM graduates_on) >= entry_year", name=op.f("graduation_days_after_entry_check")
        ),
        sa.CheckConstraint("revision > 0", name=op.f("graduation_days_revision_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "programme_id"],
            ["programmes.institution_id", "programmes.id"],
            name=op.f("graduation_days_institution_id_programme_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("graduation_days_pkey")),
        sa.UniqueConstraint(
            "institution_id", "programme_id", "entry_year", "revision", name="graduation_days_one_revision_key"
        ),
    )
    op.create_table(
        "reconciliations",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.BigInteger(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("matching", sa.BigInteger(), nullable=False),
        sa.Column("differences", sa.BigInteger(), nullable=False),
        sa.Column("their_fen", sa.BigInteger(), nullable=False),
        sa.Column("our_fen", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint("file_hash ~ '^[0-9a-f]{64}$'", name=op.f("reconciliations_hash_whole_check")),
        sa.CheckConstraint(
            "rows >= 0 AND matching >= 0 AND differences >= 0", name=op.f("reconciliations_counted_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "settlement_id"],
            ["settlements.institution_id", "settlements.id"],
            name=op.f("reconciliations_institution_id_settlement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("reconciliations_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("reconciliations_pkey")),
    )
    op.create_index(
        op.f("reconciliations_institution_id_settlement_id_idx"),
        "reconciliations",
        ["institution_id", "settlement_id"],
        unique=False,
    )
    op.create_table(
        "guarantee_forecast_rows",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("forecast_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("entry_year", sa.BigInteger(), nullable=False),
        sa.Column("graduates_on", sa.Date(), nullable=True),
        sa.Column("outlook", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=True),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=True),
        sa.Column("last_useful_on", sa.Date(), nullable=True),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(outlook = 'placed') <= (exam_plan_id IS NOT NULL)",
            name=op.f("guarantee_forecast_rows_placed_in_a_plan_check"),
        ),
        sa.CheckConstraint(
            "(outlook IN ('at_risk', 'unknown')) = (reason IS NOT NULL)",
            name=op.f("guarantee_forecast_rows_risk_has_a_reason_check"),
        ),
        sa.CheckConstraint(
            "outlook = 'at_risk' OR NOT is_new", name=op.f("guarantee_forecast_rows_only_risk_is_new_check")
        ),
        sa.CheckConstraint(
            "outlook IN ('reserved', 'placed', 'at_risk', 'unknown')",
            name=op.f("guarantee_forecast_rows_outlook_known_check"),
        ),
        sa.CheckConstraint(
            "reason IN ('no_plan', 'plan_after_graduation', 'no_quota', 'no_seats', 'graduation_unknown')",
            name=op.f("guarantee_forecast_rows_reason_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"],
            ["certificate_levels.id"],
            name=op.f("guarantee_forecast_rows_certificate_level_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("guarantee_forecast_rows_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id"],
            ["exam_plans.institution_id", "exam_plans.id"],
            name=op.f("guarantee_forecast_rows_institution_id_exam_plan_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "forecast_id"],
            ["guarantee_forecasts.institution_id", "guarantee_forecasts.id"],
            name=op.f("guarantee_forecast_rows_institution_id_forecast_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "programme_id"],
            ["programmes.institution_id", "programmes.id"],
            name=op.f("guarantee_forecast_rows_institution_id_programme_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("guarantee_forecast_rows_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "forecast_id", "student_id", name=op.f("guarantee_forecast_rows_pkey")
        ),
    )
    op.create_index(
        "guarantee_forecast_rows_by_college_idx",
        "guarantee_forecast_rows",
        ["institution_id", "forecast_id", "college_id", "outlook"],
        unique=False,
    )
    op.create_table(
        "reconciliation_differences",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reconciliation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row_number", sa.BigInteger(), nullable=True),
        sa.Column("admission_number", sa.Text(), nullable=True),
        sa.Column("our_fen", sa.BigInteger(), nullable=True),
        sa.Column("their_fen", sa.BigInteger(), nullable=True),
        sa.Column("our_presence", sa.Text(), nullable=True),
        sa.Column("their_presence", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("header", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'ours_only') = (row_number IS NULL)",
            name=op.f("reconciliation_differences_theirs_has_a_row_check"),
        ),
        sa.CheckConstraint(
            "(kind = 'unreadable') = (code IS NOT NULL)",
            name=op.f("reconciliation_differences_unreadable_has_a_code_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('theirs_only', 'ours_only', 'amount_differs', 'presence_differs', 'named_twice', 'unreadable')",
            name=op.f("reconciliation_differences_kind_known_check"),
        ),
        sa.CheckConstraint(
            "number > 0 AND row_number > 0", name=op.f("reconciliation_differences_numbers_positive_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "reconciliation_id"],
            ["reconciliations.institution_id", "reconciliations.id"],
            name=op.f("reconciliation_differences_institution_id_reconciliation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("reconciliation_differences_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "reconciliation_id", "number", name=op.f("reconciliation_differences_pkey")
        ),
    )
    op.create_table(
        "settlement_rows",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.BigInteger(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("admission_number", sa.Text(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("guarantee_used", sa.Boolean(), nullable=False),
        sa.Column("fee_standard_id", sa.Uuid(), nullable=True),
        sa.Column("fee_fen", sa.BigInteger(), nullable=True),
        sa.Column("charged_fen", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_fen", sa.BigInteger(), nullable=False),
        sa.Column("waived_fen", sa.BigInteger(), nullable=False),
        sa.Column("reduced_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("refunded_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=False),
        sa.Column("before_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "presence IN ('attended', 'absent', 'exempt', 'unknown')", name=op.f("settlement_rows_presence_known_check")
        ),
        sa.CheckConstraint(
            "due_fen = charged_fen - cancelled_fen - waived_fen - reduced_fen",
            name=op.f("settlement_rows_due_adds_up_check"),
        ),
        sa.CheckConstraint(
            "least(charged_fen, cancelled_fen, waived_fen, reduced_fen, paid_fen, refunded_fen, due_fen) >= 0",
            name=op.f("settlement_rows_amounts_not_negative_check"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("settlement_rows_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("settlement_rows_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "fee_standard_id"],
            ["fee_standards.institution_id", "fee_standards.id"],
            name=op.f("settlement_rows_institution_id_fee_standard_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("settlement_rows_institution_id_registration_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "settlement_id"],
            ["settlements.institution_id", "settlements.id"],
            name=op.f("settlement_rows_institution_id_settlement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("settlement_rows_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "settlement_id", "edition", "registration_id", "payer", name=op.f("settlement_rows_pkey")
        ),
    )
    op.create_index(
        "settlement_rows_by_number_idx",
        "settlement_rows",
        ["institution_id", "settlement_id", "edition", "admission_number", "payer"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("settlement_rows_by_number_idx", table_name="settlement_rows")
    op.drop_table("settlement_rows")
    op.drop_table("reconciliation_differences")
    op.drop_index("guarantee_forecast_rows_by_college_idx", table_name="guarantee_forecast_rows")
    op.drop_table("guarantee_forecast_rows")
    op.drop_index(op.f("reconciliations_institution_id_settlement_id_idx"), table_name="reconciliations")
    op.drop_table("reconciliations")
    op.drop_table("graduation_days")
    op.drop_index(op.f("settlements_organisation_id_idx"), table_name="settlements")
    op.drop_index(
        "settlements_one_open_key",
        table_name="settlements",
        postgresql_where=sa.text("state IN ('draft', 'proposed', 'disputed')"),
    )
    op.drop_table("settlements")
    op.drop_index(op.f("guarantee_forecasts_made_at_idx"), table_name="guarantee_forecasts")
    op.drop_table("guarantee_forecasts")
    op.drop_table("fee_budgets")
