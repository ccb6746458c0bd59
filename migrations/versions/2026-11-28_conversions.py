"""Let credits be converted: the chain of requests, their courses and decisions, and what they exempt from."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_conversions"
down_revision = "2026_11_28_plan_imports"
branch_labels = None
depends_on = None

_STEPS = (
    "steps IN (ARRAY['registrar'], ARRAY['college', 'registrar'], ARRAY['registrar', 'organisation'],"
    " ARRAY['registrar', 'bank'], ARRAY['college', 'registrar', 'organisation'], ARRAY['college', 'registrar', 'bank'],"
    " ARRAY['registrar', 'organisation', 'bank'], ARRAY['college', 'registrar', 'organisation', 'bank'])"
)
_STATES = (
    "state IN ('requested', 'agreed', 'approved', 'confirmed', 'granted', 'refused', 'withdrawn', 'lapsed', 'unwound')"
)

_CHECKS = (
    ("course_grades", "source_whole", "(source_kind IS NULL) = (source_id IS NULL)"),
    ("learning_outcomes", "never_used_twice", "used_hundredths BETWEEN 0 AND credit_hundredths"),
    ("mapping_offsets", "counts_in_range", "counts_as_percent BETWEEN 0 AND 100"),
)


def upgrade() -> None:
    _add_columns()
    _create_conversion_policies()
    _create_conversions()
    _create_conversion_courses()
    _create_conversion_decisions()
    _create_component_offsets()


def _add_columns() -> None:
    op.add_column("course_grades", sa.Column("source_kind", sa.Text(), nullable=True))
    op.add_column("course_grades", sa.Column("source_id", sa.Uuid(), nullable=True))
    op.add_column(
        "learning_outcomes", sa.Column("used_hundredths", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("mapping_offsets", sa.Column("counts_as_percent", sa.BigInteger(), nullable=True))
    for table, name, condition in _CHECKS:
        op.create_check_constraint(op.f(f"{table}_{name}_check"), table, condition)


def _create_conversion_policies() -> None:
    op.create_table(
        "conversion_policies",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("steps", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("on_loss", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("loaded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("on_loss IN ('flag', 'unwind')", name=op.f("conversion_policies_on_loss_known_check")),
        sa.CheckConstraint(
            _STEPS,
            name=op.f("conversion_policies_steps_in_order_check"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("conversion_policies_version_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("conversion_policies_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("conversion_policies_pkey")),
        sa.UniqueConstraint("institution_id", "version", name=op.f("conversion_policies_institution_id_version_key")),
    )


def _create_conversions() -> None:
    op.create_table(
        "conversions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=True),
        sa.Column("steps", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("policy_version", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default="requested", nullable=False),
        sa.Column("awaits", sa.Text(), nullable=True),
        sa.Column("credit_hundredths", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("hold_entry_id", sa.Uuid(), nullable=True),
        sa.Column("cover_entry_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column(
            "requested_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("flag_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(direction = 'certificate_to_course') = (credit_hundredths > 0)",
            name=op.f("conversions_credit_fits_direction_check"),
        ),
        sa.CheckConstraint(
            "(direction = 'certificate_to_course') = (hold_entry_id IS NOT NULL)",
            name=op.f("conversions_credits_are_held_check"),
        ),
        sa.CheckConstraint(
            "(direction = 'certificate_to_course') = (outcome_id IS NOT NULL)",
            name=op.f("conversions_credits_are_an_outcomes_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('granted', 'unwound')) = (granted_on IS NOT NULL)",
            name=op.f("conversions_granting_has_a_day_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('refused', 'withdrawn', 'lapsed', 'unwound')) = (ended_at IS NOT NULL)",
            name=op.f("conversions_end_has_an_instant_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('requested', 'agreed', 'approved', 'confirmed')) = (awaits IS NOT NULL)",
            name=op.f("conversions_open_awaits_a_step_check"),
        ),
        sa.CheckConstraint(
            "awaits IN ('college', 'registrar', 'organisation', 'bank')", name=op.f("conversions_awaits_known_check")
        ),
        sa.CheckConstraint(
            "direction IN ('certificate_to_course', 'course_to_assessment')",
            name=op.f("conversions_direction_known_check"),
        ),
        sa.CheckConstraint(
            _STATES,
            name=op.f("conversions_state_known_check"),
        ),
        sa.CheckConstraint(
            _STEPS,
            name=op.f("conversions_steps_in_order_check"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_reason IS NULL)", name=op.f("conversions_end_has_a_reason_check")
        ),
        sa.CheckConstraint("(flagged_at IS NULL) = (flag_reason IS NULL)", name=op.f("conversions_flag_whole_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("conversions_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "cover_entry_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("conversions_institution_id_cover_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "hold_entry_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("conversions_institution_id_hold_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "mapping_id"],
            ["mappings.institution_id", "mappings.id"],
            name=op.f("conversions_institution_id_mapping_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "outcome_id"],
            ["learning_outcomes.institution_id", "learning_outcomes.id"],
            name=op.f("conversions_institution_id_outcome_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("conversions_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("conversions_pkey")),
    )
    op.create_index(
        op.f("conversions_institution_id_mapping_id_idx"), "conversions", ["institution_id", "mapping_id"], unique=False
    )
    op.create_index(
        op.f("conversions_institution_id_outcome_id_idx"), "conversions", ["institution_id", "outcome_id"], unique=False
    )
    op.create_index(
        op.f("conversions_institution_id_student_id_idx"), "conversions", ["institution_id", "student_id"], unique=False
    )


def _create_conversion_courses() -> None:
    op.create_table(
        "conversion_courses",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("conversion_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("grade_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("credit_hundredths >= 0", name=op.f("conversion_courses_credit_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "conversion_id"],
            ["conversions.institution_id", "conversions.id"],
            name=op.f("conversion_courses_institution_id_conversion_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("conversion_courses_institution_id_course_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "grade_id"],
            ["course_grades.institution_id", "course_grades.id"],
            name=op.f("conversion_courses_institution_id_grade_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "conversion_id", "course_id", name=op.f("conversion_courses_pkey")),
    )
    op.create_index(
        op.f("conversion_courses_institution_id_course_id_idx"),
        "conversion_courses",
        ["institution_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("conversion_courses_institution_id_grade_id_idx"),
        "conversion_courses",
        ["institution_id", "grade_id"],
        unique=False,
    )


def _create_conversion_decisions() -> None:
    op.create_table(
        "conversion_decisions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("conversion_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column(
            "decided_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            _STATES,
            name=op.f("conversion_decisions_state_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "conversion_id"],
            ["conversions.institution_id", "conversions.id"],
            name=op.f("conversion_decisions_institution_id_conversion_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("conversion_decisions_pkey")),
    )
    op.create_index(
        op.f("conversion_decisions_institution_id_conversion_id_idx"),
        "conversion_decisions",
        ["institution_id", "conversion_id"],
        unique=False,
    )


def _create_component_offsets() -> None:
    op.create_table(
        "component_offsets",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("conversion_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("scheme_id", sa.Uuid(), nullable=False),
        sa.Column("component_code", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("share_percent", sa.BigInteger(), nullable=False),
        sa.Column("counts_as_percent", sa.BigInteger(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("counts_as_percent BETWEEN 0 AND 100", name=op.f("component_offsets_counts_in_range_check")),
        sa.CheckConstraint("share_percent BETWEEN 1 AND 100", name=op.f("component_offsets_share_in_range_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"],
            ["certificate_levels.id"],
            name=op.f("component_offsets_certificate_level_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "conversion_id"],
            ["conversions.institution_id", "conversions.id"],
            name=op.f("component_offsets_institution_id_conversion_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("component_offsets_institution_id_course_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("component_offsets_institution_id_student_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id", "component_code"],
            ["assessment_components.scheme_id", "assessment_components.code"],
            name=op.f("component_offsets_scheme_id_component_code_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("component_offsets_pkey")),
    )
    op.create_index(
        op.f("component_offsets_institution_id_conversion_id_idx"),
        "component_offsets",
        ["institution_id", "conversion_id"],
        unique=False,
    )
    op.create_index(
        "component_offsets_one_live_key",
        "component_offsets",
        ["institution_id", "student_id", "scheme_id", "component_code", "course_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    for table in (
        "component_offsets", "conversion_decisions", "conversion_courses", "conversions", "conversion_policies",
    ):  # fmt: skip
        op.drop_table(table)
    for table, name, _ in _CHECKS:
        op.drop_constraint(op.f(f"{table}_{name}_check"), table, type_="check")
    op.drop_column("mapping_offsets", "counts_as_percent")
    op.drop_column("learning_outcomes", "used_hundredths")
    op.drop_column("course_grades", "source_id")
    op.drop_column("course_grades", "source_kind")
