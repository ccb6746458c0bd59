"""Keep which limit cut a deposit, and what a rule would have brought over a cohort."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_simulations"
down_revision = "2026_11_28_mappings"
branch_labels = None
depends_on = None

# Deposits of before were cut by the lowest limit in force on the day the certificate was earned.
_FILL = """
UPDATE learning_outcomes AS outcome
SET limit_credit_hundredths = outcome.credit_hundredths, limit_code = coalesce((
    SELECT candidate.code FROM policy_limits AS candidate
    WHERE candidate.institution_id = outcome.institution_id
        AND candidate.credit_hundredths = outcome.credit_hundredths
        AND candidate.effective_from <= outcome.earned_on
        AND (candidate.effective_to IS NULL OR candidate.effective_to > outcome.earned_on)
        AND coalesce(candidate.certificate_level_id, outcome.certificate_level_id) = outcome.certificate_level_id
    ORDER BY candidate.code LIMIT 1), 'per_certificate')
WHERE credit_hundredths < rule_credit_hundredths
    AND reason IN ('deposited', 'deposit_pending', 'limit_leaves_nothing')
"""


def upgrade() -> None:
    op.add_column("learning_outcomes", sa.Column("limit_code", sa.Text(), nullable=True))
    op.add_column("learning_outcomes", sa.Column("limit_credit_hundredths", sa.BigInteger(), nullable=True))
    op.execute(_FILL)
    for name, condition in (
        ("limit_whole", "(limit_code IS NULL) = (limit_credit_hundredths IS NULL)"),
        ("limit_cuts_the_rule", "limit_credit_hundredths BETWEEN 0 AND rule_credit_hundredths - 1"),
        ("credit_adds_up", "credit_hundredths IN (0, coalesce(limit_credit_hundredths, rule_credit_hundredths))"),
    ):
        op.create_check_constraint(op.f(f"learning_outcomes_{name}_check"), "learning_outcomes", condition)

    op.create_table(
        "simulations",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("entry_year_from", sa.BigInteger(), nullable=False),
        sa.Column("entry_year_to", sa.BigInteger(), nullable=False),
        sa.Column("exam_from", sa.Date(), nullable=True),
        sa.Column("exam_to", sa.Date(), nullable=True),
        sa.Column("assumes_open_accounts", sa.Boolean(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("reached", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("students", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("rows", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("credit_hundredths > 0", name=op.f("simulations_credit_positive_check")),
        sa.CheckConstraint("entry_year_from <= entry_year_to", name=op.f("simulations_entry_years_in_order_check")),
        sa.CheckConstraint("exam_from <= exam_to", name=op.f("simulations_exam_dates_in_order_check")),
        sa.CheckConstraint("students >= 0 AND rows >= 0", name=op.f("simulations_counted_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "mapping_id"],
            ["mappings.institution_id", "mappings.id"],
            name=op.f("simulations_institution_id_mapping_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("simulations_pkey")),
    )
    op.create_index(
        op.f("simulations_institution_id_mapping_id_idx"), "simulations", ["institution_id", "mapping_id"], unique=False
    )
    op.create_table(
        "simulation_courses",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("simulation_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("credit_hundredths > 0", name=op.f("simulation_courses_credit_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "simulation_id"],
            ["simulations.institution_id", "simulations.id"],
            name=op.f("simulation_courses_institution_id_simulation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("simulation_courses_institution_id_course_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "simulation_id", "course_id", name=op.f("simulation_courses_pkey")),
    )
    _create_rows()


_REASONS = (
    "'deposited', 'deposit_pending', 'account_not_open', 'no_published_mapping', 'limit_leaves_nothing', "
    "'higher_level_counts', 'award_revoked'"
)


def _create_rows() -> None:
    op.create_table(
        "simulation_rows",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("simulation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("reason_before", sa.Text(), nullable=False),
        sa.Column("credit_before_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("is_by_rule", sa.Boolean(), nullable=False),
        sa.Column("reason_after", sa.Text(), nullable=False),
        sa.Column("rule_credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("limit_code", sa.Text(), nullable=True),
        sa.Column("limit_credit_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("credit_after_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("refusals", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint(
            "credit_after_hundredths IN (0, coalesce(limit_credit_hundredths, rule_credit_hundredths))",
            name=op.f("simulation_rows_credit_after_adds_up_check"),
        ),
        sa.CheckConstraint(
            "credit_before_hundredths >= 0", name=op.f("simulation_rows_credit_before_not_negative_check")
        ),
        sa.CheckConstraint(
            "(limit_code IS NULL) = (limit_credit_hundredths IS NULL)", name=op.f("simulation_rows_limit_whole_check")
        ),
        sa.CheckConstraint(f"reason_after IN ({_REASONS})", name=op.f("simulation_rows_reason_after_known_check")),
        sa.CheckConstraint(f"reason_before IN ({_REASONS})", name=op.f("simulation_rows_reason_before_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "simulation_id"],
            ["simulations.institution_id", "simulations.id"],
            name=op.f("simulation_rows_institution_id_simulation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "outcome_id"],
            ["learning_outcomes.institution_id", "learning_outcomes.id"],
            name=op.f("simulation_rows_institution_id_outcome_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "simulation_id", "number", name=op.f("simulation_rows_pkey")),
    )


def downgrade() -> None:
    for table in ("simulation_rows", "simulation_courses", "simulations"):
        op.drop_table(table)
    for name in ("credit_adds_up", "limit_cuts_the_rule", "limit_whole"):
        op.drop_constraint(op.f(f"learning_outcomes_{name}_check"), "learning_outcomes", type_="check")
    op.drop_column("learning_outcomes", "limit_credit_hundredths")
    op.drop_column("learning_outcomes", "limit_code")
