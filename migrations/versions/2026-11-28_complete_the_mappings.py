"""Keep the limits of policy as versions that name their document, and let rules say all that is agreed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_mappings"
down_revision = "2026_11_28_register"
branch_labels = None
depends_on = None

_OF_WHAT = "coalesce(certificate_level_id, certificate_id, '00000000-0000-0000-0000-000000000000')"
_OF_CREDITS = "code IN ('per_certificate', 'credit_bank')"


def upgrade() -> None:
    _limits()
    _terms()
    _notices()


def _terms() -> None:
    op.add_column("mappings", sa.Column("revises_id", sa.Uuid(), nullable=True))
    op.add_column("mappings", sa.Column("filing_document", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("mappings_institution_id_revises_id_fkey"),
        "mappings",
        "mappings",
        ["institution_id", "revises_id"],
        ["institution_id", "id"],
    )
    op.alter_column("mapping_courses", "grade", existing_type=sa.Text(), nullable=True)
    op.create_table(
        "mapping_grades",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=False),
        sa.Column("score_from_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.CheckConstraint("score_from_hundredths >= 0", name=op.f("mapping_grades_score_not_negative_check")),
        _of_mapping("mapping_grades"),
        sa.PrimaryKeyConstraint(
            "institution_id", "mapping_id", "score_from_hundredths", name=op.f("mapping_grades_pkey")
        ),
    )
    op.create_table(
        "mapping_offsets",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=False),
        sa.Column("component_code", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("scheme_id", sa.Uuid(), nullable=False),
        sa.Column("share_percent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("share_percent BETWEEN 1 AND 100", name=op.f("mapping_offsets_share_in_range_check")),
        _of_course("mapping_offsets"),
        sa.ForeignKeyConstraint(
            ["scheme_id", "component_code"],
            ["assessment_components.scheme_id", "assessment_components.code"],
            name=op.f("mapping_offsets_scheme_id_component_code_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "mapping_id", "component_code", "course_id", name=op.f("mapping_offsets_pkey")
        ),
    )
    op.create_table(
        "mapping_units",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("weight_percent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("weight_percent BETWEEN 1 AND 100", name=op.f("mapping_units_weight_in_range_check")),
        _of_mapping("mapping_units"),
        sa.PrimaryKeyConstraint("institution_id", "mapping_id", "code", name=op.f("mapping_units_pkey")),
    )
    op.create_table(
        "mapping_coverages",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("mapping_coverages_percent_in_range_check")),
        _of_course("mapping_coverages"),
        sa.ForeignKeyConstraint(
            ["institution_id", "mapping_id", "unit_code"],
            ["mapping_units.institution_id", "mapping_units.mapping_id", "mapping_units.code"],
            name=op.f("mapping_coverages_institution_id_mapping_id_unit_code_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "mapping_id", "unit_code", "course_id", name=op.f("mapping_coverages_pkey")
        ),
    )


def _of_mapping(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["institution_id", "mapping_id"],
        ["mappings.institution_id", "mappings.id"],
        name=op.f(f"{table}_institution_id_mapping_id_fkey"),
    )


def _of_course(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["institution_id", "mapping_id", "course_id"],
        ["mapping_courses.institution_id", "mapping_courses.mapping_id", "mapping_courses.course_id"],
        name=op.f(f"{table}_institution_id_mapping_id_course_id_fkey"),
    )


def _notices() -> None:
    op.create_table(
        "mapping_notices",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("mapping_notices_days_in_order_check")),
        _of_mapping("mapping_notices"),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("mapping_notices_pkey")),
        sa.UniqueConstraint("institution_id", "mapping_id", name=op.f("mapping_notices_institution_id_mapping_id_key")),
    )
    op.create_table(
        "mapping_objections",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="raised", nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('raised', 'upheld', 'dismissed')", name=op.f("mapping_objections_state_known_check")
        ),
        sa.CheckConstraint(
            "num_nonnulls(answer, answered_by, answered_at) = CASE state WHEN 'raised' THEN 0 ELSE 3 END",
            name=op.f("mapping_objections_answer_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "notice_id"],
            ["mapping_notices.institution_id", "mapping_notices.id"],
            name=op.f("mapping_objections_institution_id_notice_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("mapping_objections_pkey")),
    )
    op.create_index(
        op.f("mapping_objections_institution_id_notice_id_idx"), "mapping_objections", ["institution_id", "notice_id"]
    )


def _limits() -> None:
    op.create_table(
        "policy_limits",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=True),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("is_waived", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("percent", sa.BigInteger(), nullable=True),
        sa.Column("days", sa.BigInteger(), nullable=True),
        sa.Column("categories", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("family", sa.Text(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("loaded_to", sa.Date(), nullable=True),
        sa.Column("loaded_by", sa.Uuid(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("code"), "="),
            (sa.text(_OF_WHAT), "="),
            (sa.text("coalesce(level, '')"), "="),
            (sa.text("daterange(effective_from, effective_to)"), "&&"),
            where=sa.text("withdrawn_at IS NULL"),
            using="gist",
            name="policy_limits_one_in_force_excl",
        ),
        sa.CheckConstraint(
            "code IN ('per_certificate', 'credit_bank', 'share_of_graduation', 'one_certificate_per_course',"
            " 'replaced_once', 'level_categories', 'highest_level', 'not_passed', 'notice_days')",
            name=op.f("policy_limits_code_known_check"),
        ),
        sa.CheckConstraint("level IN ('1', '2', '3')", name=op.f("policy_limits_level_known_check")),
        sa.CheckConstraint("version > 0", name=op.f("policy_limits_version_positive_check")),
        sa.CheckConstraint("effective_to > effective_from", name=op.f("policy_limits_dates_in_order_check")),
        sa.CheckConstraint(
            "num_nonnulls(credit_hundredths, percent, days, categories, family) ="
            " CASE WHEN is_waived OR code IN ('one_certificate_per_course', 'replaced_once', 'not_passed')"
            " THEN 0 ELSE 1 END",
            name=op.f("policy_limits_one_figure_check"),
        ),
        sa.CheckConstraint(
            f"credit_hundredths IS NULL OR credit_hundredths >= 0 AND {_OF_CREDITS}",
            name=op.f("policy_limits_credit_fits_check"),
        ),
        sa.CheckConstraint(
            "percent IS NULL OR percent BETWEEN 0 AND 100 AND code = 'share_of_graduation'",
            name=op.f("policy_limits_percent_fits_check"),
        ),
        sa.CheckConstraint(
            "days IS NULL OR days BETWEEN 1 AND 365 AND code = 'notice_days'",
            name=op.f("policy_limits_days_fit_check"),
        ),
        sa.CheckConstraint(
            "categories IS NULL OR code = 'level_categories' AND cardinality(categories) > 0"
            " AND categories <@ ARRAY['foundation', 'core', 'elective']",
            name=op.f("policy_limits_categories_fit_check"),
        ),
        sa.CheckConstraint("family IS NULL OR code = 'highest_level'", name=op.f("policy_limits_family_fits_check")),
        sa.CheckConstraint(
            f"certificate_level_id IS NULL OR {_OF_CREDITS}", name=op.f("policy_limits_certificate_level_fits_check")
        ),
        sa.CheckConstraint(
            "(certificate_id IS NOT NULL) = (code = 'highest_level')",
            name=op.f("policy_limits_certificate_fits_check"),
        ),
        sa.CheckConstraint(
            "(level IS NOT NULL) = (code = 'level_categories')", name=op.f("policy_limits_level_fits_check")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("policy_limits_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("policy_limits_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("policy_limits_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("policy_limits_pkey")),
    )
    op.create_index(
        "policy_limits_one_version_key",
        "policy_limits",
        ["institution_id", "code", sa.text(_OF_WHAT), sa.text("coalesce(level, '')"), "version"],
        unique=True,
    )
    op.execute(
        "INSERT INTO policy_limits (institution_id, id, code, version, certificate_level_id, credit_hundredths,"
        " document_number, effective_from, effective_to, loaded_to)"
        " SELECT institution_id, id, code, row_number() OVER ("
        "PARTITION BY institution_id, code, certificate_level_id ORDER BY effective_from),"
        " certificate_level_id, credit_hundredths, basis, effective_from, effective_to, effective_to FROM credit_limits"
    )
    op.drop_table("credit_limits")


def downgrade() -> None:
    for table in (
        "mapping_objections",
        "mapping_notices",
        "mapping_coverages",
        "mapping_units",
        "mapping_offsets",
        "mapping_grades",
    ):
        op.drop_table(table)
    # The service of before wants a grade; this one says that the table which gave it is gone.
    op.execute("UPDATE mapping_courses SET grade = '-' WHERE grade IS NULL")
    op.alter_column("mapping_courses", "grade", existing_type=sa.Text(), nullable=False)
    op.drop_constraint(op.f("mappings_institution_id_revises_id_fkey"), "mappings", type_="foreignkey")
    op.drop_column("mappings", "filing_document")
    op.drop_column("mappings", "revises_id")
    _limits_of_before()


def _limits_of_before() -> None:
    op.create_table(
        "credit_limits",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=True),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("code"), "="),
            (sa.text("coalesce(certificate_level_id, '00000000-0000-0000-0000-000000000000')"), "="),
            (sa.text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="credit_limits_one_in_force_excl",
        ),
        sa.CheckConstraint("code IN ('per_certificate', 'credit_bank')", name=op.f("credit_limits_code_known_check")),
        sa.CheckConstraint("credit_hundredths >= 0", name=op.f("credit_limits_credit_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("credit_limits_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("credit_limits_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("credit_limits_pkey")),
    )
    # What the service of before knows of limits is how many credits; the others are lost with their table.
    op.execute(
        "INSERT INTO credit_limits (institution_id, id, code, certificate_level_id, credit_hundredths, basis,"
        " effective_from, effective_to)"
        " SELECT institution_id, id, code, certificate_level_id, credit_hundredths, document_number, effective_from,"
        " effective_to FROM policy_limits WHERE credit_hundredths IS NOT NULL AND withdrawn_at IS NULL"
    )
    op.drop_table("policy_limits")
