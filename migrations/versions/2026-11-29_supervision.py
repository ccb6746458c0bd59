"""Supervision: the colleges' yearly assessment by weighted indicators, and findings that are put right and checked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_29_supervision"
down_revision = "2026_11_28_social_training"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "college_schemes",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("first_year", sa.BigInteger(), nullable=False),
        sa.Column("last_year", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("enacted_by", sa.Uuid(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.text("int8range(first_year, last_year + 1)"), "&&"),
            where=sa.text("state <> 'draft'"),
            using="gist",
            name="college_schemes_one_a_year_excl",
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (enacted_by IS NULL)", name=op.f("college_schemes_enacted_by_somebody_check")
        ),
        sa.CheckConstraint(
            "(state = 'superseded') = (last_year IS NOT NULL)", name=op.f("college_schemes_superseded_has_an_end_check")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'in_force', 'superseded')", name=op.f("college_schemes_state_known_check")
        ),
        sa.CheckConstraint("first_year BETWEEN 2000 AND 2999", name=op.f("college_schemes_first_year_in_range_check")),
        sa.CheckConstraint("last_year >= first_year - 1", name=op.f("college_schemes_years_in_order_check")),
        sa.CheckConstraint("number > 0", name=op.f("college_schemes_number_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("college_schemes_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("college_schemes_pkey")),
        sa.UniqueConstraint("institution_id", "number", name=op.f("college_schemes_institution_id_number_key")),
    )
    op.create_index(
        "college_schemes_one_draft_key",
        "college_schemes",
        ["institution_id"],
        unique=True,
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_table(
        "college_indicators",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("scheme_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("figure_code", sa.Text(), nullable=True),
        sa.Column("figure_version", sa.BigInteger(), nullable=True),
        sa.Column("numerator", sa.Text(), nullable=True),
        sa.Column("denominator", sa.Text(), nullable=True),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("target_hundredths", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(figure_code IS NULL) = (figure_version IS NULL) AND (figure_code IS NULL) = (numerator IS NOT NULL) AND (numerator IS NULL) = (denominator IS NULL)",
            name=op.f("college_indicators_counted_or_stated_check"),
        ),
        sa.CheckConstraint("position >= 0", name=op.f("college_indicators_position_not_negative_check")),
        sa.CheckConstraint(
            "target_hundredths BETWEEN 1 AND 100000", name=op.f("college_indicators_target_in_range_check")
        ),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("college_indicators_weight_in_range_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "scheme_id"],
            ["college_schemes.institution_id", "college_schemes.id"],
            name=op.f("college_indicators_institution_id_scheme_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "scheme_id", "code", name=op.f("college_indicators_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "scheme_id",
            "figure_code",
            name=op.f("college_indicators_institution_id_scheme_id_figure_code_key"),
        ),
        sa.UniqueConstraint(
            "institution_id",
            "scheme_id",
            "position",
            name=op.f("college_indicators_institution_id_scheme_id_position_key"),
        ),
    )
    op.create_table(
        "assessment_years",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("scheme_id", sa.Uuid(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ranking", sa.Text(), server_default="withheld", nullable=False),
        sa.Column("ranked_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint(
            "ranking = 'withheld' OR ranked_by IS NOT NULL", name=op.f("assessment_years_published_by_somebody_check")
        ),
        sa.CheckConstraint("ranking IN ('withheld', 'published')", name=op.f("assessment_years_ranking_known_check")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2999", name=op.f("assessment_years_year_in_range_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "scheme_id"],
            ["college_schemes.institution_id", "college_schemes.id"],
            name=op.f("assessment_years_institution_id_scheme_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("assessment_years_pkey")),
        sa.UniqueConstraint("institution_id", "year", name=op.f("assessment_years_institution_id_year_key")),
    )
    op.create_table(
        "college_assessments",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("year_id", sa.Uuid(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("submissions", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("self_assessed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'reviewed') = (reviewed_by IS NOT NULL)",
            name=op.f("college_assessments_reviewed_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "state = 'open' OR submissions > 0", name=op.f("college_assessments_answered_was_submitted_check")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'self_assessed', 'returned', 'reviewed')",
            name=op.f("college_assessments_state_known_check"),
        ),
        sa.CheckConstraint(
            "(submissions = 0) = (self_assessed_by IS NULL)",
            name=op.f("college_assessments_submitted_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "reviewed_by <> self_assessed_by", name=op.f("college_assessments_reviewer_is_another_check")
        ),
        sa.CheckConstraint("submissions >= 0", name=op.f("college_assessments_submissions_counted_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("college_assessments_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "year_id"],
            ["assessment_years.institution_id", "assessment_years.id"],
            name=op.f("college_assessments_institution_id_year_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("college_assessments_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "year_id",
            "college_id",
            name=op.f("college_assessments_institution_id_year_id_college_id_key"),
        ),
    )
    op.create_index(
        op.f("college_assessments_institution_id_college_id_idx"),
        "college_assessments",
        ["institution_id", "college_id"],
        unique=False,
    )
    op.create_table(
        "college_entries",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("narrative", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL)", name=op.f("college_entries_both_sides_check")
        ),
        sa.CheckConstraint("numerator >= 0 AND denominator >= 0", name=op.f("college_entries_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "assessment_id"],
            ["college_assessments.institution_id", "college_assessments.id"],
            name=op.f("college_entries_institution_id_assessment_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "assessment_id", "code", name=op.f("college_entries_pkey")),
    )
    op.create_table(
        "college_submissions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column(
            "submitted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("number > 0", name=op.f("college_submissions_number_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "assessment_id"],
            ["college_assessments.institution_id", "college_assessments.id"],
            name=op.f("college_submissions_institution_id_assessment_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("college_submissions_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "assessment_id",
            "number",
            name=op.f("college_submissions_institution_id_assessment_id_number_key"),
        ),
    )
    op.create_table(
        "college_figures",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=True),
        sa.Column("numerator", sa.BigInteger(), nullable=False),
        sa.Column("denominator", sa.BigInteger(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=True),
        sa.CheckConstraint("numerator >= 0 AND denominator >= 0", name=op.f("college_figures_not_negative_check")),
        sa.CheckConstraint("version > 0", name=op.f("college_figures_version_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "submission_id"],
            ["college_submissions.institution_id", "college_submissions.id"],
            name=op.f("college_figures_institution_id_submission_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "submission_id", "code", name=op.f("college_figures_pkey")),
    )
    op.create_table(
        "college_adjustments",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=False),
        sa.Column("denominator", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("numerator >= 0 AND denominator >= 0", name=op.f("college_adjustments_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "submission_id"],
            ["college_submissions.institution_id", "college_submissions.id"],
            name=op.f("college_adjustments_institution_id_submission_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "submission_id", "code", name=op.f("college_adjustments_pkey")),
    )
    op.create_table(
        "college_decisions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("submission", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column(
            "decided_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "state = 'reviewed' OR comment IS NOT NULL", name=op.f("college_decisions_sending_back_has_a_comment_check")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'self_assessed', 'returned', 'reviewed')",
            name=op.f("college_decisions_state_known_check"),
        ),
        sa.CheckConstraint("state IN ('returned', 'reviewed')", name=op.f("college_decisions_an_answer_check")),
        sa.CheckConstraint("submission > 0", name=op.f("college_decisions_of_a_submission_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "assessment_id"],
            ["college_assessments.institution_id", "college_assessments.id"],
            name=op.f("college_decisions_institution_id_assessment_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("college_decisions_pkey")),
    )
    op.create_index(
        op.f("college_decisions_institution_id_assessment_id_idx"),
        "college_decisions",
        ["institution_id", "assessment_id"],
        unique=False,
    )
    op.create_table(
        "supervision_findings",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("indicator_code", sa.Text(), nullable=True),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="raised", nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("steps", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL) AND (closed_on IS NULL OR checked_by IS NOT NULL)",
            name=op.f("supervision_findings_closed_whole_check"),
        ),
        sa.CheckConstraint(
            "(state = 'raised') = (owner_id IS NULL) AND (owner_id IS NULL) = (due_on IS NULL) AND (owner_id IS NULL) = (measure IS NULL)",
            name=op.f("supervision_findings_planned_whole_check"),
        ),
        sa.CheckConstraint(
            "state IN ('raised', 'planned', 'done', 'returned', 'closed')",
            name=op.f("supervision_findings_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('done', 'closed') OR done_by IS NOT NULL",
            name=op.f("supervision_findings_done_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "(done_by IS NULL) = (evidence IS NULL)", name=op.f("supervision_findings_done_with_evidence_check")
        ),
        sa.CheckConstraint("checked_by <> done_by", name=op.f("supervision_findings_checked_by_another_check")),
        sa.CheckConstraint(
            "indicator_code IS NULL OR assessment_id IS NOT NULL",
            name=op.f("supervision_findings_indicator_of_an_assessment_check"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("supervision_findings_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(["checked_by"], ["people.id"], name=op.f("supervision_findings_checked_by_fkey")),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("supervision_findings_done_by_fkey")),
        sa.ForeignKeyConstraint(
            ["institution_id", "assessment_id"],
            ["college_assessments.institution_id", "college_assessments.id"],
            name=op.f("supervision_findings_institution_id_assessment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("supervision_findings_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("supervision_findings_owner_id_fkey")),
        sa.ForeignKeyConstraint(["raised_by"], ["people.id"], name=op.f("supervision_findings_raised_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supervision_findings_pkey")),
    )
    op.create_index(
        op.f("supervision_findings_institution_id_assessment_id_idx"),
        "supervision_findings",
        ["institution_id", "assessment_id"],
        unique=False,
    )
    op.create_index(
        op.f("supervision_findings_institution_id_college_id_idx"),
        "supervision_findings",
        ["institution_id", "college_id"],
        unique=False,
    )
    op.create_index(
        op.f("supervision_findings_institution_id_owner_id_idx"),
        "supervision_findings",
        ["institution_id", "owner_id"],
        unique=False,
    )
    op.create_table(
        "supervision_finding_steps",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "state IN ('raised', 'planned', 'done', 'returned', 'closed')",
            name=op.f("supervision_finding_steps_state_known_check"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("supervision_finding_steps_number_positive_check")),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("supervision_finding_steps_actor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["institution_id", "finding_id"],
            ["supervision_findings.institution_id", "supervision_findings.id"],
            name=op.f("supervision_finding_steps_institution_id_finding_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("supervision_finding_steps_owner_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supervision_finding_steps_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "finding_id",
            "number",
            name=op.f("supervision_finding_steps_institution_id_finding_id_number_key"),
        ),
    )
    op.create_table(
        "supervision_reminders",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column(
            "reminded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("stage IN ('tomorrow', 'overdue')", name=op.f("supervision_reminders_stage_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "finding_id"],
            ["supervision_findings.institution_id", "supervision_findings.id"],
            name=op.f("supervision_reminders_institution_id_finding_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "finding_id", "owner_id", "due_on", "stage", name=op.f("supervision_reminders_pkey")
        ),
    )


def downgrade() -> None:
    op.drop_table("supervision_reminders")
    op.drop_table("supervision_finding_steps")
    op.drop_index(op.f("supervision_findings_institution_id_owner_id_idx"), table_name="supervision_findings")
    op.drop_index(op.f("supervision_findings_institution_id_college_id_idx"), table_name="supervision_findings")
    op.drop_index(op.f("supervision_findings_institution_id_assessment_id_idx"), table_name="supervision_findings")
    op.drop_table("supervision_findings")
    op.drop_index(op.f("college_decisions_institution_id_assessment_id_idx"), table_name="college_decisions")
    op.drop_table("college_decisions")
    op.drop_table("college_adjustments")
    op.drop_table("college_figures")
    op.drop_table("college_submissions")
    op.drop_table("college_entries")
    op.drop_index(op.f("college_assessments_institution_id_college_id_idx"), table_name="college_assessments")
    op.drop_table("college_assessments")
    op.drop_table("assessment_years")
    op.drop_table("college_indicators")
    op.drop_index(
        "college_schemes_one_draft_key", table_name="college_schemes", postgresql_where=sa.text("state = 'draft'")
    )
    op.drop_table("college_schemes")
