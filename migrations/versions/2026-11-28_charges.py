"""Grant each student a guaranteed attempt; charge, waive, refund and be paid for registrations, all in the book."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_charges"
down_revision = "2026_11_28_fees"
branch_labels = None
depends_on = None

_STEPS = "correction_steps_kind_known_check"
_KNOWN = (
    "'result_changed', 'award_revoked', 'award_issued', 'credits_reversed', 'credits_posted', 'conversion_lapsed', "
    "'conversion_flagged', 'conversion_unwound', "
    "'grade_entered', 'grade_revised', 'grade_voided', 'grade_flagged', 'award_flagged'"
)
_MONEY = "'guarantee_changed', 'charge_cancelled', 'charge_raised', 'charge_refunded'"


def upgrade() -> None:
    op.drop_constraint(op.f(_STEPS), "correction_steps")
    op.create_check_constraint(op.f(_STEPS), "correction_steps", f"kind IN ({_KNOWN}, {_MONEY}, 'parties_told')")
    op.create_table(
        "relief_rules",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("group_code", sa.Text(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("kind IN ('waiver', 'subsidy')", name=op.f("relief_rules_kind_known_check")),
        sa.CheckConstraint("amount_fen BETWEEN 1 AND 1000000000000", name=op.f("relief_rules_amount_in_range_check")),
        sa.CheckConstraint("effective_to > effective_from", name=op.f("relief_rules_dates_in_order_check")),
        sa.CheckConstraint("num_nonnulls(share, amount_fen) = 1", name=op.f("relief_rules_share_or_amount_check")),
        sa.CheckConstraint("share BETWEEN 1 AND 10000", name=op.f("relief_rules_share_in_range_check")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("relief_rules_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("relief_rules_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "group_code",
            "effective_from",
            name=op.f("relief_rules_institution_id_group_code_effective_from_key"),
        ),
    )
    op.create_table(
        "payer_rules",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=True),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.text("coalesce(certificate_level_id, '00000000-0000-0000-0000-000000000000')"), "="),
            (sa.text("coalesce(college_id, '00000000-0000-0000-0000-000000000000')"), "="),
            (sa.text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="payer_rules_no_overlap_excl",
        ),
        sa.CheckConstraint(
            "payer IN ('institution', 'college', 'student', 'subsidy')", name=op.f("payer_rules_payer_known_check")
        ),
        sa.CheckConstraint("effective_to > effective_from", name=op.f("payer_rules_dates_in_order_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("payer_rules_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("payer_rules_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("payer_rules_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("payer_rules_pkey")),
    )
    op.create_table(
        "relief_members",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("relief_rule_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "relief_rule_id"],
            ["relief_rules.institution_id", "relief_rules.id"],
            name=op.f("relief_members_institution_id_relief_rule_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("relief_members_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "relief_rule_id", "student_id", name=op.f("relief_members_pkey")),
    )
    op.create_table(
        "charges",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("is_social", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_guaranteed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("exam_form", sa.Text(), nullable=False),
        sa.Column("fee_standard_id", sa.Uuid(), nullable=False),
        sa.Column("payer_rule_id", sa.Uuid(), nullable=True),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("waived_fen", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("subsidised_fen", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("refunded_fen", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("charges_cancelled_at_some_time_check")
        ),
        sa.CheckConstraint(
            "CASE state WHEN 'cancelled' THEN paid_fen = refunded_fen AND waived_fen = 0 AND subsidised_fen = 0 ELSE (state = 'settled') = (waived_fen + subsidised_fen + paid_fen = amount_fen) END",
            name=op.f("charges_state_as_figures_say_check"),
        ),
        sa.CheckConstraint("NOT (is_guaranteed AND payer = 'student')", name=op.f("charges_guaranteed_is_free_check")),
        sa.CheckConstraint(
            "exam_form IN ('paper', 'computer', 'ordinary_practical', 'special_practical')",
            name=op.f("charges_exam_form_known_check"),
        ),
        sa.CheckConstraint(
            "payer <> 'student' OR student_id IS NOT NULL OR is_social", name=op.f("charges_student_is_somebody_check")
        ),
        sa.CheckConstraint(
            "payer IN ('institution', 'college', 'student', 'subsidy')", name=op.f("charges_payer_known_check")
        ),
        sa.CheckConstraint("state IN ('open', 'settled', 'cancelled')", name=op.f("charges_state_known_check")),
        sa.CheckConstraint("amount_fen BETWEEN 1 AND 1000000000000", name=op.f("charges_amount_in_range_check")),
        sa.CheckConstraint(
            "least(waived_fen, subsidised_fen, paid_fen, refunded_fen) >= 0",
            name=op.f("charges_parts_not_negative_check"),
        ),
        sa.CheckConstraint("refunded_fen <= paid_fen", name=op.f("charges_refunded_at_most_what_was_paid_check")),
        sa.CheckConstraint(
            "waived_fen + subsidised_fen + paid_fen <= amount_fen",
            name=op.f("charges_nothing_beyond_the_amount_check"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("charges_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("charges_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id"],
            ["exam_plans.institution_id", "exam_plans.id"],
            name=op.f("charges_institution_id_exam_plan_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "fee_standard_id"],
            ["fee_standards.institution_id", "fee_standards.id"],
            name=op.f("charges_institution_id_fee_standard_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "payer_rule_id"],
            ["payer_rules.institution_id", "payer_rules.id"],
            name=op.f("charges_institution_id_payer_rule_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("charges_institution_id_registration_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("charges_institution_id_student_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("charges_organisation_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("charges_pkey")),
    )
    op.create_index(
        op.f("charges_institution_id_exam_plan_id_id_idx"),
        "charges",
        ["institution_id", "exam_plan_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("charges_institution_id_registration_id_id_idx"),
        "charges",
        ["institution_id", "registration_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("charges_institution_id_raised_at_idx"), "charges", ["institution_id", "raised_at"], unique=False
    )
    op.create_index(
        op.f("charges_institution_id_student_id_idx"), "charges", ["institution_id", "student_id"], unique=False
    )
    op.create_index(
        "charges_one_a_registration_key",
        "charges",
        ["institution_id", "registration_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_index(op.f("charges_organisation_id_idx"), "charges", ["organisation_id"], unique=False)
    op.create_table(
        "guarantees",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="available", nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("absences", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("events", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column(
            "granted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "(state = 'available') = (registration_id IS NULL)", name=op.f("guarantees_held_by_a_registration_check")
        ),
        sa.CheckConstraint("state <> 'forfeited' OR absences = 2", name=op.f("guarantees_forfeited_by_absences_check")),
        sa.CheckConstraint(
            "state IN ('available', 'reserved', 'used', 'forfeited')", name=op.f("guarantees_state_known_check")
        ),
        sa.CheckConstraint("absences BETWEEN 0 AND 2", name=op.f("guarantees_absences_in_range_check")),
        sa.CheckConstraint("events > 0", name=op.f("guarantees_events_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("guarantees_institution_id_registration_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("guarantees_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("guarantees_pkey")),
        sa.UniqueConstraint("institution_id", "registration_id", name="guarantees_one_a_registration_key"),
        sa.UniqueConstraint("institution_id", "student_id", name="guarantees_one_a_student_key"),
    )
    op.create_table(
        "charge_refunds",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "cause IN ('sitting_cancelled', 'plan_cancelled', 'incident', 'illness', 'correction', 'overcharge')",
            name=op.f("charge_refunds_cause_known_check"),
        ),
        sa.CheckConstraint("amount_fen BETWEEN 1 AND 1000000000000", name=op.f("charge_refunds_amount_in_range_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "charge_id"],
            ["charges.institution_id", "charges.id"],
            name=op.f("charge_refunds_institution_id_charge_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("charge_refunds_pkey")),
    )
    op.create_index(
        op.f("charge_refunds_institution_id_recorded_at_idx"),
        "charge_refunds",
        ["institution_id", "recorded_at"],
        unique=False,
    )
    op.create_index(
        op.f("charge_refunds_institution_id_charge_id_idx"),
        "charge_refunds",
        ["institution_id", "charge_id"],
        unique=False,
    )
    op.create_table(
        "charge_reliefs",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("relief_rule_id", sa.Uuid(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("kind IN ('waiver', 'subsidy')", name=op.f("charge_reliefs_kind_known_check")),
        sa.CheckConstraint(
            "(relief_rule_id IS NULL) = (reason IS NOT NULL)", name=op.f("charge_reliefs_rule_or_reason_check")
        ),
        sa.CheckConstraint("amount_fen BETWEEN 1 AND 1000000000000", name=op.f("charge_reliefs_amount_in_range_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "charge_id"],
            ["charges.institution_id", "charges.id"],
            name=op.f("charge_reliefs_institution_id_charge_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "relief_rule_id"],
            ["relief_rules.institution_id", "relief_rules.id"],
            name=op.f("charge_reliefs_institution_id_relief_rule_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("charge_reliefs_pkey")),
    )
    op.create_index(
        op.f("charge_reliefs_institution_id_charge_id_idx"),
        "charge_reliefs",
        ["institution_id", "charge_id"],
        unique=False,
    )
    op.create_table(
        "guarantee_events",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("guarantee_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("absences", sa.BigInteger(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "cause <> 'illness' OR document_number IS NOT NULL",
            name=op.f("guarantee_events_illness_has_a_document_check"),
        ),
        sa.CheckConstraint(
            "cause IN ('pilot_programme', 'registration', 'withdrawal', 'attendance', 'absence', 'excused', 'sitting_cancelled', 'plan_cancelled', 'incident', 'illness', 'correction')",
            name=op.f("guarantee_events_cause_known_check"),
        ),
        sa.CheckConstraint(
            "deed IN ('grant', 'reserve', 'release', 'use', 'warn', 'forfeit', 'restore', 'correct')",
            name=op.f("guarantee_events_deed_known_check"),
        ),
        sa.CheckConstraint(
            "state IN ('available', 'reserved', 'used', 'forfeited')", name=op.f("guarantee_events_state_known_check")
        ),
        sa.CheckConstraint("number > 0", name=op.f("guarantee_events_number_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "guarantee_id"],
            ["guarantees.institution_id", "guarantees.id"],
            name=op.f("guarantee_events_institution_id_guarantee_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("guarantee_events_institution_id_registration_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("guarantee_events_pkey")),
        sa.UniqueConstraint("institution_id", "guarantee_id", "number", name="guarantee_events_in_order_key"),
    )
    op.create_index(
        op.f("guarantee_events_institution_id_recorded_at_idx"),
        "guarantee_events",
        ["institution_id", "recorded_at"],
        unique=False,
    )
    op.create_index(
        op.f("guarantee_events_institution_id_registration_id_idx"),
        "guarantee_events",
        ["institution_id", "registration_id"],
        unique=False,
    )
    op.create_table(
        "payments",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(channel = 'voucher') = (document_number IS NOT NULL) AND (document_number IS NULL) = (paid_on IS NULL)",
            name=op.f("payments_voucher_is_a_document_check"),
        ),
        sa.CheckConstraint(
            "(state = 'rejected') = (reason IS NOT NULL)", name=op.f("payments_rejection_has_a_reason_check")
        ),
        sa.CheckConstraint(
            "(state = 'settled') = (entry_id IS NOT NULL)", name=op.f("payments_settled_is_in_the_book_check")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("payments_decided_at_some_time_check")
        ),
        sa.CheckConstraint(
            "channel <> 'voucher' OR decided_by <> recorded_by", name=op.f("payments_second_person_check")
        ),
        sa.CheckConstraint("channel IN ('voucher', 'gateway')", name=op.f("payments_channel_known_check")),
        sa.CheckConstraint("state IN ('waiting', 'settled', 'rejected')", name=op.f("payments_state_known_check")),
        sa.CheckConstraint("amount_fen BETWEEN 1 AND 1000000000000", name=op.f("payments_amount_in_range_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "charge_id"],
            ["charges.institution_id", "charges.id"],
            name=op.f("payments_institution_id_charge_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("payments_pkey")),
    )
    op.create_index(
        "payments_document_once_key",
        "payments",
        ["institution_id", "document_number", "charge_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'rejected'"),
    )
    op.create_index(
        op.f("payments_institution_id_charge_id_idx"), "payments", ["institution_id", "charge_id"], unique=False
    )
    op.create_table(
        "payment_callbacks",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=True),
        sa.Column(
            "received_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "(outcome = 'kept') = (reason IS NOT NULL)", name=op.f("payment_callbacks_kept_for_a_reason_check")
        ),
        sa.CheckConstraint("outcome IN ('applied', 'kept')", name=op.f("payment_callbacks_outcome_known_check")),
        sa.CheckConstraint(
            "settled_at IS NULL OR outcome = 'kept'", name=op.f("payment_callbacks_only_kept_are_settled_check")
        ),
        sa.CheckConstraint(
            "num_nulls(settled_at, settled_by, settlement) IN (0, 3)",
            name=op.f("payment_callbacks_settlement_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "payment_id"],
            ["payments.institution_id", "payments.id"],
            name=op.f("payment_callbacks_institution_id_payment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("payment_callbacks_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("payment_callbacks_pkey")),
        sa.UniqueConstraint("institution_id", "event_id", name="payment_callbacks_once_key"),
    )


def downgrade() -> None:
    op.execute(f"DELETE FROM correction_steps WHERE kind IN ({_MONEY})")
    op.drop_constraint(op.f(_STEPS), "correction_steps")
    op.create_check_constraint(op.f(_STEPS), "correction_steps", f"kind IN ({_KNOWN}, 'parties_told')")
    op.drop_table("payment_callbacks")
    op.drop_index(op.f("payments_institution_id_charge_id_idx"), table_name="payments")
    op.drop_index("payments_document_once_key", table_name="payments", postgresql_where=sa.text("state <> 'rejected'"))
    op.drop_table("payments")
    op.drop_index(op.f("guarantee_events_institution_id_registration_id_idx"), table_name="guarantee_events")
    op.drop_index(op.f("guarantee_events_institution_id_recorded_at_idx"), table_name="guarantee_events")
    op.drop_table("guarantee_events")
    op.drop_index(op.f("charge_reliefs_institution_id_charge_id_idx"), table_name="charge_reliefs")
    op.drop_table("charge_reliefs")
    op.drop_index(op.f("charge_refunds_institution_id_charge_id_idx"), table_name="charge_refunds")
    op.drop_index(op.f("charge_refunds_institution_id_recorded_at_idx"), table_name="charge_refunds")
    op.drop_table("charge_refunds")
    op.drop_table("guarantees")
    op.drop_index(op.f("charges_organisation_id_idx"), table_name="charges")
    op.drop_index(
        "charges_one_a_registration_key", table_name="charges", postgresql_where=sa.text("state <> 'cancelled'")
    )
    op.drop_index(op.f("charges_institution_id_student_id_idx"), table_name="charges")
    op.drop_index(op.f("charges_institution_id_raised_at_idx"), table_name="charges")
    op.drop_index(op.f("charges_institution_id_registration_id_id_idx"), table_name="charges")
    op.drop_index(op.f("charges_institution_id_exam_plan_id_id_idx"), table_name="charges")
    op.drop_table("charges")
    op.drop_table("relief_members")
    op.drop_table("payer_rules")
    op.drop_table("relief_rules")
