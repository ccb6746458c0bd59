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
